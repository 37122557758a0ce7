import Glibc
import Imaging

/// What a model says of one contrast at every voxel; NaN where it says nothing.
public struct GroupEstimate: Sendable {
  /// The contrast.
  public let contrast: GroupContrast

  /// The effect, in the maps' unit; NaN for an F.
  public internal(set) var effect: [Double]

  /// The effect's standard error, in the maps' unit; NaN for an F.
  public internal(set) var standardError: [Double]

  /// t, or F.
  public internal(set) var statistic: [Double]

  /// Those of the error.
  public internal(set) var degreesOfFreedom: [Double]

  /// z of the same two-sided p as a t, with its sign, or of the upper-tail p of an F, positive.
  public internal(set) var z: [Double]

  /// The two-sided p of a t, the upper-tail p of an F.
  public internal(set) var p: [Double]

  /// Creates an estimate that says nothing.
  init(_ contrast: GroupContrast, voxelCount: Int) {
    self.contrast = contrast
    let nothing = [Double](repeating: .nan, count: voxelCount)
    (effect, standardError, statistic) = (nothing, nothing, nothing)
    (degreesOfFreedom, z, p) = (nothing, nothing, nothing)
  }

  /// Works out p and z of all statistics.
  mutating func fillTails(threads: Int) {
    let slab = 4096
    let rows = Double(contrast.rows.count)
    let (isF, statistics, degrees) = (contrast.isF, statistic, degreesOfFreedom)
    let tables = TailTables(degrees, numerator: isF ? rows : nil)
    let parts = mapSlabs((statistics.count + slab - 1) / slab, threads: threads) { index in
      (index * slab..<min((index + 1) * slab, statistics.count)).map { voxel in
        tables.pAndZ(statistics[voxel], degrees[voxel])
      }
    }
    var voxel = 0
    for part in parts {
      for (p, z) in part {
        (self.p[voxel], self.z[voxel]) = (p, z)
        voxel += 1
      }
    }
  }
}

/// p and z at many degrees of freedom, by a table for each that is frequent.
private struct TailTables: Sendable {
  private var t: [Double: StudentT] = [:]
  private var f: [Double: FDistribution] = [:]
  private let numerator: Double?

  init(_ degrees: [Double], numerator: Double?) {
    self.numerator = numerator
    var counts: [Double: Int] = [:]
    for value in degrees where value > 0 && value.rounded() == value {
      counts[value, default: 0] += 1
    }
    for (value, count) in counts where count > 200 {
      if let numerator {
        f[value] = FDistribution(numerator: numerator, denominator: value)
      } else {
        t[value] = StudentT(degreesOfFreedom: value)
      }
    }
  }

  func pAndZ(_ statistic: Double, _ degrees: Double) -> (p: Double, z: Double) {
    guard !statistic.isNaN, degrees > 0 else { return (.nan, .nan) }
    guard let numerator else {
      if let table = t[degrees] { return table.pAndZ(statistic) }
      return (
        twoSidedP(t: statistic, degreesOfFreedom: degrees),
        Statistics.z(t: statistic, degreesOfFreedom: degrees)
      )
    }
    if let table = f[degrees] { return table.pAndZ(statistic) }
    return (
      upperTailP(f: statistic, numerator: numerator, denominator: degrees),
      Statistics.z(f: statistic, numerator: numerator, denominator: degrees)
    )
  }
}
