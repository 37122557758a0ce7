import BIDS
import Files

// Which runs, events and conditions a participant lacks that others have.
extension WholeDataset {
  /// Says which tasks have no events at all, and which runs lack those that others have.
  mutating func judgeTasks() {
    let byTask = Dictionary(grouping: runs, by: \.task)
    let silent = byTask.filter { !$0.value.contains(where: \.hasEvents) }
    if silent.count == byTask.count {
      findings.append(
        Finding(
          .blocker,
          "nothingToModel",
          runs.isEmpty
            ? "there is no functional run to model"
            : "no run has an events file, so there is nothing to model"
        )
      )
      return
    }
    for (task, runs) in silent.sorted(by: { ($0.key ?? "") < ($1.key ?? "") }) {
      findings.append(
        Finding(
          .note,
          "taskWithoutEvents",
          "task \(task ?? "without a name") has no events in any of its \(runs.count) runs, which would "
            + "be left out"
        )
      )
    }
    for place in participants.indices { judgeMissingEvents(place, byTask, Set(silent.keys)) }
  }

  private mutating func judgeMissingEvents(
    _ place: Int,
    _ byTask: [String?: [RunSurvey]],
    _ silent: Set<String?>
  ) {
    for run in participants[place].runs.indices {
      let survey = participants[place].runs[run]
      guard !survey.hasEvents, !silent.contains(survey.task) else { continue }
      let all = byTask[survey.task] ?? []
      participants[place].runs[run].findings.append(
        Finding(
          .warning,
          "missingEvents",
          "there is no events file, though \(all.count(where: \.hasEvents)) of \(all.count) runs of task "
            + "\(survey.task ?? "") have one; the run would be left out"
        )
      )
    }
    guard !participants[place].runs.contains(where: \.isMeant),
      !participants[place].findings.contains(where: { $0.severity == .blocker })
    else { return }
    participants[place].findings.append(
      Finding(
        .blocker,
        "nothingToModel",
        participants[place].runs.contains(where: \.hasEvents)
          ? "no run has both events and an image, so there is nothing to model"
          : "no run has events, so there is nothing to model"
      )
    )
  }

  /// Says which runs lack a condition that most have, and which conditions hardly any run has.
  mutating func judgeConditions() {
    let byTask = Dictionary(grouping: runs.filter { !$0.conditions.isEmpty }, by: \.task)
    for (task, runs) in byTask.sorted(by: { ($0.key ?? "") < ($1.key ?? "") }) {
      let plain = runs.map { Set($0.conditions.filter { $0.modulates == nil }.map(\.name)) }
      var counts: [String: Int] = [:]
      for names in plain { for name in names { counts[name, default: 0] += 1 } }
      for (name, count) in counts.sorted(by: { $0.key < $1.key }) where count < runs.count {
        if 4 * count >= 3 * runs.count {
          addMissing(name, task, "\(count) of \(runs.count)")
        } else if 20 * count <= runs.count {
          findings.append(
            Finding(
              .warning,
              "rareCondition",
              "\(count) of \(runs.count) runs of task \(task ?? "") have events of \"\(name)\"; is the name "
                + "as it was meant?"
            )
          )
        }
      }
    }
  }

  /// Adds what is said of a condition that most runs have to those that lack it.
  private mutating func addMissing(_ name: String, _ task: String?, _ share: String) {
    for place in participants.indices {
      for run in participants[place].runs.indices {
        let survey = participants[place].runs[run]
        guard survey.task == task, !survey.conditions.isEmpty,
          !survey.conditions.contains(where: { $0.name == name })
        else { continue }
        participants[place].runs[run].findings.append(
          Finding(
            .note,
            "missingCondition",
            "there are no events of \"\(name)\", which \(share) runs of the task have"
          )
        )
      }
    }
  }

  /// Says after which runs how much time is counted on.
  mutating func judgeClocks() {
    var labels: [Double: [String]] = [:]
    var sharing: Set<String> = []
    for participant in participants {
      for (run, next) in zip(participant.runs, participant.runs.dropFirst()) {
        guard next.task == run.task, let start = next.clockStart, start > 0 else { continue }
        let step = ((start - (run.clockStart ?? 0)) * 10).rounded() / 10
        let label = Entities(fileName: run.run + "_bold.nii.gz")?.run ?? run.run
        if !(labels[step]?.contains(label) ?? false) { labels[step, default: []].append(label) }
        sharing.insert(participant.participant)
      }
    }
    guard !sharing.isEmpty else { return }
    let steps = labels.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.prefix(6).map
    {
      "\(number($0.key)) s after run\($0.value.count > 1 ? "s" : "") "
        + $0.value.sorted(by: labelPrecedes).joined(separator: ", ")
    }
    findings.append(
      Finding(
        .note,
        "clocks",
        "onsets count on from run to run in \(sharing.count) of \(participants.count) participants: the "
          + "next run begins \(steps.joined(separator: "; "))"
      )
    )
  }

  /// Says who has another number of runs of a task than most.
  mutating func judgeCounts() {
    let tasks = Set(runs.map(\.task))
    for task in tasks.sorted(by: { ($0 ?? "") < ($1 ?? "") }) {
      let counts = participants.map { $0.runs.count { $0.task == task } }
      let usual = Dictionary(grouping: counts) { $0 }
        .max { ($0.value.count, $0.key) < ($1.value.count, $1.key) }
      guard let usual, usual.key > 0, 2 * usual.value.count > counts.count else { continue }
      for (place, count) in counts.enumerated() where count != usual.key {
        // A participant whose files cannot be read has no runs for another reason.
        guard !participants[place].findings.contains(where: { $0.cause == "files" }) else {
          continue
        }
        let name = task.map { "task \($0)" } ?? "the task without a name"
        participants[place].findings.append(
          Finding(
            count < usual.key ? .warning : .note,
            "runCount",
            count == 0
              ? "there is no run of \(name), of which \(usual.value.count) of \(counts.count) "
                + "participants have \(usual.key)"
              : "there are \(count) runs of \(name), of which \(usual.value.count) of \(counts.count) "
                + "participants have \(usual.key)"
          )
        )
      }
    }
  }
}
