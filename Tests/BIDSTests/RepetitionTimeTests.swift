import BIDS
import Testing

@Suite("Repetition time")
struct RepetitionTimeTests {
  private func choose(_ sidecar: Double?, _ header: Double?) throws -> (Double, String?) {
    let chosen = try repetitionTime(sidecar: sidecar, header: header, path: "bold.nii.gz")
    return (chosen.seconds, chosen.note)
  }

  @Test("The sidecar is trusted, and a header that agrees needs no words")
  func agreement() throws {
    #expect(try choose(2, 2) == (2, nil))
    #expect(try choose(2, 2.0009) == (2, nil))
    #expect(try choose(2, nil) == (2, nil))
    #expect(try choose(2, 0) == (2, nil))
    #expect(try choose(0.46, Double(Float(0.46))) == (0.46, nil))
  }

  @Test("A disagreement above 1 ms or 0.1 % names both and which was used")
  func disagreement() throws {
    let (seconds, note) = try choose(2, 1.79355)
    #expect(seconds == 2)
    #expect(note == "the sidecar's repetition time of 2 s was used; the header says 1.79355 s")
    #expect(try choose(2, 2.0011).1 != nil)
    #expect(try choose(0.46, 0.4606).1 != nil)
  }

  @Test("The header alone is used, and that is said")
  func headerAlone() throws {
    let (seconds, note) = try choose(nil, 2.5)
    #expect(seconds == 2.5)
    #expect(note?.contains("is the header's") == true)
  }

  @Test(
    "What cannot be seconds is refused with what it looks like",
    arguments: [
      (2000.0, 2.0, "milliseconds"), (2_000_000, nil, "microseconds"), (0, 2, "is 0 s"),
      (-2, nil, "is -2 s"), (nil, nil, "neither"), (nil, 0, "neither"), (nil, 2000, "unit"),
      (nil, .nan, "neither"), (0.002, nil, "another unit"),
    ] as [(Double?, Double?, String)]
  )
  func refusals(sidecar: Double?, header: Double?, words: String) {
    let error = #expect(throws: BIDSError.self) { try choose(sidecar, header) }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    #expect(error?.description.hasPrefix("bold.nii.gz: ") == true)
  }
}
