import FoundationEssentials
import TestStudies
import Testing

@Suite("Selection")
struct SelectionTests {
  private static let unknowns: [(arguments: [String], words: String)] = [
    (["--participant-label", "99"], "there is no sub-99; there is 01"),
    (["--task-id", "pain"], "there is no task-pain; there is task-heat"),
    (["--session-label", "1"], "there is no ses-1; the dataset names none"),
    (["--run-label", "7"], "there is no run-7; the dataset names none"),
    (["--atlas", "pian-network"], "built in: pain-network"),
    (["--atlas", "atlas.nii.gz"], "atlas.nii.gz: there is no such file"),
  ]

  @Test("What does not exist is named with what does, and nothing is written", arguments: unknowns)
  func unknown(arguments: [String], words: String) throws {
    let door = try Door()
    let base = [door.dataset, door.output, "participant", "--normalization", "none"]
    let outcome = try door.call(base + ["--space", "MNI152NLin6Asym"] + arguments)
    #expect(outcome.code == 2)
    #expect(outcome.says(words), "\(outcome.words)")
    #expect(outcome.lines.count == 1)
    #expect(!FileManager.default.fileExists(atPath: door.output))
  }

  @Test("A folder that is no dataset is refused")
  func noDataset() throws {
    let door = try Door()
    let missing = try door.call([door.scratch.path + "/nowhere", door.output, "participant"])
    #expect(missing.code == 2 && missing.says("/nowhere", "is the path right?"))
    let empty = try door.call([door.dataset + "/sub-01", door.output, "participant"])
    #expect(empty.code == 2 && empty.says("there is no sub-* folder here"))
    #expect(!FileManager.default.fileExists(atPath: door.output))
  }

  @Test("Labels are taken with and without their prefix, and underscores for hyphens")
  func labels() throws {
    var study = SmallStudy()
    study.participants = ["01", "02"]
    let door = try Door(study)
    let outcome = try door.analyse("--participant_label", "sub-02", "--task_id", "task-heat")
    #expect(outcome.code == 0, "\(outcome.words)")
    #expect(door.traces(of: "01").isEmpty && !door.traces(of: "02").isEmpty)
  }

  private static let questions: [(expression: String, words: String)] = [
    ("heat_hi - heat_low", "heat_hi is not in the design, which has heat_high, heat_low"),
    ("heat_high -", "stops before it is complete"),
    ("heat_high - heat_high", "cancel out"),
    ("heat_high * heat_low", "can only be added"),
    ("heat_high + 1", "a number stands alone"),
    ("heat_high, 2 * heat_high", "follows from the others"),
    ("heat high", "backticks"),
  ]

  @Test("A contrast that cannot be asked is refused with what can", arguments: questions)
  func contrasts(expression: String, words: String) throws {
    let door = try Door()
    let outcome = try door.analyse("--contrast", "question=\(expression)")
    #expect(outcome.code == 2)
    #expect(outcome.says("sub-01", "contrast question", words), "\(outcome.words)")
    #expect(door.traces().isEmpty)
  }
}
