import AuditModel
import ModuleHost
import Synchronization
import Testing

@Suite("What the host does for modules")
struct ServicesTests {
  /// A module whose `check` fails with the words that `check_so` made of what the host said.
  private static func asking(_ statements: String) -> String {
    #"""
    static uint32_t judge(
        const void *bound, void *state, const tc_batch *batch, const uint64_t *selected, uint64_t *failed,
        uint64_t *unknown, tc_error *error) {
      const tc_host *host = bound;
      char words[400] = "";
    """# + statements + "\n  return say(error, words);\n}\nKIND(.check = judge) MODULE()"
  }

  private static let services = ModuleServices(
    lookUp: { code, day in
      guard code == "R0A" else { return nil }
      let isOpen = day < CalendarDate(iso: "2020-04-01")!
      return FoundOrganisation(
        state: isOpen ? .open : .closed, code: code, name: "Größe", opened: nil,
        closed: isOpen ? nil : CalendarDate(iso: "2020-03-31"), successors: isOpen ? [] : ["R0B", "R0C"])
    }, knowsName: { code, name in code == "R0A" && name == "Größe" }, log: { _, _ in })

  private func answer(_ statements: String) throws -> String? {
    let host = try CModule.host(ServicesTests.asking(statements), services: ServicesTests.services)
    let fault = try host.bind().faultOfCheck(Table.answers(["a"]))
    return fault.map { String($0.dropFirst(atTheRule.count).dropLast()) }
  }

  @Test func organisationsAreLookedUpAsAtADay() throws {
    let answer = try answer(
      """
      for (int32_t day = 18352; day <= 18353; day++) {
        tc_organisation found;
        uint32_t result = host->look_up(host, text("R0A"), day, &found);
        sprintf(words + strlen(words), "%u size %d state %u opened %d closed %d %.*s %.*s", result,
          found.struct_size == sizeof found, found.state, found.opened, found.closed, (int)found.code.length,
          found.code.bytes, (int)found.name.length, found.name.bytes);
        for (uint64_t i = 0; i < found.successor_count; i++)
          sprintf(words + strlen(words), " %.*s", (int)found.successors[i].length, found.successors[i].bytes);
        strcat(words, "; ");
      }
      """)
    #expect(
      answer
        == "0 size 1 state 0 opened -2147483648 closed -2147483648 R0A Größe; "
        + "0 size 1 state 2 opened -2147483648 closed 18352 R0A Größe R0B R0C;")
  }

  @Test func whatLookUpsFindLastsAndIsShared() throws {
    let answer = try answer(
      """
      static tc_organisation first;
      tc_organisation again;
      host->look_up(host, text("R0A"), 18353, &first);
      for (int i = 0; i < 1000; i++) host->look_up(host, text("R0A"), 18353 + i, &again);
      sprintf(words, "%d %d", first.name.bytes == again.name.bytes, first.successors == again.successors);
      """)
    #expect(answer == "1 1")
  }

  @Test func lookUpsThatMakeNoSenseAreRefused() throws {
    let answer = try answer(
      """
      tc_organisation found;
      char long_code[1000];
      memset(long_code, 'R', sizeof long_code);
      sprintf(words, "%u %u %u %u %u %u", host->look_up(host, text("R0X"), 0, &found),
        host->look_up(host, (tc_text){long_code, sizeof long_code}, 0, &found),
        host->look_up(host, text("\\xff"), 0, &found), host->look_up(host, text("R0A"), TC_NO_DAY, &found),
        host->look_up(host, (tc_text){NULL, 3}, 0, &found), host->look_up(host, text("R0A"), 0, NULL));
      """)
    #expect(answer == "2 2 1 1 1 1")
  }

  @Test func namesAreCompared() throws {
    let answer = try answer(
      """
      sprintf(words, "%u %u %u %u", host->know_name(host, text("R0A"), text("Größe")),
        host->know_name(host, text("R0A"), text("Size")), host->know_name(host, text("R0X"), text("Größe")),
        host->know_name(host, text("R0A"), text("\\xff")));
      """)
    #expect(answer == "0 2 2 1")
  }

  @Test func messagesNameTheModuleAndAreOneLineAndNotTooMany() throws {
    let log = Log()
    let services = ModuleServices(
      lookUp: { _, _ in nil }, knowsName: { _, _ in false }, log: { log.add("\($0 ? "warning" : "debug") \($1)") })
    let host = try CModule.host(
      ServicesTests.asking(
        """
        host->log(host, TC_LOG_WARNING, text("two\\nlines\\x1b[31m \\xff!"));
        host->log(host, TC_LOG_DEBUG, (tc_text){NULL, 0});
        for (int i = 0; i < 500; i++) host->log(host, TC_LOG_DEBUG, text("more"));
        """), services: services)
    _ = try host.bind().faultOfCheck(Table.answers(["a"]))
    let messages = log.messages
    #expect(messages.first == "warning test: two lines [31m \u{FFFD}!")
    #expect(messages[1] == "debug test: ")
    #expect(messages.count == 100)
    #expect(messages.last == "debug test: more (further messages at the rule pack/rule are dropped)")
  }

  private final class Log: Sendable {
    private let kept = Mutex<[String]>([])
    var messages: [String] { kept.withLock { $0 } }
    func add(_ message: String) { kept.withLock { $0.append(message) } }
  }
}
