/// A run of volumes on one grid, kept as it was stored and converted volume by volume.
///
/// Keeping the stored integers takes half the memory of a float copy, and the copy would be needed
/// only one volume at a time.
public struct ImageSeries: Sendable {
  /// How a stored sample is encoded.
  public enum Encoding: Equatable, Sendable {
    case uint8, int8, uint16, int16, uint32, int32, uint64, int64, float32, float64

    /// The number of bytes of one sample.
    public var byteCount: Int {
      switch self {
      case .uint8, .int8: 1
      case .uint16, .int16: 2
      case .uint32, .int32, .float32: 4
      case .uint64, .int64, .float64: 8
      }
    }
  }

  /// Where the voxels of every volume lie.
  public let grid: Grid

  /// The number of volumes, in acquisition order.
  public let volumeCount: Int

  /// How the samples are encoded.
  public let encoding: Encoding

  /// The stored samples in the machine's byte order, volume after volume, from ``offset`` on.
  public let bytes: [UInt8]

  /// The first byte of the first sample.
  public let offset: Int

  /// What a stored value is multiplied by.
  public let slope: Double

  /// What is added after the multiplication.
  public let intercept: Double

  /// Creates a series from its stored samples.
  ///
  /// - Parameters:
  ///   - grid: Where the voxels of every volume lie.
  ///   - volumeCount: The number of volumes.
  ///   - encoding: How the samples are encoded.
  ///   - bytes: The stored samples, in the machine's byte order.
  ///   - offset: The first byte of the first sample.
  ///   - slope: What a stored value is multiplied by.
  ///   - intercept: What is added after the multiplication.
  public init(
    grid: Grid,
    volumeCount: Int,
    encoding: Encoding,
    bytes: [UInt8],
    offset: Int = 0,
    slope: Double = 1,
    intercept: Double = 0
  ) {
    let needed = grid.voxelCount * volumeCount * encoding.byteCount
    precondition(volumeCount > 0 && bytes.count >= offset + needed, "samples for every voxel")
    self.grid = grid
    self.volumeCount = volumeCount
    self.encoding = encoding
    self.bytes = bytes
    self.offset = offset
    self.slope = slope
    self.intercept = intercept
  }

  /// Returns one volume, scaled.
  ///
  /// - Parameter index: The volume, counted from 0.
  /// - Returns: Its values, *stored × slope + intercept*, as float32.
  /// - Complexity: O(voxels).
  public func volume(_ index: Int) -> Volume {
    precondition(index >= 0 && index < volumeCount, "a volume of the series")
    let values =
      switch encoding {
      case .int16 where isPlain: samples(Int16.self, index) { Float($0) }
      case .uint16 where isPlain: samples(UInt16.self, index) { Float($0) }
      case .float32 where isPlain: samples(Float.self, index) { $0 }
      case .uint8: samples(UInt8.self, index) { scaled(Double($0)) }
      case .int8: samples(Int8.self, index) { scaled(Double($0)) }
      case .uint16: samples(UInt16.self, index) { scaled(Double($0)) }
      case .int16: samples(Int16.self, index) { scaled(Double($0)) }
      case .uint32: samples(UInt32.self, index) { scaled(Double($0)) }
      case .int32: samples(Int32.self, index) { scaled(Double($0)) }
      case .uint64: samples(UInt64.self, index) { scaled(Double($0)) }
      case .int64: samples(Int64.self, index) { scaled(Double($0)) }
      case .float32: samples(Float.self, index) { scaled(Double($0)) }
      case .float64: samples(Double.self, index) { scaled($0) }
      }
    return Volume(grid: grid, values: values)
  }

  /// Whether the stored values are the values.
  private var isPlain: Bool { slope == 1 && intercept == 0 }

  private func scaled(_ stored: Double) -> Float { Float(stored * slope + intercept) }

  private func samples<Sample: BitwiseCopyable>(
    _ type: Sample.Type,
    _ volume: Int,
    _ number: (Sample) -> Float
  ) -> [Float] {
    let count = grid.voxelCount
    let start = offset + volume * count * encoding.byteCount
    return bytes.withUnsafeBytes { raw in
      [Float](unsafeUninitializedCapacity: count) { buffer, written in
        for i in 0..<count {
          let sample = raw.loadUnaligned(
            fromByteOffset: start + i * MemoryLayout<Sample>.size,
            as: type
          )
          buffer.initializeElement(at: i, to: number(sample))
        }
        written = count
      }
    }
  }
}
