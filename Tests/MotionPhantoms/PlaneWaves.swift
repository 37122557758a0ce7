import Glibc
import Statistics

/// A smooth random texture that is known at every point: a sum of plane waves.
///
/// The waves are drawn so that the texture has mean 0, variance 1 and the spectrum of white noise
/// after a Gaussian filter.
struct PlaneWaves: Sendable {
  /// One vector per wave, in rad/mm, sixteen waves side by side.
  private let vectors: [(x: SIMD16<Float>, y: SIMD16<Float>, z: SIMD16<Float>)]
  private let phases: [SIMD16<Float>]
  private let height: Float

  /// Draws the waves.
  ///
  /// - Parameters:
  ///   - count: Their number, a multiple of 16.
  ///   - width: The standard deviation of the Gaussian filter, in mm.
  ///   - seed: The seed.
  init(count: Int, width: Double, seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let spread = 1 / (2.0.squareRoot() * width)
    func sixteen(_ next: (inout SeededGenerator) -> Double) -> SIMD16<Float> {
      var lanes = SIMD16<Float>()
      for lane in 0..<16 { lanes[lane] = Float(next(&generator)) }
      return lanes
    }
    vectors = (0..<count / 16).map { _ in
      (
        sixteen { $0.normal() * spread }, sixteen { $0.normal() * spread },
        sixteen { $0.normal() * spread }
      )
    }
    phases = (0..<count / 16).map { _ in sixteen { $0.uniform() * 2 * .pi } }
    height = Float((2 / Double(count)).squareRoot())
  }

  /// Returns the texture along a line.
  ///
  /// Each wave turns by the same angle from point to point, so that a point costs a product and not
  /// a sine; a line of 100 points stays within 1e-5 of the formula.
  func line(from start: SIMD3<Double>, step: SIMD3<Double>, count: Int) -> [Float] {
    var sums = [Float](repeating: 0, count: count)
    for (vector, phase) in zip(vectors, phases) {
      func along(_ p: SIMD3<Double>) -> SIMD16<Float> {
        vector.x * Float(p.x) + vector.y * Float(p.y) + vector.z * Float(p.z)
      }
      var (cosine, sine) = turned(along(start) + phase)
      let (c, s) = turned(along(step))
      for i in 0..<count {
        sums[i] += cosine.sum()
        let next = cosine * c - sine * s
        sine = sine * c + cosine * s
        cosine = next
      }
    }
    return sums.map { $0 * height }
  }

  private func turned(_ angle: SIMD16<Float>) -> (SIMD16<Float>, SIMD16<Float>) {
    var (cosine, sine) = (angle, angle)
    for lane in 0..<16 {
      cosine[lane] = cosf(angle[lane])
      sine[lane] = sinf(angle[lane])
    }
    return (cosine, sine)
  }
}
