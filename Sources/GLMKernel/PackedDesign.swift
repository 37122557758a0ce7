internal import Algebra
internal import CGLMKernel

/// A design laid out as the optimized kernel reads it: plain arrays behind plain pointers.
///
/// Nothing changes after it is made, so any number of threads may read it.
final class PackedDesign: @unchecked Sendable {
  /// What the kernel is given.
  let design: UnsafePointer<cgk_design>

  /// The bytes of scratch that a call needs.
  let scratchBytes: Int

  private let arrays: [UnsafeMutableRawPointer]

  /// Lays a design out.
  ///
  /// - Parameters:
  ///   - volumeCount: The number of volumes of a strip.
  ///   - kept: The kept rows.
  ///   - basis: *Z*, kept rows × rank.
  ///   - spansConstant: Whether *Z* spans a constant.
  ///   - neighbourEigenvalues: The diagonal of *Z*'*SZ*.
  ///   - edgeGram: The sum of z z' over the segments' edges.
  ///   - gapGrams: What links the segments, ascending by gap.
  ///   - lagPairs: The pairs of kept rows at each lag, from lag 0.
  ///   - contrasts: The contrasts.
  init(
    volumeCount: Int,
    kept: KeptRows,
    basis: Matrix,
    spansConstant: Bool,
    neighbourEigenvalues: [Double],
    edgeGram: Matrix,
    gapGrams: [KernelDesign.GapGram],
    lagPairs: [[(earlier: Int, later: Int)]],
    contrasts: [BasisContrast]
  ) {
    var arrays: [UnsafeMutableRawPointer] = []
    func keep<Element>(_ elements: [Element]) -> UnsafePointer<Element> {
      let copy = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
      copy.initialize(from: elements, count: elements.count)
      arrays.append(UnsafeMutableRawPointer(copy))
      return UnsafePointer(copy)
    }
    let ofConstant = basis.transposed * [Double](repeating: 1, count: basis.rowCount)
    let stretches = lagPairs.dropFirst().map(stretches)
    let neighbours = Packed.neighbours(kept)
    let weights = contrasts.flatMap { $0.rows.elements }
    var packed = cgk_design()
    packed.volumes = Int32(volumeCount)
    packed.rows = Int32(kept.count)
    packed.rank = Int32(basis.columnCount)
    packed.lags = Int32(lagPairs.count - 1)
    packed.degrees_of_freedom = Int32(kept.count - basis.columnCount)
    packed.volume = keep(kept.rows.map(Int32.init))
    packed.step = keep(Packed.steps(kept))
    packed.basis32 = keep(basis.elements.map(Float.init))
    packed.basis64 = keep(basis.elements)
    packed.eigenvalues = keep(neighbourEigenvalues)
    packed.spans_constant = spansConstant ? 1 : 0
    packed.constant = keep(ofConstant)
    packed.pairs = keep(stretches.flatMap { $0 })
    packed.pair_starts = keep(
      stretches.reduce(into: [0]) { $0.append(($0.last ?? 0) + Int32($1.count)) }
    )
    packed.neighbours = keep(neighbours)
    packed.neighbour_count = Int32(neighbours.count)
    packed.edges = keep(kept.edges.map(Int32.init))
    packed.edge_count = Int32(kept.edges.count)
    packed.edge_gram = keep(edgeGram.elements)
    packed.links = keep(
      gapGrams.flatMap { gram in
        gram.links.map {
          cgk_link(from: Int32($0.from), to: Int32($0.to), gap: Int32(gram.gap))
        }
      }
    )
    packed.link_count = Int32(kept.links.count)
    packed.gaps = keep(gapGrams.map { Int32($0.gap) })
    packed.gap_count = Int32(gapGrams.count)
    packed.gap_ends = keep(gapGrams.flatMap { $0.ends.elements })
    packed.gap_cross = keep(gapGrams.flatMap { $0.cross.elements })
    packed.weights = keep(weights)
    packed.weights_of_constant = keep(contrasts.flatMap { $0.rows * ofConstant })
    packed.weight_rows = Int32(contrasts.reduce(0) { $0 + $1.rows.rowCount })
    packed.contrasts = keep(Packed.contrasts(contrasts))
    packed.contrast_count = Int32(contrasts.count)
    packed.result_count = Int32(contrasts.reduce(1) { $0 + $1.resultCount })
    design = keep([packed])
    scratchBytes = cgk_scratch_bytes(design)
    self.arrays = arrays
  }

  deinit { for array in arrays { array.deallocate() } }
}

/// Parts of a packed design.
private enum Packed {
  /// The volumes from each kept row's predecessor in its run; 0 where a run begins.
  static func steps(_ kept: KeptRows) -> [Int32] {
    kept.rows.indices.map { place in
      guard place > 0, kept.runs[place] == kept.runs[place - 1] else { return 0 }
      return Int32(kept.rows[place] - kept.rows[place - 1])
    }
  }

  /// The pairs of neighbours within each segment.
  static func neighbours(_ kept: KeptRows) -> [cgk_stretch] {
    kept.segments.filter { $0.count > 1 }.map {
      cgk_stretch(
        first: Int32($0.lowerBound),
        second: Int32($0.lowerBound + 1),
        count: Int32($0.count - 1)
      )
    }
  }

  static func contrasts(_ contrasts: [BasisContrast]) -> [cgk_contrast] {
    var first = 0
    return contrasts.map { contrast in
      defer { first += contrast.rows.rowCount }
      return cgk_contrast(
        is_f: contrast.kind == .f ? 1 : 0,
        first_row: Int32(first),
        row_count: Int32(contrast.rows.rowCount),
        first_result: Int32(contrast.firstResult)
      )
    }
  }
}

/// Joins pairs that follow one another.
private func stretches(_ pairs: [(earlier: Int, later: Int)]) -> [cgk_stretch] {
  var result: [cgk_stretch] = []
  for pair in pairs {
    let (first, second) = (Int32(pair.earlier), Int32(pair.later))
    if let last = result.last, last.first + last.count == first, last.second + last.count == second
    {
      result[result.count - 1].count += 1
    } else {
      result.append(cgk_stretch(first: first, second: second, count: 1))
    }
  }
  return result
}
