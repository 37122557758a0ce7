import Files
import Imaging
import NIfTI
import TestData
import Testing

/// Two ways in which libnifti2 returns wrong voxels and calls it a success.
@Suite("Voxels are never wrong in silence", .enabled(if: SharedData.isPresent))
struct SilentDataTests {
  private var source: String { ManifestEntry.folder + "int16.nii.gz" }

  @Test("A flipped bit in a gzip file is an error, never other voxels")
  func flippedBit() throws {
    let path = try SharedData.temporaryFolder() + "/x.nii.gz"
    let bytes = try readBytes(source)
    let expected = try readSeries(source).series.everyValue
    for place in stride(from: 10, to: bytes.count, by: 1499) {
      var flipped = bytes
      flipped[place] ^= 0x10
      try writeAtomically(flipped, to: path)
      let values = try? readSeries(path).series.everyValue
      #expect(values == nil || values == expected, "byte \(place)")
    }
    // In the middle of the stream, the file that is named in the report.
    var flipped = bytes
    flipped[bytes.count / 2] ^= 1
    try writeAtomically(flipped, to: path)
    #expect(throws: NIfTIError.self) { try readSeries(path) }
  }

  @Test("A flipped bit of the checksum is named as such")
  func checksum() throws {
    let path = try SharedData.temporaryFolder() + "/x.nii.gz"
    var bytes = try readBytes(source)
    bytes[bytes.count - 8] ^= 1
    try writeAtomically(bytes, to: path)
    let error = FileError(path: path, reason: .gzipChecksum)
    #expect(throws: NIfTIError(path: path, reason: .file(error))) { try readSeries(path) }
  }

  @Test("foo.nii beside foo.nii.gz is left alone")
  func sibling() throws {
    let folder = try SharedData.temporaryFolder()
    let other = try readBytes(ManifestEntry.folder + "slope_0.5_inter_-100.nii")
    try writeAtomically(other, to: folder + "/foo.nii")
    try writeAtomically(try readBytes(source), to: folder + "/foo.nii.gz")
    let image = try readSeries(folder + "/foo.nii.gz")
    #expect(image.series.sampleValue == 3827)
    #expect(try readSeries(folder + "/foo.nii").series.sampleValue == 1813.5)
  }

  @Test("A gzip of several members is one image")
  func members() throws {
    let path = try SharedData.temporaryFolder() + "/x.nii.gz"
    let whole = try readBytes(ManifestEntry.folder + "slope_0.5_inter_-100.nii")
    var compressed: [UInt8] = []
    for start in stride(from: 0, to: whole.count, by: 200) {
      compressed += try deflateGzip(Array(whole[start..<min(start + 200, whole.count)]))
    }
    try writeAtomically(compressed, to: path)
    #expect(try readSeries(path).series.sampleValue == 1813.5)
    #expect(try readSeries(path).notes.isEmpty)
  }

  @Test("Bytes behind the voxels are left out, and said")
  func surplus() throws {
    let folder = try SharedData.temporaryFolder()
    let whole = try readBytes(ManifestEntry.folder + "slope_0.nii") + [1, 2, 3]
    try writeAtomically(whole, to: folder + "/x.nii")
    try writeAtomically(try deflateGzip(whole), to: folder + "/x.nii.gz")
    for name in ["/x.nii", "/x.nii.gz"] {
      let image = try readSeries(folder + name)
      #expect(image.notes == ["3 bytes follow the voxel data and were left out"])
      #expect(image.series.sampleValue == 3827)
    }
  }
}
