import CImageKernel
import CInstructionSet
import Imaging
import Testing

/// Kernels of every instruction set that this processor has, held against the plain definitions.
///
/// Tolerances are multiples of float32's rounding, 6e-8, of the largest number that takes part: a
/// filter rounds some 40 times what it carries on, a sample adds some 30 terms whose weights sum to 1.
@Suite("Kernels beside their references")
struct ReferenceKernelTests {
  static let levels = [CIS_BASELINE, CIS_V3, CIS_V4].compactMap { cik_kernels_at($0)?.pointee }

  /// Shapes that fill no block of lanes, that are shorter than a filter, and flat ones.
  static let shapes: [cik_shape] = [
    cik_shape(x: 13, y: 17, z: 5), cik_shape(x: 70, y: 3, z: 9), cik_shape(x: 2, y: 33, z: 1),
    cik_shape(x: 16, y: 16, z: 16),
  ]

  private func noise(_ count: Int, seed: UInt64 = 11) -> [Float] {
    var state = seed
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float(state >> 40) / Float(1 << 24) - 0.5
    }
  }

  private func count(_ shape: cik_shape) -> Int { Int(shape.x) * Int(shape.y) * Int(shape.z) }

  private func coefficients(_ kernels: cik_kernels, _ shape: cik_shape, _ order: Int32) -> [Float] {
    var result = [Float](repeating: 0, count: cik_padded_count(shape))
    kernels.spline_coefficients(noise(count(shape)), shape, order, &result)
    return result
  }

  private func largest(_ values: [Float]) -> Float { values.map(abs).max() ?? 0 }

  private func farthest(_ one: [Float], _ other: [Float]) -> Float {
    zip(one, other).map { $0.isNaN && $1.isNaN ? 0 : abs($0 - $1) }
      .reduce(0) { $1.isNaN ? .infinity : max($0, $1) }
  }

  /// Maps between grids as they occur: anisotropic, oblique and stored from right to left, the head
  /// turned and shifted; from a target's voxel indices to the image's.
  private func maps(for shape: cik_shape) -> [[Double]] {
    let dimensions = SIMD3(Int(shape.x), Int(shape.y), Int(shape.z))
    let oblique = Affine([-2.9, 0.4, 0.3, 12], [0.5, 3.1, -0.6, -20], [0.2, 0.7, 3.9, 5])
    let flipped = Affine.scaling([-3, 2, 4.5], then: [20, -15, -9])
    let turn = Affine([0.995, -0.0998, 0, 0.4], [0.0998, 0.995, 0, -0.3], [0, 0, 1, 0.7])
    return [oblique, flipped].map { affine in
      makeGrid(dimensions, affine).inverseAffine * turn * affine
    }
    .map(\.kernelRows)
  }

  @Test("Coefficients are those whose spline has the image's values", arguments: shapes)
  func coefficients(shape: cik_shape) {
    for order: Int32 in [3, 7] {
      let expected = coefficients(ReferenceKernels.table, shape, order)
      for kernels in Self.levels {
        let found = coefficients(kernels, shape, order)
        #expect(farthest(found, expected) <= 5e-6 * largest(expected))
      }
    }
  }

  @Test("Samples on oblique, anisotropic and flipped grids", arguments: shapes)
  func samples(shape: cik_shape) {
    let (nx, ny) = (Int(shape.x), Int(shape.y))
    let blocks = (count(shape) + 15) / 16
    let points = (0..<blocks * 48).map { i -> Float in
      let voxel = min(i / 48 * 16 + i % 16, count(shape) - 1)
      return Float([voxel % nx, voxel / nx % ny, voxel / (nx * ny)][i % 48 / 16])
    }
    for order: Int32 in [3, 7] {
      let spline = coefficients(ReferenceKernels.table, shape, order)
      for map in maps(for: shape) {
        var expected = [Float](repeating: 0, count: blocks * 16)
        ReferenceKernels.table.sample(spline, shape, order, map, points, blocks, &expected, 16)
        #expect(expected.contains { $0.isNaN } && expected.contains { !$0.isNaN })
        for kernels in Self.levels {
          var found = expected.map { _ in Float.infinity }
          kernels.sample(spline, shape, order, map, points, blocks, &found, 16)
          #expect(farthest(found, expected) <= 3e-6 * largest(spline))
        }
      }
    }
  }

  @Test("Gradients, convolutions and block means", arguments: shapes)
  func filters(shape: cik_shape) {
    let image = noise(count(shape))
    let spline = coefficients(ReferenceKernels.table, shape, 3)
    func gradient(_ kernels: cik_kernels) -> [Float] {
      var result = [Float](repeating: 0, count: 3 * image.count)
      kernels.cubic_gradient(spline, shape, &result)
      return result
    }
    func convolved(_ kernels: cik_kernels, _ axis: Int32) -> [Float] {
      var result = image
      kernels.convolve(image, shape, axis, [0.4, 0.2, 0.07, 0.03], 3, &result)
      return result
    }
    let factor = cik_shape(x: min(3, shape.x), y: 2, z: 1)
    func means(_ kernels: cik_kernels) -> [Float] {
      let blocks = (shape.x / factor.x) * (shape.y / factor.y) * shape.z
      var result = [Float](repeating: 0, count: Int(blocks))
      kernels.block_mean(image, shape, factor, &result)
      return result
    }
    for kernels in Self.levels {
      let slopes = gradient(ReferenceKernels.table)
      #expect(farthest(gradient(kernels), slopes) <= 2e-6 * largest(spline))
      for axis: Int32 in 0..<3 {
        let expected = convolved(ReferenceKernels.table, axis)
        #expect(farthest(convolved(kernels, axis), expected) <= 5e-7)
      }
      #expect(farthest(means(kernels), means(ReferenceKernels.table)) <= 5e-7)
    }
  }

  @Test("The sums of a registration's step, points without weight and out of view included")
  func normalEquations() {
    let shape = cik_shape(x: 13, y: 17, z: 9)
    let points = 611
    let rows = Int(CIK_BLOCK_ROWS)
    var blocks = noise((points + 15) / 16 * 16 * rows, seed: 3)
    for point in 0..<points {
      for (axis, size) in [13, 17, 9].enumerated() {
        let place = point / 16 * 16 * rows + axis * 16 + point % 16
        blocks[place] = (blocks[place] + 0.5) * Float(size - 1)
      }
    }
    for order: Int32 in [3, 7] {
      let spline = coefficients(ReferenceKernels.table, shape, order)
      for (map, limit) in zip(maps(for: shape), [Float(0.6), .infinity]) {
        func sums(_ kernels: cik_kernels) -> [Double] {
          var result = [Double](repeating: 0, count: Int(CIK_SUM_COUNT))
          kernels.normal_equations(
            spline,
            shape,
            order,
            map,
            blocks,
            points,
            0.9,
            limit,
            &result
          )
          return result
        }
        let expected = sums(ReferenceKernels.table)
        #expect(expected[10] > 100 && expected[10] < Double(points))
        // The rows are at most 0.5, so their products with the errors at most this.
        let scale = 0.5 * (expected[7] * Double(points)).squareRoot()
        let rounding = 3e-6 * Double(largest(spline)) * Double(points)
        for kernels in Self.levels {
          for (found, wanted) in zip(sums(kernels), expected) {
            #expect(abs(found - wanted) <= 1e-5 * scale + rounding)
          }
          #expect(sums(kernels)[10] == expected[10])
        }
      }
    }
  }
}
