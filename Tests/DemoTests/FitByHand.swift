import BIDS
import Glibc
import Testing

/// Heat, rating, constant and slow drift for every volume.
///
/// The response is a sum over fine steps of the textbook's density x^5 e^-x / 5! - x^15 e^-x / (6 ·
/// 15!), not the closed form that made the data.
func regressors(_ events: Table, volumeCount: Int) throws -> [[Double]] {
  let step = 0.1
  let density = (0..<400).map { i -> Double in
    let x = (Double(i) + 0.5) * step
    return (exp(5 * log(x) - x - lgamma(6)) - exp(15 * log(x) - x - lgamma(16)) / 6) * 6 / 5
  }
  let types = try events.requiredColumn("trial_type")
  let onsets = try events.requiredColumn("onset").map { try #require(Double($0)) }
  let durations = try events.requiredColumn("duration").map { try #require(Double($0)) }
  var columns: [[Double]] = ["heat_high", "heat_low", "rating"].map { type in
    (0..<volumeCount).map { volume in
      let time = (Double(volume) + 0.5) * 2
      var sum = 0.0
      for (i, height) in density.enumerated() {
        let then = time - (Double(i) + 0.5) * step
        let isOn = types.indices.contains {
          types[$0] == type && then >= onsets[$0] && then < onsets[$0] + durations[$0]
        }
        if isOn { sum += height * step }
      }
      return sum
    }
  }
  for frequency in 0...3 {
    columns.append(
      (0..<volumeCount).map {
        cos(.pi * Double(frequency) * (Double($0) + 0.5) / Double(volumeCount))
      }
    )
  }
  return columns
}

/// The least-squares coefficients, by elimination in the normal equations.
func leastSquares(_ columns: [[Double]], _ values: [Double]) -> [Double] {
  func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
  let p = columns.count
  var a = (0..<p).map { i in (0..<p).map { dot(columns[i], columns[$0]) } }
  var b = columns.map { dot($0, values) }
  for pivot in 0..<p {
    for row in 0..<p where row != pivot {
      let factor = a[row][pivot] / a[pivot][pivot]
      for column in 0..<p { a[row][column] -= factor * a[pivot][column] }
      b[row] -= factor * b[pivot]
    }
  }
  return (0..<p).map { b[$0] / a[$0][$0] }
}
