// Choosing among what a dataset holds.
extension Dataset {
  /// Returns the participants that are asked for.
  ///
  /// - Parameter labels: Labels with or without `sub-`; where empty, all participants are meant.
  /// - Returns: The labels without `sub-`, each once, in the order of the dataset.
  /// - Throws: ``BIDSError`` that names the first one that does not exist and lists those that do.
  public func participants(_ labels: [String]) throws(BIDSError) -> [String] {
    let wanted = labels.map(Entity.subject.bareLabel)
    for label in wanted where files[label] == nil {
      throw BIDSError(
        path: root,
        reason: .unknown(.subject, label: label, existing: participants)
      )
    }
    return wanted.isEmpty ? participants : participants.filter(wanted.contains)
  }

  /// Refuses sessions, tasks, runs and spaces that no participant has.
  ///
  /// - Parameters:
  ///   - sessions: Session labels, with or without `ses-`.
  ///   - tasks: Task labels, with or without `task-`.
  ///   - runs: Run labels, with or without `run-` and zeros in front.
  ///   - space: The name of a space.
  /// - Throws: ``BIDSError`` that names the first one that does not exist and lists those that do.
  public func check(
    sessions: [String],
    tasks: [String],
    runs: [String],
    space: String? = nil
  ) throws(BIDSError) {
    let wanted: [(Entity, [String])] = [
      (.session, sessions), (.task, tasks), (.run, runs), (.space, space.map { [$0] } ?? []),
    ]
    for (entity, labels) in wanted {
      let existing = (labelsInUse[entity] ?? []).sorted(by: labelPrecedes)
      for label in labels where !existing.contains(where: { means(label, $0, entity) }) {
        let reason = BIDSError.Reason.unknown(
          entity,
          label: entity.bareLabel(label),
          existing: existing.map { "\(entity.rawValue)-\($0)" }
        )
        throw BIDSError(path: root, reason: reason)
      }
    }
  }

  /// Returns the runs of a participant that are asked for, sorted; an empty list takes all.
  ///
  /// - Parameters:
  ///   - participant: The participant's label, with or without `sub-`.
  ///   - sessions: Session labels, with or without `ses-`.
  ///   - tasks: Task labels, with or without `task-`.
  ///   - runs: Run labels, with or without `run-`; run 1 means run 01 too.
  ///   - space: The space of the images, where a run is stored in several.
  /// - Returns: At least one run. Its image may be empty or a link that leads nowhere: see ``Run/image``.
  /// - Throws: ``BIDSError`` where a label does not exist, the participant has no such run, a run exists in
  ///   several versions, or a sidecar cannot be used.
  public func runs(
    of participant: String,
    sessions: [String] = [],
    tasks: [String] = [],
    runs: [String] = [],
    space: String? = nil
  ) throws(BIDSError) -> [Run] {
    let label = try participants([participant])[0]
    try check(sessions: sessions, tasks: tasks, runs: runs, space: space)
    var (all, chosen): ([Run], [Run]) = ([], [])
    for inheritance in inheritances(of: label) { all += try inheritance.runs() }
    chosen = all.filter { run in
      matches(run.entities.session, sessions, .session)
        && matches(run.entities.task, tasks, .task) && matches(run.entities.run, runs, .run)
    }
    chosen = try oneVersion(of: chosen, space: space)
    guard !chosen.isEmpty else {
      throw BIDSError(
        path: root,
        reason: .noRuns(
          participant: label,
          existing: all.map { $0.entities.without(.subject).name }
        )
      )
    }
    return chosen
  }

  /// Returns the runs of a participant that have events or a sidecar of their own but no image, sorted.
  ///
  /// - Parameter participant: The participant's label, with or without `sub-`.
  /// - Returns: The runs, each with the path its image would have.
  /// - Throws: ``BIDSError`` where the participant does not exist or a sidecar cannot be used.
  public func runsWithoutImage(of participant: String) throws(BIDSError) -> [Run] {
    let label = try participants([participant])[0]
    var missing: [Run] = []
    for inheritance in inheritances(of: label) {
      missing += try inheritance.runsWithoutImage(besides: try inheritance.runs())
    }
    return missing
  }

  /// The files of every session of a participant with those above them.
  func inheritances(of label: String) -> [Inheritance] {
    guard let participant = files[label] else { return [] }
    return participant.sessions.map {
      Inheritance(dataset: loose, participant: participant, session: $0)
    }
  }

  private func matches(_ label: String?, _ wanted: [String], _ entity: Entity) -> Bool {
    guard !wanted.isEmpty else { return true }
    guard let label else { return false }
    return wanted.contains { means($0, label, entity) }
  }
}

/// Whether a label that a person wrote means one of the dataset; run labels are numbers.
func means(_ wanted: String, _ existing: String, _ entity: Entity) -> Bool {
  let bare = entity.bareLabel(wanted)
  if bare == existing { return true }
  guard entity == .run, let number = Int(bare) else { return false }
  return Int(existing) == number
}

// Derived datasets hold a run in several spaces.
extension Dataset {
  /// One version of each run: of the space asked for, else the only one there is.
  private func oneVersion(of runs: [Run], space: String?) throws(BIDSError) -> [Run] {
    let wanted = space.map(Entity.space.bareLabel)
    let byRun = Dictionary(grouping: runs) { run in
      run.entities.without(.space, .resolution, .density, .description)
    }
    var chosen: [Run] = []
    for (entities, all) in byRun {
      var versions = wanted == nil ? all : all.filter { $0.entities.space == wanted }
      let preprocessed = versions.filter { $0.entities.description == "preproc" }
      if versions.count > 1, !preprocessed.isEmpty { versions = preprocessed }
      guard versions.count <= 1 else {
        throw BIDSError(
          path: root,
          reason: .severalVersions(of: entities.name, existing: versions.map(\.entities.name))
        )
      }
      chosen += versions
    }
    return chosen.sorted { $0.entities < $1.entities }
  }
}
