import Glibc

/// Runs a program to its end, without a shell, with its output in a log file.
///
/// - Parameters:
///   - program: A path, or a name that is looked up on the search path.
///   - arguments: The arguments after the program's own name.
///   - environment: Variables that are set, or replaced, for the program alone.
///   - log: The file that takes standard output and standard error; replaced where it is there.
/// - Returns: The exit status, 0 to 255.
/// - Throws: ``FileError`` where the program is missing or cannot be started, the log cannot be
///   written, or a signal ended the program.
public func run(
  _ program: String,
  arguments: [String],
  environment: [String: String] = [:],
  log: String
) throws(FileError) -> Int32 {
  try writeAtomically([], to: log)
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log, O_WRONLY | O_APPEND, 0)
  posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)

  var process = pid_t()
  let code = withCStrings([program] + arguments) { words in
    withCStrings(mergedEnvironment(environment)) { variables in
      posix_spawnp(&process, program, &actions, nil, words, variables)
    }
  }
  switch code {
  case 0: return try status(of: process, program)
  case ENOENT: throw FileError(path: program, reason: .programMissing)
  default: throw FileError(path: program, reason: .refused(.start, code: code))
  }
}

/// Waits for a program's end.
private func status(of process: pid_t, _ program: String) throws(FileError) -> Int32 {
  var status: Int32 = 0
  while waitpid(process, &status, 0) < 0 {
    guard errno == EINTR else { throw FileError(program, .start) }
  }
  // The low seven bits hold the signal, the next byte the exit status (POSIX wait macros).
  let signal = status & 0x7f
  guard signal == 0 else {
    throw FileError(path: program, reason: .programKilled(signal: signal))
  }
  return status >> 8 & 0xff
}

/// This process' environment as `NAME=value`, with some variables replaced.
private func mergedEnvironment(_ replaced: [String: String]) -> [String] {
  var entries: [String] = []
  var next = environ
  while let entry = next.pointee {
    let text = String(cString: entry)
    let name = text.prefix { $0 != "=" }
    if replaced[String(name)] == nil { entries.append(text) }
    next += 1
  }
  return entries + replaced.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
}

/// Calls a body with a null-terminated array of C strings.
private func withCStrings<Result>(
  _ strings: [String],
  _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
  let pointers = UnsafeMutableBufferPointer<UnsafeMutablePointer<CChar>?>
    .allocate(capacity: strings.count + 1)
  for (i, string) in strings.enumerated() { pointers.initializeElement(at: i, to: strdup(string)) }
  pointers.initializeElement(at: strings.count, to: nil)
  defer {
    for pointer in pointers { free(pointer) }
    pointers.deallocate()
  }
  guard let first = pointers.baseAddress else { preconditionFailure("an array that is not empty") }
  return body(first)
}
