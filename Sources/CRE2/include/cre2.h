// A small C face over RE2: compile once, match bytes, no exceptions, linear time.
#ifndef TRUSTCHECK_CRE2_H
#define TRUSTCHECK_CRE2_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A compiled pattern; safe to use from several threads at once.
typedef struct cre2_pattern cre2_pattern;

/// Compiles `length` bytes of UTF-8. Never NULL; ask cre2_error before matching. Free with cre2_free.
cre2_pattern *cre2_compile(const char *pattern, size_t length);

/// The compile error as a NUL-terminated text owned by the pattern, or NULL when it compiled.
const char *cre2_error(const cre2_pattern *pattern);

/// The number of capturing groups.
int cre2_group_count(const cre2_pattern *pattern);

/// True when the pattern is found anywhere in `text`.
bool cre2_matches_part(const cre2_pattern *pattern, const char *text, size_t length);

/// True when the pattern matches all of `text`.
bool cre2_matches_whole(const cre2_pattern *pattern, const char *text, size_t length);

/// Finds the first match at or after `start`; writes the byte offsets of `group_count` groups (0 is the whole match)
/// as pairs into `offsets` (-1, -1 for a group that took no part). False when nothing matches.
bool cre2_find(
    const cre2_pattern *pattern, const char *text, size_t length, size_t start, int64_t *offsets, int group_count);

void cre2_free(cre2_pattern *pattern);

#ifdef __cplusplus
}
#endif
#endif
