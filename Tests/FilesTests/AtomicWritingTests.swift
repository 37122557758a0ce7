import Files
import FoundationEssentials
import TestData
import Testing

@Suite("Reading and writing files")
struct AtomicWritingTests {
  @Test("Missing folders are made, an older file is replaced, and nothing else is left behind")
  func writing() throws {
    let folder = try SharedData.temporaryFolder()
    let path = folder + "/a/b/c.tsv"
    try writeAtomically("old and longer", to: path)
    try writeAtomically("new", to: path)
    #expect(try readText(path) == "new")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/a/b") == ["c.tsv"])
  }

  @Test("Where writing fails the file keeps its old content and no other name is left")
  func failing() throws {
    let folder = try SharedData.temporaryFolder()
    try writeAtomically("old", to: folder + "/kept/x")
    let error = #expect(throws: FileError.self) {
      try writeAtomically("new", to: folder + "/kept")
    }
    #expect(error?.reason == .isFolder || error?.description.contains("cannot be written") == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["kept"])
    #expect(throws: FileError.self) { try writeAtomically("new", to: folder + "/kept/x/y") }
    #expect(try readText(folder + "/kept/x") == "old")
  }

  @Test("Text loses its byte order mark, and bytes that are no text are refused")
  func text() throws {
    let path = try SharedData.temporaryFolder() + "/x.txt"
    try writeAtomically([0xEF, 0xBB, 0xBF, 0x61, 0x0D, 0x0A], to: path)
    #expect(try readText(path) == "a\r\n")
    try writeAtomically([0x61, 0xFF], to: path)
    #expect(throws: FileError(path: path, reason: .notText)) { try readText(path) }
  }

  @Test("What is not there, a folder and a link to nowhere are named")
  func unreadable() throws {
    let folder = try SharedData.temporaryFolder()
    let link = folder + "/link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/nowhere/x")
    #expect(throws: FileError(path: link, reason: .missing)) { try readBytes(link) }
    #expect(throws: FileError(path: folder, reason: .isFolder)) { try readBytes(folder) }
    #expect(FileError(path: "x.nii", reason: .missing).description.hasPrefix("x.nii: there is no"))
  }

  @Test("A prefix is as long as wanted or as the file, and the size is the file's")
  func prefix() throws {
    let path = try SharedData.temporaryFolder() + "/x"
    try writeAtomically([1, 2, 3, 4], to: path)
    #expect(try readPrefix(path, byteCount: 3) == [1, 2, 3])
    #expect(try readPrefix(path, byteCount: 9) == [1, 2, 3, 4])
    #expect(try byteCount(ofFile: path) == 4)
    // The kernel states a size of 0 for these files.
    #expect(try !readBytes("/proc/self/status").isEmpty)
  }

  @Test("SHA-256 of the standard's own example, from memory and from a file")
  func digest() throws {
    // FIPS 180-4, example "abc"; and "a" a million times.
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    let million = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    #expect(sha256(Array("abc".utf8)) == abc)
    let path = try SharedData.temporaryFolder() + "/x"
    try writeAtomically([UInt8](repeating: 0x61, count: 1_000_000), to: path)
    #expect(try sha256(ofFile: path) == million)
    try writeAtomically([UInt8](repeating: 0x61, count: 1 << 20), to: path)
    #expect(try sha256(ofFile: path) == sha256([UInt8](repeating: 0x61, count: 1 << 20)))
  }
}
