import Design
import Job
import Statistics

/// A paradigm and the times at which it is scanned.
struct Acquisition {
  /// What it is, in words.
  let note: String

  /// The time between volumes, in s.
  let repetitionTime: Double

  /// The number of volumes.
  let volumeCount: Int

  /// The length of an event, in s.
  let duration: Double

  /// The time from one event to the next, in s; between these bounds.
  let interval: ClosedRange<Double>

  /// The acquisitions that are simulated.
  static let all = [
    Acquisition(
      note: "TR 2 s, 240 volumes, 12-s blocks",
      repetitionTime: 2,
      volumeCount: 240,
      duration: 12,
      interval: 24...24
    ),
    Acquisition(
      note: "TR 0.8 s, 400 volumes, 4-s events",
      repetitionTime: 0.8,
      volumeCount: 400,
      duration: 4,
      interval: 8...16
    ),
    Acquisition(
      note: "TR 2 s, 60 volumes, 12-s blocks",
      repetitionTime: 2,
      volumeCount: 60,
      duration: 12,
      interval: 24...24
    ),
  ]

  /// Whether so few volumes are left beside the usual columns that every estimate is coarse.
  var isShort: Bool { volumeCount < 100 }

  /// Returns a design: the condition, slow drift, and motion that is drawn.
  ///
  /// - Parameters:
  ///   - count: The number of motion columns: 6, or 24 with their differences and squares.
  ///   - numbers: Where the events' times and the motion are drawn from.
  /// - Returns: The design, with the condition first.
  /// - Throws: Why it cannot be made.
  func design(motionColumns count: Int, numbers: inout SeededGenerator) throws -> DesignMatrix {
    var onsets: [Double] = []
    var onset = 6.0
    while onset < repetitionTime * Double(volumeCount) - duration {
      onsets.append(onset)
      onset +=
        interval.lowerBound
        + (interval.upperBound - interval.lowerBound) * numbers.uniform()
    }
    var motion: [String: [Double]] = [:]
    for name in motionParameterNames {
      var place = 0.0
      // A slow walk with the jitter of its estimate.
      motion[name] = (0..<volumeCount).map { _ in
        place += numbers.normal()
        return place + numbers.normal()
      }
    }
    for (name, values) in motion {
      let change = values.indices.map { $0 == 0 ? 0 : values[$0] - values[$0 - 1] }
      motion[name + "_derivative1"] = change
      motion[name + "_power2"] = values.map { $0 * $0 }
      motion[name + "_derivative1_power2"] = change.map { $0 * $0 }
    }
    return try makeDesign(
      DesignRequest(
        conditions: [
          Condition(
            name: "stimulus",
            onsets: onsets,
            durations: onsets.map { _ in duration }
          )
        ],
        frameTimes: frameTimes(
          volumeCount: volumeCount,
          repetitionTime: repetitionTime,
          referenceTime: 0
        ),
        repetitionTime: repetitionTime,
        hemodynamics: .spm,
        drift: .cosine(cutoff: 128),
        confounds: try confoundColumns(count == 24 ? .motion24 : .motion6, from: motion)
      )
    )
  }

  /// Draws the volumes that are kept where a tenth is left out, one to three in a row.
  ///
  /// - Parameter numbers: Where they are drawn from.
  /// - Returns: The kept volumes, ascending.
  func keptVolumes(numbers: inout SeededGenerator) -> [Int] {
    var isKept = [Bool](repeating: true, count: volumeCount)
    while isKept.count(where: { !$0 }) < volumeCount / 10 {
      let start = numbers.index(below: volumeCount)
      for volume in start...min(volumeCount - 1, start + numbers.index(below: 3)) {
        isKept[volume] = false
      }
    }
    return isKept.indices.filter { isKept[$0] }
  }
}
