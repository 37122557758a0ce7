import Files
import FoundationEssentials
import Imaging
import NIfTI
import TestStudies
import Testing

@Suite("Prepared runs that cannot be taken")
struct PreparedRefusalTests {
  /// What happens to the files, how the program is called, and what a person is told.
  struct Damage: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var options: [String] = []
    let words: [String]
    var change: @Sendable (Door, PreparedStudy) throws -> Void = { _, _ in }
  }

  private static let table = "sub-01_task-heat_desc-confounds_timeseries.tsv"

  static let damages: [Damage] = [
    Damage(
      testDescription: "no mask",
      words: ["_res-2_desc-brain_mask.nii.gz: the brain mask of sub-01_task-heat is not there"]
    ) { try $0.remove($1.path("desc-brain_mask.nii.gz")) },
    Damage(
      testDescription: "an empty mask",
      words: ["desc-brain_mask.nii.gz", "the file has no bytes"]
    ) { try $0.write("", $1.path("desc-brain_mask.nii.gz")) },
    Damage(
      testDescription: "a mask of other voxels",
      words: [
        "desc-brain_mask.nii.gz: its voxels do not lie where those of the session's first run"
      ]
    ) { try $0.moveMask($1) },
    Damage(
      testDescription: "no confounds",
      words: [table + ": the table of confounds of sub-01_task-heat is not there"]
    ) { try $0.remove($1.path("desc-confounds_timeseries.tsv", inSpace: false)) },
    Damage(
      testDescription: "confounds of another run",
      words: [table + ": there are 59 rows for the 60"]
    ) { try $0.changeTable($1) { $0.removeLast() } },
    Damage(
      testDescription: "a word among the confounds",
      words: [table + ":7: csf is \"high\" where a number or n/a was expected"]
    ) { try $0.set("high", in: "csf", line: 7, $1) },
    Damage(
      testDescription: "a missing number of a column that is taken out",
      words: [table + ": the confound trans_x is not a number at volume 6"]
    ) { try $0.set("n/a", in: "trans_x", line: 7, $1) },
    Damage(
      testDescription: "a preset's column that is not there",
      options: ["--confounds", "36p"],
      words: [table + ": there is no confound white_matter_power2"]
    ) { try $0.set("wm_power2", in: "white_matter_power2", line: 1, $1) },
    Damage(
      testDescription: "too few components",
      options: ["--confounds", "24p+acompcor9"],
      words: [table + ": 9 components a_comp_cor_*", "there are 6; ask for fewer"]
    ),
    Damage(
      testDescription: "a pattern that nothing follows",
      options: ["--confounds", "trans_*,edge_comp_*"],
      words: [table + ": there is no confound edge_comp_*"]
    ),
    Damage(
      testDescription: "no displacement to censor by",
      options: ["--censor-above", "0.5"],
      words: [table + ": there is no column framewise_displacement"]
    ) { try $0.set("fd", in: "framewise_displacement", line: 1, $1) },
    Damage(
      testDescription: "an empty image",
      words: ["preproc_bold.nii.gz", "the file has no bytes"]
    ) {
      try $0.write("", $1.path("desc-preproc_bold.nii.gz"))
    },
    Damage(
      testDescription: "two templates",
      words: ["the runs lie in MNI152NLin6Asym and in MNIPediatricAsym; say which to take"]
    ) { door, _ in
      let stem = "prepared/sub-01/func/sub-01_task-heat_space-MNIPediatricAsym_cohort-3"
      try door.write("", stem + "_desc-preproc_bold.nii.gz")
    },
    Damage(
      testDescription: "a template that is not there",
      options: ["--space", "MNI152NLin2009cAsym"],
      words: ["there is no space-MNI152NLin2009cAsym; there is space-MNI152NLin6Asym"]
    ),
    Damage(
      testDescription: "the participant's own space",
      options: ["--space", "T1w"],
      words: ["T1w is each participant's own space"]
    ),
    Damage(
      testDescription: "nothing in a template",
      words: ["the runs lie in T1w alone", "--output-spaces MNI152NLin2009cAsym"]
    ) { try $0.remove($1.path("desc-preproc_bold.nii.gz")) },
    Damage(
      testDescription: "two resolutions",
      words: ["MNI152NLin6Asym:res-1", "MNI152NLin6Asym:res-2", "--space NAME:res-LABEL"]
    ) { try $0.write("", $1.path("desc-preproc_bold.nii.gz").replacing("res-2", with: "res-1")) },
    Damage(
      testDescription: "a resolution that is not there",
      options: ["--space", "MNI152NLin6Asym:res-1"],
      words: [
        "sub-01_task-heat is not there in MNI152NLin6Asym:res-1, only in MNI152NLin6Asym:res-2"
      ]
    ),
    Damage(testDescription: "no events", words: ["no selected run has an events file"]) {
      try $0.remove("study/" + $1.study.stem(of: "01") + "_events.tsv")
    },
    Damage(
      testDescription: "a start time in milliseconds",
      words: ["StartTime"]
    ) {
      try $0.write($1.sidecar.replacing("0.975", with: "975"), $1.path("desc-preproc_bold.json"))
    },
  ]

  @Test("Each is refused in a sentence that names the file; nothing stays", arguments: damages)
  func refused(damage: Damage) throws {
    let study = PreparedStudy()
    let door = try PreparedRunsTests.door(study) { try damage.change($0, study) }
    let prepared = "fmriprep=" + door.scratch.path + "/prepared"
    let outcome = try door.call(
      [door.dataset, door.output, "participant", "-d", prepared] + damage.options
    )
    #expect(outcome.code == 2, "\(outcome.words)")
    for word in damage.words { #expect(outcome.says(word), "\(outcome.words)") }
    #expect(door.traces().isEmpty, "\(door.traces())")
  }

  @Test("Columns of one name, one of them numbered already, end nothing")
  func doubledColumns() throws {
    let study = PreparedStudy()
    let door = try PreparedRunsTests.door(study) { door in
      try door.changeTable(study) { lines in
        lines = lines.enumerated().map { place, line in
          line + (place == 0 ? "\tx\tx\tx [column 60]" : "\t1\t2\t3")
        }
        let columns = lines[0].split(separator: "\t").count
        lines[0] = lines[0].replacing("[column 60]", with: "[column \(columns - 2)]")
      }
    }
    let outcome = try door.analysePrepared()
    #expect(outcome.code == 0, "\(outcome.words)")
    #expect(outcome.says("are both named x and differ"), "\(outcome.words)")
  }

  @Test("Who is not among the prepared fails alone; a folder that is none is said")
  func absent() throws {
    var study = PreparedStudy()
    study.study.participants = ["01", "02"]
    let door = try PreparedRunsTests.door(study) { door in
      try FileManager.default.removeItem(atPath: door.scratch.path + "/prepared/sub-02")
    }
    let outcome = try door.analysePrepared()
    #expect(outcome.code == 1)
    #expect(
      outcome.says("/prepared: there is no sub-02; there is 01", "1 of 2"),
      "\(outcome.words)"
    )
    #expect(!door.traces().isEmpty && door.traces(of: "02").filter { !$0.hasPrefix(".") }.isEmpty)
    let nowhere = try door.call([
      door.dataset, door.output, "participant", "-d", "fmriprep=/nowhere",
    ])
    #expect(nowhere.code == 2 && nowhere.says("/nowhere: the folder cannot be listed"))
  }

  @Test(
    "What contradicts itself is wrong usage",
    arguments: [
      ["-d", "fmriprep=x", "--normalization", "epi"], ["-d", "fmriprep=x", "--template", "t.nii"],
      ["-d", "spm=x"], ["-d", "fmriprep="], ["--confounds", "36p"],
      ["--confounds", "24p+acompcor5"],
      ["--confounds", "12p"], ["--confounds", "trans_x,,csf"], ["--space", "A:res-2"],
      ["-d", "fmriprep=x", "--space", "A:2"],
    ]
  )
  func usage(options: [String]) throws {
    let scratch = try ScratchFolder()
    let outcome = try Program.run(
      [scratch.path + "/a", scratch.path + "/b", "participant"] + options,
      wordsIn: scratch.path
    )
    #expect(outcome.code == 64, "\(outcome.words)")
  }
}

