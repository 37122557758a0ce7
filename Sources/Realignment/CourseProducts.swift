import Algebra
import Imaging

/// Returns the products of volumes with volumes, summed over the courses of voxels.
///
/// - Parameters:
///   - voxelCount: The number of voxels.
///   - length: The number of values of a course.
///   - threads: The number of threads; no result depends on it.
///   - course: Returns the course of a voxel; `nil` where it is to be passed over.
/// - Returns: A symmetric matrix, *length* × *length*.
/// - Complexity: O(voxels × length²).
func courseProducts(
  _ voxelCount: Int,
  length: Int,
  threads: Int,
  course: @Sendable (Int) -> [Double]?
) -> Matrix {
  // Few parts, as each holds a matrix; always as many, so that sums do not depend on threads.
  let partCount = 4
  let parts = mapSlabs(partCount, threads: threads) { part in
    let voxels = voxelCount * part / partCount..<voxelCount * (part + 1) / partCount
    var sums = CourseProducts(length: length)
    for voxel in voxels {
      if let values = course(voxel) { sums.add(values) }
    }
    return sums.finish()
  }
  var products = Matrix(zeros: length, length)
  for part in parts {
    for index in part.elements.indices { products.elements[index] += part.elements[index] }
  }
  for row in 0..<length {
    for column in 0..<row { products[column, row] = products[row, column] }
  }
  return products
}

/// The products of volumes with volumes, added up four voxels at a time.
private struct CourseProducts {
  private static let blockSize = 4

  /// The products of a volume with itself and earlier ones; 0 beyond.
  private var sums: Matrix

  /// Four courses one after the other, and how many of them are in use; zeros beyond.
  private var block: [Double]
  private var used = 0

  init(length: Int) {
    sums = Matrix(zeros: length, length)
    block = [Double](repeating: 0, count: Self.blockSize * length)
  }

  /// Adds the products of one course.
  mutating func add(_ course: [Double]) {
    let start = used * sums.rowCount
    for (row, value) in course.enumerated() { block[start + row] = value }
    used += 1
    if used == Self.blockSize { flush() }
  }

  /// Returns the products of all courses that were added.
  mutating func finish() -> Matrix {
    flush()
    return sums
  }

  private mutating func flush() {
    guard used > 0 else { return }
    let length = sums.rowCount
    let courses = block
    sums.elements.withUnsafeMutableBufferPointer { sums in
      courses.withUnsafeBufferPointer { block in
        for row in 0..<length {
          let (a, b) = (block[row], block[length + row])
          let (c, d) = (block[2 * length + row], block[3 * length + row])
          let start = row * length
          for column in 0..<row + 1 {
            let first = a * block[column] + b * block[length + column]
            let second = c * block[2 * length + column] + d * block[3 * length + column]
            sums[start + column] += first + second
          }
        }
      }
    }
    for place in block.indices { block[place] = 0 }
    used = 0
  }
}
