import Glibc

/// Returns the brain of a mean EPI image: a threshold, and what holds together above it.
///
/// Voxels brighter than half of the median of the bright voxels are kept; thin bridges to eyes and
/// skull are opened with a ball, the largest part is grown back into the kept voxels, and its holes
/// are filled. The threshold follows slow changes of brightness across the image, so that the far
/// side of a surface coil is not lost.
///
/// Source of the threshold: AFNI's 3dAutomask (Cox 1996, *Computers and Biomedical Research* 29).
///
/// - Parameters:
///   - mean: The mean image of a run; values that are not finite are outside.
///   - openingRadius: The radius of the ball, in mm.
/// - Returns: The mask; empty where no voxel is above 0.
/// - Complexity: O(voxels × ball).
public func brainMask(of mean: Volume, openingRadius: Double = 6.5) -> Mask {
  let grid = mean.grid
  let threshold = localThreshold(of: mean)
  let bright = (0..<grid.voxelCount).map { index in
    mean.values[index].isFinite && mean.values[index] > threshold[index]
  }
  let ball = Ball(radius: openingRadius, in: grid)
  let core = largestPart(of: eroded(bright, by: ball, in: grid), in: grid)
  var brain = dilated(core, by: ball, in: grid)
  for index in 0..<brain.count where !bright[index] { brain[index] = false }
  if !brain.contains(true) { brain = largestPart(of: bright, in: grid) }
  brain = holesFilled(brain, in: grid)
  return Mask(grid: grid) { brain[$0] && mean.values[$0].isFinite }
}

/// Returns half of the median of the values above itself, found by iteration; 0 where none is above
/// 0.
func clipLevel(of values: [Float]) -> Float {
  let bright = ascending(values.filter { $0.isFinite && $0 > 0 })
  guard let brightest = bright.last else { return 0 }
  let square = bright.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(bright.count)
  var level = min(Float(0.5 * square.squareRoot()), 0.5 * brightest)
  for _ in 0..<64 {
    let first = firstIndex(above: level, in: bright)
    let next = 0.5 * bright[min(bright.count - 1, (first + bright.count) / 2)]
    if next == level { break }
    level = next
  }
  return level
}

/// Returns numbers above 0 in ascending order, by the digits of their bits, which sort as they do.
private func ascending(_ positive: [Float]) -> [Float] {
  var (from, to) = (positive, positive)
  for shift: UInt32 in [0, 11, 22] {
    var starts = [Int](repeating: 0, count: 1 << 11)
    for value in from { starts[Int(value.bitPattern >> shift & 0x7ff)] += 1 }
    var sum = 0
    for digit in starts.indices { (starts[digit], sum) = (sum, sum + starts[digit]) }
    for value in from {
      let digit = Int(value.bitPattern >> shift & 0x7ff)
      to[starts[digit]] = value
      starts[digit] += 1
    }
    swap(&from, &to)
  }
  return from
}

/// Returns the first place of an ascending array whose value is above a level.
private func firstIndex(above level: Float, in ascending: [Float]) -> Int {
  var (low, high) = (0, ascending.count)
  while low < high {
    let middle = (low + high) / 2
    if ascending[middle] > level { high = middle } else { low = middle + 1 }
  }
  return low
}

/// Returns a threshold per voxel, linear between the clip levels of the image's eight octants about
/// the centre of brightness.
private func localThreshold(of mean: Volume) -> [Float] {
  let grid = mean.grid
  let global = clipLevel(of: mean.values)
  let centre = centreOfBrightness(of: mean, above: global)
  var parts = [[Float]](repeating: [], count: 8)
  for index in 0..<grid.voxelCount where mean.values[index] > 0.5 * global {
    let voxel = SIMD3<Double>(grid.voxel(at: index))
    let octant =
      (voxel.x >= centre.x ? 1 : 0) + (voxel.y >= centre.y ? 2 : 0) + (voxel.z >= centre.z ? 4 : 0)
    parts[octant].append(mean.values[index])
  }
  let levels = parts.map { part in
    // An octant of little but background must not pull the threshold down, nor a bright one up.
    let level = part.count > 100 ? clipLevel(of: part) : global
    return Double(min(max(level, 0.6 * global), 1.4 * global))
  }
  let last = SIMD3<Double>(grid.dimensions) - 1
  let (low, high) = (0.5 * centre, 0.5 * (centre + last))
  let extent = (high - low).replacing(with: 1, where: high .<= low)
  // Linear along each axis, so a line along x has two ends and what lies between them.
  var thresholds = [Float](repeating: 0, count: grid.voxelCount)
  for z in 0..<grid.dimensions.z {
    for y in 0..<grid.dimensions.y {
      let line = [0, 1].map { step -> Double in
        let at = SIMD3(0, Double(y), Double(z))
        let share = ((at - low) / extent).clamped(lowerBound: .zero, upperBound: .one)
        let below = (1 - share.y) * levels[step] + share.y * levels[step + 2]
        let above = (1 - share.y) * levels[step + 4] + share.y * levels[step + 6]
        return (1 - share.z) * below + share.z * above
      }
      let first = grid.index(0, y, z)
      for x in 0..<grid.dimensions.x {
        let share = min(max((Double(x) - low.x) / extent.x, 0), 1)
        thresholds[first + x] = Float(line[0] + share * (line[1] - line[0]))
      }
    }
  }
  return thresholds
}

/// Returns the mean voxel index of the voxels above a level, or the grid's middle without any.
private func centreOfBrightness(of volume: Volume, above level: Float) -> SIMD3<Double> {
  var (sum, count) = (SIMD3<Double>.zero, 0.0)
  for index in 0..<volume.grid.voxelCount where volume.values[index] > level {
    sum += SIMD3<Double>(volume.grid.voxel(at: index))
    count += 1
  }
  return count > 0 ? sum / count : (SIMD3<Double>(volume.grid.dimensions) - 1) / 2
}
