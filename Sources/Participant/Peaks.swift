import Imaging

/// A place where a statistic is highest, or lowest, among its neighbours.
public struct Peak: Equatable, Sendable {
  /// Its place in the mask.
  public let place: Int

  /// The signed z value there.
  public let z: Double

  /// t, or F, there.
  public let statistic: Double

  /// The position on the session's grid, in mm, RAS+; `nil` of a map over sessions.
  public let native: SIMD3<Double>?

  /// The position in the template, in mm, RAS+, where the way there is defined.
  public let template: SIMD3<Double>?

  /// For every atlas the region it lies in, or the nearest with its distance.
  public let regions: [String]
}

/// Returns the peaks of a map, the highest first, then the lowest.
///
/// A peak is at least as far from zero as its 26 neighbours in the mask, and at least 8 mm away from
/// every stronger one of its sign (as cluster tables of the field do).
///
/// - Parameters:
///   - map: Signed z values.
///   - threshold: Peaks below this magnitude are left out.
///   - limit: The largest number of peaks of each sign.
/// - Returns: Places in the mask, strongest first, positive ones before negative ones.
func peakPlaces(of map: MaskedMap, above threshold: Double, limit: Int) -> [Int] {
  var found: [Int] = []
  for sign in [1.0, -1.0] {
    let candidates = map.values.indices
      .filter { sign * map.values[$0] >= threshold && isExtreme($0, of: map, sign: sign) }
      .sorted { (sign * map.values[$0], $1) > (sign * map.values[$1], $0) }
    var kept: [Int] = []
    for candidate in candidates where kept.count < limit {
      let position = map.mask.grid.position(ofVoxel: map.mask.indices[candidate])
      let isApart = kept.allSatisfy {
        let other = map.mask.grid.position(ofVoxel: map.mask.indices[$0])
        return (other - position).length >= minimumPeakDistance
      }
      if isApart { kept.append(candidate) }
    }
    found += kept
  }
  return found
}

/// The distance below which two peaks count as one, in mm.
private let minimumPeakDistance = 8.0

/// Returns whether no neighbour of a voxel lies further from zero on its side.
private func isExtreme(_ place: Int, of map: MaskedMap, sign: Double) -> Bool {
  let grid = map.mask.grid
  let voxel = grid.voxel(at: map.mask.indices[place])
  let value = sign * map.values[place]
  for step in 0..<27 {
    let x = voxel.x + step % 3 - 1
    let y = voxel.y + step / 3 % 3 - 1
    let z = voxel.z + step / 9 - 1
    guard x >= 0, y >= 0, z >= 0, x < grid.dimensions.x, y < grid.dimensions.y,
      z < grid.dimensions.z
    else { continue }
    let neighbour = Int(map.mask.places[grid.index(x, y, z)])
    if neighbour >= 0, sign * map.values[neighbour] > value { return false }
  }
  return true
}
