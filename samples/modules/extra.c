// A rule module in plain C with two check kinds; docs/modules.md walks through it.
//
//     cc -O2 -Wall -Wextra -shared -fPIC -I Sources/CTrustCheckModule/include -o extra.so samples/modules/extra.c
//
// extra.text-cut-off judges batch by batch: a text as long as a program's limit was probably cut off by it.
// extra.steady-count judges at the end: a count that is many times the one before it, or a small part of it, is
// probably a slip of the keyboard or a column that moved.
#include <stdlib.h>
#include <string.h>

#include "trustcheck_module.h"

#define TEXT(literal) {literal, sizeof(literal) - 1}
#define LIST_COUNT(list) (sizeof(list) / sizeof(*(list)))

// ---------------------------------------------------------------------------------------------------------------------
// Helpers

static uint32_t fail(tc_error *error, const char *words) {
  size_t length = strlen(words);
  error->length = length < error->capacity ? length : error->capacity;
  memcpy(error->buffer, words, error->length);
  return TC_FAILED;
}

static const tc_parameter *find(const tc_binding *binding, const char *pointer) {
  for (uint64_t i = 0; i < binding->parameter_count; i++) {
    const tc_parameter *parameter = binding->parameters[i];
    if (parameter->pointer.length == strlen(pointer) &&
        memcmp(parameter->pointer.bytes, pointer, parameter->pointer.length) == 0) {
      return parameter;
    }
  }
  return NULL;
}

static int is_set(const uint64_t *bitmap, uint64_t row) { return bitmap[row / 64] >> (row % 64) & 1; }
static void set(uint64_t *bitmap, uint64_t row) { bitmap[row / 64] |= UINT64_C(1) << (row % 64); }

// The members of a batch: place, submission, then one struct a bound field with kind, text, value, low, high.
enum { PLACE, SUBMISSION, FIRST_FIELD };
enum { KIND, CELL_TEXT, VALUE };

static const void *data(const struct ArrowArray *array) { return array->buffers[1]; }

static const struct ArrowArray *member(const tc_batch *batch, uint32_t field, int member) {
  return batch->records->children[FIRST_FIELD + field]->children[member];
}

// ---------------------------------------------------------------------------------------------------------------------
// extra.text-cut-off

typedef struct {
  uint32_t field;
  int64_t limit;
} cut_off;

static uint32_t cut_off_bind(
    const tc_host *host, const tc_kind *kind, const tc_binding *binding, void **bound, tc_error *error) {
  (void)host;
  (void)kind;
  cut_off *rule = malloc(sizeof *rule);
  if (rule == NULL) return fail(error, "there is no memory left");
  rule->field = find(binding, "/field")->fields[0];
  rule->limit = find(binding, "/limit")->integer;
  *bound = rule;
  return TC_OK;
}

// The number of characters of a cell's text. A text of up to 12 bytes stands in its 16-byte view, a longer one in one
// of the array's data buffers (Arrow's "utf8view").
static int64_t characters(const struct ArrowArray *texts, uint64_t row) {
  const char *view = (const char *)data(texts) + 16 * row;
  int32_t length, buffer, offset;
  memcpy(&length, view, 4);
  const char *bytes = view + 4;
  if (length > 12) {
    memcpy(&buffer, view + 8, 4);
    memcpy(&offset, view + 12, 4);
    bytes = (const char *)texts->buffers[2 + buffer] + offset;
  }
  int64_t count = 0;
  for (int32_t i = 0; i < length; i++) count += (bytes[i] & 0xC0) != 0x80;
  return count;
}

static uint32_t cut_off_check(
    const void *bound, void *state, const tc_batch *batch, const uint64_t *selected, uint64_t *failed,
    uint64_t *unknown, tc_error *error) {
  (void)state;
  (void)unknown;
  (void)error;
  const cut_off *rule = bound;
  const struct ArrowArray *texts = member(batch, rule->field, CELL_TEXT);
  for (uint64_t row = 0; row < batch->row_count; row++) {
    if (is_set(selected, row) && characters(texts, row) == rule->limit) set(failed, row);
  }
  return TC_OK;
}

static uint32_t cut_off_explain(
    const void *bound, const tc_batch *batch, const uint32_t *rows, uint64_t row_count, const tc_sink *sink,
    tc_error *error) {
  (void)batch;
  (void)error;
  const cut_off *rule = bound;
  tc_evidence limit = {
      .struct_size = sizeof limit,
      .type = TC_EVIDENCE_INTEGER,
      .name = TEXT("limit"),
      .integer = rule->limit,
      .field = TC_NO_FIELD,
  };
  const tc_evidence *evidence[] = {&limit};
  for (uint64_t i = 0; i < row_count; i++) sink->explained(sink->context, rows[i], evidence, LIST_COUNT(evidence));
  return TC_OK;
}

