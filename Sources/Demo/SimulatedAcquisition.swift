public import Imaging

/// How a simulated run is measured.
public struct SimulatedAcquisition: Sendable {
  /// The voxels, in mm of MNI152NLin6Asym.
  public var grid: Grid

  /// The number of volumes.
  public var volumeCount: Int

  /// The time from one volume to the next, in s; a volume is taken at its middle, all at once.
  public var repetitionTime: Double

  /// The standard deviation of the noise with memory, in % of the local brightness.
  public var noise = 1.0

  /// The correlation of that noise from one volume to the next, 0 to below 1.
  public var noiseMemory = 0.35

  /// The standard deviation of the white noise, in the units of the image; grey matter is 1000.
  public var whiteNoise = 5.0

  /// The size of the drift over the run, in % of the local brightness.
  public var drift = 0.8

  /// Creates a measurement.
  ///
  /// - Parameters:
  ///   - grid: The voxels, in mm of MNI152NLin6Asym.
  ///   - volumeCount: The number of volumes.
  ///   - repetitionTime: The time from one volume to the next, in s.
  public init(grid: Grid, volumeCount: Int, repetitionTime: Double) {
    self.grid = grid
    self.volumeCount = volumeCount
    self.repetitionTime = repetitionTime
  }

  /// A small head in 46 × 54 × 44 voxels of 4 mm, 120 volumes of 2 s.
  public static var demo: SimulatedAcquisition? {
    boxed([46, 54, 44], voxel: 4, volumeCount: 120, repetitionTime: 2)
  }

  /// The size that runs usually have: 64 × 64 × 36 voxels of 3 mm, 240 volumes of 2 s.
  public static var typical: SimulatedAcquisition? {
    boxed([64, 64, 36], voxel: 3, volumeCount: 240, repetitionTime: 2)
  }

  /// As large as runs of many slices at once are: 96 × 96 × 60 voxels of 2.2 mm, 400 volumes of 1 s.
  public static var large: SimulatedAcquisition? {
    boxed([96, 96, 60], voxel: 2.2, volumeCount: 400, repetitionTime: 1)
  }

  /// A box around the head, its first axis running to the left as scanners store it.
  private static func boxed(
    _ dimensions: SIMD3<Int>,
    voxel: Double,
    volumeCount: Int,
    repetitionTime: Double
  ) -> SimulatedAcquisition? {
    let size: SIMD3<Double> = [-voxel, voxel, voxel]
    let corner = SIMD3<Double>(0, -18, 6) - size * (SIMD3<Double>(dimensions) - 1) / 2
    return Grid(dimensions: dimensions, affine: .scaling(size, then: corner)).map {
      SimulatedAcquisition(grid: $0, volumeCount: volumeCount, repetitionTime: repetitionTime)
    }
  }
}
