import Files
import FoundationEssentials
import TestStudies
import Testing

@Suite("Events")
struct EventsTests {
  private static let header = "onset\tduration\ttrial_type\tpain_rating\n"

  private static let useless: [(table: String, words: String)] = [
    ("", "the table is empty"),
    (header, "no event has a value in the column trial_type"),
    ("onset\tduration\n10\t8\n", "no column trial_type"),
    ("onset duration trial_type\n10 8 heat\n", "separated by spaces"),
    ("\(header)10\tNaN\theat_high\t3\n", "events.tsv:2: duration is \"NaN\""),
    ("\(header)10\t-3\theat_high\t3\n", "events.tsv:2: duration is \"-3\""),
    ("\(header)10\t8\theat_high\t3\n40\tn/a\theat_low\t3\n", "events.tsv:3: the event has no dur"),
    ("\(header)ten\t8\theat_high\t3\n", "events.tsv:2: onset is \"ten\""),
    ("\(header)10\t8\theat_high\n", "3 cells but the header names 4"),
    ("\(header)500\t8\theat_high\t3\n600\t8\theat_low\t3\n", "perhaps the session's start"),
    ("\(header)10\t8\theat high\t3\n40\t8\theat-high\t4\n", "would both be called heathigh"),
  ]

  @Test(
    "A table that makes no model is refused by its line or column; nothing stays",
    arguments: useless
  )
  func refused(table: String, words: String) throws {
    let door = try Door { try writeAtomically(table, to: $0.file("events.tsv")) }
    let outcome = try door.analyse()
    #expect(outcome.code == 2)
    #expect(outcome.says("sub-01_task-heat_events.tsv", words), "\(outcome.words)")
    #expect(door.traces().isEmpty)
  }

  @Test("Without events a run is left out by name; a participant without any is refused")
  func missing() throws {
    var study = SmallStudy()
    study.runs = 2
    let partial = try Door(study) { door in
      try FileManager.default.removeItem(atPath: door.file("events.tsv", run: 2))
    }
    let outcome = try partial.analyse()
    #expect(outcome.code == 0)
    #expect(outcome.says("sub-01_task-heat_run-2: there is no events file"), "\(outcome.words)")
    study.hasEvents = false
    let door = try Door(study)
    let refused = try door.analyse()
    #expect(refused.code == 2 && refused.says("sub-01: no selected run has an events file"))
    #expect(door.traces().isEmpty)
  }

  @Test("Rows out of order, carriage returns and a byte-order mark change no number")
  func harmless() throws {
    let usual = try Door()
    #expect(try usual.analyse().code == 0)
    let ugly = try Door { door in
      let lines = door.study.eventsText.split(separator: "\n")
      let shuffled = [lines[0]] + lines.dropFirst().reversed()
      let text = shuffled.map { $0 + "\r\n" }.joined()
      try writeAtomically([0xEF, 0xBB, 0xBF] + Array(text.utf8), to: door.file("events.tsv"))
    }
    #expect(try ugly.analyse().code == 0)
    #expect(try ugly.page().contains("not in the order of their onsets"))
    let tables = try [usual, ugly].map { door in
      try sha256(ofFile: door.output + "/sub-01/sub-01_atlas-painnetwork_regions.csv")
    }
    #expect(tables[0] == tables[1])
  }

  @Test("An event after the end is left out and counted")
  func pastEnd() throws {
    let door = try Door { door in
      try writeAtomically(
        door.study.eventsText + "500\t8\theat_low\t9\n",
        to: door.file("events.tsv")
      )
    }
    #expect(try door.analyse().code == 0)
    let note = "1 of 3 events of heat_low begin after the run&#39;s end at 120 s"
    #expect(try door.page().contains(note))
  }

  @Test("A condition that one of two runs lacks is answered by the other, and that is said")
  func missingCondition() throws {
    var study = SmallStudy()
    study.runs = 2
    let door = try Door(study) { door in
      let rows = try readText(door.file("events.tsv", run: 2)).split(separator: "\n")
      let kept = rows.filter { !$0.contains("heat_low") }.map { $0 + "\n" }
      try writeAtomically(kept.joined(), to: door.file("events.tsv", run: 2))
    }
    let outcome = try door.analyse(
      "--contrast",
      "difference=heat_high - heat_low",
      "--contrast",
      "high=heat_high"
    )
    #expect(outcome.code == 0)
    #expect(outcome.says("contrast difference: combined over 1 of 2 runs"), "\(outcome.words)")
    func row(_ contrast: String, _ run: String) throws -> [String: String]? {
      try door.row(region: "dorsal_posterior_insula_L", contrast: contrast, run: run)
    }
    #expect(try row("difference", "2") == nil)
    let (single, combined) = (try row("difference", "1"), try row("difference", "n/a"))
    #expect(single?["effect"] == combined?["effect"] && single?["df"] == combined?["df"])
    #expect(try row("high", "2") != nil)
    // Nor does a modulator need its condition in every run.
    let modulated = try door.analyse("--modulators", "pain_rating:heat_high,pain_rating:heat_low")
    #expect(modulated.code == 0, "\(modulated.words)")
    #expect(try row("heat_high_by_pain_rating", "2") != nil)
    #expect(try row("heat_low_by_pain_rating", "1") != nil)
    #expect(try row("heat_low_by_pain_rating", "2") == nil)
    #expect(try door.page().contains("Left to the other runs"))
    let unknown = try door.analyse("--contrast", "x=heat_mid")
    #expect(unknown.code == 2 && unknown.says("heat_mid is not in the design"))
  }

