import Glibc
import Imaging
import Report
import Testing

@Suite("Axial slices")
struct AxialMontageTests {
  static let orders: [[Int]] = [
    [0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0],
  ]

  @Test("Every storage order gives the same picture, to the pixel", arguments: orders, 0..<8)
  func orientation(axes: [Int], flip: Int) throws {
    let flips = [flip & 1 == 1, flip & 2 == 2, flip & 4 == 4]
    let plain = try #require(StoredPhantom(axes: [0, 1, 2], flips: [false, false, false]))
    let stored = try #require(StoredPhantom(axes: axes, flips: flips))
    let expected = AxialMontage(background: plain.grey, statistic: plain.z, threshold: 3)
    let found = AxialMontage(background: stored.grey, statistic: stored.z, threshold: 3)
    #expect(found == expected)
  }

  @Test("What lies left, in front and on top is drawn left, above and in the last slices")
  func sides() throws {
    let stored = try #require(StoredPhantom(axes: [2, 0, 1], flips: [true, true, false]))
    let montage = AxialMontage(background: stored.grey, statistic: stored.z, threshold: 3)
    var total = 0
    for slice in montage.slices {
      let places = coloured(in: slice, of: montage)
      total += places.count
      #expect(places.isEmpty || slice.height > 3)
      for place in places {
        #expect(place.x < Double(montage.sliceWidth) / 2)
        #expect(place.y < Double(montage.sliceHeight) / 2)
      }
    }
    // x -11, -9, -7, -5; y 4, 6 ... 14; z 6, 9, 12: 4 × 6 × 3 voxels of 2 × 2 pixels.
    #expect(total == 4 * 6 * 3 * 4)
  }

  @Test("An oblique, mirrored storage keeps the centre of the activation within a pixel of 1 mm")
  func oblique() throws {
    let (c, s) = (2 * cos(0.3), 2 * sin(0.3))
    let affine = Affine([-c, -s, 0, 30], [-s, c, 0, -24], [0, 0, 2, -20])
    let grid = try #require(Grid(dimensions: [30, 30, 20], affine: affine))
    let target = SIMD3<Double>(-8, 6, 2)
    let values = (0..<grid.voxelCount).map { index in
      (grid.position(ofVoxel: index) - target).length < 6 ? Float(6) : 0
    }
    let montage = AxialMontage(
      background: nil,
      statistic: Volume(grid: grid, values: values),
      threshold: 3,
      sliceCount: 20
    )
    let slice = try #require(montage.slices.first { $0.height == 2 })
    let places = coloured(in: slice, of: montage)
    let centre = places.reduce(.zero, +) / Double(places.count)
    // The middle of the picture is the middle of the box around the turned grid, whose corners are
    // an image of a square, and so the image of its middle.
    let middle = affine([14.5, 14.5, 11])
    let size = SIMD2(Double(montage.sliceWidth - 1), Double(montage.sliceHeight - 1)) / 2
    let found = SIMD2(middle.x + centre.x - size.x, middle.y - centre.y + size.y)
    #expect((found.x - target.x).magnitude <= 1)
    #expect((found.y - target.y).magnitude <= 1)
  }

  @Test("The slice of the strongest voxel is among those drawn")
  func peak() {
    let map = SampleImages.activation()
    let montage = AxialMontage(background: nil, statistic: map, threshold: 3, sliceCount: 5)
    // The strongest of the made-up centres lies at z = 4 mm, on a voxel's height.
    #expect(montage.slices.contains { $0.height == 4 })
  }

  @Test("Nothing is coloured without a threshold")
  func noThreshold() {
    let map = SampleImages.activation()
    let montage = AxialMontage(background: nil, statistic: map, threshold: nil)
    #expect(montage.image.pixels.allSatisfy { $0 < 128 })
  }

  /// The coloured pixels of a slice, from its left and its top.
  private func coloured(
    in slice: AxialMontage.Slice,
    of montage: AxialMontage
  ) -> [SIMD2<Double>] {
    (0..<montage.sliceHeight).flatMap { row in
      (0..<montage.sliceWidth).compactMap { column in
        let at = (slice.top + row) * montage.image.width + slice.left + column
        // Indices from 128 on are colours.
        return montage.image.pixels[at] >= 128 ? SIMD2(Double(column), Double(row)) : nil
      }
    }
  }
}
