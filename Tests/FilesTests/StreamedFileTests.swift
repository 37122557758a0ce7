import Files
import FoundationEssentials
import TestData
import Testing

@Suite("Files in pieces")
struct StreamedFileTests {
  @Test("The pieces stand one after the other once the file is finished, and not before")
  func pieces() throws {
    let folder = try SharedData.temporaryFolder() + "/deep"
    let file = try StreamedFile(folder + "/x.bin")
    try file.append([1, 2])
    try file.append([3])
    #expect(!FileManager.default.fileExists(atPath: folder + "/x.bin"))
    try file.finish()
    #expect(try readBytes(folder + "/x.bin") == [1, 2, 3])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["x.bin"])
  }

  @Test("A file that is not finished leaves nothing, and one that was there stays")
  func unfinished() throws {
    let folder = try SharedData.temporaryFolder()
    try writeAtomically([7], to: folder + "/x.bin")
    do {
      let file = try StreamedFile(folder + "/x.bin")
      try file.append([1])
    }
    #expect(try readBytes(folder + "/x.bin") == [7])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["x.bin"])
  }

  @Test("A file moves, also from one file system to another", arguments: [nil, "/dev/shm"])
  func moves(elsewhere: String?) throws {
    let folder = try SharedData.temporaryFolder()
    // Longer than a piece of the copy, so that the pieces must fit together.
    let bytes = (0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let source = (elsewhere ?? folder) + "/nocinet-\(UUID().uuidString)"
    try writeAtomically(bytes, to: source)
    try moveFile(source, to: folder + "/to/y.bin")
    #expect(try readBytes(folder + "/to/y.bin") == bytes)
    #expect(!FileManager.default.fileExists(atPath: source))
  }

  @Test("What is not there cannot be moved")
  func absent() throws {
    let folder = try SharedData.temporaryFolder()
    #expect(throws: FileError.self) { try moveFile(folder + "/none", to: folder + "/x") }
  }
}
