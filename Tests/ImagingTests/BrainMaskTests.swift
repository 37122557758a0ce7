import Imaging
import NIfTI
import TestData
import Testing

@Suite("Brain mask")
struct BrainMaskTests {
  let grid = makeGrid([50, 56, 36], .scaling([3.5, 3.5, 3.5], then: [-86, -96, -61]))

  /// The overlap of two masks: twice the common voxels over the sum of both.
  func dice(_ one: Mask, _ other: Mask) -> Double {
    let common = one.indices.filter(other.contains).count
    return 2 * Double(common) / Double(one.count + other.count)
  }

  /// A brain with dark ventricles, a bright eye on a thin bridge, a skin, and a coil on one side.
  func head(at position: SIMD3<Double>) -> Double {
    let coil = 1 - 0.004 * position.y
    let radius = (position / SIMD3(62, 74, 50)).length
    if (position / SIMD3(8, 20, 10)).length < 1 { return 50 }
    if radius < 1 { return 1000 * coil }
    if ((position - SIMD3(-30, 88, -20)) / SIMD3(9, 9, 9)).length < 1 { return 1500 }
    if abs(position.x + 28) < 3, abs(position.z + 20) < 3, position.y > 0, position.y < 85 {
      return 800
    }
    return radius > 1.15 && radius < 1.2 ? 300 * coil : 20
  }

  @Test("The brain is found whole, without eye and skin, under a coil's uneven brightness")
  func anatomy() {
    let mean = makeVolume(grid) { head(at: grid.affine($0)) }
    let truth = Mask(grid: grid) { (grid.position(ofVoxel: $0) / SIMD3(62, 74, 50)).length < 1 }
    let found = brainMask(of: mean)
    #expect(dice(found, truth) > 0.98)
    #expect(grid.nearestVoxel(to: [-30, 90, -20]).map(found.contains) == false)
    #expect(grid.nearestVoxel(to: .zero).map(found.contains) == true)
  }

  @Test("Brightness has no unit: the mask stays when the image is scaled")
  func scaled() {
    let mean = makeVolume(grid) { head(at: grid.affine($0)) }
    let dim = Volume(grid: grid, values: mean.values.map { $0 / 4096 })
    #expect(brainMask(of: mean) == brainMask(of: dim))
  }

  @Test("Nothing is found in an empty image, and NaN is outside")
  func degenerate() {
    let blank = makeVolume(grid) { _ in 0 }
    #expect(brainMask(of: blank).count == 0)
    let broken = makeVolume(grid) { _ in .nan }
    #expect(brainMask(of: broken).count == 0)
    var mean = makeVolume(grid) { head(at: grid.affine($0)) }
    let hole = grid.index(30, 20, 18)
    mean.values[hole] = .nan
    #expect(!brainMask(of: mean).contains(hole))
    #expect(brainMask(of: makeVolume(makeGrid([2, 2, 1])) { _ in 7 }).count == 4)
  }

  @Test("A simulated brain is found", .enabled(if: SharedData.isPresent))
  func simulated() throws {
    let folder = "\(SharedData.root)/sim/small"
    let run = try readSeries("\(folder)/sub-01/func/sub-01_task-pain_run-1_bold.nii.gz").series
    let truthFile = "\(folder)/derivatives/groundtruth/desc-brain_mask.nii.gz"
    let truth = try readVolume(truthFile)
    let known = Mask(grid: truth.grid) { truth.values[$0] > 0 }
    #expect(dice(brainMask(of: run.volume(0)), known) > 0.97)
  }
}
