import Job
import TestData
import Testing

@Suite("Job files")
struct JobFileTests {
  private func elaborate() -> Job {
    var job = Job(dataset: "../data", seed: .max)
    job.selection.participants = ["01", "02"]
    job.model.hemodynamics = .finiteImpulseResponse(delays: [0, 1, 2])
    job.model.drift = .polynomial(order: 3)
    job.model.modulators = [
      Modulator(column: "ratings", condition: nil, scaling: .sd),
      Modulator(
        column: "rating",
        condition: "heat",
        centring: .participant,
        source: .following,
        isOrthogonalized: true
      ),
    ]
    job.model.contrasts = [ContrastRequest(name: "pain", expression: "heat - warm")]
    job.model.censoringThreshold = 0.5
    return job
  }

  @Test("A written job is read back the same, seed and choices included")
  func roundTrip() throws {
    let path = try SharedData.temporaryFolder() + "/out/job.json"
    for job in [Job(dataset: "d"), elaborate()] {
      try job.write(to: path)
      #expect(try Job(path: path) == job)
      #expect(try Job(path: path).json == job.json)
    }
  }

  @Test("Every response and drift is written in a form that is read back")
  func choices() throws {
    let responses: [Hemodynamics] = [
      .spm, .spmDerivative, .spmDerivativeDispersion, .glover, .gloverDerivative,
      .gloverDerivativeDispersion, .finiteImpulseResponse(delays: [0]),
    ]
    for response in responses {
      var job = Job(dataset: "d")
      job.model.hemodynamics = response
      #expect(try Job(json: job.json, path: "j").model.hemodynamics == response)
    }
    for drift in [Drift.none, .cosine(cutoff: 100), .polynomial(order: 0)] {
      var job = Job(dataset: "d")
      job.model.drift = drift
      #expect(try Job(json: job.json, path: "j").model.drift == drift)
    }
  }

  @Test("Every onset offset is written in a form that is read back, absent labels included")
  func offsets() throws {
    let rows = [
      RunOffset(participant: "01", session: "1", task: "heat", run: "2", seconds: 418),
      RunOffset(run: "3", seconds: -0.5),
    ]
    for offset in [OnsetOffset.none, .auto, .seconds(12.5), .runs(rows)] {
      var job = Job(dataset: "d")
      job.model.onsetOffset = offset
      #expect(try Job(json: job.json, path: "j").model.onsetOffset == offset)
    }
    var job = Job(dataset: "d")
    job.model.onsetOffset = .runs(rows)
    let withNull = job.json.replacing("\"run\" : \"3\",", with: "\"run\" : \"3\", \"task\" : null,")
    #expect(withNull != job.json)
    #expect(try Job(json: withNull, path: "j") == job)
  }

  @Test("The text has sorted keys and plain words")
  func text() {
    let json = Job(dataset: "a/b").json
    #expect(json.contains("\"dataset\" : \"a/b\""))
    #expect(json.contains("\"hemodynamics\" : \"spm\""))
    #expect(json.contains("\"schemaVersion\" : 1"))
    #expect(json.hasSuffix("}\n"))
  }

  @Test(
    "What is not understood is refused by its place",
    arguments: [
      ("\"smoothing\"", "\"smoothng\"", "preprocessing.smoothing is missing"),
      (
        "\"smoothing\"", "\"smothing\" : 1, \"smoothing\"",
        "preprocessing.smothing means nothing"
      ),
      ("\"smoothing\" : 6", "\"smoothing\" : -6", "preprocessing.smoothing must be a width"),
      ("\"smoothing\" : 6", "\"smoothing\" : \"6\"", "preprocessing.smoothing must be a number"),
      ("\"noise\" : \"arma11\"", "\"noise\" : \"ar2\"", "model.noise must be"),
      ("\"spm\"", "\"spn\"", "model.hemodynamics must be"),
      ("\"onsetOffset\" : \"none\"", "\"onsetOffset\" : \"no\"", "model.onsetOffset must be"),
      ("\"cutoff\" : 128", "\"cutoff\" : 0", "model.drift.cosine.cutoff must be a period"),
      ("\"onsetOffset\" : \"none\"", "\"onsetOffset\" : \"no\"", "model.onsetOffset must be"),
      ("\"cutoff\" : 128", "\"cutof\" : 128", "model.drift.cosine.cutoff is missing"),
      ("\"threads\" : 2", "\"threads\" : 2.5", "normalization.threads must be"),
      ("\"seed\" : 1", "\"seed\" : -1", "seed must be"),
      ("\"schemaVersion\" : 1", "\"schemaVersion\" : 7", "schemaVersion is 7 but"),
      ("\"schemaVersion\" : 1,", "", "there is no schemaVersion"),
      ("\"seed\" : 1", "\"seed\" : 1,", "a key in quotes was expected"),
    ]
  )
  func refusals(what: String, by replacement: String, sentence: String) throws {
    let json = Job(dataset: "d").json
    let broken = json.replacing(what, with: replacement)
    #expect(broken != json)
    let error = #expect(throws: JobError.self) { try Job(json: broken, path: "job.json") }
    let words = error?.description ?? ""
    #expect(words.hasPrefix("job.json:"))
    #expect(words.contains(sentence), "\(words)")
    #expect(!words.contains("\n"))
  }

  @Test("A missing file is one sentence")
  func missing() {
    #expect(throws: JobError.self) { try Job(path: "/nowhere/job.json") }
  }

  @Test("Two contrasts whose files would have one name are refused")
  func contrastNames() throws {
    var job = elaborate()
    job.model.contrasts.append(ContrastRequest(name: "pa-in", expression: "heat"))
    #expect(throws: JobError.self) { try Job(json: job.json, path: "j") }
  }
}
