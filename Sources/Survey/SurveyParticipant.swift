import BIDS
import Design
import Job

/// Looks at one participant.
struct ParticipantSurveyor {
  /// The dataset.
  let dataset: Dataset

  /// The prepared runs that stand in for the dataset's, where that is asked.
  let preprocessed: PreprocessedDataset?

  /// What is asked.
  let job: Job

  /// Returns what an analysis would do with a participant.
  ///
  /// - Parameter label: The participant's label, without `sub-`.
  /// - Returns: The runs that are selected, and what stands in their way.
  func survey(_ label: String) -> ParticipantSurvey {
    var survey = ParticipantSurvey(participant: label)
    let found = runs(of: label, &survey)
    var runs = found.map { ReadRun($0, job: job, root: dataset.root) }
    runs = onOwnClocks(runs, model: job.model, root: dataset.root)
    runs.removeAll { !isSelected($0.run.entities.run) }
    rehearse(&runs, &survey)
    survey.runs = runs.map(\.survey)
    requireOneKindOfSession(runs.filter(\.survey.hasEvents), &survey)
    let unused = preprocessed == nil ? dataset.unusedImages(of: label, session: nil) : [:]
    for (kind, count) in unused { survey.unusedImages[kind.rawValue] = count }
    return survey
  }

  /// The runs of the selected sessions and tasks, with an image or without.
  private func runs(of label: String, _ survey: inout ParticipantSurvey) -> [Run] {
    let selection = job.selection
    var found: [Run] = []
    if let preprocessed { return prepared(preprocessed, of: label, &survey) }
    do throws(BIDSError) {
      found = try dataset.runs(of: label, sessions: selection.sessions, tasks: selection.tasks)
    } catch {
      if case .noRuns = error.reason {} else { add(error, to: &survey) }
    }
    do throws(BIDSError) {
      found += try dataset.runsWithoutImage(of: label).filter { run in
        isMeant(run.entities.session, by: selection.sessions)
          && isMeant(run.entities.task, by: selection.tasks)
      }
    } catch {
      if survey.findings.isEmpty { add(error, to: &survey) }
    }
    return found.sorted { $0.entities < $1.entities }
  }

  /// The prepared runs of the selected sessions and tasks.
  private func prepared(
    _ preprocessed: PreprocessedDataset,
    of label: String,
    _ survey: inout ParticipantSurvey
  ) -> [Run] {
    do throws(BIDSError) {
      let selection = PreprocessedSelection(
        participant: label,
        space: job.normalization.space ?? "",
        resolution: job.derivatives?.resolution,
        sessions: job.selection.sessions,
        tasks: job.selection.tasks
      )
      return try preprocessed.runs(selection, eventsFrom: dataset)
    } catch {
      add(error, to: &survey)
      return []
    }
  }

  private func add(_ error: BIDSError, to survey: inout ParticipantSurvey) {
    survey.findings.append(Finding(.blocker, "files", words: "\(error)", root: dataset.root))
  }

  private func isMeant(_ label: String?, by wanted: [String]) -> Bool {
    wanted.isEmpty || label.map(wanted.contains) ?? false
  }

  private func isSelected(_ run: String?) -> Bool {
    let wanted = job.selection.runs
    guard !wanted.isEmpty else { return true }
    guard let run else { return false }
    return wanted.contains { $0 == run || (Int($0) != nil && Int($0) == Int(run)) }
  }

  /// Makes the designs of all runs with events.
  private func rehearse(_ runs: inout [ReadRun], _ survey: inout ParticipantSurvey) {
    var model = job.model
    model.onsetOffset = .none
    let plan = try? EventPlan(of: runs.compactMap(\.runEvents), model: model)
    var rehearsal = RunRehearsal(job: job, root: dataset.root) { run in
      plan?.moments(for: run) ?? ModulatorMoments()
    }
    for place in runs.indices { rehearsal.rehearse(&runs[place]) }
    for (key, error) in rehearsal.refused.sorted(by: { $0.key < $1.key })
    where !rehearsal.answered.contains(key) {
      survey.findings.append(Finding(.blocker, "model", words: "\(error)", root: dataset.root))
    }
  }

  private func requireOneKindOfSession(_ runs: [ReadRun], _ survey: inout ParticipantSurvey) {
    let labels = Set(runs.map(\.run.entities.session))
    guard labels.count > 1, labels.contains(nil) else { return }
    let words =
      "some runs belong to a session and some to none, so they cannot be combined; choose sessions "
      + "with --session-label, or move the others into a session's folder"
    survey.findings.append(Finding(.blocker, "sessions", words))
  }
}
