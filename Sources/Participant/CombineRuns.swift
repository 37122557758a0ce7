import Atlas
import BIDS
import Design
import GLM
import Imaging
import Job
import Normalization
import Statistics

extension SessionAnalysis {
  /// Combines the runs of every task and takes their maps to the template.
  ///
  /// - Parameters:
  ///   - runs: The session's runs.
  ///   - space: The session's space.
  /// - Returns: One result per task, in the order of their labels.
  /// - Throws: The error of the fixed effects.
  func combine(_ runs: [RunResult], in space: SessionSpace) throws -> [TaskResult] {
    let labels = Set(runs.map { $0.run.entities.task ?? "" }).sorted()
    return try labels.map { label in
      let members = runs.indices.filter { (runs[$0].run.entities.task ?? "") == label }
      let estimates = try contrastNames(of: members.map { runs[$0] }).map { name in
        try fixedEffects(members.compactMap { runs[$0].fit.estimate(named: name) })
      }
      return TaskResult(
        task: label,
        runs: members,
        estimates: estimates,
        templateEstimates: estimates.map { inTemplate($0, by: space.normalization) },
        runCounts: estimates.map { estimate in
          let name = estimate.contrast.name
          return runCounts(
            members.compactMap { runs[$0].fit.estimate(named: name) },
            in: estimate.statistic.mask
          )
        },
        thresholds: estimates.map(passingMagnitude),
        peaks: estimates.map { peaks(of: $0, in: space) },
        regionFits: try combineRegions(members.map { runs[$0] })
      )
    }
  }

  /// The contrasts of some runs that are combined, in the order in which they first appear.
  private func contrastNames(of runs: [RunResult]) -> [String] {
    let passing = request.job.model.statsModel?.combinedContrasts
    var names: [String] = []
    for run in runs {
      for estimate in run.fit.estimates
      where passing?.contains(estimate.contrast.name) ?? true
        && !names.contains(estimate.contrast.name)
      {
        names.append(estimate.contrast.name)
      }
    }
    return names
  }

  private func combineRegions(_ runs: [RunResult]) throws -> [[RegionFit]] {
    guard let first = runs.first else { return [] }
    let names = contrastNames(of: runs)
    return try first.regionFits.indices.map { atlas in
      try first.regionFits[atlas].indices.map { region in
        try RegionFit(combining: runs.map { $0.regionFits[atlas][region] }, contrasts: names)
      }
    }
  }

  private func peaks(of estimate: ContrastEstimate, in space: SessionSpace) -> [Peak] {
    guard let z = passingMagnitude(of: estimate) else { return [] }
    return peakPlaces(of: estimate.z, above: z, limit: 10).map {
      peak(at: $0, of: estimate, in: space)
    }
  }

  private func peak(at place: Int, of estimate: ContrastEstimate, in space: SessionSpace) -> Peak {
    let native = space.mask.grid.position(ofVoxel: space.mask.indices[place])
    let template = space.normalization.nativeToTemplate(native)
    return Peak(
      place: place,
      z: estimate.z.values[place],
      statistic: estimate.statistic.values[place],
      native: native,
      template: template,
      regions: space.atlases.map { pulled in
        template.map { pulled.atlas.regionName(at: $0) } ?? "n/a"
      }
    )
  }
}

extension RunFit {
  /// Returns the estimate of a contrast, where the run has it.
  func estimate(named name: String) -> ContrastEstimate? {
    estimates.first { $0.contrast.name == name }
  }
}

extension RegionFit {
  /// Combines the fits of one region.
  ///
  /// - Parameters:
  ///   - fits: One per run, or per session.
  ///   - contrasts: The names of the contrasts, each in some of the fits.
  /// - Throws: The error of the fixed effects.
  init(combining fits: [RegionFit], contrasts: [String]) throws {
    estimates = try contrasts.compactMap { name in
      let matching = fits.compactMap { $0.estimates.first { $0.contrast.name == name } }
      return matching.isEmpty ? nil : try fixedEffects(matching)
    }
  }
}
