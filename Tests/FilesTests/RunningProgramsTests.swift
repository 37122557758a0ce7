import Files
import TestData
import Testing

@Suite("Running programs")
struct RunningProgramsTests {
  @Test("Arguments pass without a shell, output goes to the log, the status comes back")
  func running() throws {
    let log = try SharedData.temporaryFolder() + "/logs/x.log"
    #expect(try run("printf", arguments: ["%s|", "a b", "$HOME;*"], log: log) == 0)
    #expect(try readText(log) == "a b|$HOME;*|")
    let script = "echo $NOCINET_WORD; echo trouble >&2; exit 3"
    let environment = ["NOCINET_WORD": "said"]
    #expect(
      try run("/bin/sh", arguments: ["-c", script], environment: environment, log: log) == 3
    )
    #expect(try readText(log) == "said\ntrouble\n")
  }

  @Test("A missing program and one ended by a signal are errors of their own")
  func failing() throws {
    let log = try SharedData.temporaryFolder() + "/x.log"
    #expect(throws: FileError(path: "no-such-program", reason: .programMissing)) {
      try run("no-such-program", arguments: [], log: log)
    }
    #expect(throws: FileError(path: "/bin/sh", reason: .programKilled(signal: 9))) {
      try run("/bin/sh", arguments: ["-c", "kill -9 $$"], log: log)
    }
  }
}
