import Columns
import TestSupport
import Testing

@Suite("Bitmaps")
struct BitmapTests {
  @Test("Bits at and after the count stay zero", arguments: [0, 1, 63, 64, 65, 127, 128, 4096])
  func tailIsZero(count: Int) {
    var bits = Bitmap(count: count, repeating: true)
    #expect(bits.population == count)
    #expect(bits.words.count == (count + 63) / 64)
    for word in bits.words.indices { bits.replaceWord(word, with: .max) }
    #expect(bits.population == count)
    #expect(Bitmap(words: Array(repeating: .max, count: Bitmap.wordCount(count)), count: count) == bits)
  }

  @Test("Set operations agree with sets of numbers")
  func setOperations() {
    var random = SplitMix(seed: 1)
    for _ in 0..<50 {
      let count = Int.random(in: 1...200, using: &random)
      let first = Set((0..<count).filter { _ in Bool.random(using: &random) })
      let second = Set((0..<count).filter { _ in Bool.random(using: &random) })
      func bitmap(_ set: Set<Int>) -> Bitmap {
        var bits = Bitmap(count: count)
        for index in set { bits[index] = true }
        return bits
      }
      func numbers(_ bits: Bitmap) -> Set<Int> {
        var found: Set<Int> = []
        bits.forEachIndex { found.insert($0) }
        return found
      }
      var bits = bitmap(first)
      bits.formUnion(bitmap(second))
      #expect(numbers(bits) == first.union(second))
      bits.formIntersection(bitmap(first))
      #expect(numbers(bits) == first)
      bits.subtract(bitmap(second))
      #expect(numbers(bits) == first.subtracting(second))
      #expect(bits.isEmpty == first.subtracting(second).isEmpty)
    }
  }

  @Test("A bit can be cleared again")
  func clearing() {
    var bits = Bitmap(count: 70, repeating: true)
    bits[69] = false
    #expect(!bits[69] && bits[68] && bits.population == 69)
  }
}
