import AuditModel
import Columns
import TestSupport
import Testing

@Suite("Columns of cells")
struct CellColumnTests {
  @Test("Bits of values and bounds follow the kinds", arguments: [0, 1, 7, 8, 63, 64, 65, 200, 4096])
  func marks(count: Int) {
    var random = SplitMix(seed: UInt64(count))
    let column = CellColumn(type: .integer, capacity: 4096)
    for row in 0..<4096 { column.kinds[row] = UInt8.random(in: 0...5, using: &random) }
    for word in 0..<64 { (column.valueBits[word], column.boundBits[word]) = (.max, .max) }
    column.markValues(count: count)
    for row in 0..<4096 {
      let isValue = (column.valueBits[row / 64] >> UInt64(row % 64)) & 1 == 1
      let hasBounds = (column.boundBits[row / 64] >> UInt64(row % 64)) & 1 == 1
      #expect(isValue == (row < count && column.kind(row) == .value))
      #expect(hasBounds == (row < count && [.value, .suppressed].contains(column.kind(row))))
    }
  }

  @Test("Kinds met and rows of kinds agree with a look at every row")
  func kinds() {
    var random = SplitMix(seed: 7)
    let column = CellColumn(type: .text, capacity: 300)
    for _ in 0..<100 {
      let count = Int.random(in: 0...300, using: &random)
      let among = CellKind.allCases.filter { _ in Bool.random(using: &random) } + [.blank]
      for row in 0..<300 { column.kinds[row] = among.randomElement(using: &random)!.rawValue }
      let present = column.presentKinds(count: count)
      for kind in CellKind.allCases {
        #expect(present.contains(kind) == (0..<count).contains { column.kind($0) == kind })
      }
      let wanted = CellKindSet(rawValue: UInt8.random(in: 0..<64, using: &random))
      let rows = column.rows(ofKinds: wanted, count: count)
      #expect(rows.count == count)
      for row in 0..<count { #expect(rows[row] == wanted.contains(column.kind(row))) }
    }
  }

  @Test("Filling blank leaves no text, value or bit behind", arguments: FieldType.allCases)
  func fillBlank(type: FieldType) {
    let column = CellColumn(type: type, capacity: 100)
    for row in 0..<100 {
      column.kinds[row] = CellKind.value.rawValue
      column.texts[row] = TextView(low: 1, high: 2)
      if type == .integer { column.integers[row] = 5 }
      if type == .number { column.doubles[row] = 5 }
      if type == .date { column.dates[row] = 5 }
    }
    if type == .boolean { column.booleans[0] = .max }
    column.markValues(count: 100)
    column.fillBlank(count: 70)
    #expect(column.presentKinds(count: 70) == CellKindSet(.blank))
    #expect((0..<2).allSatisfy { column.valueBits[$0] == 0 })
    for row in 0..<70 {
      #expect(column.texts[row].low == 0 && column.texts[row].high == 0)
      if type == .integer { #expect(column.integers[row] == 0) }
      if type == .number { #expect(column.doubles[row] == 0) }
      if type == .date { #expect(column.dates[row] == 0) }
      if type == .boolean { #expect(!column.boolean(row)) }
    }
  }

  @Test("Memory is aligned to 64 bytes and zeroed", arguments: FieldType.allCases)
  func memory(type: FieldType) {
    let column = CellColumn(type: type, capacity: 33)
    #expect(unsafe UInt(bitPattern: column.kinds.base) % 64 == 0)
    #expect(unsafe UInt(bitPattern: column.texts.base) % 64 == 0)
    #expect(unsafe UInt(bitPattern: column.valueBits.base) % 64 == 0)
    #expect((0..<33).allSatisfy { column.kinds[$0] == 0 && column.texts[$0].low == 0 })
    #expect(column.integers.count == (type == .integer || type == .timestamp ? 33 : 0))
    #expect(column.periodEnds.count == (type == .period ? 33 : 0))
  }
}
