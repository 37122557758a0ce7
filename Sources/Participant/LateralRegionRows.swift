import Atlas
import BIDS
import Design
import GLM

extension RegionRowMaker {
  /// Makes the rows of one atlas, and again those of paired regions by the side of the body.
  ///
  /// Where runs were stimulated on different sides, each gives its own contralateral region to the
  /// combination over runs.
  ///
  /// - Parameters:
  ///   - source: The estimates.
  ///   - atlas: The atlas' place in the list.
  /// - Returns: A row per contrast and region; then, where every run has a side, contra and ipsi.
  /// - Throws: The error of the fixed effects.
  func rowsWithSides(of source: RowSource, atlas: Int) throws -> [RegionRow] {
    let rows = rows(of: source, atlas: atlas)
    let sides = source.runs.compactMap(\.referenceSide)
    guard let first = sides.first, sides.count == source.runs.count else { return rows }
    guard sides.contains(where: { $0 != first }) else {
      return rows + lateralRows(of: rows, from: first)
    }
    return try rows + combinedRows(of: source, atlas: atlas, rows: rows, reference: first.reference)
  }

  /// The rows of contra and ipsi over runs of different sides.
  private func combinedRows(
    of source: RowSource,
    atlas: Int,
    rows: [RegionRow],
    reference: SideReference
  ) throws -> [RegionRow] {
    let regions = atlases[atlas].atlas.regions
    let lefts = regions.indices.filter { regions[$0].hemisphere == .left }
    let names = source.estimates.map(\.contrast.name)
    var result: [RegionRow] = []
    for left in lefts {
      let right = regions.firstIndex {
        $0.hemisphere == .right && $0.nameWithoutSide == regions[left].nameWithoutSide
      }
      guard let right else { continue }
      for laterality in Laterality.allCases {
        let fits = source.runs.compactMap { run -> RegionFit? in
          let isLeft = run.referenceSide?.laterality(of: .left) == laterality
          return run.regionFits[atlas][isLeft ? left : right]
        }
        for fit in try RegionFit(combining: fits, contrasts: names).estimates {
          let pair = [left, right].compactMap { place in
            rows.first {
              $0.region == regions[place].name && $0.contrast == fit.contrast.name
            }
          }
          guard pair.count == 2 else { continue }
          var row = pair[0].withoutPlaces(joinedWith: pair[1])
          row.region = regions[left].name(laterality)
          (row.laterality, row.reference) = (laterality, reference)
          row.runCount = fits.count {
            $0.estimates.contains { $0.contrast.name == fit.contrast.name }
          }
          row.take(fit)
          result.append(row)
        }
      }
    }
    return result
  }
}
