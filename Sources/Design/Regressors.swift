import Job

/// The columns that one condition contributes, before they have names.
struct RegressorMaker {
  private let grid: TimeGrid
  private let stepResponses: [[Double]]
  private let delays: [Int]

  /// Prepares the responses of a run's time grid.
  init(grid: TimeGrid, hemodynamics: Hemodynamics, repetitionTime: Double) {
    self.grid = grid
    let step = repetitionTime / Double(TimeGrid.oversampling)
    stepResponses = responseKernels(of: hemodynamics, step: step).map(cumulative)
    if case .finiteImpulseResponse(let delays) = hemodynamics {
      self.delays = delays
    } else {
      delays = []
    }
  }

  /// Returns a condition's response at every frame time, then its derivatives.
  ///
  /// Each derivative is orthogonalised to the columns before it, so that it takes nothing of theirs.
  /// Of a finite impulse response: one column per delay.
  func columns(of condition: Condition, withDerivatives: Bool) -> [[Double]] {
    let boxes = grid.boxes(of: condition)
    guard delays.isEmpty else { return delays.map { delayed(boxes, by: $0) } }
    let shapes = withDerivatives ? stepResponses : Array(stepResponses.prefix(1))
    var columns: [[Double]] = []
    for shape in shapes {
      var column = sampled { responses(of: boxes, shape, at: $0) }
      for earlier in columns { removeProjection(of: &column, on: earlier) }
      columns.append(column)
    }
    return columns
  }

  /// Returns the share of each volume's interval, from its frame time on, that events cover.
  private func delayed(_ boxes: [Box], by delay: Int) -> [Double] {
    let width = TimeGrid.oversampling
    return sampled { step in
      let first = step - delay * width
      return boxes.reduce(0) { sum, box in
        let overlap = min(box.next, first + width) - max(box.first, first)
        return sum + box.height * Double(max(0, overlap)) / Double(width)
      }
    }
  }

  /// Returns what a function of grid steps is at the frame times, linear between steps.
  private func sampled(_ value: (Int) -> Double) -> [Double] {
    grid.framePositions.map { position in
      let nearest = position.rounded()
      if abs(position - nearest) < 1e-9 { return value(Int(nearest)) }
      let lower = position.rounded(.down)
      let weight = position - lower
      return (1 - weight) * value(Int(lower)) + weight * value(Int(lower) + 1)
    }
  }
}

/// Returns the sum of the responses to boxes at a step, from the response to a step up.
private func responses(of boxes: [Box], _ shape: [Double], at step: Int) -> Double {
  func height(_ elapsed: Int) -> Double {
    elapsed < 0 ? 0 : shape[min(elapsed, shape.count - 1)]
  }
  return boxes.reduce(0) { sum, box in
    sum + box.height * (height(step - box.first) - height(step - box.next))
  }
}

/// Returns the running sum.
private func cumulative(_ values: [Double]) -> [Double] {
  var sum = 0.0
  return values.map { value in
    sum += value
    return sum
  }
}

/// Takes out of a vector what another explains of it.
func removeProjection(of vector: inout [Double], on direction: [Double]) {
  let length = direction.reduce(0) { $0 + $1 * $1 }
  guard length > 0 else { return }
  var product = 0.0
  for row in vector.indices { product += vector[row] * direction[row] }
  for row in vector.indices { vector[row] -= product / length * direction[row] }
}
