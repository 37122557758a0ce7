/// A side of the brain as seen from a side of the body.
public enum Laterality: String, CaseIterable, Sendable {
  /// Opposite to the body's side.
  case contra

  /// On the body's side.
  case ipsi
}

/// What contra and ipsi refer to.
public enum SideReference: String, CaseIterable, Sendable {
  /// The side that was stimulated.
  case stimulus

  /// The side that the disease affects.
  case affected
}

/// The side of the body that contra and ipsi refer to.
public struct ReferenceSide: Hashable, Sendable {
  /// What the side is of.
  public let reference: SideReference

  /// The person's left or right.
  public let side: Hemisphere

  /// Names a side.
  ///
  /// - Parameters:
  ///   - reference: What the side is of.
  ///   - side: The person's left or right.
  public init(reference: SideReference, side: Hemisphere) {
    precondition(side == .left || side == .right, "contra and ipsi need a side")
    (self.reference, self.side) = (reference, side)
  }

  /// Returns what a half of the brain is as seen from this side; `nil` of none.
  ///
  /// - Parameter hemisphere: A half of the brain.
  /// - Returns: Contra or ipsi.
  public func laterality(of hemisphere: Hemisphere) -> Laterality? {
    guard hemisphere == .left || hemisphere == .right else { return nil }
    return hemisphere == side ? .ipsi : .contra
  }
}

extension Region {
  /// The names of a pair's regions as seen from a side of the body: such as `S1_hand_contra`.
  ///
  /// - Parameter laterality: Contra or ipsi.
  /// - Returns: The name.
  public func name(_ laterality: Laterality) -> String { "\(nameWithoutSide)_\(laterality)" }
}

/// Returns the rows of regions that lie in pairs once more, named by the side of the body.
///
/// A region is one of a pair where the rows hold one of the same name on the other side. The new rows keep
/// their half of the brain and all their numbers.
///
/// - Parameters:
///   - rows: The rows of one participant.
///   - side: The side of the body.
/// - Returns: The new rows, in the order of the old.
public func lateralRows(of rows: [RegionRow], from side: ReferenceSide) -> [RegionRow] {
  let plain = rows.filter { $0.laterality == nil }
  let names = Set(plain.map(PairedName.init))
  return plain.compactMap { row in
    guard let laterality = side.laterality(of: row.hemisphere),
      names.contains(PairedName(row).otherSide)
    else { return nil }
    var named = row
    named.region = row.plainRegion.name(laterality)
    (named.laterality, named.reference) = (laterality, side.reference)
    named.referenceSide = side.side
    return named
  }
}

/// Returns the mean of both sides of every pair, as its contra and as its ipsi.
///
/// The standard error is the largest that the two allow, since how they go together is not known; t, z and
/// p are left out, and so is what belongs to one place.
///
/// - Parameters:
///   - rows: The rows of one participant.
///   - reference: What the others' contra and ipsi refer to.
/// - Returns: The new rows, two for every pair.
public func meanOfSidesRows(of rows: [RegionRow], reference: SideReference) -> [RegionRow] {
  let plain = rows.filter { $0.laterality == nil }
  let byName = Dictionary(plain.map { (PairedName($0), $0) }) { first, _ in first }
  return plain.filter { $0.hemisphere == .left }.flatMap { left -> [RegionRow] in
    guard let right = byName[PairedName(left).otherSide] else { return [] }
    return Laterality.allCases.map { laterality in
      var row = left.withoutPlaces(joinedWith: right)
      row.region = left.plainRegion.name(laterality)
      (row.laterality, row.reference, row.referenceSide) = (laterality, reference, nil)
      row.effect = mean(left.effect, right.effect)
      row.standardError = mean(left.standardError, right.standardError)
      (row.t, row.f, row.z, row.p) = (nil, nil, nil, nil)
      row.meanVoxelEffect = mean(left.meanVoxelEffect, right.meanVoxelEffect)
      return row
    }
  }
}

private func mean(_ first: Double?, _ second: Double?) -> Double? {
  guard let first, let second else { return nil }
  return (first + second) / 2
}

extension RegionRow {
  /// The row's region, of which only name and half are known.
  fileprivate var plainRegion: Region { Region(label: 1, name: region, hemisphere: hemisphere) }

  /// Returns what a row says of both regions of a pair: no place, the smaller coverage, all flags.
  ///
  /// - Parameter other: The row of the other side.
  /// - Returns: The row, whose estimates are still its own.
  public func withoutPlaces(joinedWith other: RegionRow) -> RegionRow {
    var row = self
    row.hemisphere = .none
    row.voxels = (voxels + other.voxels) / 2
    row.coverage = coverage.flatMap { own in other.coverage.map { min(own, $0) } }
    row.flags = RegionFlag.allCases.filter { flags.contains($0) || other.flags.contains($0) }
    (row.meanVoxelEffect, row.shareFDR05, row.peakZ) = (nil, nil, nil)
    (row.peak, row.peakNative) = (nil, nil)
    return row
  }
}

/// What two rows of a pair have in common, and the half that sets them apart.
private struct PairedName: Hashable {
  var hemisphere: Hemisphere
  let words: [String]

  init(_ row: RegionRow) {
    hemisphere = row.hemisphere
    words = [
      row.participantID, row.session ?? "", row.task ?? "", row.run ?? "", row.contrast, row.atlas,
      row.plainRegion.nameWithoutSide,
    ]
  }

  /// The same on the other side; a region without a side has none.
  var otherSide: PairedName {
    var other = self
    other.hemisphere =
      switch hemisphere {
      case .left: .right
      case .right: .left
      default: hemisphere
      }
    return other
  }
}
