import Files
import Statistics

/// The stimuli of one run: blocks of heat of two strengths, each followed by a rating.
struct HeatParadigm: Sendable {
  /// What happens in the scanner.
  enum Condition: String, CaseIterable, Sendable {
    case strong = "heat_high"
    case weak = "heat_low"
    case rating
  }

  /// One stimulus or rating.
  struct Trial: Sendable {
    let condition: Condition
    /// In s from the start of the run.
    let onset: Double
    /// In s.
    let duration: Double
    /// From 0 to 100; `nil` for the rating itself.
    let pain: Double?
  }

  let trials: [Trial]

  /// Draws the stimuli that fit a run.
  ///
  /// - Parameters:
  ///   - length: The run's length, in s.
  ///   - generator: Where onsets and ratings are drawn from.
  init(length: Double, generator: inout SeededGenerator) {
    var trials: [Trial] = []
    var onset = 8.0
    var isStrong = generator.uniform() < 0.5
    // The last response has come down before the run ends.
    while onset + 10 + 20 < length {
      let expected = isStrong ? 65.0 : 35.0
      let pain = rounded(min(100, max(0, expected + 9 * generator.normal())), to: 1)
      let condition: Condition = isStrong ? .strong : .weak
      trials.append(Trial(condition: condition, onset: onset, duration: 10, pain: pain))
      let ratingOnset = rounded(onset + 14 + 2 * generator.uniform(), to: 2)
      trials.append(Trial(condition: .rating, onset: ratingOnset, duration: 3, pain: nil))
      onset = rounded(ratingOnset + 9 + 4 * generator.uniform(), to: 2)
      isStrong.toggle()
    }
    self.trials = trials
  }

  /// The mean rating of a condition's trials.
  func meanPain(of condition: Condition) -> Double {
    let ratings = trials.filter { $0.condition == condition }.compactMap(\.pain)
    return ratings.isEmpty ? 0 : ratings.reduce(0, +) / Double(ratings.count)
  }

  /// The events as BIDS has them.
  var table: String {
    let rows = trials.map { trial in
      let pain = trial.pain.map { fixed($0, digits: 1) } ?? "n/a"
      return [number(trial.onset), number(trial.duration), trial.condition.rawValue, pain]
        .joined(separator: "\t")
    }
    return (["onset\tduration\ttrial_type\tpain_rating"] + rows).joined(separator: "\n") + "\n"
  }
}

/// A number as its text in the table says it, so that truth and table are the same.
private func rounded(_ value: Double, to digits: Int) -> Double {
  let scale = digits == 1 ? 10.0 : 100
  return (value * scale).rounded() / scale
}
