// trustcheck_module.h - what a rule module and trustcheck say to each other. Nothing else is shared.
//
// A rule module is a shared library that exports one symbol:
//
//     const tc_module *trustcheck_module(void);
//
// It offers check kinds; rule packs bind them to fields. The module sees records as batches of columns in the Arrow C
// data interface and answers with bitmaps.
//
// Rules for both sides
// - Every struct that can grow begins with struct_size, the size its writer knows. A reader uses a member only when
//   struct_size reaches past it. Members are only ever added at the end. Structs that can grow are passed by pointer
//   and listed as arrays of pointers. tc_text and the Arrow structs never change.
// - Of a struct that one side gives and the other fills (tc_error, tc_organisation, tc_submission) the giver sets
//   struct_size, and no member past it is filled. The members of version 1.0 are always there.
// - Text is UTF-8 bytes and a length, not ended by NUL; bytes may be NULL when length is 0.
// - Nothing throws or jumps across. A function that can fail returns TC_OK or another TC_ code and may fill *error.
// - Unless said otherwise a pointer that is passed in is valid only until the call returns.
// - A bitmap has one bit a row, row 0 in the least significant bit of word 0, in (rows + 63) / 64 words of 64 bits.
//   Bits past the last row are 0.
// - Numbers are little-endian, on every machine that trustcheck runs on, and always so in saved states.
#ifndef TRUSTCHECK_MODULE_H
#define TRUSTCHECK_MODULE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// A host loads a module whose major version is its own. Minor versions add members and constants.
#define TC_ABI_MAJOR 1u
#define TC_ABI_MINOR 0u

// ---------------------------------------------------------------------------------------------------------------------
// The Arrow C data interface, as published: https://arrow.apache.org/docs/format/CDataInterface.html

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
  const char *format;
  const char *name;
  const char *metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema **children;
  struct ArrowSchema *dictionary;
  void (*release)(struct ArrowSchema *);
  void *private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void **buffers;
  struct ArrowArray **children;
  struct ArrowArray *dictionary;
  void (*release)(struct ArrowArray *);
  void *private_data;
};

#endif  // ARROW_C_DATA_INTERFACE

// ---------------------------------------------------------------------------------------------------------------------
// Small things

typedef struct tc_text {
  const char *bytes;
  uint64_t length;
} tc_text;

// Results.
#define TC_OK 0u
#define TC_FAILED 1u         // could not do it; *error says why
#define TC_NOT_FOUND 2u      // a look-up that found nothing

// Where a module writes why it failed. The buffer is the host's; write at most `capacity` bytes of UTF-8 and set
// `length`.
typedef struct tc_error {
  uint32_t struct_size;
  uint32_t reserved;
  char *buffer;
  uint64_t capacity;
  uint64_t length;
} tc_error;

// What a cell is; the values of the `kind` member of a cell.
#define TC_CELL_VALUE 0u
#define TC_CELL_BLANK 1u
#define TC_CELL_NOT_KNOWN 2u
#define TC_CELL_NOT_APPLICABLE 3u
#define TC_CELL_SUPPRESSED 4u
#define TC_CELL_INVALID 5u

// Types of fields, with the Arrow format of the `value` member of their cells.
#define TC_FIELD_TEXT 0u       // no value member: the text is the value
#define TC_FIELD_INTEGER 1u    // int64 "l"
#define TC_FIELD_NUMBER 2u     // double "g"
#define TC_FIELD_DATE 3u       // date32 "tdD", days since 1970-01-01
#define TC_FIELD_TIMESTAMP 4u  // timestamp without zone "tsu:", microseconds
#define TC_FIELD_BOOLEAN 5u    // bool "b", one bit a row
#define TC_FIELD_PERIOD 6u     // struct<start: date32, end: date32>, both included

#define TC_PRIVACY_PUBLIC 0u
#define TC_PRIVACY_INTERNAL 1u
#define TC_PRIVACY_PERSONAL 2u

#define TC_NO_FIELD UINT32_MAX
#define TC_NO_SUBMISSION UINT32_MAX
#define TC_NO_PLACE UINT64_MAX
#define TC_NO_DAY INT32_MIN

