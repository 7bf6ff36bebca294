import AuditModel
import Columns
import JSONDocument
import LocalFiles
import ModuleHost
import TestSupport
import Testing

/// The batch as another implementation of Arrow reads it.
@Suite("Batches in the Arrow C data interface")
struct ArrowTests {
  /// Where a Python with pyarrow is; nil when there is none.
  private struct Python {
    let library: String
    let home: String
    /// The folders that modules are found in, joined by colons.
    let path: String

    static let found: Python? = {
      let question = """
        import os, sys, sysconfig, pyarrow
        print(os.path.join(sysconfig.get_config_var('LIBDIR'), sysconfig.get_config_var('INSTSONAME')))
        print(sys.base_prefix)
        print(':'.join(folder for folder in sys.path if folder))
        """
      guard let run = try? TestSupport.run("python3", ["-c", question], in: "/tmp"), run.exitCode == 0 else {
        return nil
      }
      let lines = run.output.split(separator: "\n").map(String.init)
      guard lines.count == 3, LocalFiles.kind(lines[0]) == .file else { return nil }
      return Python(library: lines[0], home: lines[1], path: lines[2])
    }()
  }

  /// A module that hands schema and batches to pyarrow in this very process, by their addresses, and writes down what
  /// pyarrow reads there.
  private static let handingOver = #"""
    #include <dlfcn.h>
    static int (*run)(const char *);
    static const char *parameter(const tc_binding *binding, uint64_t index) {
      return strndup(binding->parameters[index]->text.bytes, binding->parameters[index]->text.length);
    }
    static void keep_schema(struct ArrowSchema *schema) { schema->release = NULL; }
    static uint32_t python(tc_error *error, const char *format, const char *text, const void *a, const void *b) {
      char code[4000];
      snprintf(code, sizeof code, format, text, a, b);
      return run(code) == 0 ? TC_OK : say(error, "Python failed");
    }
    static uint32_t start(
        const tc_host *host, const tc_kind *kind, const tc_binding *binding, void **bound, tc_error *error) {
      setenv("PYTHONHOME", parameter(binding, 1), 1);
      // Global, because Python's own modules look for its symbols there.
      void *library = dlopen(parameter(binding, 0), RTLD_NOW | RTLD_GLOBAL);
      if (library == NULL) return say(error, dlerror());
      ((void (*)(int))dlsym(library, "Py_InitializeEx"))(0);
      run = (int (*)(const char *))dlsym(library, "PyRun_SimpleString");
      if (python(error, "import sys; sys.path[:] = '%s'.split(':'); import gc, json, pyarrow", parameter(binding, 2), 0, 0))
        return TC_FAILED;
      // The schema is the host's: pyarrow gets a copy of its first struct whose release leaves the rest alone.
      struct ArrowSchema schema = *binding->schema;
      schema.release = keep_schema;
      if (python(error, "%sschema = pyarrow.Schema._import_from_c(%p)", "", &schema, 0)) return TC_FAILED;
      *bound = (void *)parameter(binding, 3);
      return TC_OK;
    }
    static uint32_t hand_over(
        const void *bound, void *state, const tc_batch *batch, const uint64_t *selected, uint64_t *failed,
        uint64_t *unknown, tc_error *error) {
      struct ArrowArray mine = *batch->records;
      batch->records->release = NULL;
      return python(error,
        "with open('%s', 'w') as file:\n"
        "  batch = pyarrow.RecordBatch._import_from_c(%p, schema)\n"
        "  batch.validate(full=True)\n"
        "  json.dump({'schema': str(batch.schema), 'rows': batch.to_pylist()}, file, default=str)\n"
        "  del batch\n"
        "  gc.collect()\n", bound, &mine, 0);
    }
    KIND(.bind = start, .check = hand_over) MODULE()
    """#

  @Test(.enabled(if: Python.found != nil, "There is no python3 with pyarrow and a shared libpython here"))
  func pyarrowReadsWhatWasFilledIn() throws {
    let python = try #require(Python.found)
    let fields: [Field] = FieldType.allCases.map { .of($0, $0.rawValue) }
    let long = "a text that is longer than twelve bytes, with é"
    let rows: [[Cell]] = [
      [
        .text(long), .integer(-7), .number(0.5), .date("2024-02-29"), .timestamp(1_000_001), .boolean(true),
        .period("2024-01-01", "2024-03-31"),
      ],
      [
        .none(.blank), .suppressed("<5", 1, 4), .none(.notKnown, "99"), .none(.invalid, "31/02/2024"),
        .none(.notApplicable, "NA"), .boolean(false), .none(.blank),
      ],
    ]
    // More than one word of every bitmap.
    let many = (0..<70).map { rows[$0 % 2] }
    let table = Table(fields, many, submissions: (0..<70).map { UInt32($0 / 35) })
    let output = try TestSupport.withTemporaryFolder { folder in
      let host = try CModule.host(ArrowTests.handingOver)
      let settings = [python.library, python.home, python.path, "\(folder)/read.json"]
      let rule = try host.bind(
        "test.kind", fields,
        parameters: settings.enumerated().map { RuleParameter(pointer: "/\($0)", value: .text($1)) })
      let frame = rule.makeFrame()
      for _ in 0..<2 { try rule.check(table.batch, state: nil, selected: table.all, frame: frame) }
      return try JSONDocument.read(path: "\(folder)/read.json")
    }
    let first = #"""
      {"place": 100, "submission": 0,
       "text": {"kind": 0, "text": "\#(long)"},
       "integer": {"kind": 0, "text": "-7", "value": -7, "low": -7, "high": -7},
       "number": {"kind": 0, "text": "0.5", "value": 0.5, "low": 0.5, "high": 0.5},
       "date": {"kind": 0, "text": "2024-02-29", "value": "2024-02-29"},
       "timestamp": {"kind": 0, "text": "a moment", "value": "1970-01-01 00:00:01.000001"},
       "boolean": {"kind": 0, "text": "true", "value": true},
       "period": {"kind": 0, "text": "2024-01-01 to 2024-03-31",
         "value": {"start": "2024-01-01", "end": "2024-03-31"}}}
      """#
    let last = #"""
      {"place": 169, "submission": 1,
       "text": {"kind": 1, "text": ""},
       "integer": {"kind": 4, "text": "<5", "value": null, "low": 1, "high": 4},
       "number": {"kind": 2, "text": "99", "value": null, "low": null, "high": null},
       "date": {"kind": 5, "text": "31/02/2024", "value": null},
       "timestamp": {"kind": 3, "text": "NA", "value": null},
       "boolean": {"kind": 0, "text": "false", "value": false},
       "period": {"kind": 1, "text": "", "value": null}}
      """#
    let read = try output.root.required("rows")
    #expect(read.count == 70)
    #expect(read[0]?.hasSameContent(as: try JSONDocument.parse(Array(first.utf8), name: "first").root) == true)
    #expect(read[69]?.hasSameContent(as: try JSONDocument.parse(Array(last.utf8), name: "last").root) == true)
    let schema = try output.root.requiredString("schema")
    #expect(schema.contains("place: uint64 not null") && schema.contains("submission: uint32 not null"), "\(schema)")
    #expect(schema.contains("string_view") && schema.contains("timestamp[us]"), "\(schema)")
  }
}
