import CImageKernel

/// What `cik_normal_equations` computes: the sums of one Gauss-Newton step of a rigid registration.
func referenceNormalEquations(
  _ coefficients: UnsafePointer<Float>?,
  _ shape: cik_shape,
  _ order: Int32,
  _ map: UnsafePointer<Double>?,
  _ blocks: UnsafePointer<Float>?,
  _ points: Int,
  _ gain: Float,
  _ limit: Float,
  _ sums: UnsafeMutablePointer<Double>?
) {
  guard let coefficients, let map, let blocks, let sums else { return }
  let (lanes, rows) = (Int(CIK_LANES), Int(CIK_BLOCK_ROWS))
  for place in 0..<Int(CIK_SUM_COUNT) { sums[place] = 0 }
  for point in 0..<points {
    let first = point / lanes * rows * lanes + point % lanes
    let row = (0..<rows).map { Double(blocks[first + $0 * lanes]) }
    let at = moved(Array(row[0..<3]), by: map)
    guard let value = splineValue(coefficients, shape, Int(order), at: at) else { continue }
    let error = value - Double(gain) * row[3]
    let square = (error / Double(limit)) * (error / Double(limit))
    // Tukey's weight, and the derivative of the weighted error by the error.
    let near = max(0, 1 - square)
    let weighted = near * near * error
    for derivative in 0..<6 { sums[derivative] += row[4 + derivative] * weighted }
    sums[6] += row[3] * weighted
    sums[7] += error * error
    sums[8] += error * weighted
    sums[9] += near * (1 - 5 * square)
    sums[10] += 1
  }
}
