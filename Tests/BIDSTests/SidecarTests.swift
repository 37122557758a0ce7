import BIDS
import Testing

@Suite("Sidecars")
struct SidecarTests {
  private func sidecar(_ json: String) throws -> Sidecar {
    let tree = try TreeFixture(["bold.json": json])
    return try Sidecar(merging: [tree.root + "/bold.json"])
  }

  @Test("The keys that are used are read in their units")
  func keys() throws {
    let sidecar = try sidecar(
      """
      {"RepetitionTime": 2.0, "SliceTiming": [0, 1, 0.5], "StartTime": 1, "EchoTime": 0.03,
       "SliceEncodingDirection": "k-", "SliceTimingCorrected": true, "Anything": {"x": [1]}}
      """
    )
    #expect(sidecar.repetitionTime == 2)
    #expect(sidecar.sliceTiming == [0, 1, 0.5])
    #expect(sidecar.startTime == 1)
    #expect(sidecar.echoTime == 0.03)
    #expect(sidecar.sliceEncodingDirection == "k-")
    #expect(sidecar.sliceTimingCorrected == true)
    #expect(sidecar.delayTime == nil)
    #expect(sidecar.values["Anything"] == .object(["x": .array([.number(1)])]))
  }

  @Test(
    "A value of the wrong kind, or no JSON, is refused by its key or place",
    arguments: [
      ("{\"RepetitionTime\": \"2.0\"}", "RepetitionTime must be a number of seconds"),
      ("{\"SliceTiming\": [0, \"1\"]}", "SliceTiming must be a list of numbers of seconds"),
      ("{\"SliceTiming\": [0, -1]}", "SliceTiming must be a list of times"),
      ("{\"RepetitionTime\": 2,\n}", "bold.json:2:1: this is no valid JSON"),
      ("[1]", "a JSON object was expected"), ("", "this is no valid JSON"),
    ]
  )
  func refusals(json: String, sentence: String) throws {
    let error = #expect(throws: BIDSError.self) { try sidecar(json) }
    #expect(error?.description.contains(sentence) == true, "\(error?.description ?? "")")
    #expect(error?.description.contains("\n") == false)
  }

  @Test("Slice times in milliseconds do not fit into the volume")
  func sliceTimes() throws {
    #expect(try sidecar("{\"SliceTiming\": [0, 2]}").sliceTiming(within: 2) == [0, 2])
    #expect(try sidecar("{}").sliceTiming(within: 2) == nil)
    let error = #expect(throws: BIDSError.self) {
      try sidecar("{\"SliceTiming\": [0, 1000]}").sliceTiming(within: 2)
    }
    #expect(error?.description.contains("milliseconds") == true)
  }

  @Test("The time that values stand for lies within a volume")
  func startTime() throws {
    for time in [0, 0.5, 2] {
      #expect(try sidecar("{\"StartTime\": \(time)}").startTime(within: 2) == time)
    }
    #expect(try sidecar("{}").startTime(within: 2) == nil)
    for time in ["-5", "2.001", "1e20"] {
      let error = #expect(throws: BIDSError.self) {
        try sidecar("{\"StartTime\": \(time)}").startTime(within: 2)
      }
      #expect(error?.description.contains("bold.json: ") == true, "\(time)")
      #expect(error?.description.contains("StartTime") == true, "\(time)")
    }
  }
}