// ---------------------------------------------------------------------------------------------------------------------
// extra.steady-count

typedef struct {
  uint32_t field;
  double times;
  int64_t least;
} steady;

// One count. Two parts of a file may hold records of one submission in turns, so all are kept and put in order at the
// end: what comes out then does not depend on where the file was cut.
typedef struct {
  uint64_t place;
  int64_t count;
  uint32_t submission;
  uint32_t zero;
} entry;

typedef struct {
  entry *entries;
  size_t count, capacity;
} entries;

static int make_room(entries *list, size_t more) {
  if (list->capacity - list->count >= more) return 1;
  size_t capacity = list->capacity * 2 > list->count + more ? list->capacity * 2 : list->count + more;
  entry *grown = realloc(list->entries, capacity * sizeof *grown);
  if (grown == NULL) return 0;
  list->entries = grown;
  list->capacity = capacity;
  return 1;
}

static uint32_t steady_bind(
    const tc_host *host, const tc_kind *kind, const tc_binding *binding, void **bound, tc_error *error) {
  (void)host;
  (void)kind;
  steady *rule = malloc(sizeof *rule);
  if (rule == NULL) return fail(error, "there is no memory left");
  rule->field = find(binding, "/count")->fields[0];
  rule->times = find(binding, "/times")->number;
  // A parameter that the rule leaves out is not in the binding.
  const tc_parameter *least = find(binding, "/least");
  rule->least = least == NULL ? 0 : least->integer;
  *bound = rule;
  return TC_OK;
}

static uint32_t steady_create(const void *bound, void **state, tc_error *error) {
  (void)bound;
  *state = calloc(1, sizeof(entries));
  return *state == NULL ? fail(error, "there is no memory left") : TC_OK;
}

static void steady_free(const void *bound, void *state) {
  (void)bound;
  entries *list = state;
  free(list->entries);
  free(list);
}

static uint32_t steady_check(
    const void *bound, void *state, const tc_batch *batch, const uint64_t *selected, uint64_t *failed,
    uint64_t *unknown, tc_error *error) {
  (void)failed;
  (void)unknown;
  const steady *rule = bound;
  entries *list = state;
  if (!make_room(list, batch->row_count)) return fail(error, "there is no memory left");
  const uint64_t *places = data(batch->records->children[PLACE]);
  const uint32_t *submissions = data(batch->records->children[SUBMISSION]);
  const int64_t *counts = data(member(batch, rule->field, VALUE));
  for (uint64_t row = 0; row < batch->row_count; row++) {
    if (!is_set(selected, row)) continue;
    list->entries[list->count++] = (entry){places[row], counts[row], submissions[row], 0};
  }
  return TC_OK;
}

static uint32_t steady_merge(
    const void *bound, void *into, const void *from, const uint32_t *submission_map, uint64_t submission_count,
    tc_error *error) {
  (void)bound;
  (void)submission_count;
  entries *list = into;
  const entries *more = from;
  if (!make_room(list, more->count)) return fail(error, "there is no memory left");
  for (size_t i = 0; i < more->count; i++) {
    entry added = more->entries[i];
    added.submission = submission_map[added.submission];
    list->entries[list->count++] = added;
  }
  return TC_OK;
}

static uint32_t steady_save(const void *bound, const void *state, const tc_sink *sink, tc_error *error) {
  (void)bound;
  (void)error;
  const entries *list = state;
  sink->saved(sink->context, list->entries, list->count * sizeof(entry));
  return TC_OK;
}

static uint32_t steady_load(const void *bound, const void *bytes, uint64_t length, void **state, tc_error *error) {
  if (length % sizeof(entry) != 0) return fail(error, "the saved counts are cut off");
  if (steady_create(bound, state, error) != TC_OK) return TC_FAILED;
  entries *list = *state;
  if (!make_room(list, length / sizeof(entry))) {
    steady_free(bound, list);
    return fail(error, "there is no memory left");
  }
  if (length > 0) memcpy(list->entries, bytes, length);
  list->count = length / sizeof(entry);
  return TC_OK;
}

static int in_order(const void *a, const void *b) {
  const entry *left = a, *right = b;
  if (left->submission != right->submission) return left->submission < right->submission ? -1 : 1;
  return left->place < right->place ? -1 : left->place > right->place;
}

static int is_steady(const steady *rule, int64_t before, int64_t now) {
  double smaller = before < now ? before : now;
  double greater = before < now ? now : before;
  return greater - smaller <= rule->least || greater <= rule->times * smaller;
}

