import Imaging
import NIfTI
import Statistics
import TestData
import Testing

@Suite("Group maps of a peer", .enabled(if: SharedData.isPresent))
struct PeerMapTests {
  private func values(_ name: String) throws -> [[Double]] {
    let path = "\(SharedData.references)/22_second_level/\(name).nii.gz"
    let series = try readSeries(path).series
    return (0..<series.volumeCount).map { series.volume($0).values.map(Double.init) }
  }

  // Case 22: maps of 18 people in float32, expected values in float32: 1e-5 relative. Its p is
  // one-sided, of t's sign; its z is the same as the two-sided one with t's sign.
  @Test("The one-sample test of every voxel agrees")
  func oneSample() throws {
    let maps = try values("maps")
    let expected = try ["effect_size", "stat", "p_value", "z_score"].map {
      try values("one_sample_" + $0)[0]
    }
    let mask = try values("mask")[0]
    let few = BootstrapRequest(resampleCount: 100)
    var compared = 0
    for voxel in mask.indices where mask[voxel] > 0 {
      let test = try oneSampleTest(maps.map { $0[voxel] }, bootstrap: few)
      let oneSided = test.t > 0 ? test.p / 2 : 1 - test.p / 2
      let z = z(t: test.t, degreesOfFreedom: test.degreesOfFreedom)
      #expect(abs(test.effect - expected[0][voxel]) < 1e-5)
      #expect(abs(test.t - expected[1][voxel]) < 1e-5 * max(1, abs(test.t)))
      #expect(abs(oneSided - expected[2][voxel]) < 1e-5)
      #expect(abs(z - expected[3][voxel]) < 1e-5 * max(1, abs(z)))
      compared += 1
    }
    #expect(compared > 50)
  }

  // The two groups of 9 make Welch's t the pooled t; its degrees of freedom are fewer than 16.
  @Test("Welch's t of groups of one size is the peer's pooled t")
  func twoSample() throws {
    let maps = try values("maps")
    let effects = try values("two_sample_effect_size")[0]
    let statistics = try values("two_sample_stat")[0]
    let mask = try values("mask")[0]
    let few = BootstrapRequest(resampleCount: 100)
    for voxel in mask.indices where mask[voxel] > 0 {
      let all = maps.map { $0[voxel] }
      let test = try welchTest(Array(all.prefix(9)), Array(all.suffix(9)), bootstrap: few)
      #expect(abs(test.effect - effects[voxel]) < 1e-5)
      #expect(abs(test.t - statistics[voxel]) < 1e-5 * max(1, abs(test.t)))
      #expect(test.degreesOfFreedom <= 16 + 1e-9)
      #expect(test.degreesOfFreedom >= 8 - 1e-9)
    }
  }
}
