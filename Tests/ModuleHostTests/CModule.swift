import LocalFiles
import ModuleHost
import TestSupport
import Testing

/// A rule module in C that a test builds.
struct CModule {
  /// What every module begins with: helpers, functions that do nothing, and macros that declare kinds and the module.
  private static let prelude = #"""
    #include <math.h>
    #include <stdio.h>
    #include <stdlib.h>
    #include <string.h>
    #include "trustcheck_module.h"
    #define TEXT(literal) {literal, sizeof(literal) - 1}
    #define OPEN_OBJECT "{\"type\":\"object\",\"additionalProperties\":false,\"properties\":"
    #define FIELD OPEN_OBJECT "{\"field\":{\"type\":\"string\",\"description\":\"A field.\",\"x-trustcheck\":\"field\"}}}"
    static uint32_t say(tc_error *error, const char *words) {
      size_t length = strlen(words);
      error->length = length < error->capacity ? length : error->capacity;
      memcpy(error->buffer, words, error->length);
      return TC_FAILED;
    }
    static tc_text text(const char *words) { return (tc_text){words, strlen(words)}; }
    static uint32_t keep_host(
        const tc_host *host, const tc_kind *kind, const tc_binding *binding, void **bound, tc_error *error) {
      *bound = (void *)host;
      return TC_OK;
    }
    static void unbind(void *bound) {}
    static uint32_t pass(
        const void *bound, void *state, const tc_batch *batch, const uint64_t *selected, uint64_t *failed,
        uint64_t *unknown, tc_error *error) { return TC_OK; }
    static uint32_t fail_all(
        const void *bound, void *state, const tc_batch *batch, const uint64_t *selected, uint64_t *failed,
        uint64_t *unknown, tc_error *error) {
      for (uint64_t word = 0; word < (batch->row_count + 63) / 64; word++) failed[word] = selected[word];
      return TC_OK;
    }
    static uint32_t create(const void *bound, void **state, tc_error *error) { *state = malloc(1); return TC_OK; }
    static void state_free(const void *bound, void *state) { free(state); }
    static uint32_t merge(
        const void *bound, void *into, const void *from, const uint32_t *map, uint64_t count, tc_error *error) {
      return TC_OK;
    }
    static uint32_t save(const void *bound, const void *state, const tc_sink *sink, tc_error *error) { return TC_OK; }
    static uint32_t load(const void *bound, const void *bytes, uint64_t length, void **state, tc_error *error) {
      return create(bound, state, error);
    }
    static uint32_t finish(const void *bound, void *state, const tc_sink *sink, tc_error *error) { return TC_OK; }
    // Later members override earlier ones.
    #define BASE(kind_name) .struct_size = sizeof(tc_kind), .name = TEXT(kind_name), .summary = TEXT("A test."), \
      .parameters = TEXT(FIELD), .message = TEXT("It fails."), .bind = keep_host, .unbind = unbind, .check = pass
    #define AT_FINISH .flags = TC_KIND_AT_FINISH, .state_create = create, .state_free = state_free, .merge = merge, \
      .save = save, .load = load, .finish = finish
    #define EVIDENCE(names) .evidence = names, .evidence_count = sizeof(names) / sizeof(*names)
    #define KIND(...) static const tc_kind kind = {BASE("test.kind"), __VA_ARGS__}; \
      static const tc_kind *const kinds[] = {&kind};
    #define MODULE(...) static const tc_module module = { .struct_size = sizeof(tc_module), .major = TC_ABI_MAJOR, \
      .minor = TC_ABI_MINOR, .name = TEXT("test"), .version = TEXT("1.0.0"), .summary = TEXT("For a test."), \
      .kinds = kinds, .kind_count = sizeof(kinds) / sizeof(*kinds), __VA_ARGS__ }; \
      const tc_module *trustcheck_module(void) { return &module; }

    """#

  /// Builds a module and hands its path to `body`.
  static func build<Result>(_ source: String, _ body: (String) throws -> Result) throws -> Result {
    try TestSupport.withTemporaryFolder { folder in
      try LocalFiles.write(prelude + source, to: "\(folder)/module.c")
      return try body(try compile("\(folder)/module.c", to: "\(folder)/module.so", options: ["-w"]))
    }
  }

  /// Builds a module and loads it into a host of its own. The library stays loaded after its file is gone.
  static func host(
    _ source: String, services: ModuleServices = .none, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> ModuleHost {
    let host = ModuleHost(services: services)
    try build(source) { try host.load($0) }
    return host
  }

  /// What is wrong with a module, without its path; nil when it loads.
  static func fault(_ source: String) throws -> String? {
    try build(source) { path in
      do throws(ModuleError) {
        try ModuleHost(services: .none).load(path)
        return nil
      } catch {
        return error.message.split(separator: path, omittingEmptySubsequences: false).joined(separator: "PATH")
      }
    }
  }

  static func compile(_ source: String, to library: String, options: [String] = []) throws -> String {
    let header = "\(TestSupport.repository)/Sources/CTrustCheckModule/include"
    let run = try TestSupport.run(
      "cc", options + ["-shared", "-fPIC", "-I", header, "-o", library, source], in: "/tmp")
    try #require(run.exitCode == 0, "\(run.errors)")
    return library
  }
}

extension ModuleServices {
  /// A register of no organisations, and a log that is not kept.
  static let none = ModuleServices(lookUp: { _, _ in nil }, knowsName: { _, _ in false }, log: { _, _ in })
}
