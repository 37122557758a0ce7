import Files
import FoundationEssentials
import TestStudies
import Testing

@Suite("Registration that fails")
struct RegistrationTests {
  /// A study with a T1w and a template, and the call that needs elastix.
  private func call(
    elastix: String?,
    damage: (Door) throws -> Void = { _ in }
  ) throws -> (door: Door, outcome: Program.Outcome) {
    let door = try Door { door in
      try door.study.writeHead(to: door.dataset + "/sub-01/anat/sub-01_T1w.nii.gz")
      try damage(door)
    }
    let template = door.scratch.path + "/tpl-MNI152NLin6Asym_res-8_T1w.nii.gz"
    try door.study.writeHead(to: template)
    let programs = door.scratch.path + "/programs"
    try makeFolder(programs)
    for name in elastix == nil ? [] : ["elastix", "transformix"] {
      try writeAtomically("#!/bin/sh\n\(elastix ?? "")\n", to: programs + "/" + name)
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755],
        ofItemAtPath: programs + "/" + name
      )
    }
    let outcome = try door.call(
      [door.dataset, door.output, "participant", "--template", template],
      environment: ["PATH": programs]
    )
    return (door, outcome)
  }

  @Test(
    "elastix missing, failing, crashing or giving nothing is told in a sentence; nothing stays",
    arguments: [
      (nil, "install elastix"), ("echo out of luck; exit 3", "exit status 3 (out of luck)"),
      ("kill -9 $$", "signal 9"), ("exit 0", "never written"),
    ] as [(String?, String)]
  )
  func elastix(script: String?, words: String) throws {
    let (door, outcome) = try call(elastix: script)
    #expect(outcome.code == 2)
    #expect(outcome.says("sub-01", words), "\(outcome.words)")
    #expect(outcome.lines.count == 2, "\(outcome.words)")
    #expect(door.traces().isEmpty, "\(door.traces())")
    #expect(!FileManager.default.fileExists(atPath: door.output + "/sub-01"))
  }

  @Test("A T1w that is cut short, and a template that is not there, are named")
  func images() throws {
    let (_, outcome) = try call(elastix: "exit 1") { door in
      try door.change(door.dataset + "/sub-01/anat/sub-01_T1w.nii.gz") { $0.removeLast(999) }
    }
    #expect(outcome.code == 2)
    #expect(outcome.says("sub-01_T1w.nii.gz", "was the copy cut short?"), "\(outcome.words)")
    let door = try Door { door in
      try door.study.writeHead(to: door.dataset + "/sub-01/anat/sub-01_T1w.nii.gz")
    }
    let missing = try door.call(
      [door.dataset, door.output, "participant", "--template", door.scratch.path + "/none.nii.gz"]
    )
    #expect(missing.code == 2 && missing.says("none.nii.gz: there is no such template file"))
  }
}
