import FoundationEssentials
import Provenance
import TestStudies
import Testing

@Suite("Participant lock")
struct ParticipantLockTests {
  @Test("One holder at a time; a refusal leaves the holder's file alone")
  func exclusive() throws {
    let folder = try ScratchFolder()
    let file = folder.path + "/.sub-01.lock"
    var lock: ParticipantLock? = try ParticipantLock(of: "01", in: folder.path)
    for _ in 0..<3 {
      #expect(throws: ParticipantLock.Refusal.inUse(participant: "01")) {
        try ParticipantLock(of: "01", in: folder.path)
      }
      #expect(FileManager.default.fileExists(atPath: file))
    }
    let other = try ParticipantLock(of: "02", in: folder.path)
    withExtendedLifetime((lock, other)) {}
    lock = nil
    #expect(!FileManager.default.fileExists(atPath: file))
    lock = try ParticipantLock(of: "01", in: folder.path)
    #expect(FileManager.default.fileExists(atPath: file))
    withExtendedLifetime(lock) {}
  }

  @Test("A file that a killed run left behind is taken over and removed")
  func leftBehind() throws {
    let folder = try ScratchFolder()
    let file = folder.path + "/.sub-01.lock"
    #expect(FileManager.default.createFile(atPath: file, contents: nil))
    do {
      let lock = try ParticipantLock(of: "01", in: folder.path)
      withExtendedLifetime(lock) {}
    }
    #expect(!FileManager.default.fileExists(atPath: file))
  }

  @Test("A folder that is not there is refused with the system's reason")
  func missing() throws {
    let folder = try ScratchFolder()
    let path = folder.path + "/nowhere"
    // 2 is ENOENT.
    let refusal = ParticipantLock.Refusal.notWritable(path: path + "/.sub-01.lock", code: 2)
    #expect(throws: refusal) { try ParticipantLock(of: "01", in: path) }
    #expect("\(refusal)".contains("No such file or directory"))
  }
}
