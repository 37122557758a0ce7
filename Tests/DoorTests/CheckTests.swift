import Files
import FoundationEssentials
import TestStudies
import Testing

@Suite("Check")
struct CheckTests {
  private let space = ["--normalization", "none", "--space", "MNI152NLin6Asym"]

  @Test("Nothing in the way ends in 0, something in 1, no dataset in 2, misuse in 64")
  func codes() throws {
    let door = try Door()
    let sound = try door.call(["check", door.dataset] + space)
    #expect(
      sound.code == 0 && sound.says("would model 1 run of 1 participant", "Nothing is in the way")
    )
    let raw = try door.call(["check", door.dataset])
    #expect(raw.code == 1 && raw.says("In the way", "sub-01: there is no T1w image"))
    let nowhere = try door.call(["check", door.dataset + "/nowhere"])
    #expect(nowhere.code == 2 && nowhere.says("there is no such folder"))
    let absent = try door.call(["check", door.dataset, "--participant-label", "99"])
    #expect(absent.code == 2 && absent.says("there is no sub-99"))
    let misuse = try door.call(["check"])
    #expect(misuse.code == 64)
    let quiet = try door.call(["check", door.dataset, "--quiet"] + space)
    #expect(quiet.code == 0 && quiet.words.isEmpty)
  }

  @Test("Nothing is written, neither beside the dataset nor into it")
  func readOnly() throws {
    let door = try Door()
    let before = paths(below: door.scratch.path + "/study")
    _ = try door.call(["check", door.dataset] + space)
    #expect(paths(below: door.scratch.path + "/study") == before)
    #expect(!FileManager.default.fileExists(atPath: door.output))
  }

  @Test("As JSON it is one object with the verdict, the causes and every run")
  func json() throws {
    let door = try Door()
    let outcome = try door.call(["check", door.dataset, "--json"])
    #expect(outcome.code == 1)
    let bytes = Data(outcome.words.utf8)
    let object = try JSONDecoder().decode(Verdict.self, from: bytes)
    #expect(object.schemaVersion == 1 && object.runCount == 1 && object.modelledRunCount == 0)
    #expect(object.findings.map(\.cause).contains("noT1w"))
    #expect(object.participants.first?.runs.first?.run == "sub-01_task-heat")
  }

  /// The parts of the JSON that a program would read.
  private struct Verdict: Decodable {
    struct Finding: Decodable { let cause: String }
    struct Run: Decodable { let run: String }
    struct Participant: Decodable { let runs: [Run] }
    let schemaVersion: Int
    let runCount: Int
    let modelledRunCount: Int
    let findings: [Finding]
    let participants: [Participant]
  }
}
