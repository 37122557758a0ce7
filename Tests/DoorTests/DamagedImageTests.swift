import Files
import FoundationEssentials
import Imaging
import NIfTI
import TestStudies
import Testing

@Suite("Damaged images and sidecars")
struct DamagedImageTests {
  /// What happens to a run, and what a person is told.
  struct Damage: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let words: String
    var file = "_bold.nii.gz"
    let damage: @Sendable (Door) throws -> Void
  }

  static let damages: [Damage] = [
    Damage(testDescription: "cut short", words: "was the copy cut short?") { door in
      try door.change(door.file("bold.nii.gz")) { $0.removeLast($0.count / 2) }
    },
    Damage(testDescription: "cut in the header", words: "was the copy cut short?") { door in
      try door.change(door.file("bold.nii.gz")) { $0.removeLast($0.count - 99) }
    },
    Damage(testDescription: "one bit flipped", words: "copy the file again") { door in
      try door.change(door.file("bold.nii.gz")) { $0[$0.count / 2] ^= 4 }
    },
    Damage(testDescription: "empty", words: "the file has no bytes") { door in
      try writeAtomically([], to: door.file("bold.nii.gz"))
    },
    Damage(testDescription: "a link that leads nowhere", words: "does a link lead nowhere?") {
      door in
      let path = door.file("bold.nii.gz")
      try FileManager.default.removeItem(atPath: path)
      try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "nowhere")
    },
    Damage(testDescription: "all zero", words: "no volume shows a head") { door in
      try door.rewrite { _ in 0 }
    },
    Damage(testDescription: "one brightness", words: "no volume shows a head") { door in
      try door.rewrite { _ in 500 }
    },
    Damage(testDescription: "one image again and again", words: "every volume the same image?") {
      door in try door.rewrite { $0 }
    },
    Damage(testDescription: "a 3-D image", words: "a single volume") { door in
      try door.rewrite(volumeCount: 1) { $0 }
    },
    Damage(testDescription: "five volumes", words: "5 volumes, and at least 10") { door in
      try door.rewrite(volumeCount: 5) { $0 }
    },
    Damage(testDescription: "TR 0", words: "RepetitionTime is 0 s") { door in
      try door.writeSidecar(#"{"RepetitionTime": 0}"#)
    },
    Damage(testDescription: "TR negative", words: "RepetitionTime is -2 s") { door in
      try door.writeSidecar(#"{"RepetitionTime": -2}"#)
    },
    Damage(
      testDescription: "a start before the run",
      words: "StartTime is -5 s but must lie within a volume, 0 to 2 s",
      file: "_bold.json"
    ) { door in
      try door.writeSidecar(#"{"RepetitionTime": 2, "StartTime": -5}"#)
    },
    Damage(testDescription: "TR in ms", words: "looks like milliseconds") { door in
      try door.writeSidecar(#"{"RepetitionTime": 2000}"#)
    },
    Damage(testDescription: "TR as text", words: "must be a number", file: "_bold.json") { door in
      try door.writeSidecar(#"{"RepetitionTime": "2"}"#)
    },
    Damage(testDescription: "no JSON", words: "no valid JSON", file: "_bold.json:1:") { door in
      try door.writeSidecar(#"{"RepetitionTime": 2,"#)
    },
    Damage(testDescription: "slice times of another image", words: "2 times for 22 slices") {
      door in try door.writeSidecar(#"{"RepetitionTime": 2, "SliceTiming": [0, 1]}"#)
    },
    Damage(testDescription: "slice times in ms", words: "SliceTiming") { door in
      let times = (0..<22).map { $0 * 90 }
      try door.writeSidecar("{\"RepetitionTime\": 2, \"SliceTiming\": \(times)}")
    },
  ]

  @Test("Each is refused in a sentence that names the file; nothing stays", arguments: damages)
  func refused(damage: Damage) throws {
    let door = try Door(damage: damage.damage)
    let outcome = try door.analyse()
    #expect(outcome.code == 2)
    #expect(outcome.says("sub-01_task-heat\(damage.file)", damage.words), "\(outcome.words)")
    // The sentence, and that one of one participants failed.
    #expect(outcome.lines.count == 2, "\(outcome.words)")
    #expect(door.traces().isEmpty, "\(door.traces())")
  }

  @Test("An unknown orientation is refused, or taken as asked")
  func orientation() throws {
    let door = try Door { door in
      try door.inflated { bytes in
        // qform_code and sform_code, two bytes each.
        for place in 252..<256 { bytes[place] = 0 }
      }
    }
    let refused = try door.analyse()
    #expect(refused.code == 2 && refused.says("says where left is", "--assume-ras"))
    #expect(try door.analyse("--assume-ras").code == 0)
  }

  @Test("Slice times that do not fit are no matter where slices are not told apart")
  func slicesOff() throws {
    let door = try Door { door in
      try door.writeSidecar(#"{"RepetitionTime": 2, "SliceTiming": [0, 1]}"#)
    }
    #expect(try door.analyse("--slice-timing", "off").code == 0)
  }

  @Test("A header that disagrees with the sidecar, or stands alone, is named; the page says which")
  func repetitionTime() throws {
    let other = try Door { try $0.writeSidecar(#"{"RepetitionTime": 1.8}"#) }
    let outcome = try other.analyse()
    #expect(outcome.code == 0 && outcome.says("1.8 s was used; the header says 2 s"))
    #expect(try other.page().contains("repetition time of 1.8 s was used"))

    let alone = try Door { try FileManager.default.removeItem(atPath: $0.file("bold.json")) }
    #expect(try alone.analyse().says("2 s is the header's, since no sidecar states one"))
  }

  @Test("Voxels that are not finite are counted and take no part")
  func notFinite() throws {
    let door = try Door { door in
      try door.rewriteAsFloat { voxel, value in voxel.x < 5 ? .nan : value }
    }
    let outcome = try door.analyse()
    // 5 × 27 × 22 voxels.
    #expect(outcome.code == 0 && outcome.says("2970 voxels of the image are NaN or infinite"))
    let row = try #require(try door.row(region: "dorsal_posterior_insula_L", contrast: "heat_high"))
    #expect(row["effect"].flatMap(Double.init)?.isFinite == true)
  }
}

extension Door {
  /// Replaces the sidecar of the only run.
  fileprivate func writeSidecar(_ text: String) throws {
    try writeAtomically(text, to: file("bold.json"))
  }

  /// Replaces the only run by one of equal volumes, each a change of its first.
  fileprivate func rewrite(volumeCount: Int = 60, _ change: (Int16) -> Int16) throws {
    let series = try readSeries(file("bold.nii.gz")).series
    let first = series.volume(0).values.map { change(Int16($0)) }
    let samples = Array(repeating: first, count: volumeCount).joined()
    try writeSeries(
      ImageSeries(
        grid: series.grid,
        volumeCount: volumeCount,
        encoding: .int16,
        bytes: Array(samples).withUnsafeBytes { Array($0) }
      ),
      to: file("bold.nii.gz"),
      repetitionTime: 2,
      spaceIsTemplate: true,
      description: "damaged"
    )
  }

  /// Stores a run as numbers with a point, each changed.
  ///
  /// - Parameters:
  ///   - path: The run's image; that of the only run where none is given.
  ///   - change: The new number of a voxel.
  /// - Throws: The error of a file that cannot be read or written.
  func rewriteAsFloat(_ path: String? = nil, _ change: (SIMD3<Int>, Float) -> Float) throws {
    let path = path ?? file("bold.nii.gz")
    let series = try readSeries(path).series
    let samples = (0..<series.volumeCount).flatMap { volume in
      series.volume(volume).values.enumerated().map { index, value in
        change(series.grid.voxel(at: index), value)
      }
    }
    try writeSeries(
      ImageSeries(
        grid: series.grid,
        volumeCount: series.volumeCount,
        encoding: .float32,
        bytes: samples.withUnsafeBytes { Array($0) }
      ),
      to: path,
      repetitionTime: 2,
      spaceIsTemplate: true,
      description: "with unknown voxels"
    )
  }

  /// Changes the bytes of the only run's image as they are when inflated.
  fileprivate func inflated(_ body: (inout [UInt8]) -> Void) throws {
    try change(file("bold.nii.gz")) { bytes in
      guard var image = try? inflateGzip(bytes, path: "", keeping: 1 << 28).bytes else { return }
      body(&image)
      bytes = (try? deflateGzip(image)) ?? []
    }
  }
}
