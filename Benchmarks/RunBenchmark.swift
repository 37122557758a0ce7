import BIDS
import Demo
import Files
import FoundationEssentials
import Job
import Participant
import Report

/// How long one run of the usual size takes, whole and stage by stage, beside nilearn.
///
/// The whole is the built program, started as a person starts it, without normalization and with two
/// threads. `run.after_motion` is what nilearn does, too: reading, masking, smoothing and fitting,
/// each a stage of this process, without the start of the program; nilearn's side is without the
/// loading of Python's modules.
enum RunBenchmark: BenchmarkGroup {
  static let name = "run"
  static let note =
    "64 x 64 x 36 x 240 (large: 96 x 96 x 60 x 400), no normalization, \(threads) threads; the least "
    + "time and the most memory of \(rounds) rounds"

  private static let threads = 2
  private static let rounds = 3

  static func measure(in setting: BenchmarkSetting) throws -> [BenchmarkRow] {
    let dataset = try SimulatedDataset(threads: threads)
    defer { dataset.remove() }
    var rows: [BenchmarkRow] = []
    var peers: [NilearnPeer.Noise: NilearnPeer.Fit] = [:]
    for noise in [NilearnPeer.Noise.ols, .ar1] {
      peers[noise] = try setting.nilearn.map { try $0.fit(dataset, noise: noise, rounds: rounds) }
    }
    let peer = "without motion correction"
    let whole = try whole(dataset, noise: .ar1, setting)
    rows += whole.rows("run", beside: peers[.ar1]?.whole, named: "AR(1), \(peer)")
    // The usual model, which nilearn has not; its AR(1) is the nearest.
    let usual = try self.whole(dataset, noise: .arma11, setting)
    rows += usual.rows("run.arma11", beside: peers[.ar1]?.whole, named: "AR(1), \(peer)")
    rows.append(
      BenchmarkRow(
        name: "run.with_motion.wall_s",
        value: usual.wall,
        unit: "s",
        published: PublishedFigures.wholeRun
      )
    )
    rows += try large(setting)
    let ols = try self.whole(dataset, noise: .ols, setting)
    rows += ols.rows("run.ols", beside: peers[.ols]?.whole, named: "OLS, \(peer)")
    rows += try stages(dataset, peers: peers)
    return rows
  }

  /// Runs the built program.
  private static func whole(
    _ dataset: SimulatedDataset,
    noise: Noise,
    _ setting: BenchmarkSetting
  ) throws -> Usage {
    Usage(
      of: try (0..<rounds).map { round in
        try Child(
          program: setting.nocinet,
          arguments: [
            dataset.root, "\(dataset.folder)/results-\(noise.rawValue)-\(round)", "participant",
            "--normalization", "none", "--space", "MNI152NLin6Asym", "--noise", noise.rawValue,
            "--n-cpus", "\(threads)", "--quiet",
          ],
          log: "\(dataset.folder)/nocinet.log"
        )
        .run()
      }
    )
  }

  /// Runs the built program on a run of many slices and volumes.
  private static func large(_ setting: BenchmarkSetting) throws -> [BenchmarkRow] {
    let dataset = try SimulatedDataset(.large, threads: threads)
    defer { dataset.remove() }
    let usage = try whole(dataset, noise: .arma11, setting)
    return [
      BenchmarkRow(
        name: "run.large.wall_s",
        value: usage.wall,
        unit: "s",
        published: PublishedFigures.largeRun
      ),
      BenchmarkRow(name: "run.large.cpu_s", value: usage.cpu, unit: "s"),
      BenchmarkRow(
        name: "run.large.peak_mib",
        value: usage.peak,
        unit: "MiB",
        published: PublishedFigures.largeRunPeak
      ),
    ]
  }

