import Files
import FoundationEssentials
import TestStudies

/// A small study in a folder of its own, and the calls that analyse it.
struct Door {
  let scratch: ScratchFolder

  /// The study, for the names of its files.
  let study: SmallStudy

  var dataset: String { scratch.path + "/study" }
  var output: String { scratch.path + "/results" }

  /// Writes a study.
  ///
  /// - Parameters:
  ///   - study: The study.
  ///   - damage: What happens to it before it is analysed.
  /// - Throws: The error of a file that cannot be written.
  init(_ study: SmallStudy = SmallStudy(), damage: (Door) throws -> Void = { _ in }) throws {
    scratch = try ScratchFolder()
    self.study = study
    try study.write(to: dataset)
    try damage(self)
  }

  /// Calls the program with nothing but these arguments.
  func call(
    _ arguments: [String],
    environment: [String: String] = [:]
  ) throws -> Program.Outcome {
    try makeFolder(scratch.path + "/words")
    return try Program.run(
      arguments,
      environment: environment,
      wordsIn: scratch.path + "/words"
    )
  }

  /// Makes a folder for a study that is written later.
  ///
  /// - Parameter study: The study, for the names of its files.
  /// - Throws: The error of a folder that cannot be made.
  init(empty study: SmallStudy) throws {
    scratch = try ScratchFolder()
    self.study = study
  }

  /// Analyses participants, whose data are in template space.
  func analyse(_ more: String..., into folder: String? = nil) throws -> Program.Outcome {
    let space = ["--normalization", "none", "--space", "MNI152NLin6Asym"]
    return try call([dataset, folder ?? output, "participant"] + space + more)
  }

  /// The path of a participant's file of a single run, such as `events.tsv`.
  func file(_ ending: String, of participant: String = "01", run: Int? = nil) -> String {
    "\(dataset)/\(study.stem(of: participant, run: run))_\(ending)"
  }

  /// Replaces the bytes of a file.
  func change(_ path: String, _ body: (inout [UInt8]) -> Void) throws {
    var bytes = try readBytes(path)
    body(&bytes)
    try writeAtomically(bytes, to: path)
  }

  /// What lies in the output folder of a participant, scratch and lock files of anyone included.
  func traces(of participant: String = "01") -> [String] {
    paths(below: output).filter { path in
      path.hasPrefix("sub-\(participant)") || path.hasPrefix(".sub-") || path.hasPrefix(".work")
        || path.hasPrefix(".nocinet")
    }
  }

  /// A region's row of the built-in atlas, as columns and cells.
  func row(
    region: String,
    contrast: String,
    of participant: String = "01",
    session: String? = nil,
    run: String? = nil
  ) throws -> [String: String]? {
    let visit = session.map { "/ses-\($0)" } ?? ""
    let name = "sub-\(participant)" + (session.map { "_ses-\($0)" } ?? "")
    let table = try readText(
      "\(output)/sub-\(participant)\(visit)/\(name)_atlas-painnetwork_regions.csv"
    )
    let lines = table.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    guard let columns = lines.first else { return nil }
    let rows = lines.dropFirst().map {
      Dictionary(zip(columns, $0), uniquingKeysWith: { first, _ in first })
    }
    return rows.first {
      $0["region"] == region && $0["contrast"] == contrast && (run == nil || $0["run"] == run)
    }
  }

  /// The text of a participant's page.
  func page(_ name: String = "sub-01") throws -> String {
    try readText("\(output)/\(name).html")
  }
}
