import Files

extension DatasetSurvey {
  /// The survey in words: what would be done, what stands in its way, and each participant, worst first.
  ///
  /// - Parameter namesRuns: Whether every run has a line of its own.
  /// - Returns: Lines of text.
  public func lines(namingRuns namesRuns: Bool) -> [String] {
    [headline, ""] + tasks + section("In the way", .blocker) + section("To look at", .warning)
      + section("To know", .note) + ["", "Participants, worst first"]
      + (namesRuns ? participants.flatMap(\.linesOfRuns) : alikeParticipants)
  }

  private var headline: String {
    let counts = "\(count(participantCount, "participant")), \(count(runCount, "run"))"
    let verdict =
      modelledRunCount == 0
      ? "an analysis as asked would model none of them"
      : "an analysis as asked would model \(count(modelledRunCount, "run")) of "
        + count(analysedParticipantCount, "participant")
        + (isMetadataOnly ? ", once the images are there" : "")
    return "\(name): \(counts); \(verdict)"
  }

  /// One line per task: how long its runs are, and which conditions they have.
  private var tasks: [String] {
    let runs = participants.flatMap(\.runs)
    let names = Set(runs.map(\.task)).sorted { ($0 ?? "") < ($1 ?? "") }
    return names.flatMap { task in
      let own = runs.filter { $0.task == task }
      let times = Set(own.compactMap(\.repetitionTime)).sorted().map { "\(number($0)) s" }
      let repetition = times.isEmpty ? "unknown" : times.joined(separator: ", ")
      let events = own.count(where: \.hasEvents)
      let line =
        "task \(task ?? "without a name"): \(count(own.count, "run")), \(events) with events; repetition "
        + "time \(repetition)\(lengths(of: own))"
      return [line] + conditions(of: own)
    }
  }

  private func lengths(of runs: [RunSurvey]) -> String {
    let known = runs.filter { $0.lengthSource == .image }.compactMap(\.length)
    if let range = range(known) { return "; \(range) s long" }
    let clocked = runs.filter { $0.lengthSource == .clock }.compactMap(\.length)
    if let range = range(clocked) {
      return "; \(range) s long, inferred from the next run's onsets"
    }
    let inferred = runs.filter { $0.lengthSource == .onsets }.compactMap(\.length)
    return range(inferred).map { "; at least \($0) s long, inferred from the last events" } ?? ""
  }

  /// The conditions of a task's runs, with how many events each has.
  private func conditions(of runs: [RunSurvey]) -> [String] {
    let all = runs.flatMap(\.conditions)
    let names = Set(all.map(\.name)).sorted()
    guard !names.isEmpty else { return [] }
    let modelled = runs.count { !$0.conditions.isEmpty }
    let shown = names.prefix(12).map { name in
      let own = all.filter { $0.name == name }
      let events = range(own.map { Double($0.events) }) ?? "0"
      let share = own.count == modelled ? "" : " in \(own.count) of \(modelled) runs"
      return "\(name) (\(events)\(share))"
    }
    let rest = names.count > 12 ? " and \(names.count - 12) more" : ""
    return ["  events a run: \(shown.joined(separator: ", "))\(rest)"]
  }

  private func section(_ title: String, _ severity: Finding.Severity) -> [String] {
    let own = findings.filter { $0.severity == severity }
    guard !own.isEmpty else { return severity == .blocker ? ["", "Nothing is in the way."] : [] }
    return ["", title] + own.map { "  " + $0.line }
  }

  /// The participants of whom the same is true, on one line.
  private var alikeParticipants: [String] {
    var order: [String] = []
    var names: [String: [String]] = [:]
    for participant in participants {
      let summary = participant.summary
      if names[summary] == nil { order.append(summary) }
      names[summary, default: []].append(participant.participant)
    }
    return order.map { summary in "  \(listed(names[summary] ?? [])): \(summary)" }
  }
}

extension GroupedFinding {
  /// The finding with how many it is true of, and who where they are few.
  fileprivate var line: String {
    var place = ""
    if !runs.isEmpty {
      place = "\(count(runs.count, "run")) of "
    }
    if !participants.isEmpty {
      place +=
        participants.count <= 6 ? listed(participants) : count(participants.count, "participant")
    }
    let worst = isExample && weight != nil ? "at worst, " : ""
    let words = place.isEmpty ? sentence : "\(place): \(worst)\(sentence)"
    guard let first = places.first else { return words }
    return words + (places.count > 1 || isExample ? " (such as \(first))" : " (\(first))")
  }
}

extension ParticipantSurvey {
  /// What is true of the participant, in a few words that are the same for others like it.
  fileprivate var summary: String {
    var parts = [
      count(runs.count, "run"),
      wouldBeAnalysed
        ? "\(runs.count(where: \.isMeant)) to model" : "would not be analysed",
    ]
    for severity in [Finding.Severity.blocker, .warning, .note] {
      let causes = allFindings.filter { $0.severity == severity }.map(\.cause)
      guard !causes.isEmpty else { continue }
      let counted = Set(causes).sorted().map { cause in
        let times = causes.count { $0 == cause }
        return times > 1 ? "\(cause) ×\(times)" : cause
      }
      parts.append("\(severity.rawValue)s \(counted.joined(separator: ", "))")
    }
    return parts.joined(separator: "; ")
  }

  /// The participant, and every run on a line of its own with what is known about it.
  fileprivate var linesOfRuns: [String] {
    ["  sub-\(participant): \(summary)"]
      + findings.map { "    \($0.severity.rawValue): \($0.sentence)" }
      + runs.flatMap { run in
        ["    \(run.line)"]
          + run.findings.map { "      \($0.severity.rawValue): \($0.sentence)" }
      }
  }
}

extension RunSurvey {
  /// The run with its time and its conditions.
  fileprivate var line: String {
    var parts = ["image \(image.rawValue)"]
    if let volumes { parts.append(count(volumes, "volume")) }
    if let repetitionTime { parts.append("repetition time \(number(repetitionTime)) s") }
    if let length, let lengthSource {
      parts.append("\(fixed(length, digits: 1)) s by \(lengthSource.rawValue)")
    }
    if let clockStart { parts.append("onsets counted from \(number(clockStart)) s before it") }
    if !hasEvents { parts.append("no events") }
    parts += conditions.map { "\($0.name) (\($0.events))" }
    return "\(run): \(parts.joined(separator: ", "))"
  }
}

/// Returns a count with its noun.
private func count(_ number: Int, _ noun: String) -> String {
  "\(number) \(noun)\(number == 1 ? "" : "s")"
}

/// Returns the smallest and the largest of values; `nil` of none.
private func range(_ values: [Double]) -> String? {
  guard let low = values.min(), let high = values.max() else { return nil }
  let (first, last) = (number((low * 10).rounded() / 10), number((high * 10).rounded() / 10))
  return first == last ? first : "\(first) to \(last)"
}

/// Returns participants by name; of many the first two and the last.
private func listed(_ labels: [String]) -> String {
  let names = labels.map { "sub-\($0)" }
  guard names.count > 6, let last = names.last else { return names.joined(separator: ", ") }
  return "\(names[0]), \(names[1]) ... \(last) (\(names.count) participants)"
}
