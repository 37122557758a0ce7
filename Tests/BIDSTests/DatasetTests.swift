import BIDS
import FoundationEssentials
import Testing

@Suite("Dataset")
struct DatasetTests {
  private let description = ["dataset_description.json": "{\"Name\": \"Pain\"}"]

  private func dataset(_ files: [String: String]) throws -> Dataset {
    try Dataset(root: try TreeFixture(files.merging(description) { a, _ in a }).root)
  }

  @Test("Sessions may differ between participants, and some have none")
  func ragged() throws {
    let dataset = try dataset([
      "sub-10/ses-1/func/sub-10_ses-1_task-pain_bold.nii.gz": "x",
      "sub-10/ses-2/func/sub-10_ses-2_task-pain_run-1_bold.nii": "x",
      "sub-9/func/sub-9_task-pain_bold.nii.gz": "x",
      "sub-9/func/sub-9_task-pain_sbref.nii.gz": "x",
      "derivatives/sub-3/func/sub-3_task-pain_bold.nii.gz": "x",
    ])
    #expect(dataset.name == "Pain")
    #expect(dataset.participants == ["9", "10"])
    #expect(dataset.sessions == ["1", "2"])
    #expect(dataset.sessions(of: "sub-9").isEmpty)
    #expect(try dataset.runs(of: "9").map(\.entities.name) == ["sub-9_task-pain"])
    #expect(
      try dataset.runs(of: "sub-10").map(\.entities.name)
        == ["sub-10_ses-1_task-pain", "sub-10_ses-2_task-pain_run-1"]
    )
    #expect(try dataset.runs(of: "10", sessions: ["ses-2"]).count == 1)
  }

  @Test("The nearest sidecar wins key by key, and the one that names more entities in a folder")
  func inheritance() throws {
    let dataset = try dataset([
      "task-pain_bold.json": "{\"RepetitionTime\": 3, \"EchoTime\": 0.03, \"TaskName\": \"Pain\"}",
      "task-rest_bold.json": "{\"RepetitionTime\": 9}",
      "sub-01/sub-01_task-pain_bold.json": "{\"RepetitionTime\": 2.5, \"StartTime\": 1}",
      "sub-01/ses-1/sub-01_ses-1_task-pain_bold.json": "{\"StartTime\": 0.5}",
      "sub-01/ses-1/func/sub-01_ses-1_task-pain_run-1_bold.json": "{\"RepetitionTime\": 2}",
      "sub-01/ses-1/func/sub-01_ses-1_task-pain_run-1_bold.nii.gz": "x",
      "sub-01/ses-1/func/sub-01_ses-1_task-pain_run-2_bold.nii.gz": "x",
      "sub-01/ses-2/func/sub-01_ses-2_task-pain_acq-a_bold.nii.gz": "x",
      "sub-01/ses-2/func/sub-01_ses-2_task-pain_bold.json": "{\"RepetitionTime\": 7}",
      "sub-01/ses-2/func/sub-01_ses-2_task-pain_acq-a_bold.json": "{\"RepetitionTime\": 8}",
    ])
    let runs = try dataset.runs(of: "01")
    #expect(runs.map(\.sidecar.repetitionTime) == [2, 2.5, 8])
    #expect(runs.map(\.sidecar.startTime) == [0.5, 0.5, 1])
    #expect(runs.allSatisfy { $0.sidecar.echoTime == 0.03 && $0.sidecar.taskName == "Pain" })
    #expect(runs.map(\.sidecar.sources.count) == [4, 3, 4])
  }

  @Test("Events are inherited, and the nearest file is taken")
  func eventInheritance() throws {
    let dataset = try dataset([
      "task-pain_events.tsv": "onset\tduration\n",
      "sub-01/func/sub-01_task-pain_bold.nii.gz": "x",
      "sub-02/func/sub-02_task-pain_bold.nii.gz": "x",
      "sub-02/func/sub-02_task-pain_events.tsv": "onset\tduration\n",
      "sub-02/func/sub-02_task-rest_bold.nii.gz": "x",
    ])
    #expect(try dataset.runs(of: "01")[0].eventsPath == dataset.root + "/task-pain_events.tsv")
    let second = try dataset.runs(of: "02")
    #expect(
      second[0].eventsPath == dataset.root + "/sub-02/func/sub-02_task-pain_events.tsv"
    )
    #expect(second[1].eventsPath == nil)
  }

  @Test("An empty image and a link that leads nowhere stay, with what they are")
  func unusableImages() throws {
    let tree = try TreeFixture(
      description.merging([
        "sub-01/func/sub-01_task-pain_run-1_bold.nii.gz": "",
        "sub-01/func/sub-01_task-pain_run-3_bold.nii.gz": "x",
        "sub-01/func/sub-01_task-pain_run-4_events.tsv": "onset\tduration\n",
      ]) { a, _ in a }
    )
    try FileManager.default.createSymbolicLink(
      atPath: tree.root + "/sub-01/func/sub-01_task-pain_run-2_bold.nii.gz",
      withDestinationPath: "../../.git/annex/objects/gone"
    )
    let dataset = try Dataset(root: tree.root)
    #expect(try dataset.runs(of: "01").map(\.image) == [.empty, .brokenLink, .present])
    let missing = try dataset.runsWithoutImage(of: "01")
    #expect(missing.map(\.image) == [.absent])
    #expect(missing.map(\.entities.run) == ["4"])
  }

  @Test("Echoes are one run that says so, phase images are none")
  func echoes() throws {
    var files: [String: String] = [:]
    for (echo, time) in [("1", "0.012"), ("2", "0.028"), ("3", "0.044")] {
      let stem = "sub-01/func/sub-01_task-pain_echo-\(echo)"
      files["\(stem)_bold.nii.gz"] = "x"
      files["\(stem)_bold.json"] = "{\"EchoTime\": \(time), \"RepetitionTime\": 2}"
    }
    files["sub-01/func/sub-01_task-pain_events.tsv"] = "onset\tduration\n"
    files["sub-01/func/sub-01_task-pain_part-phase_bold.nii.gz"] = "x"
    let runs = try dataset(files).runs(of: "01")
    let run = try #require(runs.first)
    #expect(runs.count == 1)
    #expect(run.entities.name == "sub-01_task-pain")
    #expect(run.hasSeveralEchoes)
    #expect(run.echoes.map(\.echoTime) == [0.012, 0.028, 0.044])
    #expect(run.imagePath.hasSuffix("_echo-2_bold.nii.gz"))
    #expect(run.eventsPath?.hasSuffix("sub-01_task-pain_events.tsv") == true)
    #expect(run.notes.first?.contains("3 echoes") == true)
  }

  @Test("A run stored twice is read once, and that is said")
  func storedTwice() throws {
    let runs = try dataset([
      "sub-01/func/sub-01_task-pain_bold.nii.gz": "x",
      "sub-01/func/sub-01_task-pain_bold.nii": "x",
    ]).runs(of: "01")
    #expect(runs.count == 1)
    #expect(runs.first?.imagePath.hasSuffix(".nii.gz") == true)
    #expect(runs.first?.notes.count == 1)
  }

  @Test("Names that belong elsewhere or follow no rule are left out and said")
  func strays() throws {
    let dataset = try dataset([
      "sub-01/func/sub-01_task-pain_bold.nii.gz": "x",
      "sub-01/func/sub-02_task-pain_bold.nii.gz": "x",
      "sub-01/func/copy of run.nii.gz": "x",
    ])
    #expect(try dataset.runs(of: "01").count == 1)
    #expect(dataset.notes.count == 2)
  }
}
