import GLM
import GLMKernel
import Imaging
import Job
import NIfTI
import TestData
import Testing

/// nilearn's FirstLevelModel on a small image, cases 18_ols and 18_ar1, stored as float32.
@Suite("A first-level image of a peer", .enabled(if: SharedData.isPresent))
struct FirstLevelImageTests {
  private static let weights = [1.0, -1, 0, 0, 0, 0, 0, 0]

  private struct Inputs {
    let series: MaskedSeries
    let baseline: [Double]
    let design: ReferenceTable
    let folder: String

    init(_ name: String) throws {
      folder = SharedData.references + "/\(name)"
      let image = try readSeries(folder + "/bold.nii.gz").series
      let inside = try readVolume(folder + "/mask.nii.gz")
      let mask = Mask(grid: image.grid) { inside.values[$0] > 0 }
      var series = MaskedSeries(zerosIn: mask, volumeCount: image.volumeCount)
      for t in 0..<image.volumeCount {
        let volume = image.volume(t)
        for (place, index) in mask.indices.enumerated() {
          series.strips[series.offset(ofVoxel: place, volume: t)] = volume.values[index]
        }
      }
      self.series = series
      baseline = (0..<mask.count).map { place in
        series.series(ofVoxel: place).reduce(0, +) / Double(image.volumeCount)
      }
      design = try ReferenceTable(name + "/design.tsv")
    }

    func expected(_ map: String) throws -> [Double] {
      let volume = try readVolume(folder + "/expected_\(map).nii.gz")
      return series.mask.indices.map { Double(volume.values[$0]) }
    }
  }

  @Test("Case 18_ols: effects in percent, t and z of the image; p restated as two-sided")
  func leastSquares() throws {
    let inputs = try Inputs("18_firstlevel_nifti_ols")
    let fit = try fitRun(
      RunFitRequest(
        series: inputs.series,
        designs: [named(inputs.design.matrix)],
        designOfVoxel: [Int](repeating: 0, count: inputs.series.mask.count),
        keptVolumes: Array(0..<inputs.series.volumeCount),
        contrasts: [question("difference", Self.weights)],
        noise: .ols,
        repetitionTime: 2,
        baseline: inputs.baseline,
        threads: 2
      )
    )
    let found = fit.estimates[0]
    let effect = try #require(found.effect)
    let variance = try #require(found.variance)
    let expected = (
      effect: try inputs.expected("effect_size"), variance: try inputs.expected("effect_variance"),
      t: try inputs.expected("stat"), z: try inputs.expected("z_score"),
      p: try inputs.expected("p_value")
    )
    #expect(effect.mask.count > 50)
    for place in 0..<effect.mask.count {
      #expect(abs(effect.values[place] - expected.effect[place]) < 1e-5)
      #expect(abs(variance.values[place] - expected.variance[place]) < 1e-5)
      // The peer scales in float32, so t is off in proportion.
      let tolerance = 1e-5 * max(1, abs(expected.t[place]))
      #expect(abs(found.statistic.values[place] - expected.t[place]) < tolerance)
      #expect(abs(found.z.values[place] - expected.z[place]) < tolerance)
      let oneSided = expected.p[place]
      #expect(abs(found.p.values[place] - 2 * min(oneSided, 1 - oneSided)) < 1e-5)
    }
  }

  @Test("Case 18_ar1: the peer's maps are its own V with its own truncated coefficients")
  func autoregression() throws {
    let inputs = try Inputs("18_firstlevel_nifti_ar1")
    let x = inputs.design.matrix
    let expected = try inputs.expected("stat")
    for place in 0..<inputs.series.mask.count {
      let y = inputs.series.series(ofVoxel: place).map { 100 * ($0 / inputs.baseline[place] - 1) }
      let residual = try residuals(x, y)
      let sums = (
        own: residual.reduce(0) { $0 + $1 * $1 },
        next: zip(residual, residual.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
      )
      // The peer divides each sum by its number of pairs, and truncates to 1/100.
      let count = Double(y.count)
      let truncated =
        (sums.next / (count - 1) / (sums.own / count) * 100).rounded(.towardZero) / 100
      let peer = try PeerWhitening(x, y, rho: truncated, weights: Self.weights)
      #expect(abs(peer.t - expected[place]) < 1e-5 * max(1, abs(expected[place])))
      let stationary = try PeerWhitening(
        x,
        y,
        rho: truncated,
        weights: Self.weights,
        scalesFirstRow: true
      )
      let ours = try fitSeries(
        SeriesFitRequest(
          series: y,
          design: named(x),
          keptVolumes: Array(0..<y.count),
          contrasts: [question("difference", Self.weights)],
          noise: .firstOrder(truncated)
        )
      )[0]
      #expect(abs(ours.statistic - stationary.t) < 1e-9 * max(1, abs(stationary.t)))
    }
  }
}
