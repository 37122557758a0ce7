import Atlas
import BIDS
import Design
import GLM
import Imaging
import Normalization

/// The order of the steps from sessions, each on a grid of its own, to what they say together.
///
/// Sessions meet in the template: effects and standard errors are already there. Each run counts by
/// the precision of its own effect, as within a session.
struct SessionCombination {
  /// What was asked, of whom.
  let request: ParticipantRequest

  /// The sessions, at least two, all with a label.
  let sessions: [SessionResult]

  /// The grid on which they meet.
  var grid: Grid { sessions[0].normalization.templateGrid }

  /// The tasks of at least two sessions, in the order of their labels.
  private var tasks: [String] {
    let all = sessions.flatMap { $0.tasks.map(\.task) }
    return Set(all).filter { task in all.count { $0 == task } > 1 }.sorted()
  }

  /// Goes through the steps.
  ///
  /// - Returns: What was found; `nil` where no task has two sessions.
  /// - Throws: The error of the fixed effects.
  func combine() throws -> AcrossSessions? {
    guard !tasks.isEmpty else { return nil }
    let spaces = Set(sessions.map(\.normalization.space)).sorted()
    guard spaces.count == 1 else {
      throw ParticipantError.differentSpaces(participant: request.participant, spaces: spaces)
    }
    request.progress("sub-\(request.participant): sessions together")
    let parts = tasks.map(parts)
    let all = parts.flatMap { $0.flatMap { $0.map(\.estimate.statistic.mask) } }
    let mask = Mask(grid: grid) { index in all.contains { $0.contains(index) } }
    let atlases = sessions[0].atlases.map { pulled in
      PulledAtlas(
        atlas: pulled.atlas,
        weights: pull(
          pulled.atlas,
          onto: mask,
          nativeToTemplate: .identity,
          templateToNative: .identity,
          threads: request.threads
        ),
        warning: pulled.warning
      )
    }
    let results = try zip(tasks, parts).map { task, parts in
      try combine(task, parts: parts, in: mask, atlases: atlases)
    }
    return AcrossSessions(
      participant: request.participant,
      sessions: sessions.compactMap(\.session),
      space: sessions[0].normalization.space,
      background: resample(
        sessions[0].reference,
        onto: grid,
        by: sessions[0].normalization.templateToNative,
        threads: request.threads
      ),
      atlases: atlases,
      tasks: results,
      regionRows: try regionRows(of: results, atlases: atlases),
      notes: results.flatMap(partialNotes)
        + tasks.flatMap { unseenRegionNotes(of: $0, runs: runs(of: $0), atlases: atlases) }
    )
  }
}

/// What one session gives to a contrast.
private struct Part {
  let member: SessionMember
  let estimate: ContrastEstimate
}

extension SessionCombination {
  /// The runs of a task, session by session.
  private func runs(of task: String) -> [RunResult] {
    sessions.flatMap { $0.runs.filter { ($0.run.entities.task ?? "") == task } }
  }

  /// The parts of every contrast of a task, in the order in which contrasts first appear.
  private func parts(of task: String) -> [[Part]] {
    var names: [String] = []
    for estimate in sessions.lazy.flatMap(\.tasks).filter({ $0.task == task }).flatMap(\.estimates)
    where !names.contains(estimate.contrast.name) {
      names.append(estimate.contrast.name)
    }
    return names.map { name in sessions.compactMap { part(of: $0, in: task, contrast: name) } }
  }

  private func part(of session: SessionResult, in task: String, contrast name: String) -> Part? {
    guard let result = session.tasks.first(where: { $0.task == task }),
      let place = result.estimates.firstIndex(where: { $0.contrast.name == name })
    else { return nil }
    let there = result.templateEstimates[place]
    let way = session.normalization
    return Part(
      member: SessionMember(
        session: session.session ?? "",
        runCount: result.runs.count { session.runs[$0].fit.estimate(named: name) != nil },
        allRunCount: result.runs.count
      ),
      estimate: there.statistic.mask.grid == grid
        ? there
        : result.estimates[place].moved(to: grid) {
          resampleStatistic($0, onto: grid, by: way.templateToNative, threads: request.threads)
        }
    )
  }

