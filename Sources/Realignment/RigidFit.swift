import Algebra
import CImageKernel
import Glibc
import Imaging

/// How a volume lies to a reference, as far as it is known.
struct RigidFit: Sendable {
  /// Reference points to scanner points of the volume, mm to mm.
  var map: Affine

  /// The volume's brightness over the reference's; 0 where it is not known yet.
  var gain = 0.0

  /// The length of the last step, in mm at the head's radius.
  var step = Double.infinity

  /// The mean squared difference over the points in view, over the reference's variance.
  var residual = Double.infinity

  /// The standard deviation of the difference, robust to points that do not fit, in units of the
  /// volume; infinite where it is not known yet.
  var spread = Double.infinity

  /// The share of the points that are in view.
  var inView = 0.0

  /// Whether the numbers say that the volume lies where the map says.
  ///
  /// A volume in its place leaves less than a hundredth of the reference's variance, one whose
  /// slices moved apart by a voxel about a tenth, another image a half and more.
  var isTrusted: Bool {
    step < 0.02 && gain > 0.05 && inView >= 0.5 && residual < 0.25
  }
}

extension RegistrationTarget {
  /// How a fit is refined.
  struct Search {
    /// The largest number of steps.
    let iterations: Int

    /// The length of a step that ends the search, in mm.
    let tolerance: Double

    /// From how many standard deviations on a point has no weight; infinite for all alike.
    var limit = Double.infinity
  }

  /// Returns a fit refined at this scale.
  ///
  /// - Parameters:
  ///   - start: What is known.
  ///   - image: The volume at this scale, as a spline.
  ///   - search: When to end, and what has weight.
  /// - Returns: What is known now.
  func refined(_ start: RigidFit, to image: SplineVolume, by search: Search) -> RigidFit {
    var fit = start
    if fit.gain == 0 { fit.gain = 1 }
    for _ in 0..<search.iterations {
      guard step(&fit, to: image, limit: search.limit), fit.step >= search.tolerance else { break }
    }
    return fit
  }

  /// Takes one step; returns whether there may be a next one.
  private func step(_ fit: inout RigidFit, to image: SplineVolume, limit: Double) -> Bool {
    let sums = sums(at: fit, in: image, limit: limit)
    fit.inView = sums[10] / Double(pointCount)
    let seen = max(1, Double(pointCount) * fit.inView)
    // Points without weight say nothing, so the others' say is scaled up; never by more than 2.
    let say = max(0.5, min(1, sums[9] / seen))
    let q = normal.solve(sums[0..<7].map { $0 / say })
    // The gain may not vanish or turn over in one step: that would be another image.
    let gain = min(max(fit.gain + q[6], 0.25 * fit.gain), 4 * fit.gain)
    fit.residual = sums[7] / seen / (gain * gain * variance)
    fit.spread = (sums[8] / (seen * say)).squareRoot()
    guard fit.inView > 0.2, gain.isFinite, gain > 0, q.allSatisfy(\.isFinite) else {
      fit.step = .infinity
      return false
    }
    var shift = SIMD3(q[0], q[1], q[2]) / gain
    var turn = SIMD3(q[3], q[4], q[5]) / gain
    fit.gain = gain
    fit.step = (shift.length * shift.length + turn.length * turn.length).squareRoot()
    // No further than the image's own width at a time.
    let longest = max(4, 0.5 * scale.fwhm)
    if fit.step > longest {
      shift *= longest / fit.step
      turn *= longest / fit.step
    }
    let change = RigidMotion(translation: shift, rotation: turn / Self.radius)
    guard let back = change.affine(about: centre).inverse else { return false }
    fit.map = fit.map * back
    return true
  }

  private func sums(at fit: RigidFit, in image: SplineVolume, limit: Double) -> [Double] {
    var sums = [Double](repeating: 0, count: Int(CIK_SUM_COUNT))
    let map = image.grid.inverseAffine * fit.map * grid.affine
    cik_normal_equations(
      image.coefficients,
      image.grid.kernelShape,
      image.order.rawValue,
      map.kernelRows,
      blocks,
      pointCount,
      Float(fit.gain),
      Float(limit * fit.spread),
      &sums
    )
    return sums
  }
}
