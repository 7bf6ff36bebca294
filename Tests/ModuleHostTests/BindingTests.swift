import AuditModel
import Expressions
import ModuleHost
import Testing

@Suite("Binding rules")
struct BindingTests {
  /// A module that refuses every rule and says what it was bound with.
  private static let telling = #"""
    static char words[2048];
    static void put(const char *format, ...) {
      __builtin_va_list list;
      __builtin_va_start(list, format);
      size_t used = strlen(words);
      vsnprintf(words + used, sizeof words - used, format, list);
      __builtin_va_end(list);
    }
    #define T(text) (int)(text).length, (text).bytes
    static void tell(const struct ArrowSchema *schema) {
      put("%s:%s%s", schema->name, schema->format, schema->flags & ARROW_FLAG_NULLABLE ? "?" : "");
      if (schema->n_children > 0) put("<");
      for (int64_t i = 0; i < schema->n_children; i++) { if (i > 0) put(","); tell(schema->children[i]); }
      if (schema->n_children > 0) put(">");
    }
    static uint32_t tell_all(
        const tc_host *host, const tc_kind *kind, const tc_binding *binding, void **bound, tc_error *error) {
      words[0] = 0;
      put("%.*s %.*s %d;", T(kind->name), T(binding->rule), binding->as_of);
      for (uint64_t i = 0; i < binding->field_count; i++) {
        const tc_field *field = binding->fields[i];
        put("|%.*s/%.*s/%u/%u", T(field->name), T(field->label), field->type, field->privacy);
      }
      put(";");
      for (uint64_t i = 0; i < binding->parameter_count; i++) {
        const tc_parameter *given = binding->parameters[i];
        put(" %.*s=%u:", T(given->pointer), given->type);
        switch (given->type) {
        case TC_PARAMETER_BOOLEAN: case TC_PARAMETER_INTEGER: put("%ld", (long)given->integer); break;
        case TC_PARAMETER_NUMBER: put("%g", given->number); break;
        case TC_PARAMETER_TEXT: put("%.*s", T(given->text)); break;
        case TC_PARAMETER_FIELDS:
          for (uint64_t f = 0; f < given->field_count; f++) put("[%u]", given->fields[f]);
          break;
        case TC_PARAMETER_CODE_LIST:
          put("%.*s", T(given->text));
          for (uint64_t c = 0; c < given->code_count; c++) {
            const tc_code *code = given->codes[c];
            put("[%.*s,%.*s,%d,%d]", T(code->code), T(code->label), code->from, code->retired);
          }
          break;
        default: put("%.*s#%lu", T(given->text), (unsigned long)given->expression);
        }
      }
      put("; ");
      if (kind->reads == TC_READS_RECORDS) tell(binding->schema);
      return say(error, words);
    }
    static const tc_kind records = {BASE("test.kind"), .bind = tell_all};
    static const tc_kind organisations = {
      BASE("test.organisations"), .bind = tell_all, .reads = TC_READS_ORGANISATIONS, .answers = TC_ANSWERS_ORGANISATION};
    static const tc_kind *const kinds[] = {&organisations, &records};
    MODULE()
    """#

  private func told(_ body: (ModuleHost) throws -> BoundRule) throws -> String {
    let host = try CModule.host(BindingTests.telling)
    let error = #expect(throws: ModuleError.self) { _ = try body(host) }
    return error?.message ?? ""
  }

  @Test func moduleSeesFieldsParametersAndSchema() throws {
    let fields: [Field] = [.of(.text, "code", privacy: .public), .of(.period, "months", privacy: .personal)]
    let scope = ExpressionScope(fields: fields)
    let codes = [
      Code(code: "Y", label: "Yes"),
      Code(code: "N", label: "", from: CalendarDate(days: -1), retired: CalendarDate(days: 400)),
    ]
    let message = try told { host in
      try host.bind(
        "test.kind", fields,
        parameters: [
          RuleParameter(pointer: "/a", value: .boolean(true)),
          RuleParameter(pointer: "/b", value: .integer(-7)),
          RuleParameter(pointer: "/c", value: .number(0.25)),
          RuleParameter(pointer: "/d", value: .text("Größe")),
          RuleParameter(pointer: "/e", value: .fields([1, 0])),
          RuleParameter(pointer: "/f/0", value: .expression(source: "code == 'x'", index: 0)),
          RuleParameter(pointer: "/g", value: .pattern(source: "x+", index: 0, field: 0)),
          RuleParameter(pointer: "/h", value: .codeList(name: "list", codes: codes)),
        ],
        expressions: [try CompiledExpression.compile("code == 'x'", scope: scope, expecting: .bool)],
        patterns: [try CompiledPattern.compile("x+")])
    }
    #expect(
      message == atTheRule
        + "test.kind pack/rule 19813;|code/the code/0/0|months/the months/6/2; /a=0:1 /b=1:-7 /c=2:0.25 /d=3:Größe "
        + "/e=4:[1][0] /f/0=5:code == 'x'#0 /g=6:x+#1 /h=7:list[Y,Yes,-2147483648,-2147483648][N,,-1,400]; "
        + ":+s<place:L,submission:I,code:+s<kind:C,text:vu>,"
        + "months:+s<kind:C,text:vu,value:+s?<start:tdD,end:tdD>>>.")
  }

  @Test(
    arguments: zip(
      FieldType.allCases,
      [
        "", ",value:l?,low:l?,high:l?", ",value:g?,low:g?,high:g?", ",value:tdD?", ",value:tsu:?", ",value:b?",
        ",value:+s?<start:tdD,end:tdD>",
      ]))
  func schemaHasTheMembersOfTheFieldsType(type: FieldType, members: String) throws {
    let message = try told { try $0.bind("test.kind", [.of(type, "x")]) }
    #expect(message.hasSuffix("; :+s<place:L,submission:I,x:+s<kind:C,text:vu\(members)>>."), "\(message)")
  }

  @Test func kindsThatReadOrganisationsAreBoundToAllHostFieldsOnceEach() throws {
    let scope = OrganisationFields.all + [.of(.integer, "total")]
    let answered = OrganisationFields.position(of: "answered")!
    let message = try told { host in
      try host.bind(
        kind: "test.organisations", rule: "pack/rule", asOf: CalendarDate(days: 0),
        fields: [scope[scope.count - 1], scope[answered]], columns: [scope.count - 1, answered], parameters: [],
        expressions: [], patterns: [])
    }
    let names = message.split(separator: ";")[1].split(separator: "|").map { String($0.prefix { $0 != "/" }) }
    #expect(names == ["total", "answered"] + OrganisationFields.all.map(\.name).filter { $0 != "answered" })
  }

  @Test func boundColumnsAreTheGivenOnesAndThenTheHosts() throws {
    let host = try CModule.host("KIND(.reads = TC_READS_ORGANISATIONS, .answers = TC_ANSWERS_ORGANISATION) MODULE()")
    let count = OrganisationFields.all.count
    let rule = try host.bind(
      kind: "test.kind", rule: "pack/rule", asOf: CalendarDate(days: 0), fields: [.of(.text, "x")],
      columns: [count + 4], parameters: [], expressions: [], patterns: [])
    #expect(rule.columns == [count + 4] + Array(0..<count))
  }

  @Test func kindThatNoModuleOffersIsAnError() throws {
    let error = #expect(throws: ModuleError.self) { try ModuleHost(services: .none).bind("none.such") }
    #expect(error?.message == "No module offers the check kind \"none.such\", which the rule \"pack/rule\" uses.")
  }

  @Test func moduleFreesWhatItMadeOnce() throws {
    let counting = #"""
      int bound_now, states_now;
      static uint32_t count_bind(
          const tc_host *host, const tc_kind *kind, const tc_binding *binding, void **bound, tc_error *error) {
        bound_now++;
        *bound = malloc(8);
        return TC_OK;
      }
      static void count_unbind(void *bound) {
        free(bound);
        bound_now--;
        if (states_now != 0) abort();
      }
      static uint32_t count_create(const void *bound, void **state, tc_error *error) {
        states_now++;
        return create(bound, state, error);
      }
      static void count_free(const void *bound, void *state) { free(state); states_now--; }
      static uint32_t tell_save(const void *bound, const void *state, const tc_sink *sink, tc_error *error) {
        char words[40];
        snprintf(words, sizeof words, "%d bound, %d states", bound_now, states_now);
        return say(error, words);
      }
      KIND(AT_FINISH, .bind = count_bind, .unbind = count_unbind, .state_create = count_create,
        .state_free = count_free, .save = tell_save)
      MODULE()
      """#
    let host = try CModule.host(counting)
    let rule = try host.bind()
    func counts() throws -> String? {
      let state = try #require(try rule.makeState())
      return try rule.fault { _ = try $0.save(state) }
    }
    #expect(try counts() == atTheRule + "1 bound, 1 states.")
    do {
      // The state keeps its rule; the frame does not need it.
      let other = try host.bind()
      let state = try other.makeState()
      let frame = other.makeFrame()
      #expect(try counts() == atTheRule + "2 bound, 2 states.")
      withExtendedLifetime((state, frame)) {}
    }
    #expect(try counts() == atTheRule + "1 bound, 1 states.")
  }
}
