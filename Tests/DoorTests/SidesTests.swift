import Files
import FoundationEssentials
import TestStudies
import Testing

@Suite("Contra and ipsi")
struct SidesTests {
  /// A head that answers twice as much opposite to the stimulus, stored in either direction.
  private static func study(
    _ participants: [String],
    answersMostOn side: String,
    isStoredToTheRight: Bool = false
  ) -> SmallStudy {
    var study = SmallStudy()
    study.participants = participants
    study.isStoredToTheRight = isStoredToTheRight
    study.responses = side == "left" ? [(2, 1), (0.5, 0.25)] : [(1, 2), (0.25, 0.5)]
    return study
  }

  /// Patients whose left hand (odd) or right hand is concerned, and controls who answer alike on both
  /// sides; the tables of sides are written by the tests.
  private static func cohort() throws -> Door {
    let door = try Door(study(["02", "04"], answersMostOn: "left"))
    try study(["01", "03"], answersMostOn: "right", isStoredToTheRight: true)
      .write(to: door.dataset)
    var controls = study(["05", "06", "07"], answersMostOn: "left")
    controls.responses = [(1, 1), (0.25, 0.25)]
    try controls.write(to: door.dataset)
    try writeTable(door, groups: true)
    return door
  }

  /// Writes the participants' table, with a column of sides where one is named.
  private static func writeTable(
    _ door: Door,
    groups: Bool = false,
    column: String? = nil,
    sides: [String] = []
  ) throws {
    let rows = (1...7).map { place in
      let side = column == nil ? "" : "\t" + (place <= sides.count ? sides[place - 1] : "n/a")
      return "sub-0\(place)\t\(place < 5 ? "CRPS" : "HC")\(side)\n"
    }
    let header = "participant_id\tgroup" + (column.map { "\t" + $0 } ?? "") + "\n"
    try writeAtomically(header + rows.joined(), to: door.dataset + "/participants.tsv")
  }

  /// The study's events with one side in every row.
  private static func events(of door: Door, _ side: String) -> String {
    var text = ""
    for (place, line) in door.study.eventsText.split(separator: "\n").enumerated() {
      text += "\(line)\t\(place == 0 ? "stimulated_side" : side)\n"
    }
    return text
  }

  private static let insula = "dorsal_posterior_insula_"