// ---------------------------------------------------------------------------------------------------------------------
// What a rule is bound with

typedef struct tc_field {
  uint32_t struct_size;
  uint32_t type;     // TC_FIELD_…
  uint32_t privacy;  // TC_PRIVACY_…
  uint32_t reserved;
  tc_text name;
  tc_text label;  // what a person calls it
} tc_field;

typedef struct tc_code {
  uint32_t struct_size;
  int32_t from;     // first day of use, days since 1970-01-01; TC_NO_DAY when always
  int32_t retired;  // first day out of use; TC_NO_DAY while in use
  uint32_t reserved;
  tc_text code;
  tc_text label;
} tc_code;

// The types of a bound parameter.
#define TC_PARAMETER_BOOLEAN 0u     // integer: 0 or 1
#define TC_PARAMETER_INTEGER 1u     // integer
#define TC_PARAMETER_NUMBER 2u      // number
#define TC_PARAMETER_TEXT 3u        // text
#define TC_PARAMETER_FIELDS 4u      // fields, field_count
#define TC_PARAMETER_EXPRESSION 5u  // expression; text is its source
#define TC_PARAMETER_PATTERN 6u     // expression: true where the whole text of the field matches; text is its source
#define TC_PARAMETER_CODE_LIST 7u   // codes, code_count; text is the list's name

// One leaf of the rule's "with". `pointer` is its JSON Pointer there: "/fields", "/facts/0/cases/1/when".
// A parameter tagged "fields" is one leaf that lists its fields; one tagged "each" lists the one field of this binding.
typedef struct tc_parameter {
  uint32_t struct_size;
  uint32_t type;
  tc_text pointer;
  int64_t integer;
  double number;
  tc_text text;
  const uint32_t *fields;  // positions in tc_binding.fields
  uint64_t field_count;
  uint64_t expression;  // for tc_host.evaluate
  const tc_code *const *codes;
  uint64_t code_count;
} tc_parameter;

// Everything in it lives until `unbind` returns, the schema until `bind` returns. To a kind that reads organisations all
// of the host's own fields are bound ("organisation", "answered", "contact", "derived_status", …; docs/modules.md),
// beside those its parameters name.
typedef struct tc_binding {
  uint32_t struct_size;
  int32_t as_of;  // the day the audit speaks for, days since 1970-01-01
  tc_text rule;   // "data-collection/both-counts-given"
  const tc_field *const *fields;
  uint64_t field_count;
  const tc_parameter *const *parameters;
  uint64_t parameter_count;
  // The schema of every batch of this rule, owned by the host:
  // struct<place: u64, submission: u32, one member a bound field, in the order of `fields`>, where a field is
  // struct<kind: u8, text: utf8view, value: T, low: T, high: T>. Text fields have kind and text only; low and high
  // exist for integers and numbers. `value` is valid only for kind TC_CELL_VALUE, the bounds also for
  // TC_CELL_SUPPRESSED. Arrays have offset 0.
  const struct ArrowSchema *schema;
} tc_binding;

// ---------------------------------------------------------------------------------------------------------------------
// Batches, evidence, sinks

typedef struct tc_batch {
  uint32_t struct_size;
  uint32_t reserved;
  uint64_t row_count;
  // The records, as tc_binding.schema says. `place` is strictly increasing in file order and otherwise opaque;
  // `submission` numbers the submissions of one part from 0. The module may move the array out, and then releases it
  // before it returns; an array that was not moved is released by the host.
  struct ArrowArray *records;
  // For the host's services.
  void *handle;
} tc_batch;

// Types of evidence.
#define TC_EVIDENCE_TEXT 0u
#define TC_EVIDENCE_INTEGER 1u
#define TC_EVIDENCE_NUMBER 2u
#define TC_EVIDENCE_DATE 3u  // integer: days since 1970-01-01
#define TC_EVIDENCE_CELL 4u   // the cell of `field` in the row explained; the host takes its text
#define TC_EVIDENCE_PLACE 5u  // integer: the place of another record, shown as its row

