import Imaging

/// Returns the volumes that fit far worse than the run's median volume, or not at all.
func oddVolumes(_ fits: [RigidFit]) -> [Int] {
  let residuals = fits.filter(\.isTrusted).map(\.residual).sorted()
  let median = residuals.isEmpty ? 0 : residuals[residuals.count / 2]
  let limit = max(0.005, 6 * median)
  return fits.indices.filter { !fits[$0].isTrusted || fits[$0].residual > limit }
}

/// Returns the fits with those of odd volumes tried again from where their neighbours in time are.
///
/// A search that starts without motion can end beside the truth after a large turn; the volumes
/// before and after have often turned as well. The attempt that leaves the smallest difference is
/// kept. As an attempt may rescue the next volume's, they are repeated a few times.
func retried(
  _ fits: [RigidFit],
  of series: ImageSeries,
  by registration: Registration,
  threads: Int
) -> [RigidFit] {
  var best = fits
  for _ in 0..<3 {
    let odd = oddVolumes(best)
    let known = Set(best.indices).subtracting(odd)
    let current = best
    let attempts = mapSlabs(odd.count, threads: threads) { index in
      attempt(odd[index], current: current, known: known, of: series, by: registration)
    }
    var hasGained = false
    for (volume, attempt) in zip(odd, attempts) where isBetter(attempt, than: best[volume]) {
      best[volume] = attempt
      hasGained = true
    }
    guard hasGained else { break }
  }
  return best
}

/// Returns the best fit of one volume from the places of the nearest known volumes.
private func attempt(
  _ volume: Int,
  current: [RigidFit],
  known: Set<Int>,
  of series: ImageSeries,
  by registration: Registration
) -> RigidFit {
  let before = (0..<volume).last(where: known.contains)
  let after = (volume + 1..<max(current.count, volume + 1)).first(where: known.contains)
  let image = series.volume(volume)
  return [before, after].compactMap { $0 }
    .map { registration.fit(image, around: current[$0].map) }
    .reduce(current[volume]) { isBetter($1, than: $0) ? $1 : $0 }
}

/// Whether a fit is trusted where the other is not, or leaves clearly less.
private func isBetter(_ fit: RigidFit, than other: RigidFit) -> Bool {
  guard fit.isTrusted == other.isTrusted else { return fit.isTrusted }
  return fit.residual < 0.99 * other.residual
}
