import Files
import FoundationEssentials
import TestStudies
import Testing

@Suite("Runs that fMRIPrep prepared")
struct PreparedRunsTests {
  /// Writes a study and its prepared runs.
  static func door(
    _ study: PreparedStudy,
    damage: (Door) throws -> Void = { _ in }
  ) throws -> Door {
    let door = try Door(empty: study.study)
    try study.write(to: door.scratch.path)
    try damage(door)
    return door
  }

  /// The effect, its error and degrees of freedom of a region's row.
  private static func estimate(
    _ door: Door,
    _ region: String,
    _ contrast: String,
    run: String? = nil
  ) throws -> (effect: Double, error: Double, df: Double) {
    let row = try #require(try door.row(region: region, contrast: contrast, run: run))
    return (
      try #require(row["effect"].flatMap(Double.init)),
      try #require(row["standard_error"].flatMap(Double.init)),
      try #require(row["df"].flatMap(Double.init))
    )
  }

  /// What SmallStudy draws in each ball.
  private static let drawn = [
    ("dorsal_posterior_insula_L", "heat_high", 2.0), ("dorsal_posterior_insula_R", "heat_high", 1),
    ("dorsal_posterior_insula_L", "heat_low", 0.5), ("dorsal_posterior_insula_R", "heat_low", 0.25),
  ]

  private static let presets: [(asked: String, nuisance: String, columns: Double)] = [
    ("6p", "trans_x", 6), ("24p", "rot_y_power2", 24),
    // The first of the components of both tissues together, which is the seventh of all.
    ("24p+acompcor5", "a_comp_cor_06", 29), ("36p", "csf", 36),
    ("trans_?,a_comp_cor_0*,csf", "a_comp_cor_09", 14),
  ]

  @Test("The drawn effects come back under every preset, without its nuisance", arguments: presets)
  func truth(asked: String, nuisance: String, columns: Double) throws {
    var study = PreparedStudy()
    study.study.volumeCount = 120
    study.nuisance = (nuisance, 1)
    study.unsteadyCount = 2
    let door = try Self.door(study)
    let outcome = try door.analysePrepared("--confounds", asked)
    #expect(outcome.code == 0, "\(outcome.words)")
    study.nuisance = nil
    let clean = try Self.door(study)
    #expect(try clean.analysePrepared("--confounds", asked).code == 0)
    for (region, contrast, truth) in Self.drawn {
      let found = try Self.estimate(door, region, contrast)
      // Four standard errors hold all but one in 16 000 of such estimates.
      #expect(abs(found.effect - truth) < 4 * found.error + 0.01, "\(region): \(found)")
      // 120 volumes less 2 before the steady state, the columns, 2 conditions, 3 cosines (2 · 240 s / 128 s)
      // and the constant.
      #expect(found.df == 120 - 2 - columns - 2 - 3 - 1)
      // A wave in the span of the confounds changes nothing but the mean, by at most 1 %, and the
      // rounding to whole numbers.
      let without = try Self.estimate(clean, region, contrast)
      #expect(abs(found.effect - without.effect) < 0.01 * truth + 0.01)
      #expect(abs(found.error / without.error - 1) < 0.03)
    }
    #expect(try door.page().contains("2 volumes before the steady state (counted from 0: 0, 1)"))
  }

  @Test("The reference time is the StartTime: half a volume off, and the effect is biased")
  func startTime() throws {
    var study = PreparedStudy(startTime: 0.2)
    study.study.noise = 0.05
    let door = try Self.door(study)
    #expect(try door.analysePrepared().code == 0)
    let right = try Self.estimate(door, "dorsal_posterior_insula_L", "heat_high")
    #expect(abs(right.effect - 2) < 4 * right.error + 0.01)
    #expect(try door.page().contains("0.200 s into each volume"))
    study.sidecar = study.sidecar.replacing("\"StartTime\": 0.2, ", with: "")
    let other = try Self.door(study)
    #expect(try other.analysePrepared().code == 0)
    let wrong = try Self.estimate(other, "dorsal_posterior_insula_L", "heat_high")
    #expect(wrong.error > 2 * right.error)
  }

  @Test("A StartTime outside the volume is refused by its file")
  func startOutside() throws {
    let door = try Self.door(PreparedStudy(startTime: 2.5))
    let outcome = try door.analysePrepared()
    #expect(outcome.code == 2)
    #expect(
      outcome.says("desc-preproc_bold.json: StartTime is 2.5 s but must lie within a volume"),
      "\(outcome.words)"
    )
  }

  @Test("Nothing is moved here: names, job, record and page say whose work it is")
  func said() throws {
    var study = PreparedStudy()
    study.study.runs = 2
    let door = try Self.door(study)
    let outcome = try door.analysePrepared()
    #expect(outcome.code == 0, "\(outcome.words)")
    let page = try door.page()
    #expect(page.contains("prepared by fMRIPrep 20.2.0"))
    #expect(page.contains("neither head motion nor the way to the template was estimated here"))
    #expect(!page.contains("Head motion was estimated"))
    let files = door.traces()
    let stem = "sub-01/func/sub-01_task-heat"
    #expect(files.contains(stem + "_space-MNI152NLin6Asym_contrast-heathigh_stat-t_statmap.nii.gz"))
    #expect(files.contains(stem + "_run-1_desc-confounds_timeseries.tsv"))
    #expect(!files.contains { $0.contains("preproc") || $0.contains("/xfm/") })
    let record = try readText(door.output + "/sub-01/sub-01_record.json")
    for input in ["desc-preproc_bold.nii.gz", "desc-brain_mask.nii.gz", "_timeseries.tsv"] {
      #expect(record.contains("../prepared/") && record.contains(input))
    }
    #expect(try paths(below: door.output, holding: door.scratch.path).isEmpty)
    // The same job gives the same bytes.
    let before = try digests(below: door.output)
    let again = try door.call(["--job", door.output + "/job.json"])
    #expect(again.code == 0, "\(again.words)")
    #expect(try digests(below: door.output) == before)
  }
}

extension Door {
  /// Analyses participants whose runs were prepared, with the space that there is.
  func analysePrepared(_ more: String...) throws -> Program.Outcome {
    let prepared = "fmriprep=" + scratch.path + "/prepared"
    return try call([dataset, output, "participant", "-d", prepared] + more)
  }
}
