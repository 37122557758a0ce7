import Glibc
import Imaging
import Normalization
import Testing

@Suite("Displacement fields and their inverses")
struct InvertedFieldTests {
  /// A turn by 0.3 rad, a growth by 10 %, a shift, and on top a wave of 3 mm over 80 mm.
  private func smooth(_ point: SIMD3<Double>) -> SIMD3<Double> {
    let (s, c) = (sin(0.3), cos(0.3))
    let turned: SIMD3<Double> = [
      1.1 * (c * point.x - s * point.y), 1.1 * (s * point.x + c * point.y), 1.1 * point.z,
    ]
    let wave: SIMD3<Double> = [
      3 * sin(2 * .pi * point.y / 80), 3 * cos(2 * .pi * point.z / 80),
      3 * sin(2 * .pi * point.x / 80),
    ]
    return turned + wave + [12, -7, 20]
  }

  private func field(_ map: (SIMD3<Double>) -> SIMD3<Double>) throws -> DisplacementField {
    // x runs from right to left, as many templates are stored.
    let grid = try #require(
      Grid(dimensions: [60, 66, 63], affine: .scaling([-2, 2, 2], then: [59, -65, -62]))
    )
    return DisplacementField(
      grid: grid,
      displacements: (0..<grid.voxelCount).map {
        let point = grid.position(ofVoxel: $0)
        return SIMD3<Float>(map(point) - point)
      }
    )
  }

  @Test("There and back is within 0.1 mm, also with a turn that plain iteration cannot invert")
  func thereAndBack() throws {
    let forward = try field(smooth)
    let inverse = try #require(invertedField(forward, threads: 2))
    let grid = forward.grid
    for index in stride(from: 0, to: grid.voxelCount, by: 7) {
      // The outermost voxels lie beside points where the field is not known.
      let voxel = grid.voxel(at: index)
      guard voxel.min() >= 3, (grid.dimensions &- voxel).min() > 3 else { continue }
      let point = grid.position(ofVoxel: index)
      let back = try #require(inverse(smooth(point)))
      #expect((back - point).length < 0.1)
    }
  }

  @Test("The inverse is not the field itself: a shift to the left is undone by one to the right")
  func direction() throws {
    let forward = try field { $0 + [-6, 2, 1] }
    let inverse = try #require(invertedField(forward, threads: 1))
    let back = try #require(inverse([0, 0, 0]))
    // Float32 displacements of a few mm are exact to 1e-6 mm.
    #expect((back - [6, -2, -1]).length < 1e-5)
  }

  @Test("The same bytes come for any number of threads")
  func threads() throws {
    let forward = try field(smooth)
    let one = try #require(invertedField(forward, threads: 1))
    let three = try #require(invertedField(forward, threads: 3))
    #expect(one.displacements == three.displacements)
  }

  @Test("A field that maps everything onto a plane has no inverse")
  func flat() throws {
    #expect(invertedField(try field { [$0.x, $0.y, 0] }, threads: 1) == nil)
    #expect(invertedField(try field { $0 * 1000 }, threads: 1) == nil)
    #expect(invertedField(try field { $0 + [.nan, 0, 0] }, threads: 1) == nil)
  }

  @Test("The Jacobian is the factor by which volumes change, and negative where space is mirrored")
  func jacobians() throws {
    let grown = try field { $0 * [1.2, 0.5, 2] }
    let mirrored = try field { $0 * [-1, 1, 1] }
    for index in [0, 12_345, grown.grid.voxelCount - 1] {
      #expect(abs(jacobian(of: grown, at: index) - 1.2) < 1e-4)
      #expect(abs(jacobian(of: mirrored, at: index) + 1) < 1e-4)
    }
  }
}
