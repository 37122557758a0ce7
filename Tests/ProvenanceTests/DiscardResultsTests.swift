import Files
import FoundationEssentials
import Provenance
import TestStudies
import Testing

@Suite("Discarded results")
struct DiscardResultsTests {
  @Test("What is discarded is what the record lists, and the record; all else stays")
  func discards() throws {
    let folder = try ScratchFolder().path
    let outputs = ["sub-01/func/map.txt", "sub-01.html"]
    for path in outputs + ["sub-01/xfm/kept.txt"] {
      try writeAtomically("a", to: "\(folder)/\(path)")
    }
    let record = try CompletionRecord(
      participant: "01",
      version: "1",
      instructionSet: "v3",
      job: "job",
      inputs: [],
      below: folder,
      outputs: outputs,
      below: folder
    )
    try writeAtomically(try record.json, to: folder + "/" + CompletionRecord.path(of: "sub-01"))
    for _ in 0..<2 {
      try CompletionRecord.discardResults(of: "sub-01", in: folder)
      #expect(paths(below: folder) == ["sub-01/xfm/kept.txt"])
      #expect(!FileManager.default.fileExists(atPath: folder + "/sub-01/func"))
    }
  }

  @Test("A path that leads out of the folder is passed over")
  func outside() throws {
    let folder = try ScratchFolder().path
    try writeAtomically("abc", to: folder + "/safe.txt")
    try makeFolder(folder + "/out")
    discardFiles(["../safe.txt", folder + "/safe.txt"], in: folder + "/out")
    #expect(paths(below: folder) == ["safe.txt"])
    #expect(FileManager.default.fileExists(atPath: folder + "/out"))
  }
}
