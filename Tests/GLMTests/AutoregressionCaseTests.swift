import Algebra
import GLM
import GLMKernel
import Statistics
import TestData
import Testing

/// Cases 14 and 15: 100 volumes, 8 columns, 40 voxels; each number has 12 digits.
@Suite("Autoregression of a peer", .enabled(if: SharedData.isPresent))
struct AutoregressionCaseTests {
  private static let contrasts = [
    ("heat_high", [1.0, 0, 0, 0, 0, 0, 0, 0]), ("high_minus_low", [1.0, -1, 0, 0, 0, 0, 0, 0]),
  ]

  private let x: Matrix
  private let data: Matrix

  init() throws {
    x = try ReferenceTable("14_ar1_stats/design.tsv").matrix
    data = try ReferenceTable("14_ar1_stats/data.tsv").matrix
  }

  /// The residuals' sums of products at lags 0 to 3, each over its number of pairs, as the peer's.
  private func autocovariances(_ voxel: Int) throws -> [Double] {
    let prepared = try KernelDesign(x, kept: Array(0..<x.rowCount), contrasts: [])
    let sums = ReferenceKernel().autocovariances(of: data.column(voxel), design: prepared)
    return (0...3).map { sums[$0] / Double(x.rowCount - $0) }
  }

  @Test(
    "Case 14: the peer's V is reproduced on its own coefficients, truncated and not",
    arguments: [("nilearn_binned", "stats.tsv"), ("yule_walker", "stats_unbinned.tsv")]
  )
  func peerWhitening(coefficients: String, file: String) throws {
    let rho = try ReferenceTable("14_ar1_stats/rho.tsv")[coefficients]
    let expected = try ReferenceTable("14_ar1_stats/\(file)")
    for voxel in 0..<data.columnCount {
      for (name, weights) in Self.contrasts {
        let peer = try PeerWhitening(x, data.column(voxel), rho: rho[voxel], weights: weights)
        let z = z(t: peer.t, degreesOfFreedom: 92)
        #expect(close(peer.effect, expected["\(name)_effect"][voxel], 1e-7))
        #expect(close(peer.variance, expected["\(name)_variance"][voxel], 1e-7))
        #expect(close(peer.t, expected["\(name)_t"][voxel], 1e-7))
        #expect(close(z, expected["\(name)_z"][voxel], 1e-7))
      }
    }
  }

  @Test("Case 14: ours is that V with its first row scaled")
  func stationary() throws {
    let rho = try ReferenceTable("14_ar1_stats/rho.tsv")["yule_walker"]
    for voxel in 0..<data.columnCount {
      for (name, weights) in Self.contrasts {
        let y = data.column(voxel)
        let peer = try PeerWhitening(x, y, rho: rho[voxel], weights: weights, scalesFirstRow: true)
        let ours = try fitAlone(x, y, [question(name, weights)], noise: .firstOrder(rho[voxel]))[0]
        #expect(close(ours.effect, peer.effect, 1e-9))
        #expect(close(ours.standardError, peer.variance.squareRoot(), 1e-9))
        #expect(close(ours.statistic, peer.t, 1e-9))
      }
    }
  }

  @Test("Case 15: residuals, and the raw coefficients of orders 1 to 3")
  func yuleWalker() throws {
    let expected = try ReferenceTable("15_yule_walker/residuals.tsv").matrix
    let orders = try (1...3).map { try ReferenceTable("15_yule_walker/ar\($0).tsv").matrix }
    for voxel in 0..<data.columnCount {
      let found = try residuals(x, data.column(voxel))
      for (own, peer) in zip(found, expected.column(voxel)) { #expect(close(own, peer, 1e-9)) }
      let covariances = try autocovariances(voxel)
      for (order, raw) in orders.enumerated() {
        var toeplitz = Matrix(zeros: order + 1, order + 1)
        for i in 0...order {
          for j in 0...order { toeplitz[i, j] = covariances[abs(i - j)] }
        }
        let own = try #require(solve(toeplitz, Array(covariances[1...order + 1])))
        for (place, coefficient) in own.enumerated() {
          #expect(close(coefficient, raw[voxel, place], 1e-9))
        }
      }
    }
  }
}
