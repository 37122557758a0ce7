import BIDS
import Job
import TestData
import Testing

@Suite("Stats Models in jobs")
struct StatsModelJobTests {
  private static func example() throws -> Model {
    let path = SharedData.package + "/jobs/heat-pain_smdl.json"
    return try Model(following: StatsModel(path: path), path: path)
  }

  @Test("The shipped model says response, drift, confounds and contrasts in the words of flags")
  func resolved() throws {
    let model = try Self.example()
    #expect(model.hemodynamics == .spm && model.drift == .cosine(cutoff: 128))
    #expect(model.confounds == .columns(["trans_?", "rot_?"]))
    #expect(
      model.contrasts == [
        ContrastRequest(name: "heat_high_rating", expression: "heat_high_rating"),
        ContrastRequest(name: "heatHigh", expression: "`trial_type.heat_high`"),
        ContrastRequest(
          name: "highMinusLow",
          expression: "`trial_type.heat_high` - `trial_type.heat_low`"
        ),
        ContrastRequest(
          name: "anyHeat",
          expression: "`trial_type.heat_high`, `trial_type.heat_low`"
        ),
      ]
    )
    #expect(!model.asksEachCondition)
  }

  @Test("A job keeps the whole model and refuses one that says otherwise than its own words")
  func kept() throws {
    var job = Job(dataset: "d")
    job.model = try Self.example()
    #expect(try Job(json: job.json, path: "job.json") == job)
    job.model.drift = .none
    let error = #expect(throws: JobError.self) { try Job(json: job.json, path: "job.json") }
    #expect(
      "\(error.map { "\($0)" } ?? "")".contains("model.drift must be what model.statsModel says")
    )
    job.model = try Self.example()
    let damaged = job.json.replacing("\"Level\" : \"Run\"", with: "\"Level\" : \"Scan\"")
    let refused = #expect(throws: JobError.self) { try Job(json: damaged, path: "job.json") }
    let words = refused.map { "\($0)" } ?? ""
    #expect(
      words.contains("model.statsModel must be") && words.contains("Nodes[0].Level must be one of")
    )
  }

  @Test(
    "Weights as fractions and rows of an F keep their exact form",
    arguments: [
      (#"["1/3", "-2/3"], "Test": "t""#, "1/3 * a - 2/3 * b", ContrastRequest.Test?.none),
      (#"[0, -1], "Test": "t""#, "-b", nil),
      (#"[2.5, 1e-3], "Test": "pass""#, "2.5 * a + 0.001 * b", nil),
      (#"[[1, 0], [1, -1]], "Test": "F""#, "a, a - b", nil), (#"[1, 1], "Test": "F""#, "a + b", .f),
    ]
  )
  func weights(weights: String, expression: String, test: ContrastRequest.Test?) throws {
    let text = """
      {"Name": "m", "BIDSModelVersion": "1.0.0", "Nodes": [{"Level": "Run", "Name": "run",
        "GroupBy": ["run", "subject"], "Model": {"Type": "glm", "X": ["a", "b"],
        "HRF": {"Variables": ["a", "b"], "Model": "glover + derivative"}},
        "Contrasts": [{"Name": "c", "ConditionList": ["a", "b"], "Weights": \(weights)}]}]}
      """
    let model = try Model(
      following: StatsModel(JSONValue(parsing: text), path: "m.json"),
      path: "m.json"
    )
    #expect(model.contrasts == [ContrastRequest(name: "c", expression: expression, test: test)])
    #expect(model.hemodynamics == .gloverDerivative && model.drift == .none)
  }
}
