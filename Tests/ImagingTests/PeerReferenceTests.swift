import FoundationEssentials
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

  @Test("The mean of a region over its voxels is the peer's")
  func regionMeans() throws {
    let folder = "\(SharedData.references)/20_roi_means"
    let image = try readSeries("\(folder)/bold.nii.gz").series
    let labels = try readLabels("\(folder)/labels.nii.gz")
    let inside = try volume("20_roi_means/mask")
    let mask = Mask(grid: image.grid) { inside.values[$0] > 0 }
    var series = MaskedSeries(zerosIn: mask, volumeCount: image.volumeCount)
    for volume in 0..<image.volumeCount {
      let values = image.volume(volume).values
      for (place, index) in mask.indices.enumerated() {
        series.strips[series.offset(ofVoxel: place, volume: volume)] = values[index]
      }
    }
    let text = try String(contentsOfFile: "\(folder)/mean_masked.tsv", encoding: .utf8)
    let lines = text.split(separator: "\n").map { $0.split(separator: "\t") }
    for (column, name) in lines[0].enumerated() {
      let label = Int32(name.dropFirst("label_".count))
      let places = mask.indices.indices.filter { labels.labels[mask.indices[$0]] == label }
      for volume in 0..<image.volumeCount {
        let sum = places.reduce(0.0) { $0 + series.series(ofVoxel: $1)[volume] }
        let expected = try #require(Double(lines[volume + 1][column]))
        #expect(abs(sum / Double(places.count) - expected) < 1e-6)
      }
    }
  }
}
