import Files
import TestStudies
import Testing

@Suite("Slice timing through the door")
struct SliceTimingTests {
  /// Odd slices first, then the even ones, as many scanners take them.
  private static let interleaved: [Double] = (0..<SmallStudy.sliceCount).map { slice in
    let turn = slice / 2 + (slice % 2 == 0 ? 11 : 0)
    return Double(turn) * 4 / 22
  }

  private static func study() -> SmallStudy {
    var study = SmallStudy()
    study.repetitionTime = 4
    study.sliceTimes = interleaved
    return study
  }

  @Test("Regressors per slice, or slices moved in time, find an interleaved run's response")
  func interleavedRun() throws {
    // So little noise that what differs between the ways is not chance.
    var study = Self.study()
    study.noise = 0.1
    let door = try Door(study)
    func effect(_ option: String) throws -> (value: Double, error: Double) {
      let outcome = try door.analyse("--slice-timing", option)
      #expect(outcome.code == 0, "\(outcome.words)")
      let row = try #require(
        try door.row(region: "dorsal_posterior_insula_L", contrast: "heat_high")
      )
      return (
        try #require(row["effect"].flatMap(Double.init)),
        try #require(row["standard_error"].flatMap(Double.init))
      )
    }
    let modelled = try effect("model")
    #expect(try door.page().contains("per-slice regressors"))
    let moved = try effect("interpolate")
    #expect(try door.page().contains("slices interpolated in time to the reference time"))
    #expect(try readText(door.output + "/job.json").contains("\"interpolate\""))
    let off = try effect("off")
    // 2 % was drawn. The region averages voxels of some 20 neighbours by their own weights, so what
    // is left of the truth beside noise is its edge; four standard errors hold it.
    #expect(abs(modelled.value - 2) < 4 * modelled.error + 0.02, "\(modelled)")
    #expect(abs(modelled.value - 2) < abs(off.value - 2), "\(modelled) and \(off)")
    #expect(abs(moved.value - 2) < 4 * moved.error + 0.02, "\(moved)")
    #expect(abs(moved.value - 2) < abs(off.value - 2), "\(moved) and \(off)")
    // The misfit of times that are off by up to 2 s is noise to the model.
    #expect(modelled.error < off.error, "\(modelled) and \(off)")
  }

  @Test("A start far outside a volume is refused by its file, however slices are treated")
  func startOutside() throws {
    var study = Self.study()
    study.sidecar = ", \"StartTime\": 1e20"
    let door = try Door(study)
    for way in ["model", "interpolate", "off"] {
      let outcome = try door.analyse("--slice-timing", way)
      #expect(outcome.code == 2)
      #expect(outcome.says("sub-01_task-heat_bold.json: StartTime is "), "\(outcome.words)")
    }
  }

  @Test("Who moves slices in time and leaves volumes out is told what stands for them")
  func interpolatedAndCensored() throws {
    var study = Self.study()
    study.lift = (volume: 40, height: 5)
    let door = try Door(study)
    let words = "volumes that are left out; nothing is drawn from these"
    let both = try door.analyse("--slice-timing", "interpolate", "--censor-above", "0.9")
    #expect(both.code == 0 && both.says("sub-01_task-heat", words), "\(both.words)")
    #expect(try door.page().contains(words))
    for way in [["model", "--censor-above", "0.9"], ["interpolate"]] {
      let one = try door.call(
        [door.dataset, door.output, "participant", "--normalization", "none"]
          + ["--space", "MNI152NLin6Asym", "--slice-timing"] + way
      )
      #expect(one.code == 0 && !one.words.contains(words), "\(one.words)")
    }
  }

  @Test("A head that moved through planes is warned of, and interpolation offered and taken")
  func throughPlanes() throws {
    var study = Self.study()
    study.lift = (volume: 40, height: 12)
    let door = try Door(study)
    let warned = try door.analyse()
    // 12 mm are 1.5 slices of 8 mm; wherever the reference lies between, some volume is 0.75 away.
    #expect(warned.code == 0, "\(warned.words)")
    #expect(warned.says("largest through-plane motion", "--slice-timing interpolate"))
    let taken = try door.analyse("--slice-timing", "interpolate")
    #expect(taken.code == 0 && !taken.words.contains("through-plane"), "\(taken.words)")
    let still = try Door(Self.study())
    #expect(try !still.analyse().words.contains("through-plane"))
    #expect(try still.page().contains("the largest through-plane motion of the brain is 0."))
  }
}
