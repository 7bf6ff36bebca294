#include "cre2.h"

#include <re2/re2.h>

#include <string>
#include <vector>

struct cre2_pattern {
  RE2 re;
  explicit cre2_pattern(const re2::StringPiece &text, const RE2::Options &options) : re(text, options) {}
};

extern "C" {

cre2_pattern *cre2_compile(const char *pattern, size_t length) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(4 << 20);
  return new cre2_pattern(re2::StringPiece(pattern, length), options);
}

const char *cre2_error(const cre2_pattern *pattern) {
  return pattern->re.ok() ? nullptr : pattern->re.error().c_str();
}

int cre2_group_count(const cre2_pattern *pattern) { return pattern->re.NumberOfCapturingGroups(); }

bool cre2_matches_part(const cre2_pattern *pattern, const char *text, size_t length) {
  return pattern->re.Match(re2::StringPiece(text, length), 0, length, RE2::UNANCHORED, nullptr, 0);
}

bool cre2_matches_whole(const cre2_pattern *pattern, const char *text, size_t length) {
  return pattern->re.Match(re2::StringPiece(text, length), 0, length, RE2::ANCHOR_BOTH, nullptr, 0);
}

bool cre2_find(
    const cre2_pattern *pattern, const char *text, size_t length, size_t start, int64_t *offsets, int group_count) {
  std::vector<re2::StringPiece> groups(static_cast<size_t>(group_count));
  if (!pattern->re.Match(
          re2::StringPiece(text, length), start, length, RE2::UNANCHORED, groups.data(), group_count)) {
    return false;
  }
  for (int i = 0; i < group_count; i++) {
    const auto &group = groups[static_cast<size_t>(i)];
    const bool took_part = group.data() != nullptr;
    offsets[2 * i] = took_part ? group.data() - text : -1;
    offsets[2 * i + 1] = took_part ? group.data() - text + static_cast<int64_t>(group.size()) : -1;
  }
  return true;
}

void cre2_free(cre2_pattern *pattern) { delete pattern; }
}
