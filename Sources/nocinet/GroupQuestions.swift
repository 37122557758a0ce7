import BIDS
import Job

/// What is compared at the group level, by an option or by the dataset node of a Stats Model.
struct GroupQuestions {
  /// The comparisons, one page each.
  let comparisons: [Comparison]

  /// The contrasts that are compared; `nil` for all.
  let contrasts: Set<String>?

  /// Reads what is asked.
  ///
  /// - Parameters:
  ///   - compare: The option, if it is given.
  ///   - file: The file of a model, if one is given.
  ///   - recorded: The model of the participants' results, if they have one.
  /// - Throws: The reason why it cannot be compared.
  init(compare: String?, file: String?, recorded: StatsModel?) throws {
    if let compare {
      (comparisons, contrasts) = ([try Comparison(compare)], nil)
      return
    }
    let path = file ?? "job.json"
    guard let model = try file.map(StatsModel.init(path:)) ?? recorded,
      let node = model.datasetNode
    else {
      throw StatsModelError(
        path: path,
        place: "Nodes",
        reason: .wrongValue(expected: "nodes with one of Level Dataset, or use --compare")
      )
    }
    comparisons = try model.datasetQuestions(path: path).map { question in
      guard case .difference(_, let comparison) = question else {
        throw StatsModelError(
          path: path,
          place: "\(node.place).Model.X",
          reason: .unsupported(
            instead: "the mean of all participants is not tested yet; name two groups"
          )
        )
      }
      return comparison
    }
    contrasts = model.comparedContrasts
  }
}
