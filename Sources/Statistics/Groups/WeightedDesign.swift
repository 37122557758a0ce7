internal import Algebra
internal import CGroupKernel

/// A model's design in the form that the kernel of weighted fits takes, with its memory.
final class WeightedDesign: @unchecked Sendable {
  /// What the kernel reads.
  let packed: UnsafePointer<cgr_design>

  private let design: UnsafeMutablePointer<Double>
  private let groups: UnsafeMutablePointer<Int32>
  private let contrasts: UnsafeMutablePointer<Double>
  private let value: UnsafeMutablePointer<cgr_design>

  /// Packs a model.
  ///
  /// - Parameters:
  ///   - model: The model; each of its contrasts is a t.
  ///   - basis: Participants × rank, in place of the model's own basis.
  ///   - iteration: How the iteration ends.
  ///   - isRestricted: Whether the likelihood is the restricted one.
  ///   - tuning: Tukey's constant.
  init(
    _ model: GroupModel,
    basis: Matrix? = nil,
    iteration: IterationLimit,
    isRestricted: Bool = true,
    tuning: Double = 0
  ) {
    let basis = basis ?? model.basis
    design = copied(basis.elements)
    groups = copied(model.varianceGroups.map { Int32($0) })
    contrasts = copied(model.directions.flatMap { $0.row(0) })
    value = .allocate(capacity: 1)
    value.initialize(
      to: cgr_design(
        participants: Int32(basis.rowCount),
        columns: Int32(basis.columnCount),
        design: UnsafePointer(design),
        group: UnsafePointer(groups),
        groups: Int32(model.varianceGroupCount),
        contrasts: UnsafePointer(contrasts),
        contrast_count: Int32(model.contrasts.count),
        iterations: Int32(iteration.steps),
        tolerance: iteration.tolerance,
        is_restricted: isRestricted ? 1 : 0,
        tuning: tuning
      )
    )
    packed = UnsafePointer(value)
  }

  deinit {
    design.deallocate()
    groups.deallocate()
    contrasts.deallocate()
    value.deallocate()
  }

  /// The rows of 16 in the results of a strip.
  var resultRows: Int { cgr_result_rows(packed) }

  /// Returns scratch memory for a strip; the caller frees it.
  func makeScratch() -> UnsafeMutableRawPointer {
    .allocate(byteCount: cgr_scratch_bytes(packed), alignment: Int(CGR_ALIGNMENT))
  }
}

/// Returns a copy of an array at an address of its own; the caller frees it.
func copied<Element>(_ elements: [Element]) -> UnsafeMutablePointer<Element> {
  let result = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
  result.initialize(from: elements, count: elements.count)
  return result
}

/// When an iteration ends.
public struct IterationLimit: Equatable, Sendable {
  /// The largest number of steps.
  public var steps: Int

  /// The relative change under which it has converged.
  public var tolerance: Double

  /// Creates a limit.
  ///
  /// - Parameters:
  ///   - steps: The largest number of steps.
  ///   - tolerance: The relative change under which it has converged.
  public init(steps: Int, tolerance: Double) {
    (self.steps, self.tolerance) = (steps, tolerance)
  }
}
