import Imaging
import TestStudies
import Testing

@Suite("Regions that a run does not see")
struct UnseenRegionTests {
  private static let region = "dorsal_posterior_insula_L"

  /// Takes the voxels out of an image that reach the ball of the region, of 8 mm, by half their
  /// diagonal, 7 mm.
  private func blind(_ path: String, _ door: Door) throws {
    let grid = try #require(door.study.grid)
    try door.rewriteAsFloat(path) { voxel, value in
      let away = grid.affine(SIMD3<Double>(voxel)) - SmallStudy.balls.left
      return (away * away).sum() < 256 ? .nan : value
    }
  }

  private func effect(_ row: [String: String]?) -> Double? {
    row?["effect"].flatMap(Double.init)
  }

  @Test("Of two runs the one that does not see a region is named, and its row counts the other")
  func runs() throws {
    var study = SmallStudy()
    study.runs = 2
    let door = try Door(study) { try blind($0.file("bold.nii.gz", run: 2), $0) }
    let outcome = try door.analyse()
    #expect(outcome.code == 0)
    #expect(
      outcome.says("run-2 sees no voxel of", Self.region, "is of 1 of 2 runs"),
      "\(outcome.words)"
    )
    let row = { (region: String, run: String) in
      try door.row(region: region, contrast: "heat_high", run: run)
    }
    let (seen, unseen, both) = (
      try row(Self.region, "1"), try row(Self.region, "2"), try row(Self.region, "n/a")
    )
    #expect(seen?["run_count"] == "1" && unseen?["run_count"] == "0" && both?["run_count"] == "1")
    #expect(unseen?["effect"] == "n/a" && both?["effect"] == seen?["effect"])
    #expect(both?["flags"]?.contains("fewer_runs") == true, "\(both ?? [:])")
    let other = try row("dorsal_posterior_insula_R", "n/a")
    #expect(other?["run_count"] == "2" && other?["flags"] == "n/a")
  }

  @Test("Of two sessions likewise")
  func sessions() throws {
    var study = SmallStudy()
    study.sessions = ["a", "b"]
    let stem = study.stem(of: "01", session: "b")
    let door = try Door(study) { try blind("\($0.dataset)/\(stem)_bold.nii.gz", $0) }
    let outcome = try door.analyse()
    #expect(outcome.code == 0)
    #expect(
      outcome.says("sub-01_ses-b_task-heat sees no voxel of", Self.region, "is of 1 of 2 runs"),
      "\(outcome.words)"
    )
    let both = try door.row(region: Self.region, contrast: "heat_high")
    let seen = try door.row(region: Self.region, contrast: "heat_high", session: "a")
    #expect(both?["run_count"] == "1" && both?["flags"]?.contains("fewer_runs") == true)
    #expect(effect(both) != nil && effect(both) == effect(seen))
    #expect(try door.page().contains("sees no voxel of"))
  }
}