extension Door {
  fileprivate func remove(_ path: String) throws {
    try FileManager.default.removeItem(atPath: scratch.path + "/" + path)
  }

  fileprivate func write(_ text: String, _ path: String) throws {
    try writeAtomically(text, to: scratch.path + "/" + path)
  }

  /// Changes the lines of the only run's table of confounds.
  fileprivate func changeTable(_ study: PreparedStudy, _ body: (inout [String]) -> Void) throws {
    let path = study.path("desc-confounds_timeseries.tsv", inSpace: false)
    var lines = try readText(scratch.path + "/" + path).split(separator: "\n").map(String.init)
    body(&lines)
    try write(lines.map { $0 + "\n" }.joined(), path)
  }

  /// Sets a cell of that table; lines are counted from 1.
  fileprivate func set(_ text: String, in column: String, line: Int, _ study: PreparedStudy) throws
  {
    try changeTable(study) { lines in
      let names = lines[0].split(separator: "\t").map(String.init)
      var cells = lines[line - 1].split(separator: "\t").map(String.init)
      guard let place = names.firstIndex(of: column) else { return }
      cells[place] = text
      lines[line - 1] = cells.joined(separator: "\t")
    }
  }

  /// Moves the brain mask by a millimetre.
  fileprivate func moveMask(_ study: PreparedStudy) throws {
    let path = scratch.path + "/" + study.path("desc-brain_mask.nii.gz")
    let mask = try readVolume(path)
    let moved = Affine.scaling([1, 1, 1], then: [1, 0, 0]) * mask.grid.affine
    guard let grid = Grid(dimensions: mask.grid.dimensions, affine: moved) else { return }
    try writeVolume(
      Volume(grid: grid, values: mask.values),
      to: path,
      spaceIsTemplate: true,
      description: "moved"
    )
  }
}
