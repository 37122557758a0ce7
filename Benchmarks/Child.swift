import Glibc

/// A program that runs to its end while its time and memory are taken.
struct Child {
  /// Why a program gave no measurement.
  enum Failure: Error, CustomStringConvertible {
    /// The program could not be started; the system's code.
    case notStarted(program: String, code: Int32)

    /// The program ended otherwise than with 0; its output is in the log.
    case failed(program: String, status: Int32, log: String)

    var description: String {
      switch self {
      case .notStarted(let program, let code):
        "\(program): cannot be started (\(String(cString: strerror(code))))"
      case .failed(let program, let status, let log):
        "\(program): ended with status \(status); see \(log)"
      }
    }
  }

  /// The program's path.
  let program: String

  /// The arguments after the program's own name.
  let arguments: [String]

  /// The file that takes what the program prints.
  let log: String

  /// Runs the program.
  ///
  /// - Returns: What it used, from its start to its end, as the kernel counts it.
  /// - Throws: ``Failure``.
  func run() throws(Failure) -> Usage {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let flags = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log, flags, 0o644)
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)

    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
    words.append(nil)
    defer { for word in words { free(word) } }

    // A child starts with the highest memory of its parent, which is none of its own.
    Usage.resetPeak()
    let start = ContinuousClock.now
    var process = pid_t()
    let code = posix_spawn(&process, program, &actions, nil, &words, environ)
    guard code == 0 else { throw .notStarted(program: program, code: code) }
    var (status, record): (Int32, rusage) = (0, rusage())
    while wait4(process, &status, 0, &record) < 0 {
      guard errno == EINTR else { throw .notStarted(program: program, code: errno) }
    }
    let wall = (ContinuousClock.now - start) / .seconds(1)
    guard status == 0 else { throw .failed(program: program, status: status, log: log) }
    // The kernel counts memory in KiB.
    return Usage(wall: wall, cpu: Usage.seconds(record), peak: Double(record.ru_maxrss) / 1024)
  }
}
