import Algebra
import Glibc
import Imaging
import NIfTI
import Statistics
import TestData
import Testing

@Suite("Least squares over participants")
struct LeastSquaresTests {
  /// Values of 12 participants at 40 voxels, with a mean far from 0.
  private func values(seed: UInt64 = 3) -> [[Float]] {
    var numbers = NormalNumbers(seed: seed)
    return (0..<12).map { _ in (0..<40).map { _ in Float(3 + numbers.next()) } }
  }

  private let group = (0..<12).map { $0 < 5 ? 0 : 1 }

  private func groups(_ more: [[Double]] = []) -> Matrix {
    Matrix(
      columns: [group.map { $0 == 0 ? 1 : 0 }, group.map { $0 == 1 ? 1 : 0 }] + more,
      rowCount: 12
    )
  }

  // Welch's t by its own formula, from Sources that do not share a line with the model's.
  @Test("Two groups with variances apart are Welch's t with its degrees of freedom")
  func welch() throws {
    let maps = values()
    let model = try GroupModel(
      design: groups(),
      contrasts: [GroupContrast(name: "difference", weights: [1, -1])],
      varianceGroups: group
    )
    let found = leastSquares(GroupMaps(maps), model).estimates[0]
    for voxel in 0..<40 {
      let split = [0, 1].map { side in
        (0..<12).filter { group[$0] == side }.map { Double(maps[$0][voxel]) }
      }
      let test = try welchTest(split[0], split[1], bootstrap: BootstrapRequest(resampleCount: 100))
      #expect(abs(found.statistic[voxel] - test.t) < 1e-9 * max(1, abs(test.t)))
      #expect(abs(found.degreesOfFreedom[voxel] - test.degreesOfFreedom) < 1e-8)
      #expect(abs(found.p[voxel] - test.p) < 1e-9)
    }
  }

  // Dropping the participant from the design by hand is the definition of fitting by case.
  @Test("A voxel without a participant is fitted as if there were no such participant")
  func missing() throws {
    var maps = values()
    for voxel in [3, 7] { maps[2][voxel] = .nan }
    for voxel in 0..<40 where voxel % 2 == 0 { maps[9][voxel] = .infinity }
    let score = (0..<12).map { Double($0 * $0 % 7) }
    let difference = GroupContrast(name: "difference", weights: [1, -1, 0])
    let model = try GroupModel(design: groups([score]), contrasts: [difference])
    let rule = PresenceRule(minimumCount: 4, minimumShare: 0.5)
    let (estimates, presence) = leastSquares(GroupMaps(maps), model, rule: rule)
    for voxel in 0..<40 {
      let rows = (0..<12).filter { maps[$0][voxel].isFinite }
      #expect(presence.counts[voxel] == rows.count)
      let alone = try GroupModel(
        design: model.design.keeping(rows: rows),
        contrasts: [difference]
      )
      let single = GroupMaps(rows.map { [maps[$0][voxel]] })
      let expected = leastSquares(single, alone, rule: rule).estimates[0]
      #expect(abs(estimates[0].statistic[voxel] - expected.statistic[0]) < 1e-9)
      #expect(estimates[0].degreesOfFreedom[voxel] == Double(rows.count - 3))
    }
  }

  @Test("A voxel whose participants leave the design without its rank says nothing")
  func lostRank() throws {
    var maps = values()
    for participant in 0..<5 { maps[participant][4] = .nan }
    let model = try GroupModel(
      design: groups(),
      contrasts: [GroupContrast(name: "difference", weights: [1, -1])]
    )
    let rule = PresenceRule(minimumCount: 2, minimumShare: 0)
    let (estimates, presence) = leastSquares(GroupMaps(maps), model, rule: rule)
    #expect(estimates[0].statistic[4].isNaN && estimates[0].p[4].isNaN)
    #expect(presence.excludedCount == 1 && presence.testedCount == 39)
  }

  // One-way analysis of variance: F of the two groups is the square of the pooled t.
  @Test("An F of one difference written as two rows of three groups is the closed form")
  func oneWay() throws {
    let maps = values()
    let third = (0..<12).map { $0 % 3 }
    let design = Matrix(
      columns: (0..<3).map { level in third.map { $0 == level ? 1 : 0 } },
      rowCount: 12
    )
    let model = try GroupModel(
      design: design,
      contrasts: [GroupContrast(name: "groups", rows: [[1, -1, 0], [0, 1, -1]])]
    )
    let found = leastSquares(GroupMaps(maps), model).estimates[0]
    for voxel in 0..<40 {
      let y = maps.map { Double($0[voxel]) }
      let mean = y.reduce(0, +) / 12
      var (between, within) = (0.0, 0.0)
      for level in 0..<3 {
        let own = (0..<12).filter { third[$0] == level }.map { y[$0] }
        let centre = own.reduce(0, +) / 4
        between += 4 * (centre - mean) * (centre - mean)
        within += own.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
      }
      let f = (between / 2) / (within / 9)
      #expect(abs(found.statistic[voxel] - f) < 1e-9 * max(1, f))
      #expect(abs(found.p[voxel] - upperTailP(f: f, numerator: 2, denominator: 9)) < 1e-10)
    }
  }

  // Case 22: expected values in float32; its p is one-sided, of t's sign.
  @Test(
    "One sample, two samples, and two samples with a covariate agree with a peer",
    .enabled(if: SharedData.isPresent),
    arguments: [("one_sample", [1.0]), ("two_sample", [1, -1]), ("two_sample_age", [1, -1, 0])]
  )
  func peer(name: String, weights: [Double]) throws {
    let folder = SharedData.references + "/22_second_level/"
    let series = try readSeries(folder + "maps.nii.gz").series
    let mask = try readVolume(folder + "mask.nii.gz").values
    let inside = mask.indices.filter { mask[$0] > 0 }
    let maps = GroupMaps(
      (0..<series.volumeCount).map { volume in
        let values = series.volume(volume).values
        return inside.map { values[$0] }
      }
    )
    let expected = try ["effect_size", "stat", "z_score", "p_value"].map {
      try readVolume(folder + "\(name)_\($0).nii.gz").values
    }
    let model = try GroupModel(
      design: try ReferenceTable("22_second_level/design_\(name).tsv").matrix,
      contrasts: [GroupContrast(name: name, weights: weights)]
    )
    let found = leastSquares(maps, model).estimates[0]
    for (place, voxel) in inside.enumerated() {
      let oneSided = found.z[place] > 0 ? found.p[place] / 2 : 1 - found.p[place] / 2
      let pairs = [
        (found.effect[place], expected[0][voxel]), (found.statistic[place], expected[1][voxel]),
        (found.z[place], expected[2][voxel]), (oneSided, expected[3][voxel]),
      ]
      for (ours, theirs) in pairs {
        #expect(abs(ours - Double(theirs)) < 1e-5 * max(1, abs(ours)))
      }
    }
  }
}
