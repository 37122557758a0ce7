import GLM
import GLMKernel
import Glibc
import Imaging
import Job

/// How long the fit of a voxel takes, beside nilearn and the limit of the processor.
///
/// `glm.ar1` is generalised least squares with given coefficients by the kernel alone, `glm.total` the
/// whole of it: estimate, averaging over neighbours, fit, t, p, z and the maps; so is `glm.arma11`. The limit is the time
/// of the multiplications of one projection on the design and one of the neighbours in time.
enum GLMBenchmark: BenchmarkGroup {
  static let name = "glm"
  static let note =
    "240 volumes, 24 columns, 2 contrasts, one thread unless said; CPU time, the least of "
    + "\(rounds) rounds"

  private static let rounds = 25
  private static let volumes = 240
  private static let columns = 24

  /// What AFNI 3dREMLfit needs for 22,431 voxels of 240 volumes and 11 columns, 12.7 s of CPU.
  private static let remlFit = 566.0

  static func measure(in setting: BenchmarkSetting) throws -> [BenchmarkRow] {
    let memory = try memory()
    guard let data = SimulatedStrips([48, 48, 18], volumes: volumes, columns: columns),
      let narrow = SimulatedStrips([48, 24, 9], volumes: volumes, columns: 11)
    else { return [] }
    let peer = try setting.nilearnKernel?.fit(volumes: volumes, columns: columns)
    let ar1 = peer.map { ("\(NilearnPeer.name) AR(1)", $0.ar1) }
    let limit = limit()
    var rows: [BenchmarkRow] = []
    func add(_ name: String, _ value: Double, beside: (String, Double)? = nil) {
      rows.append(row(name, value, beside: beside))
    }
    add("fma_limit", limit)
    let single = try fit(data, .float32, .firstOrder(0.3))
    let double = try fit(data, .float64, .firstOrder(0.3))
    add("ar1.float32", single, beside: ar1)
    add("ar1.float64", double, beside: ar1)
    for (name, value) in [("float32", single), ("float64", double)] {
      rows.append(
        BenchmarkRow(name: "glm.ar1.\(name).of_limit", value: value / limit, unit: "fma limits")
      )
    }
    if let peer {
      add("ar1.nilearn", peer.ar1)
      add("ols.nilearn", peer.ols)
    }
    let kept = (0..<volumes).filter { $0 * 7 % 10 != 3 }
    add("ar1.censored", try fit(data, .float32, .firstOrder(0.3), kept: kept), beside: ar1)
    rows.append(
      BenchmarkRow(
        name: "glm.arma11.us_per_voxel",
        value: try wholeFit(narrow, .arma11, threads: 1).cpu / 1000,
        unit: "us",
        peer: "AFNI 3dREMLfit ARMA(1,1) with its search, published, 11 columns",
        peerValue: remlFit
      )
    )
    add("arma11.columns24", try fit(data, .float32, NoiseShape(memory: 0.8, share: 0.5)))
    let one = try wholeFit(data, .ar1, threads: 1)
    add("total", one.cpu, beside: ar1)
    add("total.arma11", try wholeFit(data, .arma11, threads: 1).cpu, beside: ar1)
    add(
      "total.ols",
      try wholeFit(data, .ols, threads: 1).cpu,
      beside: peer.map { ("\(NilearnPeer.name) OLS", $0.ols) }
    )
    let two = try wholeFit(data, .ar1, threads: 2)
    rows.append(
      BenchmarkRow(name: "glm.threads2.speedup", value: one.wall / two.wall, unit: "times")
    )
    return rows + memory
  }

  private static func row(
    _ name: String,
    _ value: Double,
    beside peer: (String, Double)?
  ) -> BenchmarkRow {
    BenchmarkRow(
      name: "glm.\(name).ns_per_voxel",
      value: value,
      unit: "ns",
      peer: peer?.0,
      peerValue: peer?.1
    )
  }

  /// The time per voxel of what no implementation can leave out, in ns.
  private static func limit() -> Double {
    let perVoxel = 2 * volumes * columns
    let voxels = 16 * 1200
    let usages = (0..<rounds).map { _ in
      Usage.measure { multiplyAndAdd(times: perVoxel * voxels / 16) }.0
    }
    return Usage(of: usages).cpu / Double(voxels) * 1e9
  }

  /// The time per voxel of the kernel alone, in ns.
  private static func fit(
    _ data: SimulatedStrips,
    _ precision: OptimizedKernel.Precision,
    _ noise: NoiseShape,
    kept: [Int]? = nil
  ) throws -> Double {
    let design = try data.design(kept: kept, lags: 0)
    let kernel = OptimizedKernel(precision)
    let scratch = KernelScratch(for: design)
    let width = MaskedSeries.laneCount
    let shape =
      [Double](repeating: noise.memory, count: width)
      + [Double](repeating: noise.share, count: width)
    var results = [Double](repeating: 0, count: design.resultCount * width)
    let usages = (0..<rounds).map { _ in
      Usage.measure {
        data.series.strips.withUnsafeBufferPointer { values in
          guard let base = values.baseAddress else { return }
          for strip in 0..<data.series.stripCount {
            kernel.fit(
              base + strip * volumes * width,
              design: design,
              noise: shape,
              scratch: scratch,
              into: &results
            )
          }
        }
      }.0
    }
    return Usage(of: usages).cpu / Double(data.series.mask.count) * 1e9
  }

  /// The time per voxel of the whole fit, in ns.
  private static func wholeFit(
    _ data: SimulatedStrips,
    _ noise: Noise,
    threads: Int
  ) throws -> Usage {
    let request = data.request(noise, threads: threads)
    let usages = try (0..<rounds).map { _ in try Usage.measure { try fitRun(request) }.0 }
    let best = Usage(of: usages)
    let perVoxel = 1e9 / Double(data.series.mask.count)
    return Usage(wall: best.wall * perVoxel, cpu: best.cpu * perVoxel, peak: best.peak)
  }

  /// The most memory of the whole fit beyond the strips and the maps that it gives, as a share of the
  /// strips.
  private static func memory() throws -> [BenchmarkRow] {
    guard let data = SimulatedStrips([64, 64, 36], volumes: volumes, columns: columns) else {
      return []
    }
    // Before anything was freed that could be used again unseen.
    let (before, _) = Usage.measure { 0 }
    return try [(OptimizedKernel.Precision.float32, "float32"), (.float64, "float64")].map {
      (precision, name) in
      let request = data.request(.ar1, precision: precision, threads: 2)
      let (during, result) = try Usage.measure { try fitRun(request) }
      let voxels = Double(data.series.mask.count)
      let maps = Double(mapCount(of: result)) * voxels * 8
      return BenchmarkRow(
        name: "glm.memory.\(name)",
        value: ((during.peak - before.peak) * 1024 * 1024 - maps) / (voxels * Double(volumes) * 4),
        unit: "of the strips"
      )
    }
  }

  /// The maps of a fit, of float64 each.
  private static func mapCount(of fit: RunFit) -> Int {
    let ofContrasts = fit.estimates.reduce(0) { sum, estimate in
      sum
        + [estimate.effect, estimate.variance, estimate.statistic, estimate.z, estimate.p]
        .compactMap(\.self).count
    }
    // Memory, share, R-squared and the standard deviation beside the autocorrelations.
    return ofContrasts + fit.residualAutocorrelation.count + 4
  }
}
