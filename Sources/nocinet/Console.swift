import Glibc

/// Words to the person who ran the command: results to standard output, the rest to standard error.
struct Console: Sendable {
  /// How much is said.
  enum Verbosity: Sendable {
    case quiet, usual, verbose
  }

  /// How much is said.
  let verbosity: Verbosity

  /// Says a result.
  func say(_ words: String) {
    if verbosity != .quiet { print(words) }
  }

  private func toStandardError(_ words: String) {
    let bytes = Array(words.utf8)
    _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }

  /// Says what went wrong; never kept back.
  func complain(_ words: String) {
    toStandardError("nocinet: \(words)\n")
  }

  /// Says what should be known before the numbers are trusted.
  func warn(_ words: String) {
    if verbosity != .quiet { toStandardError("nocinet: note: \(words)\n") }
  }

  /// Says which step begins, where a person watches or asked for it.
  func progress(_ words: String) {
    guard verbosity == .verbose || (verbosity == .usual && isatty(STDERR_FILENO) == 1) else {
      return
    }
    toStandardError("\(words)\n")
  }
}
