import Glibc

/// Returns the normalized mutual information of two lists of values, (H(A) + H(B)) / H(A, B).
///
/// From a joint histogram of 32 × 32 bins; each list is cut at its 1st and 99th percentile, so that
/// a few bright voxels do not take all bins. Pairs with a value that is not finite are left out.
/// Studholme, Hill, Hawkes 1999, Pattern Recognition 32:71.
///
/// - Parameters:
///   - first: The values of one image.
///   - second: The values of the other at the same points.
/// - Returns: 1 for values that know nothing of each other, 2 for values that determine each other;
///   `nil` for fewer than 100 pairs, or where one list is constant.
public func normalizedMutualInformation(_ first: [Float], _ second: [Float]) -> Double? {
  precondition(first.count == second.count, "values at the same points")
  let binCount = 32
  let pairs = zip(first, second).filter { $0.isFinite && $1.isFinite }
  guard pairs.count >= 100, let binA = Bins(pairs.map(\.0), count: binCount),
    let binB = Bins(pairs.map(\.1), count: binCount)
  else { return nil }
  var joint = [Int](repeating: 0, count: binCount * binCount)
  var (ofA, ofB) = ([Int](repeating: 0, count: binCount), [Int](repeating: 0, count: binCount))
  for (a, b) in pairs {
    let (i, j) = (binA(a), binB(b))
    joint[i * binCount + j] += 1
    ofA[i] += 1
    ofB[j] += 1
  }
  let together = entropy(joint, of: pairs.count)
  guard together > 0 else { return nil }
  return (entropy(ofA, of: pairs.count) + entropy(ofB, of: pairs.count)) / together
}

/// Bins of equal width between the 1st and the 99th percentile.
private struct Bins {
  let lower: Float
  let scale: Float
  let count: Int

  init?(_ values: [Float], count: Int) {
    let sorted = values.sorted()
    let cut = sorted.count / 100
    let (lower, upper) = (sorted[cut], sorted[sorted.count - 1 - cut])
    guard upper > lower else { return nil }
    self.lower = lower
    self.count = count
    scale = Float(count) / (upper - lower)
  }

  func callAsFunction(_ value: Float) -> Int {
    let place = ((value - lower) * scale).rounded(.down)
    return Int(min(max(place, 0), Float(count - 1)))
  }
}

private func entropy(_ counts: [Int], of total: Int) -> Double {
  -counts.reduce(0) { sum, count in
    guard count > 0 else { return sum }
    let share = Double(count) / Double(total)
    return sum + share * log(share)
  }
}
