import Algebra
import Glibc
import Statistics

/// Studies whose participants' own variances differ, tested voxel by voxel without rearranging.
struct FirstLevelStudy: Sendable {
  /// Who is compared.
  enum Design: String, CaseIterable, Sendable {
    /// One group of 20 whose first-level variances spread over a factor of 16.
    case oneSample = "20, first-level variances 0.25 to 4"

    /// Groups of 12 and 40, the first with four times the second's first-level variances.
    case twoSample = "12/40, first-level variances 4:1"
  }

  let design: Design

  /// Tests voxels of their own.
  ///
  /// - Parameters:
  ///   - voxels: How many.
  ///   - seed: Where the draw begins.
  ///   - threads: The number of threads.
  /// - Returns: For every method the number of p values of at most .05.
  /// - Throws: Where the design cannot be fitted.
  func hits(
    voxels: Int,
    seed: UInt64,
    threads: Int
  ) throws -> [(method: String, hits: Int)] {
    var numbers = SeededGenerator(seed: seed)
    let count = design == .oneSample ? 20 : 52
    var maps = GroupMaps(participantCount: count, voxelCount: voxels)
    var variances = maps
    for participant in 0..<count {
      let own =
        design == .oneSample
        ? pow(16, Double(participant) / 19) / 4 : participant < 12 ? 4.0 : 1.0
      // Known to 200 degrees of freedom, about a tenth.
      variances.set(
        (0..<voxels).map { _ in Float(own * (1 + 0.1 * numbers.normal())) },
        ofParticipant: participant
      )
      maps.set(
        (0..<voxels).map { _ in Float((own + 0.5).squareRoot() * numbers.normal()) },
        ofParticipant: participant
      )
    }
    let one = try model(count, isSeparate: false)
    let apart = design == .twoSample ? try model(count, isSeparate: true) : one
    let found = [
      ("OLS, one variance", leastSquares(maps, one).estimates[0].p),
      ("OLS, variances apart", leastSquares(maps, apart).estimates[0].p),
      (
        "mixed effects",
        try mixedEffects(maps, variances: variances, one, threads: threads).estimates[0].p
      ),
      (
        "mixed effects, variances apart",
        try mixedEffects(maps, variances: variances, apart, threads: threads).estimates[0].p
      ),
    ]
    return found.map { (method: $0.0, hits: $0.1.count { $0 <= 0.05 }) }
  }

  private func model(_ count: Int, isSeparate: Bool) throws -> GroupModel {
    if design == .oneSample {
      return try GroupModel(
        design: Matrix(columns: [[Double](repeating: 1, count: count)], rowCount: count),
        contrasts: [GroupContrast(name: "mean", weights: [1])]
      )
    }
    let first = (0..<count).map { $0 < 12 ? 1.0 : 0 }
    return try GroupModel(
      design: Matrix(columns: [first, first.map { 1 - $0 }], rowCount: count),
      contrasts: [GroupContrast(name: "difference", weights: [1, -1])],
      varianceGroups: isSeparate ? first.map { $0 > 0 ? 0 : 1 } : nil
    )
  }
}
