// A module whose one check kind fails at its work.
#include <string.h>

#include "trustcheck_module.h"

#define TEXT(text) {text, sizeof(text) - 1}

static uint32_t bind(
    const tc_host *host, const tc_kind *kind, const tc_binding *binding, void **bound, tc_error *error) {
  *bound = (void *)kind;
  return TC_OK;
}

static void unbind(void *bound) {}

static uint32_t check(
    const void *bound, void *state, const tc_batch *batch, const uint64_t *selected, uint64_t *failed,
    uint64_t *unknown, tc_error *error) {
  const char words[] = "the table it needs is gone";
  error->length = sizeof(words) - 1 < error->capacity ? sizeof(words) - 1 : error->capacity;
  memcpy(error->buffer, words, error->length);
  return TC_FAILED;
}

static const tc_kind kind = {
    .struct_size = sizeof(tc_kind),
    .reads = TC_READS_RECORDS,
    .answers = TC_ANSWERS_RECORD,
    .name = TEXT("failing.always"),
    .summary = TEXT("Fails at its work."),
    .parameters = TEXT(
        "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"field\"],\"properties\":{\"field\":{\"type\":"
        "\"string\",\"description\":\"A field.\",\"x-trustcheck\":\"field\"}}}"),
    .message = TEXT("It fails."),
    .bind = bind,
    .unbind = unbind,
    .check = check,
};

static const tc_kind *const kinds[] = {&kind};

static const tc_module module = {
    .struct_size = sizeof(tc_module),
    .major = TC_ABI_MAJOR,
    .minor = TC_ABI_MINOR,
    .name = TEXT("failing"),
    .version = TEXT("1.0.0"),
    .summary = TEXT("Fails at its work."),
    .kinds = kinds,
    .kind_count = 1,
};

const tc_module *trustcheck_module(void) { return &module; }
