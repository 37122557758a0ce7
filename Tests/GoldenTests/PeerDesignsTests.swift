import BIDS
import Files
import FoundationEssentials
import TestData
import TestStudies
import Testing

/// A published dataset's text files, the model tried on them, and what is known of pybids' sampling.
struct PeerCase: Sendable, CustomTestStringConvertible {
  /// The folder below the shared trees.
  let tree: String

  /// The participant.
  let participant: String

  /// Whether every regressor is a plain response to events that last, so that what pybids' stretched
  /// times leave of its difference is its filter's alone.
  var lasts = false

  /// The name of the model's file.
  var name: String { String(tree.split(separator: "/").last ?? "").replacing("_subset", with: "") }

  var testDescription: String { name }

  static let all = [
    PeerCase(tree: "bids-examples/ds114", participant: "01", lasts: true),
    PeerCase(tree: "ds000140", participant: "01", lasts: true),
    PeerCase(tree: "ds003836", participant: "06"), PeerCase(tree: "ds004144", participant: "002"),
    PeerCase(tree: "ds004746_subset", participant: "P100670", lasts: true),
    PeerCase(tree: "ds005883", participant: "01"),
    PeerCase(tree: "bids-examples/ds005", participant: "01", lasts: true),
    PeerCase(tree: "bids-examples/ds007", participant: "01"),
    PeerCase(tree: "bids-examples/synthetic", participant: "01"),
  ]
}

/// The designs of all cases by pybids and by the program, made once.
private enum PeerDesigns {
  static let folder = Result { () throws -> String in
    let folder = try SharedData.temporaryFolder("peer-designs")
    let cases = PeerCase.all.map { each in
      """
      {"tree": "\(SharedData.root)/bids_trees/\(each.tree)", "participants": ["\(each.participant)"],
       "model": "\(model(each))", "out": "\(folder)/\(each.name)"}
      """
    }
    try writeAtomically("[\(cases.joined(separator: ",\n"))]", to: folder + "/cases.json")
    let code = try Files.run(
      Peers.python ?? "",
      arguments: [SharedData.package + "/Scripts/peer-designs", folder + "/cases.json"],
      environment: [:],
      log: folder + "/peer.txt"
    )
    guard code == 0 else { throw PeerFailure(words: try readText(folder + "/peer.txt")) }
    return folder
  }

  static func model(_ peer: PeerCase) -> String {
    "\(SharedData.package)/Tests/GoldenTests/Models/\(peer.name)_smdl.json"
  }
}

private struct PeerFailure: Error {
  let words: String
}

@Suite(
  "Designs of Stats Models beside pybids'",
  .enabled(if: SharedData.isPresent, "the shared datasets are not here"),
  .enabled(if: Peers.python != nil, "pybids is not installed; Scripts/setup peers installs it")
)
struct PeerDesignsTests {
  /// A column of a table; every cell is a number.
  private func columns(_ path: String) throws -> [String: [Double]] {
    let table = try Table(path: path, separator: .tab)
    return Dictionary(
      uniqueKeysWithValues: table.columns.enumerated().map { place, name in
        (name, table.rows.map { Double($0[place]) ?? .nan })
      }
    )
  }

  /// The largest difference of two columns as a share of the second's peak.
  private func distance(_ one: [Double]?, _ other: [Double]) -> Double {
    guard let one, one.count == other.count else { return .infinity }
    let peak = other.reduce(0) { max($0, abs($1)) }
    return zip(one, other).reduce(0) { max($0, abs($1.0 - $1.1)) } / peak
  }

  /// A file's name as pybids names runs: entities it groups by, and runs without zeros in front.
  private func peerName(_ file: String) -> String {
    file.split(separator: "_").compactMap { part -> String? in
      let pair = part.split(separator: "-", maxSplits: 1)
      guard pair.count == 2, ["sub", "ses", "task", "run"].contains(pair[0]) else { return nil }
      return pair[0] == "run" ? "run-\(Int(pair[1]) ?? 0)" : String(part)
    }
    .joined(separator: "_")
  }

  @Test(
    "Variables, columns and contrasts are pybids'; regressors differ by when it reads them alone",
    arguments: PeerCase.all
  )
  func designs(_ peer: PeerCase) throws {
    let folder = try PeerDesigns.folder.get() + "/" + peer.name
    let outcome = try Program.run(
      [
        "model", "check", PeerDesigns.model(peer), "--dataset", folder + "/dataset",
        "--slice-time-ref", "0", "--designs", folder + "/own",
      ],
      wordsIn: folder
    )
    #expect(outcome.code == 0, "\(outcome.words)")
    let own = paths(below: folder + "/own")
    #expect(!own.isEmpty && own.count == paths(below: folder + "/peer").count / 4)
    for file in own {
      let name = folder + "/peer/" + peerName(file)
      let ours = try columns(folder + "/own/" + file)
      let exact = try columns(name + "_exact.tsv")
      let stretched = try columns(name + "_stretched.tsv")
      let graph = try columns(name + "_graph.tsv")
      #expect(
        Set(ours.keys).subtracting(["constant"]) == Set(exact.keys).subtracting(["intercept"])
      )
      for (column, values) in exact where column != "intercept" {
        // 1e-3 is what is asked; the arithmetic of both is the same to rounding.
        #expect(distance(ours[column], values) < 1e-9, "\(file) \(column)")
        guard peer.lasts, let read = stretched[column] else { continue }
        // What is left to its filter at half the volumes' rate, which a response all but passes.
        #expect(distance(graph[column], read) < 0.03, "\(file) \(column)")
      }
      let asked = try readText(name + "_contrasts.txt").split(separator: "\n").map(String.init)
      for contrast in asked where contrast != "intercept" && exact[contrast] != nil {
        let isDerivative = contrast.hasSuffix("_derivative") || contrast.hasSuffix("_dispersion")
        #expect(isDerivative || outcome.words.contains("  t \(contrast) = "), "\(file) \(contrast)")
      }
    }
  }
}
