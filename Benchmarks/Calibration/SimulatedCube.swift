import Glibc
import Imaging
import Statistics

/// A cube of voxels, and which of them count.
struct SimulatedCube {
  /// Every voxel of the cube, of 3 mm.
  let mask: Mask

  /// How far each voxel's process is from the usual, -1 to 1.
  let deviations: [Float]

  /// The places of the voxels whose series count, independent of one another.
  ///
  /// With smooth noise one voxel per neighbourhood, on the densest lattice: the series of two
  /// neighbours of the lattice correlate by less than .01.
  let counted: [Int]

  /// The places of the voxels of every region.
  let regions: [[Int]]

  /// Lays out a cube.
  ///
  /// - Parameters:
  ///   - setting: What is simulated.
  ///   - numbers: Where the phases of the varying coefficients are drawn from.
  init(_ setting: CalibrationSetting, numbers: inout SeededGenerator) {
    let size = setting.cubeSize
    guard
      let grid = Grid(dimensions: [size, size, size], affine: .scaling([3, 3, 3], then: .zero))
    else { preconditionFailure("a cube is a grid") }
    mask = Mask(grid: grid) { _ in true }
    let phases = (numbers.uniform() * 2 * .pi, numbers.uniform() * 2 * .pi)
    // Waves of 48 and 72 mm in a piece of brain; regions lie further apart.
    let wave = 2 * Double.pi / (setting.region ? 8 : 16)
    let spacing = setting.smoothness == 0 ? 1 : setting.smoothness + 1
    var deviations: [Float] = []
    var counted: [Int] = []
    var regions = [[Int]](repeating: [], count: size * size * size / 27)
    for index in 0..<grid.voxelCount {
      let voxel = grid.voxel(at: index)
      let along = 0.6 * sin(wave * Double(voxel.x) + phases.0)
      let across = 0.4 * sin(wave * 2 / 3 * Double(voxel.y + voxel.z) + phases.1)
      deviations.append(setting.varying ? Float(along + across) : 0)
      let cell = voxel / SIMD3(repeating: spacing)
      if cell &* spacing == voxel, spacing == 1 || (cell.x + cell.y + cell.z) % 2 == 0 {
        counted.append(index)
      }
      let block = voxel / SIMD3(repeating: 3)
      regions[block.x + size / 3 * (block.y + size / 3 * block.z)].append(index)
    }
    self.deviations = deviations
    self.counted = counted
    self.regions = regions
  }

  /// Turns noise without memory into a series with a baseline of 100.
  ///
  /// - Parameters:
  ///   - noise: Its memory.
  ///   - innovations: What is new in every volume.
  ///   - white: What has no memory.
  ///   - volumeCount: The number of volumes.
  /// - Returns: The series.
  func series(
    _ noise: SimulatedNoise,
    innovations: NoiseField,
    white: NoiseField,
    volumeCount: Int
  ) -> MaskedSeries {
    let count = mask.count
    let processes = deviations.map(noise.process)
    // Where coefficients vary, so does the noise's standard deviation, sevenfold.
    let height = deviations.map { exp($0) }
    let part = processes.map { ((1 - $0.white).squareRoot(), $0.white.squareRoot()) }
    let steps = processes.map { ($0.neighbourCorrelation, $0.innovation) }
    var (last, beforeLast) = (
      [Float](repeating: 0, count: count), [Float](repeating: 0, count: count)
    )
    var result = MaskedSeries(zerosIn: mask, volumeCount: volumeCount)
    let width = MaskedSeries.laneCount
    for volume in 0..<volumeCount {
      let start = volume * count
      for place in 0..<count {
        let fresh = innovations.values[start + place]
        let value: Float
        switch volume {
        case 0: value = fresh
        case 1:
          let correlation = steps[place].0
          value = correlation * last[place] + (1 - correlation * correlation).squareRoot() * fresh
        default:
          let process = processes[place]
          value =
            process.first * last[place] + process.second * beforeLast[place]
            + steps[place].1 * fresh
        }
        (beforeLast[place], last[place]) = (last[place], value)
        let mixed = part[place].0 * value + part[place].1 * white.values[start + place]
        let offset = (place / width * volumeCount + volume) * width + place % width
        result.strips[offset] = 100 + height[place] * mixed
      }
    }
    return result
  }
}
