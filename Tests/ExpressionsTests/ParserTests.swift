import TestSupport
import Testing

@testable import Expressions

extension Syntax {
  /// The tree with every operation in parentheses.
  var outline: String {
    func list(_ nodes: [Syntax]) -> String { nodes.map(\.outline).joined(separator: " ") }
    switch form {
    case .literal(let value): return Syntax.words(value)
    case .name(let name, let isAbsolute): return (isAbsolute ? "." : "") + name
    case .select(let operand, let member): return "(\(operand.outline) .\(member))"
    case .optionalSelect(let operand, let member): return "(\(operand.outline) .?\(member))"
    case .optionalIndex(let operand, let index): return "(at? \(operand.outline) \(index.outline))"
    case .presence(let operand, let member): return "(has \(operand.outline) .\(member))"
    case .index(let operand, let index): return "(at \(operand.outline) \(index.outline))"
    case .call(let name, let arguments): return "(call \(([name] + arguments.map(\.outline)).joined(separator: " ")))"
    case .memberCall(let target, let name, let arguments):
      return "(\(([target.outline, "." + name] + arguments.map(\.outline)).joined(separator: " ")))"
    case .not(let operand): return "(! \(operand.outline))"
    case .negate(let operand): return "(- \(operand.outline))"
    case .arithmetic(let sign, let a, let b): return "(\(sign.rawValue) \(a.outline) \(b.outline))"
    case .compare(let sign, let a, let b): return "(\(sign.rawValue) \(a.outline) \(b.outline))"
    case .isIn(let a, let b): return "(in \(a.outline) \(b.outline))"
    case .and(let operands): return "(&& \(list(operands)))"
    case .or(let operands): return "(|| \(list(operands)))"
    case .conditional(let a, let b, let c): return "(? \(a.outline) \(b.outline) \(c.outline))"
    case .list(let items):
      return "[\(items.map { ($0.isOptional ? "?" : "") + $0.value.outline }.joined(separator: " "))]"
    case .map(let entries):
      return
        "{\(entries.map { "\($0.isOptional ? "?" : "")\($0.key.outline):\($0.value.outline)" }.joined(separator: " "))}"
    case .message(let name): return "(message \(name))"
    case .comprehension(let macro):
      let parts = [macro.condition, macro.transform].compactMap { $0?.outline }
      let names = [macro.variable, macro.second].compactMap { $0 }.joined(separator: " ")
      return "(\(macro.kind.rawValue) \(names) \(macro.range.outline) \(parts.joined(separator: " ")))"
    case .bind(let name, let value, let body): return "(bind \(name) \(value.outline) \(body.outline))"
    case .optionalMap(let operand, let name, let body, let isFlat):
      return "(\(isFlat ? "optFlatMap" : "optMap") \(name) \(operand.outline) \(body.outline))"
    case .cell(let question, let operand): return "(\(question.rawValue) \(operand.outline))"
    }
  }

  private static func words(_ value: Value) -> String {
    switch value {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .int(let value): "\(value)"
    case .uint(let value): "\(value)u"
    case .double(let value): "\(value)"
    case .string(let text): "'\(text)'"
    case .bytes(let bytes): "b\(bytes)"
    default: "?"
    }
  }
}

