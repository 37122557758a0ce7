import Glibc
import Imaging

/// A head with a folded cortex whose brightness is a closed formula of the point.
///
/// Scalp, skull, a rim of fluid, grey and white matter, ventricles; the borders of grey and white
/// matter follow a random texture, as folds do, and are as soft as a scanner's point spread of 5 mm
/// makes them. A moved head is asked at moved points, so no interpolation takes part in the truth.
/// It is about 150 × 180 × 110 mm, its middle at 0.
public struct FoldedHead: Sendable {
  private let folds = PlaneWaves(count: 32, width: 8, seed: 101)
  private let grain = PlaneWaves(count: 32, width: 3.4, seed: 102)
  private let coil = PlaneWaves(count: 16, width: 25, seed: 103)

  /// Creates the head; there is one only.
  public init() {}

  /// Returns the brightness along a line of points; grey matter has about 1000.
  ///
  /// - Parameters:
  ///   - start: The first point, in mm of the head.
  ///   - step: From one point to the next, in mm.
  ///   - count: The number of points.
  /// - Returns: One value per point.
  public func line(from start: SIMD3<Double>, step: SIMD3<Double>, count: Int) -> [Float] {
    let radii = (0..<count).map { Self.outer.radius(at: start + Double($0) * step) }
    guard let first = radii.firstIndex(where: { $0 < 1.2 }),
      let last = radii.lastIndex(where: { $0 < 1.2 })
    else { return [Float](repeating: 0, count: count) }
    let from = start + Double(first) * step
    let length = last - first + 1
    let fold = folds.line(from: from, step: step, count: length)
    let fine = grain.line(from: from, step: step, count: length)
    let slow = coil.line(from: from, step: step, count: length)
    var values = [Float](repeating: 0, count: count)
    for i in 0..<length {
      let point = from + Double(i) * step
      values[first + i] = Self.value(
        at: point,
        fold: Double(fold[i]),
        grain: Double(fine[i]),
        coil: Double(slow[i])
      )
    }
    return values
  }

  /// Whether a point of the head, in mm, is in the brain.
  ///
  /// - Parameter point: The point.
  /// - Returns: Whether it is inside the mean border of grey matter.
  public static func isBrain(_ point: SIMD3<Double>) -> Bool { brain.radius(at: point) < 0.95 }

  private static let outer = Ellipsoid(centre: [0, 0, -2], radii: [75, 90, 54])
  private static let brain = Ellipsoid(centre: [0, 2, 2], radii: [65, 79, 46])
  private static let parts: [(shape: Ellipsoid, change: Double)] = [
    (Ellipsoid(centre: [-14, 0, 7], radii: [7, 27, 12]), 380),
    (Ellipsoid(centre: [14, 2, 6], radii: [7, 26, 12]), 380),
    (Ellipsoid(centre: [-24, 7, 0], radii: [11, 14, 11]), 110),
    (Ellipsoid(centre: [24, 6, -1], radii: [11, 14, 11]), 110),
    (Ellipsoid(centre: [0, -52, -27], radii: [24, 22, 13]), -70),
    // On the left only, so that left and right cannot be exchanged unseen.
    (Ellipsoid(centre: [-34, 38, 16], radii: [9, 11, 9]), 200),
  ]

  private static func value(
    at point: SIMD3<Double>,
    fold: Double,
    grain: Double,
    coil: Double
  ) -> Float {
    let inner = brain.radius(at: point)
    let (far, near) = (outer.thickness(at: point), brain.thickness(at: point))
    let radius = outer.radius(at: point)
    var value = 340 * inside((radius - 1) * far) - 230 * inside((radius - 0.94) * far)
    value += 590 * inside((inner - 1.03) * near)
    // Where a border is folded it is steeper than its ellipsoid, here by these factors.
    let grey = inside((inner - 0.97 - 0.03 * fold) * near / 1.1)
    value += 300 * grey - 150 * inside((inner - 0.78 - 0.05 * fold) * near / 1.2)
    for part in parts {
      let radius = part.shape.radius(at: point)
      guard radius < 2 else { continue }
      value += part.change * inside((radius - 1) * part.shape.thickness(at: point))
    }
    return Float(value * (1 + 0.05 * grey * grain) * (1 + 0.1 * max(-2, min(2, coil))))
  }

  /// A step from 1 inside to 0 outside, blurred by a Gaussian of 5 mm, at a distance in mm.
  private static func inside(_ distance: Double) -> Double { 0.5 * erfc(distance / blur) }

  private static let blur = 5 / (8 * log(2)).squareRoot() * 2.0.squareRoot()
}

/// An ellipsoid along the axes, in mm.
private struct Ellipsoid: Sendable {
  let centre: SIMD3<Double>
  let radii: SIMD3<Double>

  /// 0 in the middle, 1 on the surface.
  func radius(at point: SIMD3<Double>) -> Double { ((point - centre) / radii).length }

  /// How many mm along the steepest way the radius needs to grow by 1.
  func thickness(at point: SIMD3<Double>) -> Double {
    let relative = (point - centre) / radii
    let slope = (relative / radii).length
    return slope > 0 ? relative.length / slope : radii.min()
  }
}
