import Algebra
import GLM
import Imaging
import NIfTI
import TestData
import Testing

/// Case 22: maps of 18 people in float32, fitted by ordinary least squares.
///
/// The peer's p is one-sided, of t's sign; its z is the two-sided one with that sign.
@Suite("Second-level designs of a peer", .enabled(if: SharedData.isPresent))
struct SecondLevelCaseTests {
  @Test(
    "One sample, two samples, and two samples with a covariate",
    arguments: [("one_sample", [1.0]), ("two_sample", [1, -1]), ("two_sample_age", [1, -1, 0])]
  )
  func design(name: String, weights: [Double]) throws {
    let folder = SharedData.references + "/22_second_level/"
    let x = try ReferenceTable("22_second_level/design_\(name).tsv").matrix
    let maps = try readSeries(folder + "maps.nii.gz").series
    let mask = try readVolume(folder + "mask.nii.gz").values
    let expected = try ["effect_size", "stat", "z_score", "p_value"].map {
      try readVolume(folder + "\(name)_\($0).nii.gz").values.map(Double.init)
    }
    let people = (0..<maps.volumeCount).map { maps.volume($0).values }
    let inside = mask.indices.filter { mask[$0] > 0 }
    #expect(inside.count > 50)
    for voxel in inside {
      let values = people.map { Double($0[voxel]) }
      let found = try fitAlone(x, values, [question(name, weights)])[0]
      // Written in float32, after sums in float32: 1e-5 as the case says.
      #expect(close(found.effect, expected[0][voxel], 1e-5))
      #expect(close(found.statistic, expected[1][voxel], 1e-5))
      #expect(close(found.z, expected[2][voxel], 1e-5))
      let oneSided = found.statistic > 0 ? found.p / 2 : 1 - found.p / 2
      #expect(abs(oneSided - expected[3][voxel]) < 1e-5)
      #expect(found.degreesOfFreedom == Double(18 - weights.count))
    }
  }
}
