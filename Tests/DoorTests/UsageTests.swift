import Files
import TestStudies
import Testing

@Suite("Usage")
struct UsageTests {
  @Test("Help and version end well, and name what there is")
  func help() throws {
    let folder = try ScratchFolder()
    let help = try Program.run(["--help"], wordsIn: folder.path)
    #expect(help.code == 0 && help.says("BIDS_DIR OUT participant", "demo", "atlas", "Exit codes"))
    let run = try Program.run(["run", "--help"], wordsIn: folder.path)
    #expect(run.code == 0 && run.says("--participant-label", "--contrast", "--normalization"))
    let version = try Program.run(["--version"], wordsIn: folder.path)
    #expect(version.code == 0 && version.lines.count == 1)
    #expect(version.words.split(separator: ".").count == 3)
  }

  /// A call that means nothing, and what a person is told.
  struct Misuse: Sendable {
    let arguments: [String]
    let words: String

    init(_ arguments: String..., words: String) {
      (self.arguments, self.words) = (arguments, words)
    }
  }

  static let misuses: [Misuse] = [
    Misuse(words: "are needed"),
    Misuse("study", "results", words: "are needed"),
    Misuse("study", "results", "partcipant", words: "'participant' and 'group'"),
    Misuse(
      "study",
      "results",
      "participant",
      "--smoothng",
      "4",
      words: "Did you mean '--smoothing'?"
    ),
    Misuse("study", "results", "participant", "--smoothing", "wide", words: "'wide' is invalid"),
    Misuse("study", "results", "participant", "--smoothing=-1", words: "0 to 100 mm"),
    Misuse("study", "results", "participant", "--n-cpus", "0", words: "1 or more"),
    Misuse("study", "results", "participant", "--hrf", "spmm", words: "'spmm' is invalid"),
    Misuse(
      "study",
      "results",
      "participant",
      "--drift",
      "cosine:0",
      words: "'cosine:0' is invalid"
    ),
    Misuse("study", "results", "participant", "--noise", "ar2", words: "'ar2' is invalid"),
    Misuse("study", "results", "participant", "--contrast", "faces", words: "NAME=EXPRESSION"),
    Misuse(
      "study",
      "results",
      "participant",
      "--contrast",
      "faces=",
      words: "nothing after the equals"
    ),
    Misuse("study", "results", "participant", "--modulators", ":heat", words: "COLUMN:CONDITION"),
    Misuse("study", "results", "participant", "--slice-time-ref", "2", words: "0 to 1"),
    Misuse(
      "study",
      "results",
      "participant",
      "--normalization",
      "none",
      "--template",
      "t.nii",
      words: "--template has no use"
    ),
    Misuse("study", "results", "participant", "--quiet", "--verbose", words: "exclude each other"),
    Misuse("study", "results", "group", words: "--compare group:FM-HC"),
    Misuse("study", "--job", "job.json", words: "names the dataset"),
    Misuse("--job", "job.json", "--smoothing", "3", words: "repeats a recorded job"),
    Misuse("--job", "job.json", "--participant-label", "01", words: "repeats a recorded job"),
    Misuse("demo", "folder", "--participants", "1", words: "2 to 100"),
    Misuse("study", "results", "participant", "--compare", "group:FM-HC", words: "group level"),
    Misuse(
      "study",
      "results",
      "group",
      "--compare",
      "group:FM-HC",
      "--smoothing",
      "9",
      words: "results as they are"
    ),
  ]

  @Test("Wrong usage is 64, with a sentence and the usage", arguments: misuses)
  func wrong(misuse: Misuse) throws {
    let folder = try ScratchFolder()
    let outcome = try Program.run(misuse.arguments, wordsIn: folder.path)
    #expect(outcome.code == 64, "\(misuse.arguments)")
    #expect(outcome.says(misuse.words, "Usage: nocinet"), "\(outcome.words)")
  }

  @Test("An instruction set that nobody knows is 64; a known one is taken")
  func instructionSet() throws {
    let folder = try ScratchFolder()
    for (word, code) in [("avx9", Int32(64)), ("baseline", 0)] {
      let outcome = try Program.run(
        ["atlas", "list"],
        environment: ["NOCINET_ISA": word],
        wordsIn: folder.path
      )
      #expect(outcome.code == code)
      if code == 64 { #expect(outcome.says("NOCINET_ISA", "v4, v3 or baseline", word)) }
    }
  }

  @Test("The built-in atlas is listed and described, region by region with its source")
  func atlases() throws {
    let folder = try ScratchFolder()
    let list = try Program.run(["atlas", "list"], wordsIn: folder.path)
    #expect(list.code == 0 && list.lines.contains("pain-network"))
    let shown = try Program.run(["atlas", "describe", "pain-network"], wordsIn: folder.path)
    #expect(shown.code == 0 && shown.says("MNI152NLin6Asym", "dorsal_posterior_insula_L\tL\t"))
    // A header, and 38 regions.
    #expect(shown.lines.count == 39)
    let unknown = try Program.run(["atlas", "describe", "pian"], wordsIn: folder.path)
    #expect(unknown.code == 2 && unknown.says("pian", "built in: pain-network"))
  }
}
