import Imaging
import MotionPhantoms
import Realignment

/// How fast and how exactly head motion is estimated, on heads whose motion is known.
///
/// The heads are closed formulas (`MotionPhantoms`), so no interpolation of the estimator's own takes
/// part in the truth. Times are of the estimate and of resampling the brain's voxels to strips.
enum MotionBenchmark: BenchmarkGroup {
  static let name = "motion"
  static let note =
    "64 x 64 x 36 x 240, estimate and reslice; the least of \(rounds) rounds; errors are RMS over "
    + "the brain, a constant pose removed"

  private static let rounds = 3

  static func measure(in setting: BenchmarkSetting) throws -> [BenchmarkRow] {
    guard let run = MovingHead(.restless, volumeCount: 240, noise: 1) else { return [] }
    let series = run.measured(threads: 2)
    var rows = try times(of: series)
    let noise = try error(of: run, measuredAs: series)
    rows.append(
      BenchmarkRow(
        name: "motion.error.noise_mm",
        value: noise.rootMeanSquare,
        unit: "mm",
        published: PublishedFigures.noiseError
      )
    )
    // The reference is a mean of 32 volumes, whose noise is 0.177 of a volume's.
    if let bound = run.bound(referenceNoise: 0.177) {
      rows += [
        BenchmarkRow(name: "motion.bound.noise_mm", value: bound, unit: "mm"),
        BenchmarkRow(
          name: "motion.error.noise_over_bound",
          value: noise.rootMeanSquare / bound,
          unit: ""
        ),
      ]
    }
    rows += try cleanAndJumps()
    if let folder = setting.simulations { rows += try classic(in: folder + "/classic30") }
    for run in try setting.phantoms.map({ try KnownRun.phantoms(in: $0) }) ?? [] {
      rows += [
        BenchmarkRow(
          name: "motion.error.\(run.name)_mm",
          value: try run.error().rootMeanSquare,
          unit: "mm"
        ),
        BenchmarkRow(
          name: "motion.error.\(run.name).relative_to_first_mm",
          value: try run.errorRelativeToFirst().rootMeanSquare,
          unit: "mm"
        ),
      ]
    }
    return rows
  }

  /// Times both steps with one thread and with two.
  private static func times(of series: ImageSeries) throws -> [BenchmarkRow] {
    func best(_ threads: Int) throws -> (estimate: Usage, reslice: Usage) {
      var (estimates, reslices): ([Usage], [Usage]) = ([], [])
      for _ in 0..<rounds {
        let (usage, motion) = try Usage.measure {
          try estimateMotion(of: series, skipping: 0, threads: threads)
        }
        let mask = brainMask(of: motion.reference)
        estimates.append(usage)
        reslices.append(
          Usage.measure {
            resample(
              ResamplingRequest(series: series, motion: motion, mask: mask, threads: threads)
            )
          }
          .0
        )
      }
      return (Usage(of: estimates), Usage(of: reslices))
    }
    let (one, two) = (try best(1), try best(2))
    let speedup = (one.estimate.wall + one.reslice.wall) / (two.estimate.wall + two.reslice.wall)
    return [
      BenchmarkRow(
        name: "motion.cpu_s",
        value: one.estimate.cpu + one.reslice.cpu,
        unit: "s",
        published: PublishedFigures.estimateAndReslice
      ),
      BenchmarkRow(name: "motion.estimate.cpu_s", value: one.estimate.cpu, unit: "s"),
      BenchmarkRow(name: "motion.reslice.cpu_s", value: one.reslice.cpu, unit: "s"),
      BenchmarkRow(name: "motion.threads2.speedup", value: speedup, unit: "times"),
    ]
  }

  private static func error(of run: MovingHead, measuredAs series: ImageSeries) throws
    -> MotionError
  {
    let estimate = try estimateMotion(of: series, skipping: 0, threads: 2)
    return MotionError(
      of: run.poses.indices.map { estimate.map(ofVolume: $0) },
      against: run.maps,
      at: run.brainPoints
    )
  }

  /// A run without noise, and single volumes that lie far away.
  private static func cleanAndJumps() throws -> [BenchmarkRow] {
    guard let clean = MovingHead(.restless, volumeCount: 60, noise: 0),
      let jumps = MovingHead(.jumping, volumeCount: 25, noise: 1)
    else { return [] }
    let exact = try error(of: clean, measuredAs: clean.measured(threads: 2))
    let far = try error(of: jumps, measuredAs: jumps.measured(threads: 2))
    return [
      BenchmarkRow(
        name: "motion.error.clean_mm",
        value: exact.rootMeanSquare,
        unit: "mm",
        published: PublishedFigures.cleanError
      ),
      BenchmarkRow(name: "motion.error.jumps_mm", value: far.rootMeanSquare, unit: "mm"),
      BenchmarkRow(
        name: "motion.error.jumps.worst_mm",
        value: far.volumes.max() ?? .nan,
        unit: "mm"
      ),
      BenchmarkRow(
        name: "motion.jumps.found",
        value: Double(far.volumes.dropFirst().count { $0 < 0.05 }),
        unit: "of 24"
      ),
    ]
  }

  /// A simulated run with spikes, noise with memory and interleaved slices.
  private static func classic(in folder: String) throws -> [BenchmarkRow] {
    guard let run = try KnownRun(classic: folder) else { return [] }
    return [
      BenchmarkRow(
        name: "motion.classic30_mm",
        value: try run.error().mean,
        unit: "mm",
        published: PublishedFigures.spikesError
      )
    ]
  }
}
