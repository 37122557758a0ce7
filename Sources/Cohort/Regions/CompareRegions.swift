public import Atlas
public import Statistics

/// Region tables to be compared by a design.
public struct RegionCohortRequest: Sendable {
  /// The design, whose participants are those with tables.
  public var design: GroupDesign

  /// The region tables of all participants, one after the other.
  public var rows: [RegionRow]

  /// How much of a region must be in view.
  public var coverage: CoverageRule

  /// How participants are rearranged; `nil` for no family-wise p.
  public var permutation: PermutationRequest?

  /// How intervals of standardised effects are drawn.
  public var bootstrap: BootstrapRequest

  /// Creates a request.
  ///
  /// - Parameters:
  ///   - design: The design.
  ///   - rows: The region tables of all participants.
  ///   - coverage: How much of a region must be in view.
  ///   - permutation: How participants are rearranged.
  ///   - bootstrap: How intervals of standardised effects are drawn.
  public init(
    design: GroupDesign,
    rows: [RegionRow],
    coverage: CoverageRule = CoverageRule(),
    permutation: PermutationRequest? = PermutationRequest(),
    bootstrap: BootstrapRequest = BootstrapRequest()
  ) {
    (self.design, self.rows, self.coverage) = (design, rows, coverage)
    (self.permutation, self.bootstrap) = (permutation, bootstrap)
  }
}

/// Compares regions by a design, one family per atlas, contrast, task and question of the design.
///
/// - Parameter request: The design and the tables.
/// - Returns: The families, in the order of the tables; an F of the design has none.
/// - Throws: ``CohortError`` where tables do not belong together or participants cannot be rearranged.
public func compareRegions(
  _ request: RegionCohortRequest
) throws(CohortError) -> [RegionFamily] {
  let choice = try RowChoice(request.rows)
  let design = request.design
  var order: [FamilyKey] = []
  var keysOf: [FamilyKey: [RegionKey]] = [:]
  for key in choice.keys {
    let family = FamilyKey(task: key.task, contrast: key.contrast, atlas: key.atlas)
    if keysOf[family] == nil { order.append(family) }
    keysOf[family, default: []].append(key)
  }
  var families: [RegionFamily] = []
  for family in order {
    let tables = try (keysOf[family] ?? []).map { key throws(CohortError) in
      try RegionValues(key, choice, request)
    }
    let units = Set(tables.compactMap(\.unit)).sorted()
    if units.count > 1 { throw .mixed("unit", contrast: family.contrast, values: units) }
    guard let unit = units.first else { continue }
    for (index, contrast) in design.model.contrasts.enumerated() where !contrast.isF {
      families.append(try family.compared(tables, index, unit, request))
    }
  }
  return families
}

/// What makes regions one family.
private struct FamilyKey: Hashable {
  let task: String?
  let contrast: String
  let atlas: String

  func compared(
    _ tables: [RegionValues],
    _ index: Int,
    _ unit: String,
    _ request: RegionCohortRequest
  ) throws(CohortError) -> RegionFamily {
    let model = request.design.model
    var permutation = request.permutation
    if permutation?.blocks == nil { permutation?.blocks = request.design.blocks }
    let inference: RegionInference
    do throws(GroupModelError) {
      inference = try regionInference(
        RegionInferenceRequest(
          values: tables.map(\.values),
          model: model,
          contrast: index,
          // A comparison of several levels at once has no standardised difference; its t has a
          // correlation.
          question: request.design.standardised[index] ?? .slope,
          permutation: permutation,
          bootstrap: request.bootstrap
        )
      )
    } catch {
      throw .design(.model(error))
    }
    let p = inference.regions.map { $0?.p ?? .nan }
    let adjusted = holm(p)
    let tested = p.indices.filter { p[$0].isFinite }
    let rates = falseDiscoveryRates(tested.map { p[$0] })
    let rateOf = Dictionary(uniqueKeysWithValues: zip(tested, rates))
    return RegionFamily(
      task: task,
      contrast: contrast,
      atlas: atlas,
      question: model.contrasts[index].name,
      unit: unit,
      regions: tables.enumerated().map { place, table in
        ComparedRegion(
          region: table.name,
          hemisphere: table.hemisphere,
          estimate: inference.regions[place],
          q: rateOf[place],
          holmP: adjusted[place].isNaN ? nil : adjusted[place],
          leftOut: table.leftOut
        )
      },
      correctedLevel: inference.correctedLevel,
      permutation: inference.permutation
    )
  }
}

/// The values of one region, in the order of the design's rows.
private struct RegionValues {
  let name: String
  let hemisphere: Hemisphere
  let unit: String?
  let values: [Double]
  let leftOut: [LeftOut]

  init(
    _ key: RegionKey,
    _ choice: RowChoice,
    _ request: RegionCohortRequest
  ) throws(CohortError) {
    let rows = choice.rows[key] ?? [:]
    let used = request.design.participants.compactMap { rows[$0] }
    let units = Set(used.map(\.unit)).sorted()
    if units.count > 1 { throw .mixed("unit", contrast: key.contrast, values: units) }
    var (values, leftOut): ([Double], [LeftOut]) = ([], [])
    for participant in request.design.participants {
      let (effect, reason) =
        rows[participant].map(request.coverage.effect)
        ?? (nil, choice.uncombinedRows[key]?[participant] ?? .noRow)
      values.append(effect ?? .nan)
      if let reason { leftOut.append(LeftOut(participant: participant, reason: reason)) }
    }
    name = key.region
    hemisphere = used.first?.hemisphere ?? .none
    unit = units.first
    (self.values, self.leftOut) = (values, leftOut)
  }
}
