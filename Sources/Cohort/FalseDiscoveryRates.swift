import Statistics

/// A family of tests: all regions of one atlas for one contrast of one task; those named contra and
/// ipsi, which are the same data once more, are a family of their own.
private struct Family: Hashable {
  let task: String?
  let contrast: String
  let atlas: String
  let isLateral: Bool
}

/// Gives every tested region the smallest false discovery rate at which its difference is accepted.
func addFalseDiscoveryRates(to regions: inout [RegionComparison]) {
  let families = Dictionary(grouping: regions.indices) { index in
    Family(
      task: regions[index].task,
      contrast: regions[index].contrast,
      atlas: regions[index].atlas,
      isLateral: regions[index].laterality != nil
    )
  }
  for members in families.values {
    let tested = members.filter { regions[$0].test?.p.isFinite ?? false }
    let rates = falseDiscoveryRates(tested.map { regions[$0].test?.p ?? 1 })
    for (index, rate) in zip(tested, rates) { regions[index].q = rate }
  }
}

/// Returns the Benjamini-Hochberg adjusted p values, in the order given.
///
/// With the *m* values sorted, the adjusted value of the *i*-th is the smallest of p₍ⱼ₎ · *m* / *j* over
/// *j* ≥ *i*, and at most 1.
func falseDiscoveryRates(_ p: [Double]) -> [Double] {
  let order = p.indices.sorted { p[$0] > p[$1] }
  var rates = p
  var smallest = 1.0
  for (place, index) in order.enumerated() {
    smallest = min(smallest, p[index] * Double(p.count) / Double(p.count - place))
    rates[index] = smallest
  }
  return rates
}
