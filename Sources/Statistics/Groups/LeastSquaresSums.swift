import Algebra
import Imaging

/// Ordinary least squares over participants, one map after the other.
///
/// What is kept does not grow with the number of participants: the sums of the maps with the columns
/// of the design's basis and of their squares, per variance group, and one bit per missing value.
/// With separate variances the standard error is √Σ aᵍ sᵍ², where aᵍ is the sum of the squared
/// weights that the effect gives group *g*'s members and sᵍ² their residual variance; its degrees of
/// freedom are Satterthwaite's. For two groups without covariates that is Welch's t.
public struct LeastSquaresSums: Sendable {
  /// The design and what is asked.
  public let model: GroupModel

  /// The number of voxels.
  public let voxelCount: Int

  /// The sums of each variance group with each column of the basis that is not 0 in it.
  private let rows: [(group: Int, column: Int)]
  private var moments: [Double]
  private var squares: [Double]
  private var missing: MissingBits
  private var isAdded: [Bool]

  /// Starts without any map.
  ///
  /// - Parameters:
  ///   - model: The design and what is asked.
  ///   - voxelCount: The number of voxels of every map.
  public init(_ model: GroupModel, voxelCount: Int) {
    self.model = model
    self.voxelCount = voxelCount
    rows = (0..<model.varianceGroupCount).flatMap { group in
      (0..<model.rank).filter { column in
        (0..<model.participantCount).contains {
          model.varianceGroups[$0] == group && model.basis[$0, column] != 0
        }
      }.map { (group: group, column: $0) }
    }
    moments = [Double](repeating: 0, count: rows.count * voxelCount)
    squares = [Double](repeating: 0, count: model.varianceGroupCount * voxelCount)
    missing = MissingBits(participantCount: model.participantCount, voxelCount: voxelCount)
    isAdded = [Bool](repeating: false, count: model.participantCount)
  }

  /// Takes a participant's map in.
  ///
  /// - Parameters:
  ///   - map: One value per voxel; what is not finite counts as missing.
  ///   - participant: The participant's row in the design; each is added once.
  public mutating func add(_ map: [Float], ofParticipant participant: Int) {
    precondition(map.count == voxelCount, "one value per voxel")
    precondition(!isAdded[participant], "every participant is added once")
    isAdded[participant] = true
    let group = model.varianceGroups[participant]
    map.withUnsafeBufferPointer { missing.note($0, ofParticipant: participant) }
    let values = map.map { $0.isFinite ? Double($0) : 0 }
    values.withUnsafeBufferPointer { values in
      squares.withUnsafeMutableBufferPointer { squares in
        let first = group * voxelCount
        for voxel in 0..<voxelCount {
          squares[first + voxel] += values[voxel] * values[voxel]
        }
      }
      moments.withUnsafeMutableBufferPointer { moments in
        for (index, row) in rows.enumerated() where row.group == group {
          let weight = model.basis[participant, row.column]
          let first = index * voxelCount
          for voxel in 0..<voxelCount { moments[first + voxel] += weight * values[voxel] }
        }
      }
    }
  }

  /// Returns the estimates of all contrasts.
  ///
  /// - Parameters:
  ///   - rule: How many participants a voxel needs.
  ///   - threads: The number of threads.
  /// - Returns: One estimate per contrast, and who has a value where.
  public func estimates(
    rule: PresenceRule = PresenceRule(),
    threads: Int = 1
  ) -> (estimates: [GroupEstimate], presence: Presence) {
    precondition(isAdded.allSatisfy { $0 }, "every participant has been added")
    let presence = Presence(missing, model, rule: rule)
    var estimates = model.contrasts.map { GroupEstimate($0, voxelCount: voxelCount) }
    let slab = 4096
    for pattern in presence.patterns {
      for index in model.contrasts.indices {
        let solver = ContrastSolver(model, pattern.design, contrast: index, rows: rows)
        let slabCount = (pattern.voxels.count + slab - 1) / slab
        let parts = mapSlabs(slabCount, threads: threads) { part in
          solve(solver, pattern.voxels[part * slab..<min((part + 1) * slab, pattern.voxels.count)])
        }
        for (voxel, found) in zip(pattern.voxels, parts.joined()) {
          estimates[index].effect[voxel] = found.effect
          estimates[index].standardError[voxel] = found.error
          estimates[index].statistic[voxel] = found.statistic
          estimates[index].degreesOfFreedom[voxel] = found.degrees
        }
      }
    }
    for index in estimates.indices { estimates[index].fillTails(threads: threads) }
    return (estimates, presence)
  }

  /// Solves some voxels of one set of participants.
  private func solve(_ solver: ContrastSolver, _ voxels: ArraySlice<Int>) -> [SolvedContrast] {
    var own = [Double](repeating: 0, count: rows.count)
    var groups = [Double](repeating: 0, count: model.varianceGroupCount)
    return voxels.map { voxel in
      for row in rows.indices { own[row] = moments[row * voxelCount + voxel] }
      for group in groups.indices { groups[group] = squares[group * voxelCount + voxel] }
      return solver.solve(moments: own, squares: groups)
    }
  }
}

/// Returns the estimates of maps that are all in memory.
///
/// - Parameters:
///   - maps: The maps.
///   - model: The design and what is asked.
///   - rule: How many participants a voxel needs.
///   - threads: The number of threads.
/// - Returns: One estimate per contrast, and who has a value where.
public func leastSquares(
  _ maps: GroupMaps,
  _ model: GroupModel,
  rule: PresenceRule = PresenceRule(),
  threads: Int = 1
) -> (estimates: [GroupEstimate], presence: Presence) {
  var sums = LeastSquaresSums(model, voxelCount: maps.voxelCount)
  for participant in 0..<maps.participantCount {
    let first = participant * maps.voxelCount
    sums.add(Array(maps.values[first..<first + maps.voxelCount]), ofParticipant: participant)
  }
  return sums.estimates(rule: rule, threads: threads)
}
