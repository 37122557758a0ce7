/// The fine grid of times on which events become regressors.
///
/// Fifty steps per volume, from 24 s before the first frame time to one volume after the last. An
/// event begins at the first step at or after its onset; one that begins and ends at the same step
/// lasts one step, so that a moment (duration 0) is a response to a fiftieth of a volume.
struct TimeGrid {
  /// The number of steps per volume.
  static let oversampling = 50

  /// How long before the first frame time an event still counts, in s.
  static let leadTime = 24.0

  /// The first time, in s.
  let start: Double

  /// The time between two steps, in s.
  let spacing: Double

  /// The number of times.
  let count: Int

  /// Where the frame times lie on the grid, in steps from its start.
  let framePositions: [Double]

  /// Lays a grid under frame times, ascending, at least two.
  init(frameTimes: [Double], repetitionTime: Double) {
    let first = frameTimes.first ?? 0
    let last = frameTimes.last ?? 0
    let end = last + last / Double(max(1, frameTimes.count - 1))
    let start = first - TimeGrid.leadTime
    let span = max(end, last + 0.5 * repetitionTime) - start
    let steps = (span / repetitionTime * Double(TimeGrid.oversampling)).rounded()
    let spacing = span / steps
    self.start = start
    self.spacing = spacing
    count = Int(steps) + 1
    framePositions = frameTimes.map { ($0 - start) / spacing }
  }

  /// Returns the first step at or after a time, clamped to the grid.
  ///
  /// A millionth of a step early counts as on it, so that rounding never moves an event.
  func step(at time: Double) -> Int {
    let position = ((time - start) / spacing - 1e-6).rounded(.up)
    return Int(min(max(position, 0), Double(count - 1)))
  }

  /// Returns the boxes of a condition's events that reach into the grid.
  func boxes(of condition: Condition) -> [Box] {
    let end = start + spacing * Double(count - 1)
    return condition.onsets.indices.compactMap { event in
      let onset = condition.onsets[event]
      let offset = onset + condition.durations[event]
      guard onset < end, offset > start || onset >= start else { return nil }
      let first = step(at: onset)
      let last = step(at: offset)
      let next = last == first && last < count - 1 ? last + 1 : last
      return Box(first: first, next: next, height: condition.amplitudes[event])
    }
  }
}

/// An event on a time grid.
struct Box {
  /// Its first step.
  let first: Int

  /// The step after its last.
  let next: Int

  /// Its amplitude.
  let height: Double
}
