import Files
import FoundationEssentials
import TestData
import TestStudies
import Testing

@Suite("Stats Models")
struct StatsModelTests {
  /// The shipped example, whose columns the small study has.
  private static var example: String {
    get throws {
      try readText(SharedData.package + "/jobs/heat-pain_smdl.json")
    }
  }

  private static func write(_ text: String, beside door: Door) throws -> String {
    let path = door.scratch.path + "/x_smdl.json"
    try writeAtomically(text, to: path)
    return path
  }

  @Test("The shipped model gives the numbers that the flags give")
  func flags() throws {
    var study = SmallStudy()
    study.runs = 2
    let door = try Door(study)
    let file = try Self.write(Self.example, beside: door)
    let outcome = try door.analyse("--model", file)
    #expect(outcome.code == 0, "\(outcome.words)")
    let contrasts = ["heatHigh", "highMinusLow", "anyHeat", "heat_high_rating"]
    let region = "dorsal_posterior_insula_L"
    let byModel = try contrasts.map { try door.row(region: region, contrast: $0, run: "n/a") }
    let flags = try door.analyse(
      "--modulators",
      "pain_rating:heat_high",
      "--contrast",
      "heatHigh=heat_high",
      "--contrast",
      "highMinusLow=heat_high - heat_low",
      "--contrast",
      "anyHeat=heat_high, heat_low",
      "--contrast",
      "heat_high_rating=heat_high_by_pain_rating"
    )
    #expect(flags.code == 0, "\(flags.words)")
    let byFlags = try contrasts.map { try door.row(region: region, contrast: $0, run: "n/a") }
    for (one, other) in zip(byModel, byFlags) {
      for column in ["effect", "standard_error", "t", "df", "z", "f"] {
        guard let text = other?[column] else { continue }
        let (first, second) = (Double(one?[column] ?? "") ?? .nan, Double(text) ?? .nan)
        // Centring by projection instead of by subtraction rounds otherwise; the noise is estimated
        // in single precision.
        #expect(
          first.isNaN && second.isNaN || abs(first - second) <= 1e-4 * max(1, abs(second)),
          "\(column) of \(other?["contrast"] ?? "")"
        )
      }
    }
    #expect(byFlags.allSatisfy { $0 != nil })
  }

  @Test("The model goes whole into the job, which repeats every byte")
  func repeated() throws {
    let door = try Door()
    let file = try Self.write(Self.example, beside: door)
    #expect(try door.analyse("--model", file).code == 0)
    let first = try digests(below: door.output)
    #expect(try readText(door.output + "/job.json").contains("\"HighPassFilterCutoffHz\""))
    try FileManager.default.removeItem(atPath: file)
    let again = try door.call(["run", "--job", door.output + "/job.json"])
    #expect(again.code == 0, "\(again.words)")
    #expect(try digests(below: door.output) == first)
  }

  @Test("A model is told in words, tried on events and drawn, without an analysis")
  func told() throws {
    let door = try Door()
    let file = try Self.write(Self.example, beside: door)
    let page = door.scratch.path + "/design.html"
    let outcome = try door.call([
      "model", "check", file, "--dataset", door.dataset, "--picture", page,
    ])
    #expect(outcome.code == 0, "\(outcome.words)")
    #expect(
      outcome.says(
        "model heat-pain: Run -> Subject -> Dataset",
        "takes part: task heat",
        "trial_type: an indicator per level",
        "drift: cosines of periods longer than 128.0 s",
        "highMinusLow = `trial_type.heat_high` - `trial_type.heat_low` (t)",
        "FMminusHC, group:FM-HC, by Welch's t",
        "sub-01_task-heat: 60 volumes of 2 s",
        "trial_type.heat_high: 3 events",
        "heat_high_rating: 3 events, amplitudes of their own",
        "tried on 1 runs of 1 participants"
      ),
      "\(outcome.words)"
    )
    #expect(try readText(page).contains("<svg"))
    #expect(!FileManager.default.fileExists(atPath: door.output))
  }

  @Test("A model that fits no run, or nothing, is refused before anything is done")
  func refused() throws {
    let door = try Door()
    let misspelt = try Self.write(
      Self.example.replacing("heat_low\"", with: "heat_lo\""),
      beside: door
    )
    for arguments in [["model", "check", misspelt, "--dataset", door.dataset]] {
      let outcome = try door.call(arguments)
      #expect(outcome.code == 1 && outcome.says("heat_lo is not in the design"), "\(outcome.words)")
    }
    let analysed = try door.analyse("--model", misspelt)
    #expect(analysed.code == 2 && analysed.says("heat_lo is not in the design"))
    let wrong = try Self.write(
      Self.example.replacing("\"Factor\"", with: "\"Fctor\""),
      beside: door
    )
    let refused = try door.analyse("--model", wrong)
    #expect(refused.code == 2)
    #expect(refused.says("Nodes[0].Transformations.Instructions[0].Name must be one of Factor"))
    #expect(door.traces().isEmpty)
    let both = try door.analyse("--model", wrong, "--hrf", "glover")
    #expect(both.code == 64 && both.says("--model says conditions"))
    let elsewhere = try Self.write(
      Self.example.replacing("[\"heat\"]", with: "[\"cold\"]"),
      beside: door
    )
    let task = try door.analyse("--model", elsewhere, "--task-id", "heat")
    #expect(
      task.code == 2 && task.says("Input lets task-cold take part, but task-heat is asked for")
    )
  }

  @Test("The dataset node compares the groups it names, as --compare does")
  func groups() throws {
    var study = SmallStudy()
    study.participants = ["01", "02", "03", "04"]
    let door = try Door(study)
    let rows = study.participants.enumerated().map { "sub-\($1)\t\($0 < 2 ? "FM" : "HC")\n" }
    try writeAtomically(
      "participant_id\tgroup\n" + rows.joined(),
      to: door.dataset + "/participants.tsv"
    )
    let file = try Self.write(Self.example, beside: door)
    #expect(try door.analyse("--model", file).code == 0)
    let name = "/cohort_group-FM-HC_regions.csv"
    let recorded = try door.call([door.dataset, door.output, "group"])
    #expect(recorded.code == 0, "\(recorded.words)")
    let first = try readText(door.output + name)
    #expect(try door.call([door.dataset, door.output, "group", "--model", file]).code == 0)
    #expect(try readText(door.output + name) == first)
    #expect(
      try door.call([door.dataset, door.output, "group", "--compare", "group:FM-HC"]).code == 0
    )
    #expect(try readText(door.output + name) == first)
    let mean = try Self.write(
      Self.example.replacing(
        "\"group.FM\", \"group.HC\"],\n          \"Weights\"",
        with: "1], \"Weights\""
      ),
      beside: door
    )
    let refused = try door.call([door.dataset, door.output, "group", "--model", mean])
    #expect(refused.code == 2 && refused.says("Nodes[2]."), "\(refused.words)")
  }

  @Test("An edge lets the contrasts pass that it names; an F may have one row")
  func filtered() throws {
    var study = SmallStudy()
    study.runs = 2
    let door = try Door(study)
    let edges = """
      "Edges": [
        {"Source": "run", "Destination": "subject", "Filter": {"contrast": ["anyHeat", "heatHigh"]}},
        {"Source": "subject", "Destination": "groups"}
      ],
      "Nodes": [
      """
    let text = try Self.example.replacing("\"Nodes\": [", with: edges)
      .replacing("[[1, 0], [0, 1]]", with: "[1, 1]")
    let file = try Self.write(text, beside: door)
    let outcome = try door.analyse("--model", file)
    #expect(outcome.code == 0, "\(outcome.words)")
    let region = "dorsal_posterior_insula_L"
    #expect(try door.row(region: region, contrast: "highMinusLow", run: "n/a") == nil)
    #expect(try door.row(region: region, contrast: "heatHigh", run: "n/a") != nil)
    #expect(try door.row(region: region, contrast: "highMinusLow", run: "2") != nil)
    let row = try #require(try door.row(region: region, contrast: "anyHeat", run: "n/a"))
    // An F of one row is the square of its t, and tells of no direction.
    let sum = try #require(
      try door.analyse(
        "--contrast",
        "anyHeat=heat_high + heat_low",
        "--modulators",
        "pain_rating:heat_high"
      ).code == 0
        ? try door.row(region: region, contrast: "anyHeat", run: "n/a") : nil
    )
    let (f, t) = (Double(row["f"] ?? "") ?? .nan, Double(sum["t"] ?? "") ?? .nan)
    // The noise is estimated in single precision.
    #expect(abs(f / (t * t) - 1) < 1e-4)
  }
}
