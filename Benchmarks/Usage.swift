import Glibc

/// What some work used.
struct Usage {
  /// The time that passed, in s.
  var wall: Double

  /// The time that all cores together spent on it, in s.
  var cpu: Double

  /// The most memory that was resident meanwhile, in MiB.
  var peak: Double

  /// The least time and the most memory of several rounds.
  ///
  /// The machine is shared: others can only add to the time, so the least of it tells the most.
  ///
  /// - Parameter rounds: At least one round.
  init(of rounds: [Usage]) {
    wall = rounds.map(\.wall).min() ?? .nan
    cpu = rounds.map(\.cpu).min() ?? .nan
    peak = rounds.map(\.peak).max() ?? .nan
  }

  /// Creates a usage.
  init(wall: Double, cpu: Double, peak: Double) {
    (self.wall, self.cpu, self.peak) = (wall, cpu, peak)
  }

  /// Measures work of this process.
  ///
  /// The peak is of the whole process, with all that it held before.
  ///
  /// - Parameter work: What is measured.
  /// - Returns: What it used, and its result.
  /// - Throws: What the work throws.
  static func measure<Result>(_ work: () throws -> Result) rethrows -> (Usage, Result) {
    resetPeak()
    let before = cpuOfThisProcess()
    let start = ContinuousClock.now
    let result = try work()
    let wall = (ContinuousClock.now - start) / .seconds(1)
    let usage = Usage(wall: wall, cpu: cpuOfThisProcess() - before, peak: peakOfThisProcess())
    return (usage, result)
  }

  /// The time of user and system from the kernel's record, in s.
  static func seconds(_ record: rusage) -> Double {
    let times = [record.ru_utime, record.ru_stime]
    return times.reduce(0) { $0 + Double($1.tv_sec) + 1e-6 * Double($1.tv_usec) }
  }

  private static func cpuOfThisProcess() -> Double {
    var record = rusage()
    getrusage(RUSAGE_SELF.rawValue, &record)
    return seconds(record)
  }

  /// Lets the kernel forget the highest memory so far (proc(5), `clear_refs`).
  static func resetPeak() {
    let file = open("/proc/self/clear_refs", O_WRONLY)
    guard file >= 0 else { return }
    _ = Glibc.write(file, "5", 1)
    close(file)
  }

  /// The `VmHWM` of proc(5), in MiB; NaN where the kernel does not say it.
  private static func peakOfThisProcess() -> Double {
    guard let file = fopen("/proc/self/status", "r") else { return .nan }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), file) != nil {
      let words = String(
        decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)),
        as: UTF8.self
      )
      .split { $0.isWhitespace }
      guard words.first == "VmHWM:", words.count > 1 else { continue }
      return (Double(words[1]) ?? .nan) / 1024
    }
    return .nan
  }
}
