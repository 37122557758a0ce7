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
  func regionRows(
    of runs: [RunResult],
    tasks: [TaskResult],
    in space: SessionSpace
  ) -> [[RegionRow]] {
    let sources = tasks.map { task in
      let single = task.runs.map { RowSource(run: runs[$0], of: task) }
      return task.runs.count > 1 ? single + [RowSource(together: task)] : single
    }
    return space.atlases.indices.map { atlas in
      sources.joined().flatMap { rows(of: $0, atlas: atlas, in: space) }
    }
  }

  private func rows(of source: RowSource, atlas: Int, in space: SessionSpace) -> [RegionRow] {
    source.estimates.flatMap { estimate in
      let passing = passingMagnitude(of: estimate)
      return space.atlases[atlas].weights.enumerated().map { region, weights in
        var row = RegionRow(
          participantID: "sub-\(request.participant)",
          session: session,
          task: source.task,
          run: source.run,
          contrast: estimate.contrast.name,
          atlas: space.atlases[atlas].atlas.name,
          weights: weights,
          space: space.normalization.space,
          unit: "percent signal change"
        )
        row.take(
          summarize(
            weights,
            effect: estimate.effect,
            z: estimate.z,
            threshold: passing,
            nativeToTemplate: space.normalization.nativeToTemplate
          )
        )
        if isHidden(weights) { row.flags.append(.lowCoverage) }
        row.weightSum = estimate.contrast.weightSum
        let fits = source.fits[atlas][region].estimates
        if let fit = fits.first(where: { $0.contrast.name == estimate.contrast.name }) {
          row.take(fit)
        }
        return row
      }
    }
  }
}

extension SessionAnalysis {
  /// Whether less of a region is in view than a cohort needs.
  private func isHidden(_ weights: RegionWeights) -> Bool {
    let asked = request.job.regions
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

/// What the rows of one run, or of a task over its runs, are made of.
private struct RowSource {
  let task: String
  let run: String?
  let estimates: [ContrastEstimate]
  let fits: [[RegionFit]]

  init(run: RunResult, of task: TaskResult) {
    self.task = task.task
    self.run = run.run.entities.run ?? "1"
    estimates = run.fit.estimates
    fits = run.regionFits
  }

  init(together task: TaskResult) {
    self.task = task.task
    run = nil
    estimates = task.estimates
    fits = task.regionFits
  }
}

extension RegionRow {
  /// Takes over the estimate from the region's mean series; an F has a z and a p alone.
  fileprivate mutating func take(_ fit: SeriesEstimate) {
    let isT = fit.contrast.kind == .t
    effect = isT ? fit.effect : nil
    standardError = isT ? fit.standardError : nil
    t = isT ? fit.statistic : nil
    degreesOfFreedom = fit.degreesOfFreedom
    z = fit.z
    p = fit.p
  }
}
