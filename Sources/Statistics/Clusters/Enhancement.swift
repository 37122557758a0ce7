internal import CGroupKernel
import Glibc
internal import Imaging

/// The exponents of threshold-free cluster enhancement.
public struct Enhancement: Equatable, Sendable {
  /// E, of the extent.
  public var extentExponent: Double

  /// H, of the height.
  public var heightExponent: Double

  /// Creates exponents.
  ///
  /// - Parameters:
  ///   - extentExponent: E, of the extent.
  ///   - heightExponent: H, of the height.
  public init(extentExponent: Double = 0.5, heightExponent: Double = 2) {
    (self.extentExponent, self.heightExponent) = (extentExponent, heightExponent)
  }

  /// e^E of every possible extent.
  func powers(upTo count: Int) -> [Double] { (0...count).map { pow(Double($0), extentExponent) } }
}

/// Returns a map enhanced by the support of its neighbours at every threshold.
///
/// For a voxel of height *h* the integral of e(t)^E t^H over 0 < t < *h*, where e(t) is the number of
/// voxels, its own sign only, that are connected with it at threshold *t*. The integral is exact: e
/// changes only where a voxel joins, which the tree of components lists; there are no steps. The
/// result has the sign of the map.
///
/// - Parameters:
///   - z: One value per voxel of the lattice's mask; NaN counts as 0.
///   - lattice: Which voxels touch.
///   - exponents: E and H.
/// - Returns: One value per voxel.
/// - Complexity: O(*n*) but for the inverse Ackermann function.
///
/// Source: Smith & Nichols (2009), *NeuroImage* 44(1), 83-98, for the integral; Berger et al. (2007),
/// *IEEE ICIP*, for the tree.
public func enhanced(
  _ z: [Float],
  in lattice: Lattice,
  _ exponents: Enhancement = Enhancement()
) -> [Double] {
  precondition(z.count == lattice.count, "one value per voxel")
  let scratch = lattice.makeScratch()
  defer { scratch.deallocate() }
  var result = [Double](repeating: 0, count: z.count)
  _ = cgr_enhance(
    lattice.packed,
    z,
    exponents.powers(upTo: z.count),
    exponents.heightExponent,
    scratch,
    &result
  )
  for voxel in z.indices where z[voxel] < 0 { result[voxel] = -result[voxel] }
  return result
}
