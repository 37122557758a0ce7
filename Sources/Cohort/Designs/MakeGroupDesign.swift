internal import Algebra
internal import BIDS
internal import Statistics

/// Makes a design of participants' values.
///
/// A participant without a value that the design needs takes no part, and is named. Columns of numbers
/// are centred on the mean of those who take part, so that groups are compared at that mean.
///
/// - Parameter request: Who, what is asked, and what is taken out.
/// - Returns: The design, checked for what it can tell.
/// - Throws: ``GroupDesignError``.
public func makeGroupDesign(
  _ request: GroupDesignRequest
) throws(GroupDesignError) -> GroupDesign {
  let values = try ParticipantValues(request)
  var columns = try values.questionColumns()
  for covariate in request.covariates {
    columns.append(contentsOf: try values.columns(of: covariate))
  }
  let names = columns.map(\.name)
  let count = values.participants.count
  var groups: [Int]?
  if !request.hasEqualVariances, values.levels.count > 1 { groups = values.levelOf }
  let contrasts = try values.contrasts(names, hasF: groups == nil)
  let model: GroupModel
  do throws(GroupModelError) {
    model = try GroupModel(
      design: Matrix(columns: columns.map(\.values), rowCount: count),
      contrasts: contrasts.map(\.contrast),
      varianceGroups: groups
    )
  } catch {
    throw .model(error)
  }
  return GroupDesign(
    participants: values.participants,
    leftOut: values.leftOut,
    columns: names,
    model: model,
    standardised: contrasts.map(\.standardised),
    blocks: values.blocks,
    means: values.means
  )
}
