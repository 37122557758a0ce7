internal import Algebra
internal import CGroupKernel
import Glibc

/// A contrast's statistic for one set of participants, in the form that the kernel takes.
final class PackedStatistic: @unchecked Sendable {
  /// What the kernel reads.
  let packed: UnsafePointer<cgr_statistic>

  /// The participants in the kernel's order: by variance group.
  let participants: [Int]

  /// The weights of the kernel's sums before anybody is rearranged, each over its range.
  let rows: [(range: Range<Int>, weights: [Float])]

  /// The number of weights of eight arrangements.
  let weightCount: Int

  /// What is taken off the data before they are rearranged, and what they are multiplied with.
  let nuisances: Matrix
  let scales: [Double]

  /// What is taken off to see the effect itself.
  let nuisancesOfEffect: Matrix

  /// The number of sums of squares per voxel.
  let groupCount: Int

  private let value: UnsafeMutablePointer<cgr_statistic>
  private let cRows: UnsafeMutablePointer<cgr_row>
  private var floats: [UnsafeMutablePointer<Float>] = []

  /// Prepares a statistic, or returns `nil` where the design explains a participant entirely.
  init?(_ model: GroupModel, contrast index: Int, _ design: PresentDesign, _ kind: Resampling) {
    let isSeparate = kind == .residualFlips
    let plan =
      isSeparate
      ? StatisticPlan(separate: model, index, design)
      : StatisticPlan(pooled: model, index, design, kind)
    guard let plan else { return nil }
    participants = plan.participants
    rows = plan.rows.map { row in
      (range: row.range, weights: row.range.map { Float(row.weights[$0]) })
    }
    weightCount = rows.reduce(0) { $0 + $1.range.count } * Int(CGR_ARRANGEMENTS)
    (nuisances, scales) = (plan.nuisances, plan.scales)
    nuisancesOfEffect = plan.nuisancesOfEffect
    groupCount = isSeparate ? model.varianceGroupCount : 1
    cRows = copied(
      plan.rows.map {
        cgr_row(
          first: Int32($0.range.lowerBound),
          count: Int32($0.range.count),
          group: Int32($0.group),
          column: Int32($0.column)
        )
      }
    )
    value = .allocate(capacity: 1)
    packed = UnsafePointer(value)
    value.initialize(to: cgr_statistic())
    value.pointee.kind =
      isSeparate ? CGR_SEPARATE_T : plan.effectCount > 1 ? CGR_POOLED_F : CGR_POOLED_T
    value.pointee.participants = Int32(participants.count)
    value.pointee.rows = UnsafePointer(cRows)
    value.pointee.row_count = Int32(rows.count)
    value.pointee.effects = Int32(plan.effectCount)
    value.pointee.degrees_of_freedom = Float(design.degreesOfFreedom)
    value.pointee.basis = Int32(model.rank)
    value.pointee.groups = Int32(groupCount)
    if isSeparate {
      value.pointee.contrast = kept(plan.contrast)
      value.pointee.grams = kept(plan.grams)
      value.pointee.variance_weights = kept(plan.varianceWeights)
      value.pointee.group_degrees = kept(design.groupDegrees)
    } else if plan.effectCount > 1 {
      let table = FTable(numerator: Double(plan.effectCount), denominator: design.degreesOfFreedom)
      value.pointee.table = kept(table.z)
      value.pointee.table_count = Int32(table.z.count)
      value.pointee.table_step = Float(table.step)
    }
  }

  deinit {
    for pointer in floats { pointer.deallocate() }
    cRows.deallocate()
    value.deallocate()
  }

  private func kept(_ numbers: [Double]) -> UnsafePointer<Float> {
    let pointer = copied(numbers.map { Float($0) })
    floats.append(pointer)
    return UnsafePointer(pointer)
  }

  /// Fills the weights of up to eight arrangements.
  ///
  /// - Parameters:
  ///   - arrangements: The list.
  ///   - indices: Which of it; where there are fewer than eight, the first fills the rest.
  ///   - present: Whether each participant is in this set.
  ///   - weights: ``weightCount`` numbers.
  func fill(
    _ arrangements: Arrangements,
    _ indices: Range<Int>,
    present: [Bool],
    into weights: UnsafeMutablePointer<Float>
  ) {
    let width = Int(CGR_ARRANGEMENTS)
    var placeOf = [Int](repeating: 0, count: present.count)
    for (place, participant) in participants.enumerated() { placeOf[participant] = place }
    for lane in 0..<width {
      let index = lane < indices.count ? indices.lowerBound + lane : indices.lowerBound
      let signs = arrangements.signs(index, participants: present.count)
      let sources = arrangements.sources(index, present: present) ?? []
      var offset = 0
      for row in rows {
        for (step, place) in row.range.enumerated() {
          let participant = participants[place]
          // The data of the source come to this place; so its weight goes to the source.
          let source = placeOf[Int(sources[participant])] - row.range.lowerBound
          weights[(offset + source) * width + lane] = signs[participant] * row.weights[step]
        }
        offset += row.range.count
      }
    }
  }
}

/// z of an F at steps of √log(1 + qF/ν), between which it is nearly a line.
private struct FTable {
  let step: Double
  let z: [Double]

  init(numerator: Double, denominator: Double) {
    // At 1 + qF/ν = 1e9, beyond what float32 can tell apart.
    let (count, largest) = (8192, log(1e9).squareRoot())
    step = largest / Double(count - 1)
    let distribution = FDistribution(numerator: numerator, denominator: denominator)
    z = (0..<count).map { [step] place in
      let root = Double(place) * step
      return distribution.pAndZ(expm1(root * root) * denominator / numerator).z
    }
  }
}