  private static func effect(
    _ door: Door,
    _ ending: String,
    of participant: String,
    run: String? = nil
  ) throws -> (effect: Double, error: Double, row: [String: String]) {
    let row = try #require(
      try door.row(region: insula + ending, contrast: "heat_high", of: participant, run: run)
    )
    return (
      try #require(row["effect"].flatMap(Double.init)),
      try #require(row["standard_error"].flatMap(Double.init)), row
    )
  }

  /// The row of a comparison's table, as columns and cells.
  private static func compared(_ door: Door, _ ending: String) throws -> [String: String] {
    let table = try readText(door.output + "/cohort_group-CRPS-HC_regions.csv")
    let lines = table.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let rows = lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
    return try #require(
      rows.first { $0["region"] == insula + ending && $0["contrast"] == "heat_high" }
    )
  }

  @Test(
    "The stimulated side names the regions of each participant; left and right stay as they are"
  )
  func stated() throws {
    let door = try Self.cohort()
    try Self.writeTable(door, column: "stimulated_side", sides: ["L", "right", "Left", "R"])
    #expect(try door.analyse().code == 0)
    for (participant, side) in [("01", "L"), ("02", "R"), ("03", "L"), ("04", "R")] {
      let (contra, ipsi) = (
        try Self.effect(door, "contra", of: participant),
        try Self.effect(door, "ipsi", of: participant)
      )
      // Drawn: 2 % opposite to the hand, 1 % on its side; four standard errors hold nearly all.
      #expect(abs(contra.effect - 2) < 4 * contra.error + 0.01)
      #expect(abs(ipsi.effect - 1) < 4 * ipsi.error + 0.01)
      let row = contra.row
      #expect(row["laterality"] == "contra" && row["side_of"] == "stimulus" && row["side"] == side)
      #expect(row["hemisphere"] == (side == "L" ? "R" : "L"))
      let same = try Self.effect(door, side == "L" ? "R" : "L", of: participant)
      #expect(same.row["laterality"] == "n/a" && same.effect == contra.effect)
    }
    // Nobody states a side of sub-05: none is supposed.
    #expect(try door.row(region: Self.insula + "contra", contrast: "heat_high", of: "05") == nil)
    #expect(try door.page().contains("named by the stimulated side"))
    // A side that is asked for and missing is refused, and who has one goes on.
    let asked = try door.analyse("--laterality", "stimulus")
    #expect(asked.code == 1)
    #expect(asked.says("sub-05", "state a stimulated_side, and none is supposed"), "\(asked.words)")
  }

  @Test("Runs of different sides give each its own contralateral region to the combination")
  func mixedRuns() throws {
    var study = Self.study(["01"], answersMostOn: "left")
    study.runs = 2
    let door = try Door(study) { door in
      for (run, side) in [(1, "right"), (2, "left")] {
        try writeAtomically(Self.events(of: door, side), to: door.file("events.tsv", run: run))
      }
    }
    #expect(try door.analyse().code == 0)
    let runs = try ["1", "2"].map { try Self.effect(door, "contra", of: "01", run: $0) }
    let (left, right) = (
      try Self.effect(door, "L", of: "01", run: "1"), try Self.effect(door, "R", of: "01", run: "2")
    )
    #expect(runs.map(\.effect) == [left.effect, right.effect])
    // Fixed effects: the mean weighted by precision.
    let weights = runs.map { 1 / ($0.error * $0.error) }
    let sum = weights[0] * runs[0].effect + weights[1] * runs[1].effect
    let mean = sum / (weights[0] + weights[1])
    let together = try Self.effect(door, "contra", of: "01", run: "n/a")
    #expect(abs(together.effect - mean) < 1e-9)
    #expect(together.row["side"] == "n/a" && together.row["side_of"] == "stimulus")
    #expect(together.row["hemisphere"] == "n/a")
  }

  @Test("Events and participants' table that disagree are refused; so is what is no side")
  func disagreement() throws {
    let door = try Door(Self.study(["01"], answersMostOn: "left")) { door in
      try writeAtomically(Self.events(of: door, "left"), to: door.file("events.tsv"))
    }
    let table = door.scratch.path + "/cohort.csv"
    try writeAtomically("Subject ID,stimulated_side\n01,R\n", to: table)
    let refused = try door.analyse("--phenotype", table)
    #expect(refused.code == 2)
    #expect(
      refused.says("events.tsv: stimulated_side is left here and right in the table"),
      "\(refused.words)"
    )
    try writeAtomically("Subject ID,stimulated_side\n01,yes\n", to: table)
    let unknown = try door.analyse("--phenotype", table)
    #expect(unknown.code == 2)
    #expect(unknown.says("cohort.csv:2: stimulated_side is \"yes\" where left, right or both"))
    let none = try door.analyse("--laterality", "affected")
    #expect(none.code == 2 && none.says("no table of participants has a column affected_side"))
  }

  @Test("Patients are compared by their affected side with controls who are yoked, or averaged")
  func controls() throws {
    let door = try Self.cohort()
    try Self.writeTable(door, groups: true)
    #expect(try door.analyse().code == 0)
    let sides = door.scratch.path + "/clinic.csv"
    try writeAtomically("id;affected_side\n01;L\n02;R\n03;L\n04;R\n05;\n", to: sides)
    let call = [
      door.dataset, door.output, "group", "--compare", "group:CRPS-HC", "--phenotype", sides,
      "--laterality", "affected",
    ]
    let refused = try door.call(call)
    #expect(refused.code == 2)
    #expect(
      refused.says(
        "no affected_side is stated of anybody in HC, and none is supposed",
        "yoked",
        "mean"
      )
    )

    #expect(try door.call(call + ["--control-sides", "yoked"]).code == 0)
    let yoked = (try Self.compared(door, "contra"), try Self.compared(door, "ipsi"))
    // Patients: 2 % and 1 % as drawn; controls 1 % on both sides.
    for (row, truth) in [(yoked.0, 2.0), (yoked.1, 1)] {
      #expect(abs((row["mean_a"].flatMap(Double.init) ?? 0) - truth) < 0.15, "\(row)")
      #expect(abs((row["mean_b"].flatMap(Double.init) ?? 0) - 1) < 0.15)
      #expect(row["side_of"] == "affected" && row["hemisphere"] == "n/a")
    }
    let people = try readText(door.output + "/cohort_group-CRPS-HC_participants.csv")
    #expect(people.contains("sub-01,CRPS,L,stated,n/a"))
    // Three controls draw from four sides, two of each: never all the same.
    let drawn = people.split(separator: "\n").filter { $0.contains("yoked to sub-0") }
    #expect(drawn.count == 3)
    #expect(Set(drawn.map { $0.contains(",L,") }).count == 2)
    #expect(try readText(door.output + "/cohort_group-CRPS-HC.html").contains("drawn with seed 1"))

    #expect(try door.call(call + ["--control-sides", "mean"]).code == 0)
    let mean = (try Self.compared(door, "contra"), try Self.compared(door, "ipsi"))
    #expect(mean.0["mean_b"] == mean.1["mean_b"])
    let (left, right) = (try Self.compared(door, "L"), try Self.compared(door, "R"))
    let both = [left, right].compactMap { $0["mean_b"].flatMap(Double.init) }.reduce(0, +) / 2
    #expect(abs((mean.0["mean_b"].flatMap(Double.init) ?? 0) - both) < 1e-9)

    // One patient without a side: refused by name, not left out, not supposed.
    try writeAtomically("id;affected_side\n01;L\n02;R\n03;\n04;R\n", to: sides)
    let missing = try door.call(call + ["--control-sides", "yoked"])
    #expect(missing.code == 2 && missing.says("affected_side is not stated of sub-03"))
  }
}
