internal import CGroupKernel
public import Imaging

/// Which voxels touch.
public enum Connectivity: Int, CaseIterable, Sendable {
  /// Those that share a face.
  case faces = 6

  /// Those that share a face or an edge.
  case edges = 18

  /// Those that share a face, an edge or a corner.
  case corners = 26
}

/// The voxels of a mask and which of them touch.
public final class Lattice: @unchecked Sendable {
  /// The voxels.
  public let mask: Mask

  /// Which of them touch.
  public let connectivity: Connectivity

  /// What the kernel reads.
  let packed: UnsafePointer<cgr_lattice>

  private let places: UnsafeMutablePointer<Int32>
  private let steps: UnsafeMutablePointer<Int32>
  private let value: UnsafeMutablePointer<cgr_lattice>

  /// Prepares the neighbours of a mask.
  ///
  /// - Parameters:
  ///   - mask: The voxels.
  ///   - connectivity: Which of them touch.
  public init(_ mask: Mask, connectivity: Connectivity = .faces) {
    self.mask = mask
    self.connectivity = connectivity
    let voxels = mask.indices.map { mask.grid.voxel(at: $0) }
    var (low, high) = (SIMD3<Int>(repeating: .max), SIMD3<Int>(repeating: .min))
    for voxel in voxels {
      low.replace(with: voxel, where: voxel .< low)
      high.replace(with: voxel, where: voxel .> high)
    }
    if voxels.isEmpty { (low, high) = (.zero, .zero) }
    // A margin of one voxel all around.
    let size = high &- low &+ 3
    func place(_ voxel: SIMD3<Int>) -> Int { voxel.x + size.x * (voxel.y + size.y * voxel.z) }
    places = copied(voxels.map { Int32(place($0 &- low &+ 1)) })
    let neighbours = connectivity.steps.map { Int32(place($0)) }
    steps = copied(neighbours)
    value = .allocate(capacity: 1)
    value.initialize(
      to: cgr_lattice(
        count: Int32(voxels.count),
        place: UnsafePointer(places),
        places: Int32(size.x * size.y * size.z),
        steps: UnsafePointer(steps),
        step_count: Int32(neighbours.count)
      )
    )
    packed = UnsafePointer(value)
  }

  deinit {
    places.deallocate()
    steps.deallocate()
    value.deallocate()
  }

  /// The number of voxels.
  public var count: Int { mask.count }

  /// Returns memory for the kernel; the caller frees it.
  func makeScratch() -> UnsafeMutableRawPointer {
    .allocate(byteCount: cgr_lattice_scratch_bytes(packed), alignment: Int(CGR_ALIGNMENT))
  }
}

extension Connectivity {
  /// The steps from a voxel to those that touch it.
  public var steps: [SIMD3<Int>] {
    var result: [SIMD3<Int>] = []
    for z in -1...1 {
      for y in -1...1 {
        for x in -1...1 {
          let distance = abs(x) + abs(y) + abs(z)
          let isNeighbour =
            switch self {
            case .faces: distance == 1
            case .edges: distance == 1 || distance == 2
            case .corners: distance > 0
            }
          if isNeighbour { result.append([x, y, z]) }
        }
      }
    }
    return result
  }
}
