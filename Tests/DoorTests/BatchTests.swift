import Files
import FoundationEssentials
import Glibc
import TestStudies
import Testing

@Suite("Several participants")
struct BatchTests {
  private static func study(_ participants: [String]) -> SmallStudy {
    var study = SmallStudy()
    study.participants = participants
    return study
  }

  @Test("One that fails is named, leaves nothing, and does not stop the others")
  func oneFails() throws {
    let door = try Door(Self.study(["01", "02", "03"])) { door in
      try door.change(door.file("bold.nii.gz", of: "02")) { $0.removeLast($0.count / 2) }
    }
    let outcome = try door.analyse()
    #expect(outcome.code == 1)
    #expect(outcome.says("sub-02_task-heat_bold.nii.gz", "1 of 3 participants failed"))
    #expect(door.traces(of: "02").isEmpty)
    for participant in ["01", "03"] {
      #expect(
        door.traces(of: participant).contains("sub-\(participant)/sub-\(participant)_record.json")
      )
    }
    let stopped = try door.call(
      [door.dataset, door.scratch.path + "/stopped", "participant", "--normalization", "none"]
        + ["--space", "MNI152NLin6Asym", "--stop-on-first-crash"]
    )
    #expect(stopped.code == 1)
    #expect(!paths(below: door.scratch.path + "/stopped").contains { $0.hasPrefix("sub-03") })
  }

  @Test("Ragged sessions each have their results; a session that one lacks is said")
  func ragged() throws {
    var study = Self.study(["01", "02"])
    study.sessions = ["a", "b"]
    let door = try Door(study) { door in
      try FileManager.default.removeItem(atPath: door.dataset + "/sub-02/ses-b")
    }
    #expect(try door.analyse().code == 0)
    let table = "_atlas-painnetwork_regions.csv"
    #expect(door.traces(of: "01").contains("sub-01/ses-b/sub-01_ses-b\(table)"))
    #expect(door.traces(of: "02").contains("sub-02/ses-a/sub-02_ses-a\(table)"))
    #expect(!door.traces(of: "02").contains { $0.contains("ses-b") })
    let second = try door.analyse("--session-label", "b", into: door.scratch.path + "/b")
    #expect(second.code == 1 && second.says("sub-02 has no functional image", "ses-a_task-heat"))
  }

  @Test("Results in the making are left to who makes them: 75, and their lock stays")
  func inUse() throws {
    let door = try Door(Self.study(["01", "02"]))
    try makeFolder(door.output)
    let lock = door.output + "/.sub-01.lock"
    let held = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    try #require(held >= 0 && flock(held, LOCK_EX | LOCK_NB) == 0)
    for _ in 0..<2 {
      let refused = try door.analyse("--participant-label", "01")
      #expect(refused.code == 75 && refused.says("sub-01: another run is writing these results"))
      #expect(FileManager.default.fileExists(atPath: lock))
    }
    let other = try door.analyse()
    #expect(other.code == 1 && !door.traces(of: "02").isEmpty)
    // What another killed run left behind is taken over.
    close(held)
    #expect(try door.analyse().code == 0)
    #expect(!door.traces().contains(".sub-01.lock"))
  }

  @Test("A T1w that is needed and missing is said with the ways around it")
  func noT1w() throws {
    let door = try Door()
    let outcome = try door.call([door.dataset, door.output, "participant"])
    #expect(outcome.code == 2)
    #expect(outcome.says("no T1w image", "--normalization none", "--normalization epi"))
    #expect(door.traces().isEmpty)
    let unnamed = try door.call([
      door.dataset, door.output, "participant", "--normalization", "none",
    ])
    #expect(unnamed.code == 2 && unnamed.says("state it with --space"))
    #expect(door.traces().isEmpty)
  }
}
