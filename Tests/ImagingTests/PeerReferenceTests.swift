import Imaging
import NIfTI
import TestData
import Testing

/// Numbers of nilearn 0.14.1 and scipy, each case with its own tolerance.
@Suite("Peer references", .enabled(if: SharedData.isPresent))
struct PeerReferenceTests {
  func volume(_ name: String) throws -> Volume {
    try readVolume("\(SharedData.references)/\(name).nii.gz")
  }

  @Test("Linear and cubic resampling agree with resample_img")
  func resampling() throws {
    let image = try volume("21_resample/in")
    let linear = try volume("21_resample/linear")
    let ours = resample(image, onto: linear.grid, by: .identity, threads: 2)
    for (value, expected) in zip(ours.values, linear.values) {
      #expect(abs(value - expected) < 0.001)
    }
    let continuous = try volume("21_resample/continuous")
    let points = PointBlocks(voxels: 0..<continuous.grid.voxelCount, of: continuous.grid)
    let values = SplineVolume(image, order: .cubic)
      .values(at: points, through: image.grid.inverseAffine * continuous.grid.affine)
    // The peer cuts a spline's overshoot to the range of its input and 0: one voxel of this case.
    let (low, high) = (min(image.values.min() ?? .nan, 0), max(image.values.max() ?? .nan, 0))
    for (value, expected) in zip(values, continuous.values) {
      #expect(abs(min(max(value, low), high) - expected) < 0.001)
    }
  }

  @Test("An impulse away from the border is smoothed as by smooth_img")
  func impulse() throws {
    let image = try volume("19_smoothing/impulse")
    let expected = try volume("19_smoothing/impulse_fwhm6")
    let all = Mask(grid: image.grid) { _ in true }
    let ours = smooth(image, inside: all, fwhm: [6, 6, 6])
    // Ten voxels from the border and cut at six, the normalisation is 1 where the impulse reaches
    // less than six from the border, and never below a half beyond.
    for index in 0..<image.grid.voxelCount {
      let voxel = image.grid.voxel(at: index)
      guard voxel.min() >= 6, voxel.max() <= 14 else { continue }
      #expect(abs(ours.values[index] - expected.values[index]) < 1e-6)
    }
  }
}
