public import Algebra

/// A question to a model of a group: one row of weights for a t, several for an F.
public struct GroupContrast: Equatable, Sendable {
  /// Its name.
  public let name: String

  /// The weights of the design's columns, one row for a t, several for an F.
  public let rows: [[Double]]

  /// Creates a contrast.
  ///
  /// - Parameters:
  ///   - name: Its name.
  ///   - rows: The weights of the design's columns.
  public init(name: String, rows: [[Double]]) {
    (self.name, self.rows) = (name, rows)
  }

  /// Creates a t contrast.
  ///
  /// - Parameters:
  ///   - name: Its name.
  ///   - weights: The weights of the design's columns.
  public init(name: String, weights: [Double]) {
    self.init(name: name, rows: [weights])
  }

  /// Whether several rows are tested together.
  public var isF: Bool { rows.count > 1 }
}

/// What participants' maps are explained by, and what is asked of it.
public struct GroupModel: Sendable {
  /// Participants × columns.
  public let design: Matrix

  /// What is asked.
  public let contrasts: [GroupContrast]

  /// The group of every participant, from 0, whose variance is estimated from itself; all 0 where
  /// one variance is assumed.
  public let varianceGroups: [Int]

  /// The number of those groups.
  public let varianceGroupCount: Int

  /// An orthonormal basis of the design, participants × rank.
  public let basis: Matrix

  /// Every contrast in terms of the basis, rows × rank.
  let directions: [Matrix]

  /// The number of independent columns.
  public var rank: Int { basis.columnCount }

  /// The number of participants.
  public var participantCount: Int { design.rowCount }

  /// Checks a model.
  ///
  /// - Parameters:
  ///   - design: Participants × columns.
  ///   - contrasts: What is asked.
  ///   - varianceGroups: The group of every participant, from 0 without a gap; `nil` where one
  ///     variance is assumed.
  /// - Throws: ``GroupModelError`` where the design leaves no freedom or a contrast cannot be told
  ///   from it.
  public init(
    design: Matrix,
    contrasts: [GroupContrast],
    varianceGroups: [Int]? = nil
  ) throws(GroupModelError) {
    let groups = varianceGroups ?? [Int](repeating: 0, count: design.rowCount)
    precondition(groups.count == design.rowCount, "one variance group per participant")
    if let place = design.elements.firstIndex(where: { !$0.isFinite }) {
      throw .notFinite(
        participant: place / design.columnCount,
        column: place % design.columnCount
      )
    }
    let decomposition = RankRevealingQR(design)
    guard decomposition.rank > 0 else { throw .empty }
    guard decomposition.rank < design.rowCount else {
      throw .noFreedom(participants: design.rowCount, columns: decomposition.rank)
    }
    var directions: [Matrix] = []
    for contrast in contrasts {
      directions.append(try direction(of: contrast, in: decomposition, varianceGroups != nil))
    }
    self.design = design
    self.contrasts = contrasts
    self.varianceGroups = groups
    varianceGroupCount = (groups.max() ?? 0) + 1
    basis = decomposition.q
    self.directions = directions
    let everybody = Array(0..<design.rowCount)
    guard PresentDesign(self, present: everybody) != nil else { throw .groupTooSmall }
  }
}

/// Returns a contrast in terms of an orthonormal basis.
private func direction(
  of contrast: GroupContrast,
  in decomposition: RankRevealingQR,
  _ isSeparate: Bool
) throws(GroupModelError) -> Matrix {
  guard !contrast.rows.isEmpty else { throw .notEstimable(contrast: contrast.name) }
  if contrast.isF && isSeparate { throw .separateVariances(contrast: contrast.name) }
  var elements: [Double] = []
  for row in contrast.rows {
    guard row.count == decomposition.coordinates.columnCount,
      row.allSatisfy(\.isFinite), row.contains(where: { $0 != 0 }),
      let weights = decomposition.estimable(row)
    else { throw .notEstimable(contrast: contrast.name) }
    elements += weights
  }
  let result = Matrix(
    rowCount: contrast.rows.count,
    columnCount: decomposition.rank,
    elements: elements
  )
  guard RankRevealingQR(result.transposed).rank == contrast.rows.count else {
    throw .redundantRows(contrast: contrast.name)
  }
  return result
}
