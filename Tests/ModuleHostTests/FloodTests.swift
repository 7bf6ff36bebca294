import AuditModel
internal import CTrustCheckModule
import Testing

@testable import ModuleHost

/// Modules that hand over more than any honest one: the host says so and keeps no more.
@Suite("Floods")
struct FloodTests {
  private let reader = EvidenceReader(names: EvidenceNames(["note"]), fieldCount: 1, limit: 1_000)

  @Test func verdictsAreBounded() {
    let sink = JudgementSink(reader, answers: .record, submissionCount: 1, limit: 3)
    _ = unsafe sink.withCStruct { sink in
      for place in 0..<10 { unsafe sink.pointee.judged(sink.pointee.context, UInt64(place), 0, 0, .max, nil, 0) }
      return TC_OK
    }
    #expect(sink.fault == "it gave more than 3 verdicts" && sink.judgements.count == 3)
  }

  @Test func savedBytesAreBounded() {
    let sink = SavedStateSink([1, 2], limit: 10)
    let part: [UInt8] = [3, 4, 5]
    _ = unsafe sink.withCStruct { sink in
      for _ in 0..<10 {
        unsafe part.withUnsafeBytes { unsafe sink.pointee.saved(sink.pointee.context, $0.baseAddress, 3) }
      }
      return TC_OK
    }
    #expect(sink.fault == "it saved more than 10 bytes" && sink.bytes == [1, 2, 3, 4, 5, 3, 4, 5])
    let other = SavedStateSink([])
    _ = unsafe other.withCStruct { sink in
      unsafe sink.pointee.saved(sink.pointee.context, nil, 1 << 50)
      return TC_OK
    }
    #expect(other.fault?.hasPrefix("it saved 1125899906842624 bytes at once") == true && other.bytes.isEmpty)
  }

  @Test func evidenceIsBounded() {
    let sink = JudgementSink(reader, answers: .record, submissionCount: 1)
    let arena = Arena()
    var item = unsafe tc_evidence()
    unsafe item.struct_size = UInt32(MemoryLayout<tc_evidence>.size)
    unsafe item.name = arena.text("note")
    unsafe item.text = arena.text(String(repeating: "x", count: 300))
    unsafe item.field = .max
    let list = unsafe arena.store(UnsafePointer(arena.store(item)) as UnsafePointer<tc_evidence>?)
    _ = unsafe sink.withCStruct { sink in
      for place in 0..<10 {
        unsafe sink.pointee.judged(sink.pointee.context, UInt64(place), 0, 0, .max, list, 1)
      }
      return TC_OK
    }
    #expect(sink.fault == "it gave more than 1000 bytes of evidence in one call" && sink.judgements.count == 2)
  }
}
