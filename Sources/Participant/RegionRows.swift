import Atlas
import BIDS
import Design
import GLM
import Imaging
import Job
import Normalization
import Statistics

extension SessionAnalysis {
  /// Makes the rows of every atlas' table: each run by itself, then its task over runs.
  ///
  /// - Parameters:
  ///   - runs: The session's runs.
  ///   - tasks: The session's tasks.
  ///   - space: The session's space.
  /// - Returns: The rows of each atlas.
  /// - Throws: The error of the fixed effects.
  func regionRows(
    of runs: [RunResult],
    tasks: [TaskResult],
    in space: SessionSpace
  ) throws -> [[RegionRow]] {
    let sources = tasks.map { task in
      let members = task.runs.map { runs[$0] }
      let single = members.map { RowSource(run: $0, of: task) }
      return task.runs.count > 1 ? single + [RowSource(task, of: members)] : single
    }
    let maker = RegionRowMaker(
      participant: request.participant,
      session: session,
      space: space.normalization.space,
      nativeToTemplate: space.normalization.nativeToTemplate,
      atlases: space.atlases,
      job: request.job
    )
    return try space.atlases.indices.map { atlas in
      try sources.joined().flatMap { try maker.rowsWithSides(of: $0, atlas: atlas) }
    }
  }
}

/// What the rows of one table have in common.
struct RegionRowMaker {
  /// The participant, without `sub-`.
  let participant: String

  /// The session, without `ses-`; `nil` where there is none, and over sessions.
  let session: String?

  /// The name of the template's space.
  let space: String

  /// From the grid of the maps to the template.
  let nativeToTemplate: PointMap

  /// The atlases on the grid of the maps.
  let atlases: [PulledAtlas]

  /// What was asked.
  let job: Job

  /// Makes the rows of one atlas.
  ///
  /// - Parameters:
  ///   - source: The estimates.
  ///   - atlas: The atlas' place in the list.
  /// - Returns: A row per contrast and region.
  func rows(of source: RowSource, atlas: Int) -> [RegionRow] {
    source.estimates.flatMap { estimate in
      let passing = passingMagnitude(of: estimate)
      return atlases[atlas].weights.enumerated().map { region, weights in
        let weights = weights.keeping { estimate.z.values[$0].isFinite }
        var row = RegionRow(
          participantID: "sub-\(participant)",
          session: session,
          task: source.task,
          run: source.run,
          contrast: estimate.contrast.name,
          atlas: atlases[atlas].atlas.name,
          weights: weights,
          space: space,
          unit: source.unit(of: estimate.contrast, model: job.model)
        )
        row.take(
          summarize(
            weights,
            effect: estimate.effect,
            z: estimate.z,
            threshold: passing,
            nativeToTemplate: nativeToTemplate
          )
        )
        if isHidden(weights) { row.flags.append(.lowCoverage) }
        row.weightSum = estimate.contrast.weightSum
        let name = estimate.contrast.name
        let count = source.runCount(of: name, atlas: atlas, region: region)
        row.runCount = count
        if count > 0, count < source.runCount(of: name) { row.flags.append(.fewerRuns) }
        let fits = source.fits[atlas][region].estimates
        if let fit = fits.first(where: { $0.contrast.name == name }) { row.take(fit) }
        return row
      }
    }
  }

  /// Whether less of a region is in view than a cohort needs.
  private func isHidden(_ weights: RegionWeights) -> Bool {
    let asked = job.regions
    let needed =
      weights.region.isBrainstem
      ? max(asked.minimumBrainstemCoverage, asked.minimumCoverage) : asked.minimumCoverage
    return weights.coverage < needed
  }
}

/// Returns the smallest magnitude of z that passes a false discovery rate of 5 % over the analysis
/// mask, both signs together; `nil` where nothing does.
///
/// - Parameter estimate: A contrast.
/// - Returns: The magnitude.
func passingMagnitude(of estimate: ContrastEstimate) -> Double? {
  let accepted = benjaminiHochberg(estimate.p.values, level: 0.05).accepted
  return accepted.indices.lazy.filter { accepted[$0] }.map { abs(estimate.z.values[$0]) }.min()
}

/// What the rows of one run, or of a task over its runs or sessions, are made of.
struct RowSource {
  let task: String
  let run: String?
  let estimates: [ContrastEstimate]
  let fits: [[RegionFit]]
  let runs: [RunResult]

  init(run: RunResult, of task: TaskResult) {
    self.task = task.task
    self.run = run.run.entities.run
    estimates = run.fit.estimates
    fits = run.regionFits
    runs = [run]
  }

  init(_ task: TaskResult, of runs: [RunResult]) {
    self.task = task.task
    run = nil
    estimates = task.estimates
    fits = task.regionFits
    self.runs = runs
  }

  init(_ task: TaskAcrossSessions, of runs: [RunResult]) {
    self.task = task.task
    run = nil
    estimates = task.estimates
    fits = task.regionFits
    self.runs = runs
  }

  /// The number of runs that answer a contrast somewhere.
  func runCount(of contrast: String) -> Int {
    runs.count { $0.fit.estimate(named: contrast) != nil }
  }

  /// The number of runs that answer a contrast in a region.
  func runCount(of contrast: String, atlas: Int, region: Int) -> Int {
    runs.count { run in
      run.regionFits[atlas][region].estimates.contains { $0.contrast.name == contrast }
    }
  }

  /// The unit of a contrast's effect; that of the first run that answers it.
  func unit(of contrast: Contrast, model: Model) -> String {
    let run = runs.first { $0.fit.estimate(named: contrast.name) != nil }
    let own = run?.fit.estimate(named: contrast.name)?.contrast
    guard let run, let own else { return "n/a" }
    return effectUnit(of: own, design: run.design, model: model)
  }
}

extension RegionRow {
  /// Takes over the estimate from the region's mean series; an F has no effect and no error.
  mutating func take(_ fit: SeriesEstimate) {
    let isT = fit.contrast.kind == .t
    effect = isT ? fit.effect : nil
    standardError = isT ? fit.standardError : nil
    t = isT ? fit.statistic : nil
    f = isT ? nil : fit.statistic
    numeratorDegreesOfFreedom = fit.numeratorDegreesOfFreedom
    degreesOfFreedom = fit.degreesOfFreedom
    z = fit.z
    p = fit.p
  }
}
