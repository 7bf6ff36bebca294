import AuditModel
import LocalFiles
import ModuleHost
import TestSupport
import Testing

@Suite("Loading modules")
struct LoadingTests {
  @Test func kindsAreReadAsTheModuleDeclaresThem() throws {
    let host = try CModule.host(
      #"""
      static const tc_text names[] = {TEXT("count"), TEXT("fact/*")};
      static const tc_kind second = {BASE("test.at-finish"), AT_FINISH, .answers = TC_ANSWERS_ROUND};
      static const tc_kind first = {BASE("test.each-row"), EVIDENCE(names), .examples = TEXT("{\"pass\": []}")};
      static const tc_kind *const kinds[] = {&second, &first};
      MODULE(.version = TEXT("2.1.0"))
      """#)
    let module = try #require(host.modules.first)
    #expect(module.name == "test" && module.version == "2.1.0" && module.summary == "For a test.")
    #expect(module.path.hasSuffix("/module.so") && module.kinds == ["test.at-finish", "test.each-row"])
    let field = ParameterSchema.Member(
      name: "field", summary: "A field.", isRequired: false, schema: .field(ParameterSchema.FieldTag()))
    var expected = CheckKind(
      name: "test.at-finish", module: "test", summary: "A test.", reads: .records, answers: .round,
      judgesAtFinish: true, classifies: false, message: "It fails.", parameters: .object(members: [field]), evidence: []
    )
    #expect(host.kinds.first == expected)
    expected.name = "test.each-row"
    expected.answers = .record
    expected.judgesAtFinish = false
    expected.evidence = ["count", "fact/*"]
    #expect(host.kinds.last == expected)
  }

  @Test func pathsThatAreNoLibraryAreRefused() throws {
    func fault(_ path: String) -> String? {
      #expect(throws: ModuleError.self) { try ModuleHost(services: .none).load(path) }?.message
    }
    try TestSupport.withTemporaryFolder { folder in
      #expect(
        fault("\(folder)/none.so") == "\(folder)/none.so: the module cannot be opened: No such file or directory.")
      #expect(fault(folder) == "\(folder): the module cannot be opened: it is not a file.")
      try LocalFiles.write("This is no library, but a text of some length.\n", to: "\(folder)/garbage.so")
      #expect(
        fault("\(folder)/garbage.so")
          == "\(folder)/garbage.so cannot be loaded as a module: file too short. "
          + "Expected a shared library built for this machine."
          || fault("\(folder)/garbage.so")
            == "\(folder)/garbage.so cannot be loaded as a module: invalid ELF header. "
            + "Expected a shared library built for this machine."
      )
    }
    #expect(fault("none.so") == "none.so: the module cannot be opened: No such file or directory.")
  }

  @Test func libraryWithoutTheFunctionIsRefused() throws {
    #expect(
      try CModule.fault("")
        == "PATH is a shared library and no rule module: it does not export the function trustcheck_module.")
    #expect(
      try CModule.fault("const tc_module *trustcheck_module(void) { return NULL; }")
        == "PATH: its function trustcheck_module returned NULL instead of a module.")
  }

  @Test func moduleOfAnotherMajorVersionIsRefusedBeforeAnythingElseIsRead() throws {
    #expect(
      try CModule.fault(
        #"""
        static const tc_module module = {.struct_size = 16, .major = 7, .minor = 3, .name = {(char *)1, 1000}};
        const tc_module *trustcheck_module(void) { return &module; }
        """#)
        == "PATH was built for version 7.3 of the module boundary; this trustcheck has version 1.0 and needs a module "
        + "of version 1. Build the module with this trustcheck's trustcheck_module.h.")
    #expect(try CModule.fault("KIND() MODULE(.minor = 9)") == nil)
  }

  /// Modules that are wrong, and a part of what is said.
  static let wrongModules: [(source: String, words: String)] = [
    ("KIND() MODULE(.struct_size = 24)", "its tc_module has a struct_size of 24; version 1.0 has 72."),
    ("KIND() MODULE(.struct_size = 3)", "its tc_module has a struct_size of 3; expected at least 8."),
    ("KIND() MODULE(.name = TEXT(\"\"))", "PATH: the module's name is empty."),
    ("KIND() MODULE(.name = TEXT(\"My module\"))", "the module's name is \"My module\"; expected lower-case words"),
    ("KIND() MODULE(.version = {NULL, 4})", "the module's version has a length of 4 and no bytes."),
    ("KIND() MODULE(.summary = TEXT(\"caf\\xe9\"))", "the module's summary is not UTF-8."),
    ("KIND() MODULE(.summary = {\"x\", 1ull << 40})", "the module's summary is 1099511627776 bytes long; the most is"),
    ("KIND() MODULE(.kind_count = 0)", "the module offers 0 check kinds; expected 1 to 1000 and a list of them."),
    ("KIND() MODULE(.kinds = NULL)", "the module offers 1 check kinds; expected 1 to 1000 and a list of them."),
    ("static const tc_kind *const kinds[1]; MODULE()", "offers a kind (number 1) that is NULL."),
    ("KIND(.struct_size = 100) MODULE()", "(number 1) whose struct_size is 100; version 1.0 of the boundary has 192."),
    ("KIND(.name = TEXT(\"Test\")) MODULE()", "with the name \"Test\"; expected two or more lower-case words"),
    ("KIND(.name = TEXT(\"test.-a\")) MODULE()", "with the name \"test.-a\"; expected two or more"),
    ("KIND(.summary = TEXT(\"\")) MODULE()", "\"test.kind\" of the module \"test\" in PATH has no summary."),
    ("KIND(.message = {NULL, 0}) MODULE()", "has no message."),
    ("KIND(.reads = 2) MODULE()", "has reads = 2, which this version of trustcheck does not know."),
    ("KIND(.answers = 4) MODULE()", "has answers = 4, which this version of trustcheck does not know."),
    ("KIND(.flags = 8) MODULE()", "has flags = 8, which this version of trustcheck does not know."),
    ("KIND(.answers = TC_ANSWERS_ROUND) MODULE()", "must answer records, or judge at finish."),
    (
      "KIND(AT_FINISH, .reads = TC_READS_ORGANISATIONS, .answers = TC_ANSWERS_ORGANISATION) MODULE()",
      "must judge batch by batch, not at finish."
    ),
    ("KIND(.reads = TC_READS_ORGANISATIONS) MODULE()", "must answer organisations."),
    ("KIND(.flags = TC_KIND_CLASSIFIES) MODULE()", "classifies organisations and must read them, not records."),
    ("KIND(.bind = NULL, .check = NULL) MODULE()", "bind, check are NULL."),
    ("KIND(AT_FINISH, .save = NULL) MODULE()", "lacks functions that it needs: save is NULL."),
    (
      "KIND(.reads = 1, .answers = 2, .flags = TC_KIND_CLASSIFIES, .explain = (void *)pass) MODULE()",
      "its evidence lacks the name \"basis\"."
    ),
    (
      "static const tc_text n[] = {TEXT(\"b\"), TEXT(\"a\")}; KIND(EVIDENCE(n)) MODULE()",
      "the name of evidence \"a\" after \"b\"; expected them sorted, each once."
    ),
    (
      "static const tc_text n[] = {TEXT(\"a*b\")}; KIND(EVIDENCE(n)) MODULE()",
      "the name of evidence \"a*b\"; expected lower-case letters, digits, \"_\" and \"/\", and \"*\" at the end only."
    ),
    ("KIND(.evidence_count = 2) MODULE()", "declares 2 names of evidence and gives none."),
    ("KIND(.parameters = TEXT(\"{\")) MODULE()", "describes its parameters wrongly at line 1, column "),
    ("KIND(.parameters = TEXT(\"{}\")) MODULE()", "describes its parameters wrongly at the top: "),
    ("KIND(.examples = TEXT(\"{\\\"pass\\\": }\")) MODULE()", "gives examples that are not JSON at line 1, column "),
  ]

  @Test(arguments: wrongModules)
  func whatIsWrongWithAModuleIsSaid(source: String, words: String) throws {
    let fault = try #require(try CModule.fault(source), "It was loaded")
    #expect(fault.contains(words), "\(fault)")
    #expect(fault.contains("PATH") && fault.hasSuffix("."), "\(fault)")
  }

  @Test func checkKindsHaveOneModuleEach() throws {
    let twice = try CModule.fault(
      "static const tc_kind a = {BASE(\"test.kind\")}; static const tc_kind *const kinds[] = {&a, &a}; MODULE()")
    #expect(twice == "PATH: the module \"test\" offers the check kind \"test.kind\" twice.")

    let host = try CModule.host("KIND() MODULE()")
    let kinds = host.kinds
    try CModule.build("KIND() MODULE(.name = TEXT(\"other\"))") { path in
      let error = #expect(throws: ModuleError.self) { try host.load(path) }
      let first = host.modules[0].path
      #expect(
        error?.message
          == "\(path): the check kind \"test.kind\" of the module \"other\" is offered by the module \"test\" in "
          + "\(first) already. Load only one of the two.")
    }
    try CModule.build("KIND(.name = TEXT(\"test.more\")) MODULE()") { path in
      let error = #expect(throws: ModuleError.self) { try host.load(path) }
      #expect(error?.message.contains("a module with the name \"test\" is loaded already, from ") == true)
    }
    #expect(host.modules.count == 1 && host.kinds == kinds)
  }
}