// One named fact about a finding; a message refers to it as {name}.
typedef struct tc_evidence {
  uint32_t struct_size;
  uint32_t type;
  tc_text name;
  tc_text text;
  int64_t integer;
  double number;
  uint32_t field;  // the bound field it was taken from, TC_NO_FIELD when from none; decides who may see it
  uint32_t reserved;
} tc_evidence;

#define TC_VERDICT_FAILED 0u
#define TC_VERDICT_UNKNOWN 1u
#define TC_VERDICT_PASSED 2u

// Where a module puts what it says, from one thread at a time. The host copies everything during the call.
typedef struct tc_sink {
  uint32_t struct_size;
  uint32_t reserved;
  void *context;
  // From `explain`: the evidence of one of the rows asked for.
  void (*explained)(void *context, uint64_t row, const tc_evidence *const *evidence, uint64_t evidence_count);
  // From `finish`, in any order. A kind that answers records gives the record's place, any other TC_NO_PLACE; one that
  // answers the round gives TC_NO_SUBMISSION. `field` is the bound field the finding is about, or TC_NO_FIELD.
  void (*judged)(
      void *context, uint64_t place, uint32_t submission, uint32_t verdict, uint32_t field,
      const tc_evidence *const *evidence, uint64_t evidence_count);
  // From `save`: the next bytes of the state.
  void (*saved)(void *context, const void *bytes, uint64_t length);
} tc_sink;

// ---------------------------------------------------------------------------------------------------------------------
// What the host does for a module

#define TC_ORGANISATION_OPEN 0u
#define TC_ORGANISATION_NOT_YET_OPEN 1u
#define TC_ORGANISATION_CLOSED 2u
#define TC_ORGANISATION_SUPERSEDED 3u  // replaced on a day that no source states, so it may have been open

// An organisation of the register, as at a day. What it points to lives until the program ends.
typedef struct tc_organisation {
  uint32_t struct_size;
  uint32_t state;  // TC_ORGANISATION_…
  int32_t opened;  // days since 1970-01-01; TC_NO_DAY when not known
  int32_t closed;  // its last day open; TC_NO_DAY while it is open
  tc_text code;
  tc_text name;
  const tc_text *successors;  // codes
  uint64_t successor_count;
} tc_organisation;

// A submission, while `finish` runs.
typedef struct tc_submission {
  uint32_t struct_size;
  uint32_t reserved;
  tc_text organisation;  // the code it was matched to; empty when it was not matched
} tc_submission;

#define TC_LOG_DEBUG 0u
#define TC_LOG_WARNING 1u

// Lives as long as the rule that was bound with it. Its functions may be called from any thread, `evaluate` only with
// the batch of the call under way.
typedef struct tc_host {
  uint32_t struct_size;
  uint16_t major;
  uint16_t minor;
  void *context;
  // Sets a bit in `is_true` or `is_unknown` for the rows of `selected` where the expression is true, or cannot be told
  // (a cell it needs has no value, or it ran into an error); the rest are false. Earlier contents are overwritten.
  uint32_t (*evaluate)(
      const struct tc_host *host, const tc_batch *batch, uint64_t expression, const uint64_t *selected,
      uint64_t *is_true, uint64_t *is_unknown);
  // The organisation with this code as at a day; TC_NOT_FOUND when the register does not have the code.
  uint32_t (*look_up)(const struct tc_host *host, tc_text code, int32_t day, tc_organisation *found);
  // TC_OK when `name` is a known name of the organisation with this code (compared as names are matched), else
  // TC_NOT_FOUND.
  uint32_t (*know_name)(const struct tc_host *host, tc_text code, tc_text name);
  // The submission with this number, during `finish` only.
  uint32_t (*describe)(const struct tc_host *host, uint32_t submission, tc_submission *found);
  void (*log)(const struct tc_host *host, uint32_t level, tc_text message);
} tc_host;

// ---------------------------------------------------------------------------------------------------------------------
// What a module offers

#define TC_READS_RECORDS 0u
#define TC_READS_ORGANISATIONS 1u  // one row an organisation of the round, bound to the host's own fields

