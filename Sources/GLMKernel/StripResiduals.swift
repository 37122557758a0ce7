internal import Algebra

/// The least-squares residuals of a strip, and what of the data the design explains.
///
/// Working on from the residuals instead of the data keeps the digits that a large mean would take,
/// and is exact: the design's part passes through generalised least squares unchanged.
struct StripResiduals {
  /// The residuals, one entry per kept row.
  private(set) var residuals: [Lanes]

  /// *Z*'y, one entry per column of the basis.
  private(set) var projections: [Lanes]

  /// The residual sum of squares; NaN where a voxel cannot be fitted.
  private(set) var sumOfSquares: Lanes

  /// The sum of squares of the data: about their mean where the design spans a constant.
  private(set) var total: Lanes

  /// Fits by ordinary least squares.
  ///
  /// - Parameters:
  ///   - values: The data of the kept rows.
  ///   - design: The design.
  init(of values: [Lanes], design: KernelDesign) {
    let rank = design.rank
    var projections = [Lanes](repeating: .zero, count: rank)
    var residuals = values
    var squares = Lanes.zero
    var sum = Lanes.zero
    var lowest = values[0]
    var highest = values[0]
    design.basis.elements.withUnsafeBufferPointer { z in
      residuals.withUnsafeMutableBufferPointer { y in
        for j in 0..<rank {
          var projection = Lanes.zero
          for t in 0..<y.count { projection += z[t * rank + j] * y[t] }
          projections[j] = projection
        }
        projections.withUnsafeBufferPointer { projections in
          for t in 0..<y.count {
            var left = y[t]
            squares += left * left
            lowest = pointwiseMin(lowest, left)
            highest = pointwiseMax(highest, left)
            for j in 0..<rank { left -= z[t * rank + j] * projections[j] }
            y[t] = left
            sum += left * left
          }
        }
      }
    }
    // Below this share of the data's squares the residuals are rounding errors alone: float32 data
    // with any noise of their own stay above 1e-16.
    let isFitted = (sum .> squares * 1e-22) .& (lowest .< highest) .& (squares .< .infinity)
    var mean = Lanes.zero
    if design.spansConstant {
      for value in values { mean += value / Double(values.count) }
    }
    total = values.reduce(.zero) { $0 + ($1 - mean) * ($1 - mean) }
    self.residuals = residuals
    self.projections = projections
    sumOfSquares = Lanes(repeating: .nan).replacing(with: sum, where: isFitted)
  }

  /// Returns the sum of products over pairs of rows.
  ///
  /// - Parameter pairs: The places of the rows.
  /// - Returns: One sum per lane.
  func sumOfProducts(over pairs: [(earlier: Int, later: Int)]) -> Lanes {
    residuals.withUnsafeBufferPointer { r in
      var sum = Lanes.zero
      for (i, j) in pairs { sum += r[i] * r[j] }
      return sum
    }
  }

  /// Returns *Z*'*S* r, *S* adding the two neighbours of each row within its segment.
  ///
  /// - Parameter design: The design.
  /// - Returns: One entry per column of the basis.
  func neighbourProjections(_ design: KernelDesign) -> [Lanes] {
    let rank = design.rank
    var neighbours = [Lanes](repeating: .zero, count: residuals.count)
    for segment in design.kept.segments {
      for t in segment.dropFirst() {
        neighbours[t] += residuals[t - 1]
        neighbours[t - 1] += residuals[t]
      }
    }
    var result = [Lanes](repeating: .zero, count: rank)
    design.basis.elements.withUnsafeBufferPointer { z in
      neighbours.withUnsafeBufferPointer { neighbours in
        for j in 0..<rank {
          var sum = Lanes.zero
          for t in 0..<neighbours.count { sum += z[t * rank + j] * neighbours[t] }
          result[j] = sum
        }
      }
    }
    return result
  }
}
