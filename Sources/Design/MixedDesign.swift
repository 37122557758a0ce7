import Algebra

/// Returns the weighted sum of designs that differ only in the time they are sampled at.
///
/// A datum that mixes slices (by smoothing, or as a region's mean) needs its regressors mixed by the
/// same weights.
///
/// - Parameters:
///   - designs: Designs of the same columns and volumes; at least one.
///   - weights: One weight per design, of sum 1.
/// - Returns: The mixture, with the columns of the first design.
public func mixed(_ designs: [DesignMatrix], weights: [Double]) -> DesignMatrix {
  precondition(!designs.isEmpty && designs.count == weights.count, "one weight per design")
  var sum = Matrix(zeros: designs[0].matrix.rowCount, designs[0].matrix.columnCount)
  for (design, weight) in zip(designs, weights) where weight != 0 {
    for i in sum.elements.indices { sum.elements[i] += weight * design.matrix.elements[i] }
  }
  return DesignMatrix(columns: designs[0].columns, matrix: sum, notes: designs[0].notes)
}