  @Test("Names with spaces, quotes and markup reach every file unharmed")
  func names() throws {
    var study = SmallStudy()
    study.conditions = ["heat \"high\" <b>", "a/b+c d'e &"]
    let door = try Door(study)
    let outcome = try door.analyse(
      "--contrast",
      #"one <i> "more"=`heat "high" <b>` - `a/b+c d'e &`"#,
      "--modulators",
      "pain_rating"
    )
    #expect(outcome.code == 0, "\(outcome.words)")
    let page = try door.page()
    #expect(page.contains("heat &quot;high&quot; &lt;b&gt;"))
    #expect(!page.contains("<b>\" ") && !page.contains("high\" <b>") && !page.contains("one <i>"))
    let names = door.traces()
    #expect(names.contains { $0.hasSuffix("contrast-oneimore_stat-t_statmap.nii.gz") })
    #expect(names.allSatisfy { $0.allSatisfy { $0.isASCII && !" \"'<>&".contains($0) } })
    let table = try readText(door.output + "/sub-01/sub-01_atlas-painnetwork_regions.csv")
    #expect(table.contains(#""one <i> ""more"""#))
  }

  @Test("A rating that modulates is found as it was drawn")
  func modulators() throws {
    let door = try Door()
    let scaled = ["--modulators", "pain_rating:heat_high,pain_rating:heat_low"]
    let outcome = try door.call(
      [door.dataset, door.output, "participant", "--normalization", "none"]
        + ["--space", "MNI152NLin6Asym", "--modulator-scaling", "sd"] + scaled
    )
    #expect(outcome.code == 0, "\(outcome.words)")
    let name = "heat_high_by_pain_rating"
    let row = try #require(try door.row(region: "dorsal_posterior_insula_L", contrast: name))
    // The response does not follow the rating: none is found within four standard errors.
    let effect = try #require(row["effect"].flatMap(Double.init))
    let error = try #require(row["standard_error"].flatMap(Double.init))
    #expect(abs(effect) < 4 * error)
    let missing = try door.analyse("--modulators", "anger")
    #expect(missing.code == 2 && missing.says("no column anger, only trial_type, pain_rating"))
    let unknown = try door.analyse("--modulators", "pain_rating:warm")
    #expect(unknown.code == 2 && unknown.says("names the condition warm"))
  }

  /// Events of 8 s, one condition after the other; a name can stand for two conditions at once.
  private static func events(_ names: [[String]]) -> String {
    header
      + names.enumerated().flatMap { place, names in
        names.map { "\(6 + 12 * place)\t8\t\($0)\t\(30 + 7 * (place * 5 % 9))\n" }
      }
      .joined()
  }

  private static let dependent: [(table: String, options: [String], words: [String])] = [
    (
      events((0..<8).map { $0 % 2 == 0 ? ["high", "strong"] : ["low"] }), [],
      ["_events.tsv: contrast high cannot be estimated", "high and strong coincide"]
    ),
    (
      events((0..<8).map { [$0 % 2 == 0 ? "high" : "low", "all"] }),
      ["--contrast", "any=all - 0.5*low"],
      ["contrast any cannot be estimated", "all", "follows from", "high", "low"]
    ),
    (
      header + (0..<8).map { "\(6 + 12 * $0)\t8\t\($0 % 2 == 0 ? "high" : "low")\t5\n" }.joined(),
      ["--modulators", "pain_rating:high", "--contrast", "rating=high_by_pain_rating"],
      ["contrast rating", "high_by_pain_rating is not in the design, which has high, low"]
    ),
  ]

  @Test("Regressors that coincide, follow from others or are empty are named", arguments: dependent)
  func dependentRegressors(table: String, options: [String], words: [String]) throws {
    let door = try Door { try writeAtomically(table, to: $0.file("events.tsv")) }
    let outcome = try door.call(
      [door.dataset, door.output, "participant", "--normalization", "none", "--space"]
        + ["MNI152NLin6Asym"] + options
    )
    #expect(outcome.code == 2)
    for word in words { #expect(outcome.words.contains(word), "\(outcome.words)") }
    #expect(door.traces().isEmpty)
  }

  @Test("The sum of two conditions that coincide is answered, and the page says what is redundant")
  func sumOfCoinciding() throws {
    let table = Self.events((0..<8).map { $0 % 2 == 0 ? ["high", "strong"] : ["low"] })
    let door = try Door { try writeAtomically(table, to: $0.file("events.tsv")) }
    let outcome = try door.analyse("--contrast", "both=high + strong")
    #expect(outcome.code == 0, "\(outcome.words)")
    #expect(try door.page().contains("cannot tell these design columns from others"))
  }

  @Test("Fewer volumes than regressors are refused with both counts")
  func tooManyRegressors() throws {
    var study = SmallStudy()
    study.volumeCount = 24
    let table = Self.events([["high"], ["low"], ["high"]])
    let door = try Door(study) { try writeAtomically(table, to: $0.file("events.tsv")) }
    let outcome = try door.analyse("--confounds", "24p")
    #expect(outcome.code == 2)
    #expect(outcome.says("24 kept volumes cannot carry 24 independent"), "\(outcome.words)")
    #expect(door.traces().isEmpty)
  }
}
