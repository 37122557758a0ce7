import Files
import FoundationEssentials
import Job

/// A dataset and the folder for its results, as absolute paths.
struct Folders {
  /// The dataset.
  let dataset: String

  /// The folder for the results.
  let output: String
}

extension Job {
  /// The job as it is written down: paths relative to the output folder, so that both can be moved
  /// together and no result tells where it was made.
  ///
  /// - Parameter output: The output folder, absolute.
  /// - Returns: The job with relative paths.
  func recorded(in output: String) -> Job {
    changingPaths { relativePath(to: absolutePath($0), from: output) }
  }

  /// A recorded job as it is carried out: paths absolute again.
  ///
  /// - Parameter output: The output folder, absolute.
  /// - Returns: The job with absolute paths.
  func resolved(in output: String) -> Job {
    changingPaths { absolutePath($0, below: output) }
  }

  private func changingPaths(_ change: (String) -> String) -> Job {
    var job = self
    job.dataset = change(dataset)
    job.derivatives?.folder = change(derivatives?.folder ?? "")
    job.phenotype.files = phenotype.files.map(change)
    job.normalization.template = normalization.template.map(change)
    job.regions.atlases = regions.atlases.map { choice in
      let parts = choice.split(separator: ":", maxSplits: 1)
      guard let file = parts.first, file.contains("/") || file.contains(".") else { return choice }
      return change(String(file)) + parts.dropFirst().map { ":\($0)" }.joined()
    }
    return job
  }
}

/// Returns a path from the root, without `.` and `..`.
///
/// - Parameters:
///   - path: A path as a person gave it.
///   - folder: What a relative path is relative to; the current folder where none is named.
/// - Returns: The path from the root.
func absolutePath(_ path: String, below folder: String? = nil) -> String {
  let base = folder ?? FileManager.default.currentDirectoryPath
  let whole = path.hasPrefix("/") ? path : base + "/" + path
  var parts: [Substring] = []
  for part in whole.split(separator: "/") where part != "." {
    if part == ".." { _ = parts.popLast() } else { parts.append(part) }
  }
  return "/" + parts.joined(separator: "/")
}
