import ArgumentParser
import Files
import FoundationEssentials

/// `nocinet-benchmark [GROUP ...] [--json FILE]`: how long things take on this machine.
@main
struct Benchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nocinet-benchmark",
    abstract: "Measure how long nocinet takes on this machine, one line per quantity."
  )

  @Argument(help: "The groups to measure: \(groups.map { $0.name }.joined(separator: ", ")).")
  var names: [String] = []

  @Option(help: ArgumentHelp("Write the rows as JSON, too.", valueName: "file"))
  var json: String?

  @Option(help: ArgumentHelp("A Python that has nilearn, to compare with.", valueName: "file"))
  var nilearnPython: String?

  @Option(help: ArgumentHelp("The folder of the peers' scripts.", valueName: "folder"))
  var peers = "Benchmarks/peers"

  @Option(
    help: ArgumentHelp(
      "A folder of runs with known motion: TAG_bold.nii.gz, TAG_motion.txt, TAG_brainmask.nii.gz.",
      valueName: "folder"
    )
  )
  var phantoms: String?

  func validate() throws {
    for name in names where !groups.contains(where: { $0.name == name }) {
      throw ValidationError("there is no group \(name)")
    }
  }

  func run() throws {
    print("# \(Machine.words)")
    var rows: [BenchmarkRow] = []
    for group in groups where names.isEmpty || names.contains(group.name) {
      print("# \(group.name): \(group.note)")
      for row in try group.measure(in: setting) {
        print(line(row))
        rows.append(row)
      }
    }
    guard let json else { return }
    try writeAtomically(try rows.indentedJSON, to: json)
  }

  private var setting: BenchmarkSetting {
    let folder = (CommandLine.arguments.first ?? "").split(
      separator: "/",
      omittingEmptySubsequences: false
    )
    .dropLast().joined(separator: "/")
    return BenchmarkSetting(
      nocinet: folder + "/nocinet",
      nilearn: nilearnPython.map {
        NilearnPeer(python: $0, script: peers + "/nilearn_run.py")
      },
      nilearnKernel: nilearnPython.map {
        NilearnKernel(python: $0, script: peers + "/nilearn_glm.py")
      },
      simulations: ProcessInfo.processInfo.environment["NOCINET_TEST_DATA"].map { $0 + "/sim" },
      phantoms: phantoms
    )
  }

  private func line(_ row: BenchmarkRow) -> String {
    let measured = "\(row.name)\t\(fixed(row.value, digits: 4)) \(row.unit)"
    guard let peer = row.peer, let peerValue = row.peerValue, let ratio = row.ratio else {
      return measured
    }
    return
      "\(measured)\t\(peer): \(fixed(peerValue, digits: 4)) (\(fixed(ratio, digits: ratio < 10 ? 2 : 1)) times)"
  }
}
