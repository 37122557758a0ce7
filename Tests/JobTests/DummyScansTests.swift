import Job
import Testing

@Suite("Dummy scans")
struct DummyScansTests {
  @Test("A number and auto are written as such, and read back")
  func coding() throws {
    for (dummies, text) in [(DummyScans.count(4), "4"), (.automatic, "\"auto\"")] {
      var job = Job(dataset: "d")
      job.preprocessing.dummyScans = dummies
      #expect(job.json.contains("\"dummyScans\" : \(text)"))
      #expect(try Job(json: job.json, path: "j").preprocessing.dummyScans == dummies)
    }
  }

  @Test("Anything else is refused by its place", arguments: ["-1", "\"some\"", "1.5", "true"])
  func refused(text: String) {
    let json = Job(dataset: "d").json
      .replacing("\"dummyScans\" : 0", with: "\"dummyScans\" : \(text)")
    #expect {
      try Job(json: json, path: "j")
    } throws: {
      "\($0)".contains("preprocessing.dummyScans")
    }
  }

  @Test("As words of a command: a number from 0 on, or auto")
  func words() {
    #expect(DummyScans("3") == .count(3) && DummyScans("auto") == .automatic)
    #expect(DummyScans("-1") == nil && DummyScans("a") == nil && DummyScans("1.5") == nil)
  }
}
