public import Imaging

/// The head motion of a run.
public struct MotionEstimate: Sendable {
  /// The mean of realigned volumes, in the frame that the poses refer to.
  public let reference: Volume

  /// The point that the poses' rotations are taken about: the centre of the grid, in mm.
  public let centre: SIMD3<Double>

  /// One pose per volume of the run, dummies included, so that a volume keeps its number.
  public let poses: [RigidMotion]

  /// Whether each pose was found; where not, it lies between those of the neighbours in time.
  public let converged: [Bool]

  /// For every volume the share of the reference's variance that its pose leaves unexplained.
  public let residuals: [Double]

  /// For every volume the share of the brain and its rim that its image holds at its pose.
  public let viewShares: [Double]

  /// Sentences for the report, such as which volumes could not be realigned.
  public let notes: [String]

  /// Creates an estimate.
  ///
  /// - Parameters:
  ///   - reference: The image that the poses refer to.
  ///   - poses: One pose per volume, about the centre of the reference's grid.
  ///   - converged: Whether each was found.
  ///   - residuals: What each leaves unexplained; nothing where it is left out.
  ///   - viewShares: How much of the head each volume holds; all of it where it is left out.
  ///   - notes: Sentences for the report.
  public init(
    reference: Volume,
    poses: [RigidMotion],
    converged: [Bool],
    residuals: [Double]? = nil,
    viewShares: [Double]? = nil,
    notes: [String]
  ) {
    precondition(poses.count == converged.count, "one verdict per pose")
    self.reference = reference
    centre = reference.grid.centre
    self.poses = poses
    self.converged = converged
    self.residuals = residuals ?? poses.map { _ in 0 }
    self.viewShares = viewShares ?? poses.map { _ in 1 }
    self.notes = notes
  }

  /// Returns the map of reference points to scanner points of one volume.
  ///
  /// - Parameter volume: The volume, counted from 0.
  /// - Returns: The map, mm to mm.
  public func map(ofVolume volume: Int) -> Affine { poses[volume].affine(about: centre) }
}

/// Estimates the head motion of a run.
///
/// Every volume is brought onto the volume most like the others, coarse to fine; then onto the mean
/// of the realigned volumes, which has little noise of its own. The brightness of a volume is fitted
/// beside its pose, so that scanner drift does not look like motion.
///
/// - Parameters:
///   - series: The run.
///   - dummies: The number of volumes at the start that must not shape the reference; they get poses
///     nevertheless.
///   - threads: The number of threads; no result depends on it.
/// - Returns: One pose per volume, and the reference they refer to.
/// - Throws: ``RealignmentError`` where there is nothing to realign.
/// - Complexity: O(voxels × volumes).
public func estimateMotion(
  of series: ImageSeries,
  skipping dummies: Int,
  threads: Int
) throws(RealignmentError) -> MotionEstimate {
  guard dummies >= 0, dummies < series.volumeCount else {
    throw .noVolumes(volumeCount: series.volumeCount, dummies: dummies)
  }
  guard series.grid.dimensions.min() >= 4 else {
    throw .gridTooSmall(dimensions: series.grid.dimensions)
  }
  let steady = Array(dummies..<series.volumeCount)
  let first = try typicalVolume(of: series, among: steady, threads: threads)
  let rough = try Registration(reference: series.volume(first), isFinal: false)
  let chosen = evenlySpaced(referenceVolumeCount, of: steady)
  let start = mapSlabs(chosen.count, threads: threads) { rough.fit(series.volume(chosen[$0])) }
  let trusted = chosen.indices.filter { start[$0].isTrusted }
  guard !trusted.isEmpty else { throw .nothingConverged }
  let mean = meanVolume(
    of: series,
    at: trusted.map { (volume: chosen[$0], map: start[$0].map) },
    threads: threads
  )
  let final = try Registration(reference: mean, isFinal: true)
  let known = Dictionary(uniqueKeysWithValues: trusted.map { (chosen[$0], start[$0]) })
  let fits = mapSlabs(series.volumeCount, threads: threads) { volume in
    let image = series.volume(volume)
    return known[volume].map { final.fit(image, from: $0) } ?? final.fit(image)
  }
  let best = retried(fits, of: series, by: final, threads: threads)
  guard best.contains(where: \.isTrusted) else { throw .nothingConverged }
  return estimate(reference: mean, fits: best)
}

/// The number of volumes that the reference is the mean of: its noise is then under a fifth of a
/// volume's, which lengthens the error of a pose by 1.5 %.
private let referenceVolumeCount = 32

/// Puts the fits of all volumes together, and says which are missing or odd.
private func estimate(reference: Volume, fits: [RigidFit]) -> MotionEstimate {
  let converged = fits.map(\.isTrusted)
  let centre = reference.grid.centre
  let poses = fits.map { RigidMotion($0.map, about: centre) }
  let lost = converged.indices.filter { !converged[$0] }
  let odd = oddVolumes(fits).filter { converged[$0] }
  var notes: [String] = []
  if !lost.isEmpty {
    notes.append(
      "the head's position could not be found in \(lost.count) of \(fits.count) volumes "
        + "(counted from 0: \(list(lost))); they were given positions between their neighbours' "
        + "and should be left out"
    )
  }
  let cut = fits.indices.filter { converged[$0] && fits[$0].inView < 0.95 }
  if !cut.isEmpty {
    notes.append(
      "in \(cut.count) of \(fits.count) volumes (counted from 0: \(list(cut))) over a twentieth of the "
        + "head lies outside the field of view"
    )
  }
  if !odd.isEmpty {
    notes.append(
      "\(odd.count) of \(fits.count) volumes (counted from 0: \(list(odd))) differ from the "
        + "others by more than their position, as after motion within a volume"
    )
  }
  return MotionEstimate(
    reference: reference,
    poses: bridged(poses, where: converged),
    converged: converged,
    residuals: fits.map { $0.residual.isFinite ? min($0.residual, 1) : 1 },
    viewShares: fits.map(\.inView),
    notes: notes
  )
}

private func list(_ volumes: [Int]) -> String {
  volumes.map(String.init).joined(separator: ", ")
}

/// Replaces the poses that were not found by ones between the neighbours that were.
func bridged(_ poses: [RigidMotion], where found: [Bool]) -> [RigidMotion] {
  let known = found.indices.filter { found[$0] }
  var result = poses
  for volume in poses.indices where !found[volume] {
    let before = known.last { $0 < volume }
    let after = known.first { $0 > volume }
    guard let low = before ?? after, let high = after ?? before else { continue }
    let share = low == high ? 0 : Double(volume - low) / Double(high - low)
    let (a, b) = (poses[low], poses[high])
    result[volume] = RigidMotion(
      translation: a.translation + share * (b.translation - a.translation),
      rotation: a.rotation + share * (b.rotation - a.rotation)
    )
  }
  return result
}
