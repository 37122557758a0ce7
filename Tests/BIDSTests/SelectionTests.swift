import BIDS
import Testing

@Suite("Selection")
struct SelectionTests {
  private func dataset() throws -> Dataset {
    try Dataset(
      root: TreeFixture([
        "sub-01/func/sub-01_task-pain_run-01_bold.nii.gz": "x",
        "sub-01/func/sub-01_task-pain_run-02_bold.nii.gz": "x",
        "sub-01/func/sub-01_task-rest_bold.nii.gz": "x",
        "sub-01/anat/sub-01_acq-hi_T1w.nii.gz": "x",
        "sub-01/anat/sub-01_T1w.nii.gz": "",
        "sub-01/fmap/sub-01_dir-AP_epi.nii.gz": "x",
        "sub-02/ses-b/func/sub-02_ses-b_task-rest_bold.nii.gz": "x",
        "sub-02/ses-a/anat/sub-02_ses-a_T1w.nii": "x",
      ]).root
    )
  }

  @Test("Labels are taken with and without prefix, runs as numbers")
  func labels() throws {
    let dataset = try dataset()
    #expect(try dataset.participants([]) == ["01", "02"])
    #expect(try dataset.participants(["sub-02", "02"]) == ["02"])
    #expect(try dataset.runs(of: "01", tasks: ["task-pain"]).count == 2)
    #expect(try dataset.runs(of: "01", runs: ["2"]).map(\.entities.run) == ["02"])
    #expect(try dataset.runs(of: "01", runs: ["run-02", "1"]).count == 2)
  }

  @Test("What does not exist is named with what does")
  func unknown() throws {
    let dataset = try dataset()
    func sentence(_ body: () throws -> Void) -> String {
      let error = #expect(throws: BIDSError.self) { try body() }
      return error?.description ?? ""
    }
    let participant = sentence { _ = try dataset.participants(["1"]) }
    #expect(participant.contains("there is no sub-1; there is 01, 02"))
    let task = sentence { _ = try dataset.runs(of: "01", tasks: ["pian"]) }
    #expect(task.contains("there is no task-pian; there is task-pain, task-rest"))
    let session = sentence { _ = try dataset.runs(of: "01", sessions: ["c"]) }
    #expect(session.contains("there is no ses-c; there is ses-a, ses-b"))
    let run = sentence { _ = try dataset.runs(of: "01", runs: ["3"]) }
    #expect(run.contains("there is no run-3; there is run-01, run-02"))
    let combination = sentence { _ = try dataset.runs(of: "02", tasks: ["pain"]) }
    #expect(combination.contains("sub-02 has no functional image"))
    #expect(combination.contains("ses-b_task-rest"))
  }

  @Test("A T1w that can be read is preferred, and another session's is taken")
  func t1w() throws {
    let dataset = try dataset()
    #expect(dataset.t1wPath(of: "01", session: nil)?.hasSuffix("acq-hi_T1w.nii.gz") == true)
    #expect(dataset.t1wPath(of: "02", session: "b")?.hasSuffix("ses-a_T1w.nii") == true)
    #expect(dataset.t1wPath(of: "03", session: nil) == nil)
    #expect(dataset.unusedImages(of: "sub-01", session: nil) == [.reversedPhase: 1])
    #expect(dataset.unusedImages(of: "02", session: "b").isEmpty)
  }

  @Test("A folder without participants, and no folder at all, are refused")
  func noDataset() throws {
    let root = try TreeFixture(["participants.tsv": "participant_id\n"]).root
    #expect(throws: BIDSError(path: root, reason: .noParticipants)) { try Dataset(root: root) }
    #expect(throws: BIDSError.self) { try Dataset(root: "/nowhere") }
  }

  @Test("Several spaces of one run are refused until one is named")
  func spaces() throws {
    let dataset = try Dataset(
      root: TreeFixture([
        "sub-01/func/sub-01_task-pain_space-A_desc-preproc_bold.nii.gz": "x",
        "sub-01/func/sub-01_task-pain_space-B_desc-preproc_bold.nii.gz": "x",
        "sub-01/func/sub-01_task-pain_space-B_desc-smooth_bold.nii.gz": "x",
      ]).root
    )
    let error = #expect(throws: BIDSError.self) { try dataset.runs(of: "01") }
    #expect(error?.description.contains("say which one by its space") == true)
    let run = try dataset.runs(of: "01", space: "B").first
    #expect(run?.entities.description == "preproc")
  }
}