#define TC_ANSWERS_RECORD 0u
#define TC_ANSWERS_SUBMISSION 1u
#define TC_ANSWERS_ORGANISATION 2u
#define TC_ANSWERS_ROUND 3u

#define TC_KIND_AT_FINISH 1u   // judges at `finish`: needs state functions and `finish`
#define TC_KIND_CLASSIFIES 2u  // `explain` gives every organisation its evidence "status", "reason", "basis", "row"

// A check kind. A bound rule is never changed after `bind` and may be used from several threads at once; a state has
// one caller at a time.
typedef struct tc_kind {
  uint32_t struct_size;
  uint32_t reads;    // TC_READS_…
  uint32_t answers;  // TC_ANSWERS_…
  uint32_t flags;    // TC_KIND_…
  tc_text name;      // "completeness.required"
  tc_text summary;   // one sentence
  // A JSON Schema for the rule's "with", in the subset of docs/modules.md; "x-trustcheck" tags parameters as "field",
  // "fields", "each", "expression", "pattern", "code-list" or "date", and "x-judges" says which cell kinds of a field it
  // judges.
  tc_text parameters;
  tc_text message;   // the message of a rule that gives none
  tc_text examples;  // JSON; may be empty
  // The names its evidence uses, sorted; one that ends in "*" stands for all names that begin so.
  const tc_text *evidence;
  uint64_t evidence_count;

  // Makes a bound rule, or fails and says why. `kind` is this struct, so that several kinds may share functions.
  // `*bound` is the module's; `unbind` frees it.
  uint32_t (*bind)(
      const tc_host *host, const struct tc_kind *kind, const tc_binding *binding, void **bound, tc_error *error);
  void (*unbind)(void *bound);

  // Judges the rows of `selected`: sets their bits in `failed` or `unknown`, which are zero on entry; the rest pass.
  // The two may not overlap or leave `selected`. With TC_KIND_AT_FINISH it collects into `state`, and may set
  // `unknown`; a row set there is not judged failed later. `state` is NULL without TC_KIND_AT_FINISH.
  uint32_t (*check)(
      const void *bound, void *state, const tc_batch *batch, const uint64_t *selected, uint64_t *failed,
      uint64_t *unknown, tc_error *error);
  // Gives evidence for each of `rows`, which failed; with TC_KIND_CLASSIFIES for any row. May be NULL when there is
  // none to give.
  uint32_t (*explain)(
      const void *bound, const tc_batch *batch, const uint32_t *rows, uint64_t row_count, const tc_sink *sink,
      tc_error *error);

  // With TC_KIND_AT_FINISH; all others may be NULL from here on.
  uint32_t (*state_create)(const void *bound, void **state, tc_error *error);
  void (*state_free)(const void *bound, void *state);
  // Adds `from`, the state of the part that follows in file order, to `into`. Submission n of `from` is submission
  // submission_map[n] of `into`.
  uint32_t (*merge)(
      const void *bound, void *into, const void *from, const uint32_t *submission_map, uint64_t submission_count,
      tc_error *error);
  // Writes the state as bytes, and reads it back; the host writes module, kind and version before them.
  uint32_t (*save)(const void *bound, const void *state, const tc_sink *sink, tc_error *error);
  uint32_t (*load)(const void *bound, const void *bytes, uint64_t length, void **state, tc_error *error);
  // Gives the verdicts that are not passes.
  uint32_t (*finish)(const void *bound, void *state, const tc_sink *sink, tc_error *error);
} tc_kind;

// A rule module. It and what it points to live as long as the library is loaded, which is until the program ends.
typedef struct tc_module {
  uint32_t struct_size;
  uint16_t major;  // TC_ABI_MAJOR
  uint16_t minor;  // TC_ABI_MINOR
  tc_text name;
  tc_text version;
  tc_text summary;
  const tc_kind *const *kinds;
  uint64_t kind_count;
} tc_module;

// The one symbol.
const tc_module *trustcheck_module(void);

#ifdef __cplusplus
}
#endif

#endif  // TRUSTCHECK_MODULE_H
