import CImageKernel
import CInstructionSet
import Testing

@Suite("Kernels at every instruction set")
struct KernelLevelTests {
  /// What each kernel gives for one odd shape, at a level; nothing where the processor has it not.
  private func results(at level: cis_level) -> [[Float]]? {
    guard let kernels = cik_kernels_at(level)?.pointee else { return nil }
    let shape = cik_shape(x: 13, y: 17, z: 5)
    let count = 13 * 17 * 5
    var state: UInt64 = 11
    let image = (0..<count).map { _ -> Float in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float(state >> 40) / Float(1 << 24)
    }
    // A turn about z by 0.1 rad, a shift, and points that leave the image on all sides.
    let map = [0.995, -0.0998, 0, -0.4, 0.0998, 0.995, 0, 0.3, 0, 0, 1.02, -0.2]
    let blocks = (count + 15) / 16
    let points = (0..<blocks * 48).map { i -> Float in
      let voxel = min(i / 48 * 16 + i % 16, count - 1)
      return Float([voxel % 13, voxel / 13 % 17, voxel / 221][i % 48 / 16])
    }
    var found: [[Float]] = []
    for order: Int32 in [3, 7] {
      var coefficients = [Float](repeating: 0, count: cik_padded_count(shape))
      kernels.spline_coefficients(image, shape, order, &coefficients)
      var samples = [Float](repeating: 0, count: blocks * 16)
      kernels.sample(coefficients, shape, order, map, points, blocks, &samples, 16)
      found += [coefficients, samples.map { $0.isNaN ? -1000 : $0 }]
      if order == 3 {
        var gradient = [Float](repeating: 0, count: 3 * count)
        kernels.cubic_gradient(coefficients, shape, &gradient)
        found.append(gradient)
      }
    }
    for axis: Int32 in 0..<3 {
      var smoothed = [Float](repeating: 0, count: count)
      kernels.convolve(image, shape, axis, [0.5, 0.2, 0.05], 2, &smoothed)
      found.append(smoothed)
    }
    return found
  }

  @Test("AVX2 and AVX-512 give the same bits")
  func sameBits() {
    guard let wide = results(at: CIS_V4), let narrow = results(at: CIS_V3) else { return }
    for (a, b) in zip(wide, narrow) { #expect(a.map(\.bitPattern) == b.map(\.bitPattern)) }
  }

  @Test("The baseline differs by rounding alone")
  func baseline() throws {
    let base = try #require(results(at: CIS_BASELINE))
    guard let other = results(at: CIS_V3) else { return }
    // Coefficients of order 7 reach 60^3 times a value of 1 where noise is sharpest, and a spline's
    // sum takes 512 of them: 2^-23 of that scale, a few times.
    let scale = base.map { values in values.map(abs).filter { $0 != 1000 }.max() ?? 1 }
    let largest = scale.max() ?? 1
    for (a, b) in zip(base, other) {
      let worst = zip(a, b).map { abs($0 - $1) }.max() ?? 0
      #expect(worst <= largest * 4e-6)
    }
  }
}
