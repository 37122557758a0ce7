import Files
import Provenance
import TestData
import Testing

@Suite("Completion records")
struct CompletionRecordTests {
  private func record(in folder: String) throws -> CompletionRecord {
    try writeAtomically(Array("abc".utf8), to: folder + "/in/bold.nii.gz")
    try writeAtomically([], to: folder + "/out/sub-01/map.nii.gz")
    return try CompletionRecord(
      participant: "01",
      version: "1.0",
      instructionSet: "v3",
      job: "j",
      inputs: ["bold.nii.gz"],
      below: folder + "/in",
      outputs: ["sub-01/map.nii.gz"],
      below: folder + "/out"
    )
  }

  @Test("A record names every file below its folder, with the SHA-256 of its bytes")
  func digests() throws {
    let record = try record(in: SharedData.temporaryFolder())
    // FIPS 180-2: the message "abc" (appendix B.1), and the empty message.
    #expect(record.inputs.map(\.path) == ["bold.nii.gz"])
    #expect(
      record.inputs.map(\.sha256) == [
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
      ]
    )
    #expect(
      record.outputs.map(\.sha256) == [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
      ]
    )
  }

  @Test("A record is read back the same, and holds no folder of its maker")
  func roundTrip() throws {
    let folder = try SharedData.temporaryFolder()
    let record = try record(in: folder)
    let text = try record.json
    try writeAtomically(text, to: folder + "/out/" + CompletionRecord.path(of: "sub-01"))
    #expect(try CompletionRecord.read(of: "sub-01", in: folder + "/out") == record)
    #expect(!String(decoding: text, as: UTF8.self).contains(folder))
  }

  @Test("Where there is no record, the work is not complete")
  func absent() throws {
    let folder = try SharedData.temporaryFolder()
    #expect(try CompletionRecord.read(of: "sub-01", in: folder) == nil)
  }

  @Test("A file that is not there is named")
  func missingOutput() throws {
    let folder = try SharedData.temporaryFolder()
    let error = #expect(throws: FileError.self) {
      try CompletionRecord(
        participant: "01",
        version: "1.0",
        instructionSet: "v3",
        job: "j",
        inputs: [],
        below: folder,
        outputs: ["sub-01/gone.csv"],
        below: folder
      )
    }
    #expect(error?.path.hasSuffix("sub-01/gone.csv") == true)
  }
}
