/// The voxels within a distance of a voxel.
public struct Ball: Sendable {
  /// Steps along the stored axes, the voxel itself included.
  public let steps: [SIMD3<Int>]

  /// Finds the voxels of a ball.
  ///
  /// - Parameters:
  ///   - radius: The largest distance between voxel centres, in mm.
  ///   - grid: The grid, for its voxel size and directions.
  public init(radius: Double, in grid: Grid) {
    let size = grid.voxelSize
    let reach = SIMD3<Int>(
      (radius / size).rounded(.down).clamped(
        lowerBound: .zero,
        upperBound: SIMD3(repeating: 64)
      )
    )
    var steps: [SIMD3<Int>] = []
    for z in -reach.z...reach.z {
      for y in -reach.y...reach.y {
        for x in -reach.x...reach.x {
          let step = SIMD3(x, y, z)
          if (SIMD3<Double>(step) * size).length <= radius { steps.append(step) }
        }
      }
    }
    self.steps = steps
  }
}

/// Returns the voxels all of whose ball is inside; beyond the grid counts as inside.
///
/// - Parameters:
///   - inside: Whether each voxel is inside, in storage order.
///   - ball: The ball.
///   - grid: The voxels' grid.
/// - Returns: Whether each voxel still is.
public func eroded(_ inside: [Bool], by ball: Ball, in grid: Grid) -> [Bool] {
  spread(inside, of: false, by: ball, in: grid)
}

/// Returns the voxels any of whose ball is inside.
///
/// - Parameters:
///   - inside: Whether each voxel is inside, in storage order.
///   - ball: The ball.
///   - grid: The voxels' grid.
/// - Returns: Whether each voxel is or now is.
public func dilated(_ inside: [Bool], by ball: Ball, in grid: Grid) -> [Bool] {
  spread(inside, of: true, by: ball, in: grid)
}

/// Sets the ball around every voxel that holds a value to that value.
///
/// A voxel whose neighbours all hold it, too, can be passed over: on the way from there to a voxel
/// without it lies one beside such a voxel, and nearer to it.
private func spread(_ inside: [Bool], of value: Bool, by ball: Ball, in grid: Grid) -> [Bool] {
  var result = inside
  let dimensions = grid.dimensions
  let (row, plane) = (dimensions.x, dimensions.x * dimensions.y)
  let offsets = ball.steps.map { $0.x + $0.y * row + $0.z * plane }
  let reach = ball.steps.reduce(SIMD3<Int>.zero) { pointwiseMax($0, $1) }
  let last = dimensions &- 1
  var index = 0
  for z in 0...last.z {
    for y in 0...last.y {
      for x in 0...last.x {
        defer { index += 1 }
        guard inside[index] == value else { continue }
        let isEnclosed =
          (x == 0 || inside[index - 1] == value) && (x == last.x || inside[index + 1] == value)
          && (y == 0 || inside[index - row] == value)
          && (y == last.y || inside[index + row] == value)
          && (z == 0 || inside[index - plane] == value)
          && (z == last.z || inside[index + plane] == value)
        if isEnclosed { continue }
        if x >= reach.x, y >= reach.y, z >= reach.z, x <= last.x - reach.x,
          y <= last.y - reach.y, z <= last.z - reach.z
        {
          for offset in offsets { result[index + offset] = value }
          continue
        }
        for (step, offset) in zip(ball.steps, offsets) {
          let at = SIMD3(x, y, z) &+ step
          guard at.min() >= 0, (last &- at).min() >= 0 else { continue }
          result[index + offset] = value
        }
      }
    }
  }
  return result
}

/// Returns the largest part that holds together by faces; of two of a size the first in storage
/// order.
func largestPart(of inside: [Bool], in grid: Grid) -> [Bool] {
  var seen = inside.map { !$0 }
  var largest: [Int] = []
  for start in 0..<inside.count where !seen[start] {
    let part = connected(from: [start], seen: &seen, in: grid)
    if part.count > largest.count { largest = part }
  }
  var result = [Bool](repeating: false, count: inside.count)
  for index in largest { result[index] = true }
  return result
}

/// Returns a set of voxels with every hole that has no way by faces to the grid's border filled.
func holesFilled(_ inside: [Bool], in grid: Grid) -> [Bool] {
  let last = grid.dimensions &- 1
  var seen = inside
  let border = (0..<inside.count).filter { index in
    let voxel = grid.voxel(at: index)
    return !inside[index]
      && (voxel.x == 0 || voxel.y == 0 || voxel.z == 0 || voxel.x == last.x || voxel.y == last.y
        || voxel.z == last.z)
  }
  var result = [Bool](repeating: true, count: inside.count)
  for index in connected(from: border, seen: &seen, in: grid) { result[index] = false }
  return result
}

/// Returns the unseen voxels that can be reached by faces, and marks them as seen.
private func connected(from starts: [Int], seen: inout [Bool], in grid: Grid) -> [Int] {
  var part = starts
  for start in starts { seen[start] = true }
  let (row, plane) = (grid.dimensions.x, grid.dimensions.x * grid.dimensions.y)
  let last = grid.dimensions &- 1
  var next = 0
  while next < part.count {
    let index = part[next]
    next += 1
    let voxel = grid.voxel(at: index)
    func visit(_ neighbour: Int, _ exists: Bool) {
      guard exists, !seen[neighbour] else { return }
      seen[neighbour] = true
      part.append(neighbour)
    }
    visit(index - 1, voxel.x > 0)
    visit(index + 1, voxel.x < last.x)
    visit(index - row, voxel.y > 0)
    visit(index + row, voxel.y < last.y)
    visit(index - plane, voxel.z > 0)
    visit(index + plane, voxel.z < last.z)
  }
  return part
}
