import TrustCheckModuleKit

/// A set of months, as stretches in order that do not touch: a year's records are one stretch.
struct MonthSet {
  private var stretches: [ClosedRange<Int>] = []

  var isEmpty: Bool { stretches.isEmpty }
  var first: Month? { stretches.first.map { Month(number: $0.lowerBound) } }
  var last: Month? { stretches.last.map { Month(number: $0.upperBound) } }

  init() {}

  func contains(_ month: Month) -> Bool {
    let index = index(reaching: month.number)
    return index < stretches.count && stretches[index].contains(month.number)
  }

  /// Adds the months of a stretch; none when it ends before it begins.
  mutating func insert(from first: Month, to last: Month) {
    if first > last { return }
    var low = first.number
    var high = last.number
    // Stretches that touch the new one become part of it.
    let start = index(reaching: low - 1)
    var end = start
    while end < stretches.count, stretches[end].lowerBound <= high + 1 {
      low = min(low, stretches[end].lowerBound)
      high = max(high, stretches[end].upperBound)
      end += 1
    }
    if end == start + 1, stretches[start] == low...high { return }
    stretches.replaceSubrange(start..<end, with: CollectionOfOne(low...high))
  }

  mutating func formUnion(_ other: MonthSet) {
    for stretch in other.stretches {
      insert(from: Month(number: stretch.lowerBound), to: Month(number: stretch.upperBound))
    }
  }

  /// The first stretch that ends at a number or later.
  private func index(reaching number: Int) -> Int {
    var low = 0
    var high = stretches.count
    while low < high {
      let middle = (low + high) / 2
      if stretches[middle].upperBound < number { low = middle + 1 } else { high = middle }
    }
    return low
  }

  func save(_ writer: inout StateWriter) {
    writer.write(all: stretches.flatMap { [Int32($0.lowerBound), Int32($0.upperBound)] })
  }

  init(_ reader: inout StateReader) throws(ModuleFailure) {
    let ends = try reader.readAll(Int32.self)
    let months = Int32(Month(1, 1).number)...Int32(Month(9999, 12).number)
    guard ends.count % 2 == 0, ends.allSatisfy(months.contains) else { throw StateReader.broken }
    for index in stride(from: 0, to: ends.count - 1, by: 2) {
      insert(from: Month(number: Int(ends[index])), to: Month(number: Int(ends[index + 1])))
    }
  }
}
