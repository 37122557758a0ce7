import Glibc
import Imaging
import Realignment
import Testing

@Suite("Slices moved in time")
struct SliceInterpolationTests {
  private static let times = [0.0, 1.2, 0.4, 1.6, 0.8]
  private static let volumeCount = 80
  private static let repetitionTime = 2.0

  /// A signal of periods from 4 volumes on, in s.
  private func signal(_ time: Double) -> Double {
    1000 + 20 * sin(2 * .pi * time / 24) + 10 * cos(2 * .pi * time / 11 + 0.4)
      + 5 * sin(2 * .pi * time / 8 + 1)
  }

  /// A run whose slices along an axis sample the signal at their own times.
  private func series(along axis: Int) throws -> ImageSeries {
    var dimensions = SIMD3(2, 2, 2)
    dimensions[axis] = Self.times.count
    let grid = try #require(Grid(dimensions: dimensions, affine: .identity))
    var samples: [Float] = []
    for volume in 0..<Self.volumeCount {
      for voxel in 0..<grid.voxelCount {
        let within = Self.times[grid.voxel(at: voxel)[axis]]
        samples.append(Float(signal(Double(volume) * Self.repetitionTime + within)))
      }
    }
    return ImageSeries(
      grid: grid,
      volumeCount: Self.volumeCount,
      encoding: .float32,
      bytes: samples.withUnsafeBytes { Array($0) }
    )
  }

  private func moved(
    _ series: ImageSeries,
    along axis: Int,
    to reference: Double,
    skipping first: Int = 0,
    drawingFrom giving: [Int]? = nil
  ) -> SliceInterpolation {
    SliceInterpolation(
      of: series,
      axis: axis,
      sliceTimes: Self.times,
      referenceTime: reference,
      repetitionTime: Self.repetitionTime,
      skipping: first,
      drawingFrom: giving
    )
  }

  @Test("A band-limited signal is what it was at the reference time", arguments: [0, 1, 2])
  func closedForm(axis: Int) throws {
    let series = try series(along: axis)
    for reference in [0, 1.0, 1.6] {
      let run = moved(series, along: axis, to: reference)
      // Half the window, 8 volumes, is where the mirrored ends reach.
      for volume in 8..<Self.volumeCount - 8 {
        let expected = signal(Double(volume) * Self.repetitionTime + reference)
        for value in run.volume(volume).values {
          // The Kaiser window's stated 2e-4 of amplitudes that sum to 35; float32 of 1000 is 6e-5.
          #expect(abs(Double(value) - expected) < 35 * 2e-4 + 1e-3)
        }
      }
    }
  }

  @Test("A slice taken at the reference time stays as it was, to the bit; so does a constant")
  func untouched() throws {
    let series = try series(along: 2)
    let run = moved(series, along: 2, to: 0.4)
    for volume in [0, 7, 79] {
      let (found, given) = (run.volume(volume).values, series.volume(volume).values)
      #expect(Array(found[8..<12]) == Array(given[8..<12]))
    }
    let flat = ImageSeries(
      grid: series.grid,
      volumeCount: 12,
      encoding: .uint8,
      bytes: [UInt8](repeating: 100, count: 12 * series.grid.voxelCount)
    )
    for value in moved(flat, along: 2, to: 1).volume(0).values { #expect(abs(value - 100) < 1e-4) }
  }

  @Test("Dummy scans stay as they are and reach no other volume")
  func dummyScans() throws {
    let series = try series(along: 2)
    var bytes = series.bytes
    let count = 3 * series.grid.voxelCount * 4
    bytes.replaceSubrange(0..<count, with: [UInt8](repeating: 0x7F, count: count))
    let spoilt = ImageSeries(
      grid: series.grid,
      volumeCount: series.volumeCount,
      encoding: .float32,
      bytes: bytes
    )
    let (clean, run) = (
      moved(series, along: 2, to: 1, skipping: 3), moved(spoilt, along: 2, to: 1, skipping: 3)
    )
    for volume in 3..<20 { #expect(clean.volume(volume) == run.volume(volume)) }
    #expect(run.volume(2).values[0] == spoilt.volume(2).values[0])
  }

  @Test("Broken volumes that give nothing leave a run that changes straight as it was")
  func broken() throws {
    let grid = try series(along: 2).grid
    let (count, bad) = (60, [0, 20, 31, 32, 59])
    // Values of a straight course in time, each slice at its own; a broken volume is all zero.
    func course(_ volume: Double) -> Double { 1000 + 3 * volume }
    let samples = (0..<count).flatMap { volume in
      (0..<grid.voxelCount).map { voxel -> Float in
        let within = Self.times[grid.voxel(at: voxel).z] / Self.repetitionTime
        return bad.contains(volume) ? 0 : Float(course(Double(volume) + within))
      }
    }
    let run = moved(
      ImageSeries(
        grid: grid,
        volumeCount: count,
        encoding: .float32,
        bytes: samples.withUnsafeBytes { Array($0) }
      ),
      along: 2,
      to: 1,
      drawingFrom: (0..<count).filter { !bad.contains($0) }
    )
    // The straight line through the neighbours is the course itself; what is left is the window's 2e-4
    // of a course that changes by 24 over its half. The ends are mirrored within 8 volumes.
    for volume in 9..<count - 9 where !bad.contains(volume) {
      for value in run.volume(volume).values {
        #expect(abs(Double(value) - course(Double(volume) + 0.5)) < 0.02)
      }
    }
    // At the ends, too, nothing of the zeros gets through: the course spans 177 of at least 1000.
    for volume in 1..<count - 1 where !bad.contains(volume) {
      for value in run.volume(volume).values { #expect(value > 990 && value < 1190) }
    }
    for volume in bad { for value in run.volume(volume).values { #expect(value == 0) } }
  }

  @Test("Where no volume may give, all do")
  func noneGives() throws {
    let series = try series(along: 2)
    #expect(
      moved(series, along: 2, to: 1, drawingFrom: []).volume(9)
        == moved(series, along: 2, to: 1).volume(9)
    )
  }

  @Test("A time that is no number, or beyond any run, gives NaN and no trap")
  func timesOutside() throws {
    let series = try series(along: 2)
    for time in [1e20, -1e300, .infinity, .nan] {
      #expect(moved(series, along: 2, to: time).volume(20).values.allSatisfy { $0.isNaN })
    }
    // Longer than the run, yet a time: some volume of the mirrored run.
    #expect(moved(series, along: 2, to: 1e6).volume(20).values.allSatisfy { $0.isFinite })
  }

  @Test("A sample that is not finite does not spread in time")
  func notFinite() throws {
    let series = try series(along: 2)
    var bytes = series.bytes
    let place = (20 * series.grid.voxelCount + 5) * 4
    bytes.replaceSubrange(place..<place + 4, with: [0, 0, 0xC0, 0x7F])
    let spoilt = ImageSeries(
      grid: series.grid,
      volumeCount: series.volumeCount,
      encoding: .float32,
      bytes: bytes
    )
    let run = moved(spoilt, along: 2, to: 1)
    #expect(run.volume(20).values[5].isNaN)
    for volume in [18, 19, 21, 25] { #expect(run.volume(volume).values[5].isFinite) }
  }
}
