import Files
import Glibc

/// Numbers as a reader expects them; what is not finite reads `n/a`.
enum NumberWords {
  /// A p value: three decimals down to .001, below that as `3.1e-7`.
  static func p(_ value: Double) -> String {
    guard value.isFinite else { return "n/a" }
    if value < 1e-300 { return "< 1e-300" }
    return value >= 0.001 ? fixed(value, digits: 3) : scientific(value)
  }

  /// A number with a fixed count of decimals and a true minus sign.
  static func decimal(_ value: Double, _ digits: Int) -> String {
    guard value.isFinite else { return "n/a" }
    guard value.magnitude < 1e9 else { return scientific(value) }
    return fixed(value, digits: digits).replacing("-", with: "\u{2212}")
  }

  /// A share as whole percent.
  static func percent(_ share: Double) -> String {
    guard share.isFinite else { return "n/a" }
    if share > 0, share < 0.005 { return "< 1 %" }
    if share < 1, share >= 0.995 { return "> 99 %" }
    return decimal(100 * share, 0) + " %"
  }

  /// Degrees of freedom: whole where they are, else with one decimal.
  static func degrees(_ value: Double) -> String {
    decimal(value, value == value.rounded() ? 0 : 1)
  }

  /// Degrees of freedom of a t, as `39`, or of an F, as `2, 39`.
  static func degrees(_ numerator: Double?, _ denominator: Double) -> String {
    (numerator.map { degrees($0) + ", " } ?? "") + degrees(denominator)
  }

  /// A position in mm, as `38, −4, 12`.
  static func position(_ value: SIMD3<Double>?) -> String {
    guard let value, (value.x + value.y + value.z).isFinite else { return "n/a" }
    return (0..<3).map { decimal(value[$0], 0) }.joined(separator: ", ")
  }

  /// A signed, scaled number of two digits, as `3.1e-7`.
  static func scientific(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return value == 0 ? "0" : "n/a" }
    var exponent = Int(log10(value.magnitude).rounded(.down))
    var mantissa = value / pow(10, Double(exponent))
    if (mantissa.magnitude * 10).rounded() >= 100 {
      exponent += 1
      mantissa /= 10
    }
    return fixed(mantissa, digits: 1).replacing("-", with: "\u{2212}") + "e\(exponent)"
  }

  /// The decimals with which the largest of a column's numbers keeps three digits.
  static func digits(for values: [Double]) -> Int {
    let largest = values.filter(\.isFinite).map(\.magnitude).max() ?? 0
    guard largest > 0 else { return 2 }
    if largest >= 10 { return 2 }
    if largest >= 0.1 { return 3 }
    return min(12, 2 - Int(log10(largest).rounded(.down)))
  }
}