  private func combine(
    _ task: String,
    parts: [[Part]],
    in mask: Mask,
    atlases: [PulledAtlas]
  ) throws -> TaskAcrossSessions {
    let spread = parts.map { $0.map { $0.estimate.spread(over: mask) } }
    let estimates = try spread.map { try fixedEffects($0) }
    return TaskAcrossSessions(
      task: task,
      estimates: estimates,
      members: parts.map { $0.map(\.member) },
      runCounts: zip(parts, spread).map { parts, spread in
        weightedCounts(zip(parts, spread).map { ($1, $0.member.runCount) }, in: mask)
      },
      thresholds: estimates.map(passingMagnitude),
      peaks: estimates.map { peaks(of: $0, atlases: atlases) },
      regionFits: try combineRegions(of: task, contrasts: estimates.map(\.contrast.name))
    )
  }

  private func weightedCounts(_ parts: [(ContrastEstimate, Int)], in mask: Mask) -> MaskedMap {
    MaskedMap(
      mask: mask,
      values: mask.indices.indices.map { place in
        parts.reduce(0.0) { $0 + ($1.0.statistic.values[place].isFinite ? Double($1.1) : 0) }
      }
    )
  }

  private func combineRegions(of task: String, contrasts: [String]) throws -> [[RegionFit]] {
    let results = sessions.compactMap { $0.tasks.first { $0.task == task } }
    return try results[0].regionFits.indices.map { atlas in
      try results[0].regionFits[atlas].indices.map { region in
        try RegionFit(combining: results.map { $0.regionFits[atlas][region] }, contrasts: contrasts)
      }
    }
  }

  private func peaks(of estimate: ContrastEstimate, atlases: [PulledAtlas]) -> [Peak] {
    guard let z = passingMagnitude(of: estimate) else { return [] }
    return peakPlaces(of: estimate.z, above: z, limit: 10).map { place in
      let mask = estimate.z.mask
      let position = mask.grid.position(ofVoxel: mask.indices[place])
      return Peak(
        place: place,
        z: estimate.z.values[place],
        statistic: estimate.statistic.values[place],
        native: nil,
        template: position,
        regions: atlases.map { $0.atlas.regionName(at: position) }
      )
    }
  }

  private func regionRows(
    of tasks: [TaskAcrossSessions],
    atlases: [PulledAtlas]
  ) throws -> [[RegionRow]] {
    let maker = RegionRowMaker(
      participant: request.participant,
      session: nil,
      space: sessions[0].normalization.space,
      nativeToTemplate: .identity,
      atlases: atlases,
      job: request.job
    )
    return try atlases.indices.map { atlas in
      try tasks.flatMap { task in
        try maker.rowsWithSides(of: RowSource(task, of: runs(of: task.task)), atlas: atlas)
          .map { row in
            var row = row
            row.peakNative = nil
            return row
          }
      }
    }
  }

  /// Names every contrast that some of its task's runs could not answer.
  private func partialNotes(of task: TaskAcrossSessions) -> [String] {
    let labels = sessions.filter { $0.tasks.contains { $0.task == task.task } }
      .compactMap(\.session)
    return zip(task.estimates, task.members).compactMap { estimate, members in
      let lacking = labels.filter { label in !members.contains { $0.session == label } }
        .map { "ses-\($0) has no run with all its conditions" }
      let partial = members.filter { $0.runCount < $0.allRunCount }
        .map {
          "\($0.allRunCount - $0.runCount) of \($0.allRunCount) runs of ses-\($0.session) lack a condition"
        }
      let reasons = lacking + partial
      guard !reasons.isEmpty else { return nil }
      return
        "task \(task.task), contrast \(estimate.contrast.name): combined over \(members.words); "
        + reasons.joined(separator: ", ")
    }
  }
}
