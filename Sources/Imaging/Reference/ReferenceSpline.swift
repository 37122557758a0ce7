import CImageKernel
import Glibc

/// Returns the centred B-spline of a degree at a place, by the recursion over degrees.
///
/// Source: de Boor (1972), *Journal of Approximation Theory* 6(1), 50-62.
func bSpline(_ degree: Int, at x: Double) -> Double {
  guard degree > 0 else { return x >= -0.5 && x < 0.5 ? 1 : 0 }
  let half = Double(degree + 1) / 2
  return
    ((half + x) * bSpline(degree - 1, at: x + 0.5) + (half - x) * bSpline(degree - 1, at: x - 0.5))
    / Double(degree)
}

/// Returns the derivative of the centred B-spline of a degree at a place.
func bSplineSlope(_ degree: Int, at x: Double) -> Double {
  bSpline(degree - 1, at: x + 0.5) - bSpline(degree - 1, at: x - 0.5)
}

/// What `cik_spline_coefficients` computes: the coefficients whose spline has the image's values at the
/// voxel centres, from the equations that say so.
func referenceSplineCoefficients(
  _ image: UnsafePointer<Float>?,
  _ shape: cik_shape,
  _ order: Int32,
  _ coefficients: UnsafeMutablePointer<Float>?
) {
  guard let image, let coefficients else { return }
  var values = (0..<shape.count).map { image[$0].isFinite ? Double(image[$0]) : 0 }
  for axis in 0..<3 {
    let inverse = inverseOfSampling(shape, axis: axis, degree: Int(order))
    let count = shape[axis]
    let step = [1, shape[0], shape[0] * shape[1]][axis]
    shape.forEachVoxel { x, y, z in
      guard [x, y, z][axis] == 0 else { return }
      let first = shape.index(x, y, z)
      let line = (0..<count).map { values[first + $0 * step] }
      for i in 0..<count {
        values[first + i * step] = zip(inverse[i], line).reduce(0) { $0 + $1.0 * $1.1 }
      }
    }
  }
  let pad = Int(CIK_PADDING)
  for z in -pad..<shape[2] + pad {
    for y in -pad..<shape[1] + pad {
      for x in -pad..<shape[0] + pad {
        let source = shape.index(
          shape.mirrored(x, axis: 0),
          shape.mirrored(y, axis: 1),
          shape.mirrored(z, axis: 2)
        )
        coefficients[shape.paddedIndex(x, y, z)] = Float(values[source])
      }
    }
  }
}

/// The inverse of the matrix that takes an axis' coefficients to the spline's values at the centres.
private func inverseOfSampling(_ shape: cik_shape, axis: Int, degree: Int) -> [[Double]] {
  let count = shape[axis]
  var rows = (0..<count).map { i -> [Double] in
    var row = [Double](repeating: 0, count: 2 * count)
    for tap in -(degree / 2)...degree / 2 {
      row[shape.mirrored(i + tap, axis: axis)] += bSpline(degree, at: Double(tap))
    }
    row[count + i] = 1
    return row
  }
  // Gauss and Jordan's elimination, the largest remaining value of a column as the pivot.
  for column in 0..<count {
    let pivot = (column..<count).max { abs(rows[$0][column]) < abs(rows[$1][column]) } ?? column
    rows.swapAt(column, pivot)
    let scale = rows[column][column]
    rows[column] = rows[column].map { $0 / scale }
    for other in 0..<count where other != column {
      let share = rows[other][column]
      rows[other] = zip(rows[other], rows[column]).map { $0 - share * $1 }
    }
  }
  return rows.map { Array($0[count...]) }
}

/// What `cik_sample` computes: the spline's value where a map takes each point, NaN out of view.
func referenceSample(
  _ coefficients: UnsafePointer<Float>?,
  _ shape: cik_shape,
  _ order: Int32,
  _ map: UnsafePointer<Double>?,
  _ points: UnsafePointer<Float>?,
  _ blocks: Int,
  _ out: UnsafeMutablePointer<Float>?,
  _ stride: Int
) {
  guard let coefficients, let map, let points, let out else { return }
  let lanes = Int(CIK_LANES)
  for block in 0..<blocks {
    for lane in 0..<lanes {
      let first = block * 3 * lanes + lane
      let at = moved((0..<3).map { Double(points[first + $0 * lanes]) }, by: map)
      let value = splineValue(coefficients, shape, Int(order), at: at)
      out[block * stride + lane] = value.map { Float($0) } ?? .nan
    }
  }
}

/// What `cik_cubic_gradient` computes: the slopes of a cubic spline at the voxel centres.
func referenceCubicGradient(
  _ coefficients: UnsafePointer<Float>?,
  _ shape: cik_shape,
  _ gradient: UnsafeMutablePointer<Float>?
) {
  guard let coefficients, let gradient else { return }
  shape.forEachVoxel { x, y, z in
    for axis in 0..<3 {
      var sum = 0.0
      for k in -1...1 {
        for j in -1...1 {
          for i in -1...1 {
            // A coefficient at a step ahead sees the centre a step behind itself.
            let weights = [i, j, k].enumerated().map { place, step in
              place == axis
                ? bSplineSlope(3, at: Double(-step)) : bSpline(3, at: Double(-step))
            }
            let value = Double(coefficients[shape.paddedIndex(x + i, y + j, z + k)])
            sum += weights[0] * weights[1] * weights[2] * value
          }
        }
      }
      gradient[axis * shape.count + shape.index(x, y, z)] = Float(sum)
    }
  }
}

/// Returns where an affine map, twelve numbers row by row, takes a point.
func moved(_ point: [Double], by map: UnsafePointer<Double>) -> [Double] {
  (0..<3).map { row in
    map[4 * row] * point[0] + map[4 * row + 1] * point[1] + map[4 * row + 2] * point[2]
      + map[4 * row + 3]
  }
}

/// Returns a spline's value, or `nil` further than half a voxel outside of the outermost centres.
func splineValue(
  _ coefficients: UnsafePointer<Float>,
  _ shape: cik_shape,
  _ degree: Int,
  at place: [Double]
) -> Double? {
  guard (0..<3).allSatisfy({ place[$0] >= -0.5 && place[$0] <= Double(shape[$0]) - 0.5 })
  else { return nil }
  let axes = (0..<3).map { axis -> [(tap: Int, weight: Double)] in
    let first = Int(floor(place[axis])) - degree / 2
    return (first...first + degree).map { ($0, bSpline(degree, at: place[axis] - Double($0))) }
  }
  var sum = 0.0
  for z in axes[2] {
    for y in axes[1] {
      for x in axes[0] {
        let value = Double(coefficients[shape.paddedIndex(x.tap, y.tap, z.tap)])
        sum += x.weight * y.weight * z.weight * value
      }
    }
  }
  return sum
}
