import BIDS
import Testing

// Names and their order follow the BIDS specification 1.10, "File name structure" and "Entities".
@Suite("Entities")
struct EntitiesTests {
  @Test("Labels are kept without prefixes and written in the order of BIDS")
  func name() {
    let entities = Entities(subject: "sub-01", session: "ses-2", task: "pain", run: "run-1")
    #expect(entities.subject == "01")
    #expect(entities.session == "2")
    #expect(entities.name == "sub-01_ses-2_task-pain_run-1")
    #expect(Entities(subject: "01", session: "2", task: "pain", run: "1") == entities)
  }

  @Test(
    "A file name is taken apart",
    arguments: [
      "sub-01_ses-2_task-pain_acq-mb8_dir-pa_run-01_echo-2_bold.nii.gz",
      "sub-P1_task-t_space-MNI152NLin2009cAsym_res-2_desc-preproc_bold.nii",
      "task-pain_bold.json",
    ]
  )
  func fileNames(text: String) throws {
    let name = try #require(FileName(text))
    #expect(name.suffix == "bold")
    #expect("\(name.entities.name)_\(name.suffix)\(name.fileExtension)" == text)
  }

  @Test(
    "What is no BIDS name is not read as one",
    arguments: [
      "", ".nii", "README", "bold.nii.gz.part~", "sub-01_task-_bold.nii", "sub-01__bold.nii",
      "sub-01_task-a_task-b_bold.nii", "sub-01_pain_bold.nii", "sub-01_colour-red_bold.nii",
      "sub-01_task-pain.nii",
    ]
  )
  func noNames(text: String) {
    #expect(FileName(text)?.entities.subject.isEmpty ?? true)
    #expect(Entities(fileName: text) == nil)
  }

  @Test("A dataset's file is no participant's")
  func noSubject() {
    #expect(Entities(fileName: "task-pain_bold.json") == nil)
  }

  @Test("Runs are ordered as numbers, and a missing entity stands first")
  func order() {
    let runs = ["10", "2", "01", "1"].map { Entities(subject: "1", run: $0) }
    #expect(runs.sorted().map(\.run) == ["01", "1", "2", "10"])
    #expect(Entities(subject: "1") < Entities(subject: "1", session: "1"))
    #expect(Entities(subject: "2") < Entities(subject: "10"))
    #expect(
      ["b", "a10", "a9", "10", "9"].sorted(by: labelPrecedes) == ["9", "10", "a9", "a10", "b"]
    )
  }
}