  /// Runs the stages in this process.
  private static func stages(
    _ dataset: SimulatedDataset,
    peers: [NilearnPeer.Noise: NilearnPeer.Fit]
  ) throws -> [BenchmarkRow] {
    let job = job(for: dataset)
    let passes = try (0..<rounds).map { _ in
      try RunStages(of: dataset, job: job, threads: threads)
    }
    let names = passes.first?.usages.map(\.name) ?? []
    var best: [String: Usage] = [:]
    for (place, name) in names.enumerated() {
      best[name] = Usage(of: passes.map { $0.usages[place].usage })
    }
    var rows: [BenchmarkRow] = []
    let fits: [(words: String, peer: NilearnPeer.Noise, glm: String)] = [
      ("run", .ar1, "glm"), ("run.arma11", .ar1, "glm_arma11"), ("run.ols", .ols, "glm_ols"),
    ]
    for (words, noise, glm) in fits {
      let same = Usage(sumOf: ["read", "mask", "smooth", "baseline", glm].compactMap { best[$0] })
      rows += same.rows(
        "\(words).after_motion",
        beside: peers[noise]?.inside,
        named: noise == .ar1 ? "AR(1)" : "OLS"
      )
    }
    for name in names { rows += best[name]?.rows("run.\(name)") ?? [] }
    rows += try ends(dataset, job: job)
    return rows + [
      BenchmarkRow(
        name: "run.voxels",
        value: Double(passes.first?.voxelCount ?? 0),
        unit: "voxels",
        peer: peers[.ar1].map { _ in NilearnPeer.name },
        peerValue: peers[.ar1].map { Double($0.voxels) }
      )
    ]
  }

  /// Times what follows the analysis: the files and the page.
  private static func ends(_ dataset: SimulatedDataset, job: Job) throws -> [BenchmarkRow] {
    let request = ParticipantRequest(
      job: job,
      dataset: try Dataset(root: dataset.root),
      participant: "01",
      outputFolder: dataset.folder + "/in-process",
      workFolder: dataset.folder + "/work",
      threads: threads
    )
    var (analyses, writes, pages): ([Usage], [Usage], [Usage]) = ([], [], [])
    for _ in 0..<rounds {
      let (analysis, result) = try Usage.measure { try analyze(request) }
      analyses.append(analysis)
      writes.append(try Usage.measure { try writeResults(result, to: request.outputFolder) }.0)
      let page = try Usage.measure {
        try result.sessions.map {
          try render(ParticipantReport(of: $0, job: job, version: "benchmark"))
        }
      }
      pages.append(page.0)
    }
    return Usage(of: analyses).rows("run.analysis") + Usage(of: writes).rows("run.write")
      + Usage(of: pages).rows("run.page")
  }

  private static func job(for dataset: SimulatedDataset) -> Job {
    var job = Job(dataset: dataset.root)
    job.normalization.method = .none
    job.normalization.space = "MNI152NLin6Asym"
    return job
  }
}

extension Usage {
  /// One after the other: the times together, and the most of the memory.
  fileprivate init(sumOf parts: [Usage]) {
    self.init(
      wall: parts.reduce(0) { $0 + $1.wall },
      cpu: parts.reduce(0) { $0 + $1.cpu },
      peak: parts.map(\.peak).max() ?? .nan
    )
  }

  /// The rows `NAME.wall_s`, `NAME.cpu_s` and `NAME.peak_mib`.
  fileprivate func rows(
    _ name: String,
    beside peer: Usage? = nil,
    named words: String = ""
  ) -> [BenchmarkRow] {
    [
      ("wall_s", wall, "s", peer?.wall), ("cpu_s", cpu, "s", peer?.cpu),
      ("peak_mib", peak, "MiB", peer?.peak),
    ]
    .map { quantity, value, unit, peerValue in
      BenchmarkRow(
        name: "\(name).\(quantity)",
        value: value,
        unit: unit,
        peer: peerValue == nil ? nil : "\(NilearnPeer.name) \(words)",
        peerValue: peerValue
      )
    }
  }
}
