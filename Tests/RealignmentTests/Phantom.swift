import Glibc
import Imaging
import Realignment

/// A head whose value at any point is a closed formula, so that motion needs no interpolation.
///
/// A smooth-edged ellipsoid of 80 smooth blobs; no finer than a voxel of 4 mm can follow.
struct Phantom {
  private var centres: [SIMD3<Double>] = []
  private var heights: [Double] = []
  private var widths: [Double] = []

  init() {
    var random = Lehmer(state: 11)
    while centres.count < 80 {
      let point = SIMD3(random.next(), random.next(), random.next()) * 2 - 1
      guard point.length < 0.9 else { continue }
      centres.append(point * [48, 60, 34])
      heights.append(random.next() * 900 - 350)
      widths.append(7 + 4 * random.next())
    }
  }

  /// The value at a point of the head, in mm from its middle.
  func value(at point: SIMD3<Double>) -> Double {
    let edge = (point / SIMD3(52, 64, 38)).length
    var sum = 900 / (1 + exp((edge - 1) * 9))
    for (blob, centre) in centres.enumerated() {
      let offset = point - centre
      let square = (offset * offset).sum() / (widths[blob] * widths[blob])
      if square < 40 { sum += heights[blob] * exp(-0.5 * square) }
    }
    return sum
  }

  /// What the scanner sees of a head moved by a map of head points to scanner points.
  func volume(on grid: Grid, moved map: Affine, gain: Double = 1) -> Volume {
    guard let toHead = map.inverse else { fatalError("a rigid map") }
    let values = (0..<grid.voxelCount).map { index in
      Float(gain * value(at: toHead(grid.position(ofVoxel: index))))
    }
    return Volume(grid: grid, values: values)
  }

  /// Points all over the head, in mm.
  var landmarks: [SIMD3<Double>] {
    var points: [SIMD3<Double>] = []
    for x in stride(from: -48.0, through: 48, by: 16) {
      for y in stride(from: -60.0, through: 60, by: 20) {
        for z in stride(from: -32.0, through: 32, by: 16) {
          let point = SIMD3(x, y, z)
          if (point / SIMD3(52, 64, 38)).length < 1 { points.append(point) }
        }
      }
    }
    return points
  }

  /// The root mean square distance between what two maps make of the head, in mm.
  func distance(_ one: Affine, _ other: Affine) -> Double {
    let squares = landmarks.map { point -> Double in
      let difference = one(point) - other(point)
      return (difference * difference).sum()
    }
    return (squares.reduce(0, +) / Double(squares.count)).squareRoot()
  }
}

/// Numbers from 0 to 1 that are the same on every machine.
struct Lehmer {
  var state: UInt64

  mutating func next() -> Double {
    state = state * 48271 % 2_147_483_647
    return Double(state) / 2_147_483_647
  }

  /// A number of mean 0 and variance 1, near enough to normal.
  mutating func noise() -> Double { (0..<12).reduce(-6.0) { sum, _ in sum + next() } }
}

/// The grids that motion is tried on: plain, mirrored in x, and turned with unequal voxels.
enum TestGrid: CaseIterable {
  case plain, flipped, oblique

  var grid: Grid {
    let (dimensions, affine): (SIMD3<Int>, Affine) =
      switch self {
      case .plain: ([36, 42, 28], .scaling([4, 4, 4], then: [-70, -82, -54]))
      case .flipped: ([36, 42, 28], .scaling([-4, 4, 4], then: [70, -82, -54]))
      case .oblique:
        (
          [40, 40, 30],
          RigidMotion(translation: [2, -3, 4], rotation: [0.25, -0.1, 0.4])
            .affine(about: .zero) * .scaling([3.6, 4.2, 3.9], then: [-70.2, -81.9, -56.5])
        )
      }
    guard let grid = Grid(dimensions: dimensions, affine: affine) else { fatalError("a grid") }
    return grid
  }
}

/// Puts volumes of one grid together to a float32 series.
func makeSeries(_ volumes: [Volume]) -> ImageSeries {
  let bytes = volumes.flatMap { volume in volume.values.withUnsafeBytes { [UInt8]($0) } }
  return ImageSeries(
    grid: volumes[0].grid,
    volumeCount: volumes.count,
    encoding: .float32,
    bytes: bytes
  )
}

/// Poses of a restless head, some mm and degrees.
func restlessPoses(_ count: Int, scale: Double = 1, seed: UInt64 = 5) -> [RigidMotion] {
  var random = Lehmer(state: seed)
  return (0..<count).map { _ in
    let shift = SIMD3(random.next(), random.next(), random.next()) * 2 - 1
    let turn = SIMD3(random.next(), random.next(), random.next()) * 2 - 1
    return RigidMotion(translation: shift * scale, rotation: turn * scale * .pi / 180)
  }
}
