import FoundationEssentials

/// The machine that is measured on.
enum Machine {
  /// Its cores and its processor, in words, and how busy it is with other work.
  static var words: String {
    let cores = ProcessInfo.processInfo.activeProcessorCount
    let load = first("/proc/loadavg") { _ in true }.flatMap { $0.split(separator: " ").first }
    return
      "\(cores) cores, \(processor ?? "unknown processor"), load \(load ?? "unknown") at the start"
  }

  private static var processor: String? {
    first("/proc/cpuinfo") { $0.hasPrefix("model name") }
      .flatMap { $0.split(separator: ":").last }
      .map { $0.split(separator: " ").joined(separator: " ") }
  }

  /// The first line of a file that is asked for.
  private static func first(_ path: String, where isWanted: (Substring) -> Bool) -> Substring? {
    let text = (try? String(contentsOf: URL(filePath: path), encoding: .utf8)) ?? ""
    return text.split(separator: "\n").first(where: isWanted)
  }
}
