import Algebra
import Statistics

/// A two-sample study without an effect: its groups, their standard deviations, its noise.
struct CohortCell: Sendable {
  /// What varies between participants.
  enum Noise: String, CaseIterable, Sendable {
    /// Normal, smooth at a width at half maximum of 2 voxels.
    case smooth

    /// The same times a factor of each participant's own, so that every voxel is Student's t with 4
    /// degrees of freedom: some participants are far noisier than others.
    case heavy
  }

  let first: Int
  let second: Int

  /// The standard deviation of the first group over that of the second.
  let ratio: Double
  let noise: Noise

  /// Whether a covariate goes with the groups, and is taken out.
  let hasCovariate: Bool

  /// The 24 cells.
  static let all = [(20, 20), (12, 40)].flatMap { sizes in
    [1, 0.5, 2].flatMap { ratio in
      Noise.allCases.flatMap { noise in
        [false, true].map {
          CohortCell(
            first: sizes.0,
            second: sizes.1,
            ratio: ratio,
            noise: noise,
            hasCovariate: $0
          )
        }
      }
    }
  }

  /// The design in words.
  var words: String {
    let deviations = ratio == 1 ? "1:1" : ratio < 1 ? "1:2" : "2:1"
    return "\(first)/\(second) sd \(deviations)\(hasCovariate ? " covariate" : "")"
  }

  /// The number of participants.
  var count: Int { first + second }

  /// The group of every participant.
  var groups: [Int] { (0..<count).map { $0 < first ? 0 : 1 } }

  /// The standard deviation of a participant.
  func deviation(_ participant: Int) -> Double {
    ratio >= 1 ? (participant < first ? ratio : 1) : (participant < first ? 1 : 1 / ratio)
  }

  /// Returns the design.
  ///
  /// - Parameters:
  ///   - isSeparate: Whether each group has its own variance.
  ///   - numbers: Where the covariate is drawn from.
  /// - Returns: The design and its one contrast.
  /// - Throws: Where there is no such design.
  func model(isSeparate: Bool, _ numbers: inout SeededGenerator) throws -> GroupModel {
    var columns = [0, 1].map { level in groups.map { $0 == level ? 1.0 : 0 } }
    if hasCovariate {
      // Half a standard deviation apart, as ages may be.
      columns.append(groups.map { numbers.normal() + ($0 == 0 ? 0.5 : 0) })
    }
    return try GroupModel(
      design: Matrix(columns: columns, rowCount: count),
      contrasts: [
        GroupContrast(name: "difference", weights: [1, -1] + (hasCovariate ? [0] : []))
      ],
      varianceGroups: isSeparate ? groups : nil
    )
  }
}
