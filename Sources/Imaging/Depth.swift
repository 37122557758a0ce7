extension Mask {
  /// The places of the voxels from the mask's surface inwards: by the number of steps to the nearest
  /// voxel outside, then in storage order.
  ///
  /// A step goes to one of the six neighbours; beyond the grid is outside.
  public var placesByDepth: [Int] {
    let size = grid.dimensions
    var depth = [Int](repeating: 0, count: count)
    var front = indices.indices.filter { place in
      neighbours(of: indices[place], in: size).contains { $0.map { !contains($0) } ?? true }
    }
    for place in front { depth[place] = 1 }
    var level = 1
    while !front.isEmpty {
      level += 1
      var next: [Int] = []
      for place in front {
        for case let neighbour? in neighbours(of: indices[place], in: size) {
          let other = Int(places[neighbour])
          guard other >= 0, depth[other] == 0 else { continue }
          depth[other] = level
          next.append(other)
        }
      }
      front = next
    }
    return indices.indices.sorted { (depth[$0], $0) < (depth[$1], $1) }
  }

  /// The volume of the voxels, in mm³.
  public var volume: Double { Double(count) * abs(grid.affine.determinant) }

  /// The six neighbours of a voxel; `nil` beyond the grid.
  private func neighbours(of index: Int, in size: SIMD3<Int>) -> [Int?] {
    let voxel = grid.voxel(at: index)
    let steps = [1, size.x, size.x * size.y]
    return (0..<3).flatMap { axis -> [Int?] in
      [
        voxel[axis] > 0 ? index - steps[axis] : nil,
        voxel[axis] + 1 < size[axis] ? index + steps[axis] : nil,
      ]
    }
  }
}