static uint32_t steady_finish(const void *bound, void *state, const tc_sink *sink, tc_error *error) {
  (void)error;
  const steady *rule = bound;
  entries *list = state;
  if (list->count > 1) qsort(list->entries, list->count, sizeof(entry), in_order);
  for (size_t i = 1; i < list->count; i++) {
    const entry *before = &list->entries[i - 1], *now = &list->entries[i];
    if (before->submission != now->submission || is_steady(rule, before->count, now->count)) continue;
    // Evidence in the order of its names. `field` says where it was taken from, and so who may see it.
    tc_evidence previous = {
        .struct_size = sizeof previous,
        .type = TC_EVIDENCE_INTEGER,
        .name = TEXT("previous"),
        .integer = before->count,
        .field = rule->field,
    };
    tc_evidence previous_row = {
        .struct_size = sizeof previous_row,
        .type = TC_EVIDENCE_PLACE,
        .name = TEXT("previous_row"),
        .integer = (int64_t)before->place,
        .field = TC_NO_FIELD,
    };
    const tc_evidence *evidence[] = {&previous, &previous_row};
    sink->judged(
        sink->context, now->place, now->submission, TC_VERDICT_FAILED, rule->field, evidence, LIST_COUNT(evidence));
  }
  return TC_OK;
}

// ---------------------------------------------------------------------------------------------------------------------
// What the module offers

static const tc_text cut_off_evidence[] = {TEXT("limit")};
static const tc_text steady_evidence[] = {TEXT("previous"), TEXT("previous_row")};

static const tc_kind text_cut_off = {
    .struct_size = sizeof(tc_kind),
    .reads = TC_READS_RECORDS,
    .answers = TC_ANSWERS_RECORD,
    .name = TEXT("extra.text-cut-off"),
    .summary = TEXT("A text is not exactly as long as a program's limit, which cuts off what is longer."),
    .parameters = TEXT(
        "{\"type\": \"object\", \"additionalProperties\": false, \"required\": [\"field\", \"limit\"],"
        " \"properties\": {"
        " \"field\": {\"type\": \"string\", \"description\": \"The text.\", \"x-trustcheck\": \"field\","
        "   \"x-types\": [\"text\"], \"x-judges\": [\"value\"]},"
        " \"limit\": {\"type\": \"integer\", \"minimum\": 1, \"description\": \"The limit in characters.\"}}}"),
    .message = TEXT("{field} is {limit} characters long, where texts are cut off"),
    .evidence = cut_off_evidence,
    .evidence_count = LIST_COUNT(cut_off_evidence),
    .bind = cut_off_bind,
    .unbind = free,
    .check = cut_off_check,
    .explain = cut_off_explain,
};

static const tc_kind steady_count = {
    .struct_size = sizeof(tc_kind),
    .reads = TC_READS_RECORDS,
    .answers = TC_ANSWERS_RECORD,
    .flags = TC_KIND_AT_FINISH,
    .name = TEXT("extra.steady-count"),
    .summary = TEXT("A count is of the size of the one before it in the same submission."),
    .parameters = TEXT(
        "{\"type\": \"object\", \"additionalProperties\": false, \"required\": [\"count\", \"times\"],"
        " \"properties\": {"
        " \"count\": {\"type\": \"string\", \"description\": \"The count.\", \"x-trustcheck\": \"field\","
        "   \"x-types\": [\"integer\"], \"x-judges\": [\"value\"]},"
        " \"least\": {\"type\": \"integer\", \"minimum\": 0,"
        "   \"description\": \"The greatest difference that is never told; 0 when left out.\"},"
        " \"times\": {\"type\": \"number\", \"minimum\": 1,"
        "   \"description\": \"How many times the smaller of two counts the greater may be.\"}}}"),
    .message = TEXT("{field} is {value}, and {previous} in the record before it"),
    .evidence = steady_evidence,
    .evidence_count = LIST_COUNT(steady_evidence),
    .bind = steady_bind,
    .unbind = free,
    .check = steady_check,
    .state_create = steady_create,
    .state_free = steady_free,
    .merge = steady_merge,
    .save = steady_save,
    .load = steady_load,
    .finish = steady_finish,
};

static const tc_kind *const kinds[] = {&steady_count, &text_cut_off};

static const tc_module module = {
    .struct_size = sizeof(tc_module),
    .major = TC_ABI_MAJOR,
    .minor = TC_ABI_MINOR,
    .name = TEXT("extra"),
    .version = TEXT("1.0.0"),
    .summary = TEXT("A sample module in C: counts that jump, and texts that were cut off."),
    .kinds = kinds,
    .kind_count = LIST_COUNT(kinds),
};

const tc_module *trustcheck_module(void) { return &module; }