@Suite struct ParserTests {
  @Test(arguments: [
    // Precedence and grouping.
    ("1 + 2 * 3 - 4", "(- (+ 1 (* 2 3)) 4)"),
    ("(1 + 2) * 3", "(* (+ 1 2) 3)"),
    ("a / b % c", "(% (/ a b) c)"),
    ("a < b == c", "(== (< a b) c)"),
    ("a + 1 in b", "(in (+ a 1) b)"),
    ("a && b || c && d", "(|| (&& a b) (&& c d))"),
    ("a || b || c", "(|| a b c)"),
    ("!a && !!b", "(&& (! a) (! (! b)))"),
    ("a ? b : c ? d : e", "(? a b (? c d e))"),
    ("a || b ? c && d : e", "(? (|| a b) (&& c d) e)"),
    ("-a.b", "(- (a .b))"),
    ("!a.b(1)", "(! (a .b 1))"),
    ("- 5 + -a", "(+ -5 (- a))"),
    ("--5", "(- -5)"),
    ("a - -1", "(- a -1)"),
    ("a-1", "(- a 1)"),
    // Optional members and elements.
    ("a.?b.c", "((a .?b) .c)"),
    ("a[?1]", "(at? a 1)"),
    ("[?a, b, ?c.d]", "[?a b ?(c .d)]"),
    ("{?'k': a, 'l': b}", "{?'k':a 'l':b}"),
    // Macros of two names, and names for values.
    ("l.all(i, r, r > i)", "(all i r l (> r i))"),
    ("l.existsOne(r, r > 1)", "(exists_one r l (> r 1))"),
    ("l.transformList(i, r, r > 1, r + i)", "(transformList i r l (> r 1) (+ r i))"),
    ("m.transformMap(k, v, v + 1)", "(transformMap k v m (+ v 1))"),
    ("cel.bind(x, a + 1, x * x)", "(bind x (+ a 1) (* x x))"),
    ("a.optMap(x, x + 1)", "(optMap x a (+ x 1))"),
    ("a.optFlatMap(x, x.?b)", "(optFlatMap x a (x .?b))"),
    ("a.bind(x)", "(a .bind x)"),
    // Members, indexes, calls.
    ("a.b.c[0].d(e, f)", "((at ((a .b) .c) 0) .d e f)"),
    (".a", ".a"),
    ("a.`b-c`", "(a .b-c)"),
    ("a.if", "(a .if)"),
    ("f()", "(call f)"),
    ("T{a: 1, b: x,}", "(message T)"),
    ("x.T{}", "(message x.T)"),
    // Literals.
    ("[1, 2u, 3.5, .5, 1e3, 2E-2, 0x1F, 0XfFu,]", "[1 2u 3.5 0.5 1000.0 0.02 31 255u]"),
    ("-9223372036854775808", "-9223372036854775808"),
    ("1.size()", "(1 .size)"),
    ("{'a': 1, 2: [],}", "{'a':1 2:[]}"),
    ("{}", "{}"),
    ("[true, false, null]", "[true false null]"),
    (#"'it\'s' + "a\tb" + r'\d' + '''two "lines"\n'''"#, "(+ (+ (+ 'it's' 'a\tb') '\\d') 'two \"lines\"\n')"),
    (#"'\x41\u00e9\U0001F62C\101\?\`'"#, "'Aé😬A?`'"),
    (#"b'\xff\377é'"#, "b[255, 255, 195, 169]"),
    (#"bR'\x'"#, "b[92, 120]"),
    ("\"\"\"a\"b\nc\"\"\"", "'a\"b\nc'"),
    ("''", "''"),
    // Macros.
    ("has(r.x)", "(has r .x)"),
    ("given(x) && low(r.x) > 1", "(&& (given x) (> (low (r .x)) 1))"),
    ("l.all(r, r.x)", "(all r l (r .x))"),
    ("l.exists_one(r, r)", "(exists_one r l r)"),
    ("l.map(r, r.x).filter(y, y)", "(filter y (map r l (r .x)) y)"),
    ("l.map(r, r.a, r.b)", "(map r l (r .a) (r .b))"),
    // Comments and space.
    ("a // says a\n&& b //", "(&& a b)"),
    ("\t a\r\n==\u{0C}b ", "(== a b)"),
  ])
  func readsWhatTheGrammarSays(source: String, outline: String) throws {
    #expect(try Parser.parse(source).outline == outline)
  }

  @Test(arguments: [
    ("", 0, "There is no expression here"),
    ("  // nothing", 0, "There is no expression here"),
    ("a =  1", 2, "A single = is no operator; write == to compare"),
    ("a & b", 2, "A single & is no operator; write && for \"and\""),
    ("a | b", 2, "A single | is no operator; write || for \"or\""),
    ("a <> b", 2, "There is no operator <>; write != for \"is not equal to\""),
    ("a and b", 2, "\"and\" cannot follow here: write && for \"and\""),
    ("a OR b", 2, "\"OR\" cannot follow here: write || for \"or\""),
    ("a not in b", 2, "\"not\" cannot follow here: write !(x in list) for \"not in\""),
    ("a b", 2, "\"b\" cannot follow here: an operator such as == or && is expected"),
    ("a)", 1, "\")\" cannot follow here: nothing is open that it could close"),
    ("(a", 2, "\")\" is expected here to close the parenthesis, not the end of the expression"),
    ("f(a b)", 4, "\")\" is expected here after the arguments of f, not \"b\""),
    ("f(a,)", 4, "Another argument is expected after the comma"),
    ("[1 2]", 3, "\"]\" is expected here to close the list, not a number"),
    ("a[1", 3, "\"]\" is expected here after the index, not the end of the expression"),
    ("{1, 2}", 2, "\":\" is expected here between a key and its value, not \",\""),
    ("{1: 2", 5, "\"}\" is expected here after the last entry, not the end of the expression"),
    ("a ? b", 5, "\":\" is expected here between the two results of ?, not the end of the expression"),
    ("a &&", 4, "A value is expected here, not the end of the expression"),
    ("== 1", 0, "A value is expected here, not \"==\""),
    ("a.", 2, "A name is expected after the dot, not the end of the expression"),
    ("a.in", 2, "A name is expected after the dot, not \"in\""),
    ("if == 1", 0, "\"if\" is a reserved word and names nothing"),
    ("é == 1", 0, "The character é has no place outside quotes"),
    ("x == \u{2018}a\u{2019}", 5, "Text stands in straight quotes, ' or \", not in \u{2018}"),
    ("a\u{A0}== 1", 1, "The character U+00A0 has no place here; use an ordinary space"),
    ("a \u{2264} 1", 2, "Write <= for \u{2264}"),
    ("# a", 0, "# begins nothing here; a comment begins with //"),
    ("'abc", 0, "The text that begins here is not closed by '"),
    (
      "'a\nb'", 0,
      "The text that begins here is not closed on its line; text of several lines stands between three quotes"
    ),
    ("'''abc'", 0, "The text that begins here is not closed by '''"),
    (#"x == 'a\d'"#, 7, #"\d is no escape; write \\ for a backslash, or put r before the quote to take it as it is"#),
    (#"'\x4'"#, 1, "This escape takes 2 hexadecimal digits"),
    (#"'\ud800'"#, 1, "This escape names no character"),
    (#"'\U00110000'"#, 1, "This escape names no character"),
    (#"'\UFFFFFFFF'"#, 1, "This escape names no character"),
    (#"'\08'"#, 1, "An octal escape takes three digits, \\000 to \\377"),
    (#"b'\u0041'"#, 2, #"\u is no escape; write \\ for a backslash, or put r before the quote to take it as it is"#),
    ("9223372036854775808", 0, "This whole number is outside -9223372036854775808 to 9223372036854775807"),
    ("-9223372036854775809", 0, "This whole number is outside -9223372036854775808 to 9223372036854775807"),
    ("18446744073709551616", 0, "The whole number 18446744073709551616 is too large"),
    ("1e999", 0, "The number 1e999 is too large"),
    (
      "99abc", 0,
      "\"99abc\" is neither a number nor a name: names begin with a letter, and text stands in quotes"
    ),
    ("a.`b", 2, "This backtick does not begin a name that is closed by a second backtick"),
    ("has(x)", 0, "has asks for a member of a record, as in has(r.x); write given(x) to ask for a field"),
    ("has(r.x, 1)", 0, "has takes one member of a record, as in has(r.x)"),
    ("has(1)", 0, "has takes a member of a record, as in has(r.x)"),
    ("given()", 0, "given takes one field, as in given(x)"),
    ("l.all(r.x, true)", 8, "all takes a plain name for the element first, as in list.all(r, …)"),
  ])
  func saysWhatIsWrongAndWhere(source: String, offset: Int, message: String) {
    #expect(throws: ExpressionError(message, offset: offset)) { try Parser.parse(source) }
  }

  @Test func offsetsPointAtNamesAndOperators() throws {
    let syntax = try Parser.parse("é == 'x' && b".replacing("é", with: "a"))
    guard case .and(let operands) = syntax.form else {
      Issue.record("no conjunction")
      return
    }
    #expect(syntax.offset == 9)
    #expect(operands.map(\.offset) == [2, 12])
  }

  @Test func nestingIsBounded() throws {
    let fine = String(repeating: "(", count: 190) + "a" + String(repeating: ")", count: 190)
    #expect(try Parser.parse(fine).outline == "a")
    for deep in [
      String(repeating: "(", count: 5000) + "a",
      String(repeating: "[", count: 5000),
      String(repeating: "!", count: 5000) + "a",
      "a" + String(repeating: ".b", count: 5000),
      "a" + String(repeating: " + a", count: 5000),
      String(repeating: "a ? b : ", count: 5000) + "c",
      String(repeating: "f(", count: 5000),
    ] {
      #expect {
        try Parser.parse(deep)
      } throws: {
        ($0 as? ExpressionError)?.message == "This expression is nested deeper than 200 levels"
      }
    }
  }

  @Test func longConjunctionsAndListsAreNotDeep() throws {
    let conditions = Array(repeating: "a", count: 3000).joined(separator: " && ")
    #expect(try Parser.parse(conditions).depth == 2)
    let list = "[" + Array(repeating: "'03'", count: 3000).joined(separator: ", ") + "]"
    #expect(try Parser.parse("a in " + list).depth == 3)
  }

  @Test func sizeIsBounded() {
    let source = String(repeating: " ", count: 65_536) + "a"
    #expect(
      throws: ExpressionError("This expression is 65537 bytes long; at most 65536 are read", offset: 65_536)
    ) { try Parser.parse(source) }
  }

  @Test func anyBytesEitherParseOrFailInsideTheSource() {
    var seed = SplitMix(seed: 7)
    let pieces = [
      "a", "r.x", "1", "2.5", "'t'", "\"u\"", "(", ")", "[", "]", "{", "}", ".", ",", ":", "?", "!", "-", "+", "*", "/",
      "%", "==", "!=", "<", "<=", ">", ">=", "&&", "||", "in", " ", "\n", "//", "'''", "\\", "b'", "r\"", "0x", "1e",
      "é",
      "`", "given(", "has(", ".all(r,", "\u{0}", "null", "u", "T{",
    ]
    for _ in 0..<4000 {
      let source = (0..<seed.below(12)).map { _ in pieces[seed.below(pieces.count)] }.joined()
      do {
        _ = try Parser.parse(source)
      } catch {
        #expect((0...source.utf8.count).contains(error.offset), "\(source)")
        #expect(!error.message.isEmpty && !error.message.hasSuffix("."), "\(source): \(error.message)")
      }
    }
  }
}
