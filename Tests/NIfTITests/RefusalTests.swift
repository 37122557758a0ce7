import Files
import FoundationEssentials
import Imaging
import NIfTI
import TestData
import Testing

private let refusedFiles: [(String, NIfTIError.Reason)] = [
  ("BAD_empty.nii.gz", .empty),
  ("BAD_magic.nii", .notNIfTI),
  // 17 × 21 × 3 × 20 int16 after 352 bytes, of a file of 21,596 bytes.
  ("BAD_truncated.nii", .truncated(expectedBytes: 42840, foundBytes: 21244)),
  ("complex64.nii.gz", .unsupportedDatatype(name: "complex numbers (complex64)", code: 32)),
  ("rgb24.nii.gz", .unsupportedDatatype(name: "colours (RGB24)", code: 128)),
  ("5d_vector.nii.gz", .tooManyDimensions([17, 21, 3, 1, 20])),
  ("../real/analyze.hdr", .analyze),
  ("../real/CIT168_rgba32.nii.gz", .unsupportedDatatype(name: "colours (RGBA32)", code: 2304)),
  ("../real/complex.nii.gz", .unsupportedDatatype(name: "complex numbers (complex64)", code: 32)),
  ("manifest.json", .unknownName),
]

@Suite("Refusing NIfTI files", .enabled(if: SharedData.isPresent))
struct RefusalTests {
  @Test("Every file that cannot be used is refused with its reason", arguments: refusedFiles)
  func refused(file: String, reason: NIfTIError.Reason) throws {
    let path = ManifestEntry.folder + file
    let error = #expect(throws: NIfTIError.self) { try readSeries(path) }
    #expect(error?.reason == reason)
    #expect(error?.description.hasPrefix(path + ": ") == true)
    #expect(error?.description.contains("\n") == false)
  }

  @Test("A gzip that was cut says how far the voxels go")
  func cutGzip() throws {
    let path = ManifestEntry.folder + "BAD_truncated.nii.gz"
    let error = #expect(throws: NIfTIError.self) { try readSeries(path) }
    guard case .truncated(_, let found) = error?.reason else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(found > 10_000 && found < error?.description.count.advanced(by: 60_000) ?? 0)
    #expect(error?.description.contains("was the copy cut short?") == true)
  }

  @Test("Headers of what is refused as a run can still be read")
  func headers() throws {
    let folder = ManifestEntry.folder
    #expect(try readHeader(folder + "5d_vector.nii.gz").dimensions == [17, 21, 3, 1, 20])
    #expect(try readHeader(folder + "complex64.nii.gz").repetitionTime == 2)
    #expect(try readHeader(folder + "../real/nifti1.hdr").dimensions == [91, 109, 91])
    #expect(try readHeader(folder + "../real/nifti2.hdr").version == 2)
    #expect(try readHeader(folder + "no_form.nii.gz").affine == nil)
  }

