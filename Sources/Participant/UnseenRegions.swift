import Atlas
import BIDS
import GLM

/// Names every region that some of a task's runs see and others do not.
///
/// The others are no part of the region's estimates over runs, which a reader of the combined row alone
/// could not tell.
///
/// - Parameters:
///   - task: The task's label.
///   - runs: The runs that are combined.
///   - atlases: The atlases, in the order of the runs' fits.
/// - Returns: A sentence per atlas and set of runs.
func unseenRegionNotes(of task: String, runs: [RunResult], atlases: [PulledAtlas]) -> [String] {
  // A run without contrasts has no estimate anywhere, which is said elsewhere.
  let answering = runs.filter { !$0.fit.estimates.isEmpty }
  return atlases.enumerated().flatMap { atlas, pulled in
    var regions: [[Int]: [String]] = [:]
    for (place, weights) in pulled.weights.enumerated() {
      let blind = answering.indices.filter {
        answering[$0].regionFits[atlas][place].estimates.isEmpty
      }
      guard !blind.isEmpty, blind.count < answering.count else { continue }
      regions[blind, default: []].append(weights.region.name)
    }
    return regions.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { blind, names in
      let words = blind.map { answering[$0].run.entities.name }.joined(separator: ", ")
      return "task \(task), atlas \(pulled.atlas.name): \(words) "
        + (blind.count == 1 ? "sees" : "see") + " no voxel of \(listed(names)); "
        + "what is combined of \(names.count == 1 ? "it" : "them") is of "
        + "\(answering.count - blind.count) of \(answering.count) runs (column run_count)"
    }
  }
}

/// The first of a list's names, and how many more there are.
private func listed(_ names: [String]) -> String {
  let shown = names.prefix(20).joined(separator: ", ")
  return names.count > 20 ? "\(shown) and \(names.count - 20) more" : shown
}
