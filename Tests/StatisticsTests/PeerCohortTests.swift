import Algebra
import Glibc
import Imaging
import NIfTI
import Statistics
import TestData
import Testing

/// 18 maps of patients and 18 of controls at 3 mm, 69,759 voxels.
///
/// Figures of nilearn 0.14.1, `permuted_ols(group - mean, maps, model_intercept=True, n_perm=200,
/// two_sided_test=True, random_state=0, tfce=True, threshold=0.001)` on the same files.
@Suite("A cohort beside a peer", .enabled(if: SharedData.isPresent))
struct PeerCohortTests {
  private static let folder = SharedData.root + "/sim/group3mm"

  /// The voxels at which figures are known: their place, the peer's t and enhanced value, and the
  /// corrected p of both.
  private let known: [(voxel: SIMD3<Int>, t: Double, enhanced: Double, p: SIMD2<Double>)] = [
    ([16, 43, 25], 6.295744033531917, 4177.32024360664, [0.0149, 0.00995]),
    ([38, 43, 26], 5.7574656532386514, 5592.099767121144, [0.0995, 0.00498]),
    ([5, 31, 20], 0.48941131471264154, 87.77293685374629, [1, 1]),
    ([29, 16, 28], -0.3432180953956957, -20.435294862278244, [1, 1]),
    ([39, 44, 25], 4.3076717244287375, 4137.570860416611, [0.995, 0.00995]),
  ]

  private func maps() throws -> (mask: Mask, maps: GroupMaps) {
    let image = try readVolume("\(Self.folder)/mask.nii.gz")
    let mask = Mask(grid: image.grid) { image.values[$0] > 0 }
    var maps = GroupMaps(participantCount: 36, voxelCount: mask.count)
    for participant in 0..<36 {
      let number = participant < 10 ? "0\(participant)" : "\(participant)"
      let group = participant < 18 ? "FM" : "HC"
      let volume = try readVolume("\(Self.folder)/\(number)_\(group).nii.gz")
      maps.set(mask.indices.map { volume.values[$0] }, ofParticipant: participant)
    }
    return (mask, maps)
  }

  private func model() throws -> GroupModel {
    let first = (0..<36).map { $0 < 18 ? 1.0 : 0 }
    return try GroupModel(
      design: Matrix(columns: [first, first.map { 1 - $0 }], rowCount: 36),
      contrasts: [GroupContrast(name: "FM-HC", weights: [1, -1])]
    )
  }

  /// The peer's own sum over 100 heights, which the figures above hold to it.
  private func stepped(_ t: [Float], _ lattice: Lattice) -> [Double] {
    let top = t.reduce(0) { max($0, abs($1)) }
    var result = [Double](repeating: 0, count: t.count)
    for step in 1...100 {
      let height = top * Float(step) / 100
      for cluster in clusters(of: t, threshold: height, in: lattice) {
        let value = Double(cluster.extent).squareRoot() * Double(height * height)
        for voxel in cluster.voxels { result[voxel] += cluster.isNegative ? -value : value }
      }
    }
    return result
  }

  @Test("t, enhanced values by rank, and corrected p agree with the peer")
  func agreement() throws {
    let (mask, maps) = try maps()
    #expect(mask.count == 69_759)
    let lattice = Lattice(mask)
    var request = PermutationRequest(count: 200, seed: 5, threads: 2)
    request.lattice = lattice
    request.enhancement = Enhancement()
    let model = try model()
    let fit = leastSquares(maps, model, threads: 2).estimates[0]
    let found = try permutationTest(maps, model, request)[0]
    let tfce = try #require(found.enhanced)
    let peer = stepped(fit.statistic.map { Float($0) }, lattice)
    for (voxel, t, value, p) in known {
      let place = Int(mask.places[mask.grid.index(voxel.x, voxel.y, voxel.z)])
      #expect(abs(fit.statistic[place] - t) < 1e-5 * max(1, abs(t)))
      #expect(abs(Double(found.z[place]) - fit.zOf(t)) < 1e-4)
      // Whether the last voxel of a cluster is at or under a step is a matter of rounding.
      #expect(abs(peer[place] - value) < 2e-3 * max(20, abs(value)))
      // Counts of 200 arrangements on both sides: three standard errors, and one arrangement.
      for (ours, theirs) in [(found.p[place], p[0]), (tfce.p[place], p[1])] {
        let error = (2 * theirs * (1 - theirs) / 200).squareRoot()
        #expect(abs(ours - theirs) < 3 * error + 0.006)
      }
    }
    #expect(rankCorrelation(tfce.values, peer) >= 0.999)
    // 200 arrangements each: the 95 % quantiles of the largest t, 5.84 at the peer, and of TFCE, as
    // a share of the data's own largest (3201.7 of 5592.1), within three of their standard errors.
    let critical = studentT(found.maxima.critical(level: 0.05), degreesOfFreedom: 34)
    #expect(abs(critical - 5.8426) < 0.35)
    let share = tfce.maxima.critical(level: 0.05) / (tfce.values.map(abs).max() ?? .nan)
    #expect(abs(share - 0.5725) < 0.12)
  }

  /// Spearman's, with ranks of ties shared.
  private func rankCorrelation(_ a: [Double], _ b: [Double]) -> Double {
    let (x, y) = (ranks(a), ranks(b))
    let mean = Double(x.count - 1) / 2
    var (xy, xx, yy) = (0.0, 0.0, 0.0)
    for place in x.indices {
      xy += (x[place] - mean) * (y[place] - mean)
      xx += (x[place] - mean) * (x[place] - mean)
      yy += (y[place] - mean) * (y[place] - mean)
    }
    return xy / (xx * yy).squareRoot()
  }

  private func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var result = [Double](repeating: 0, count: values.count)
    var first = 0
    while first < order.count {
      var last = first
      while last + 1 < order.count, values[order[last + 1]] == values[order[first]] { last += 1 }
      for place in first...last { result[order[place]] = Double(first + last) / 2 }
      first = last + 1
    }
    return result
  }

  /// The t of a z.
  private func studentT(_ z: Double, degreesOfFreedom: Double) -> Double {
    studentTQuantile(1 - 0.5 * twoSidedP(z: z), degreesOfFreedom: degreesOfFreedom)
  }
}

extension GroupEstimate {
  /// z of a t at 34 degrees of freedom.
  fileprivate func zOf(_ t: Double) -> Double { Statistics.z(t: t, degreesOfFreedom: 34) }
}
