import BIDS
import TestData
import Testing

@Suite("Results of fMRIPrep", .enabled(if: SharedData.isPresent))
struct PreprocessedDatasetTests {
  @Test("The published tree of ds000001: one template, three runs each, masks and confounds beside")
  func published() throws {
    let folder = SharedData.root + "/bids_trees/bids-examples/ds000001-fmriprep"
    let prepared = try PreprocessedDataset(folder: folder)
    #expect(prepared.program == "fMRIPrep 20.2.0rc0" && prepared.notes.isEmpty)
    // MNI152NLin6Asym is there as desc-smoothAROMAnonaggr alone, which is not the preprocessed image.
    #expect(try prepared.templateSpace(nil) == "MNI152NLin2009cAsym")
    let raw = try Dataset(root: folder)
    let runs = try prepared.runs(
      PreprocessedSelection(
        participant: "sub-16",
        space: "MNI152NLin2009cAsym",
        runs: ["02", "3"]
      ),
      eventsFrom: raw
    )
    #expect(
      runs.map(\.entities.name)
        == [2, 3].map {
          "sub-16_task-balloonanalogrisktask_run-\($0)"
        }
    )
    let run = try #require(runs.first)
    #expect(run.image == .empty && run.sidecar.repetitionTime == 2 && run.eventsPath == nil)
    let files = try #require(run.preprocessed)
    let stem = folder + "/sub-16/func/sub-16_task-balloonanalogrisktask_run-2_"
    #expect(files.maskPath == stem + "space-MNI152NLin2009cAsym_res-2_desc-brain_mask.nii.gz")
    #expect(files.confoundsPath == stem + "desc-confounds_timeseries.tsv")
    #expect(files.confoundsDescriptionPath == stem + "desc-confounds_timeseries.json")
    // The table was published without its content.
    #expect(throws: BIDSError(path: files.confoundsPath, reason: .emptyTable)) {
      try ConfoundsFile(path: files.confoundsPath)
    }
  }
}