  @Test("A header without its voxels names the missing file")
  func missingVoxels() {
    let folder = SharedData.root + "/nifti_tests/real/"
    let missing = FileError(path: folder + "nifti1.img", reason: .missing)
    #expect(throws: NIfTIError(path: folder + "nifti1.hdr", reason: .file(missing))) {
      try readSeries(folder + "nifti1.hdr")
    }
  }

  /// A valid file with one field overwritten; offsets are those of nifti1.h.
  private func edited(_ bytes: [UInt8], at offset: Int) throws -> String {
    let path = try SharedData.temporaryFolder() + "/x.nii"
    var file = try readBytes(SharedData.root + "/nifti_tests/real/functional.nii")
    file.replaceSubrange(offset..<offset + bytes.count, with: bytes)
    try writeAtomically(file, to: path)
    return path
  }

  @Test("Impossible header fields are refused before anything is allocated")
  func fields() throws {
    let isBig = try readBytes(SharedData.root + "/nifti_tests/real/functional.nii")[0] == 0
    func int16(_ value: UInt16) -> [UInt8] {
      let bytes = [UInt8(value & 255), UInt8(value >> 8)]
      return isBig ? bytes.reversed() : bytes
    }
    func float(_ value: Float) -> [UInt8] {
      let bits = value.bitPattern
      let bytes = (0..<4).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) }
      return isBig ? bytes.reversed() : bytes
    }
    let cases: [(Int, [UInt8], NIfTIError.Reason)] = [
      (40, int16(9), .badDimension(index: 0, length: 9)),
      (40, int16(0), .badDimension(index: 0, length: 0)),
      (44, int16(0xFFFF), .badDimension(index: 2, length: -1)),
      (108, float(.nan), .badOffset(.nan)),
      (108, float(100), .badOffset(100)),
      (108, float(1e30), .badOffset(Double(Float(1e30)))),
      (70, int16(16000), .unsupportedDatatype(name: "of an unknown kind", code: 16000)),
      (344, Array("ni1\0".utf8), .pairNamedSingle),
      (280, float(.infinity), .badOrientation(form: "sform")),
      (280, float(0), .badOrientation(form: "sform")),
    ]
    for (offset, bytes, reason) in cases {
      let path = try edited(bytes, at: offset)
      let error = #expect(throws: NIfTIError.self) { try readSeries(path) }
      // NaN is not itself, so reasons are compared by their words.
      #expect(error?.description == NIfTIError(path: path, reason: reason).description)
    }
    // A thousand million voxels, 32,767 times.
    let huge = try edited([1000, 1000, 1000, 32767].flatMap(int16), at: 42)
    let cut = NIfTIError.Reason.truncated(expectedBytes: 65_534_000_000_000, foundBytes: 42840)
    #expect(throws: NIfTIError(path: huge, reason: cut)) { try readSeries(huge) }
    let larger = try edited([32767, 32767, 32767, 32767].flatMap(int16), at: 42)
    #expect(throws: NIfTIError(path: larger, reason: .tooLarge)) { try readSeries(larger) }
  }

  @Test(
    "No damage to a header leads anywhere but to an error or an image",
    arguments: ["functional.nii", "../variants/nifti2_be.nii"]
  )
  func damaged(file: String) throws {
    let path = try SharedData.temporaryFolder() + "/x.nii"
    let whole = try readBytes(SharedData.root + "/nifti_tests/real/" + file)
    var state: UInt64 = 1
    func draw(_ bound: Int) -> Int {
      // Knuth's MMIX generator; only that it is the same each time matters.
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var refusedCount = 0
    for _ in 0..<600 {
      var damaged = whole
      for _ in 0...draw(4) {
        damaged[4 + draw(536)] = [0, 0x7F, 0x80, 0xFF, UInt8(draw(256))][draw(5)]
      }
      try Data(damaged).write(to: URL(filePath: path))
      do throws(NIfTIError) {
        let image = try readSeries(path, assumesRAS: draw(2) == 0)
        #expect(image.series.volumeCount > 0 && image.series.grid.voxelSize.min() > 0)
      } catch {
        refusedCount += 1
        #expect(error.path == path && !error.description.contains("\n"))
      }
    }
    #expect(refusedCount > 30)
  }

  @Test("A file that ends within the header says so")
  func shortHeader() throws {
    let path = try SharedData.temporaryFolder() + "/x.nii"
    try writeAtomically([UInt8](repeating: 0, count: 100), to: path)
    let reason = NIfTIError.Reason.headerCutShort(expectedBytes: 348, foundBytes: 100)
    #expect(throws: NIfTIError(path: path, reason: reason)) { try readHeader(path) }
    try writeAtomically(try deflateGzip([UInt8](repeating: 0, count: 100)), to: path + ".gz")
    #expect(throws: NIfTIError(path: path + ".gz", reason: reason)) { try readHeader(path + ".gz") }
  }
}
