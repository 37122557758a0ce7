import ArgumentParser
import FoundationEssentials

/// What this machine may use; no result depends on it.
struct MachineOptions: ParsableArguments {
  @Option(
    name: [
      .customLong("n-cpus"), .customLong("n_cpus"), .customLong("nprocs"), .customLong("nthreads"),
    ],
    help: "Threads; all cores where none is given."
  )
  var threads: Int?

  @Option(
    name: [.customLong("work-dir"), .customLong("work_dir"), .customShort("w")],
    help: "A folder for scratch files; a folder inside OUT where none is given."
  )
  var workFolder: String?

  @Flag(
    name: [.customLong("stop-on-first-crash"), .customLong("stop_on_first_crash")],
    help: "Do not go on with the other participants after one failed."
  )
  var stopOnFirstCrash = false

  @Flag(
    name: [.customLong("skip-bids-validation"), .customLong("skip_bids_validation")],
    help: "Accepted for the convention; nocinet checks what it reads, and no more."
  )
  var skipValidation = false

  @Flag(name: [.customLong("quiet"), .customShort("q")], help: "Say only what went wrong.")
  var quiet = false

  @Flag(name: [.customLong("verbose"), .customShort("v")], help: "Say each step as it begins.")
  var verbose = false

  /// Where words go.
  var console: Console { Console(verbosity: quiet ? .quiet : verbose ? .verbose : .usual) }

  /// The number of threads to use.
  var threadCount: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }

  func validate() throws {
    if let threads, threads < 1 {
      throw ValidationError("--n-cpus must be 1 or more, not \(threads)")
    }
    if quiet, verbose { throw ValidationError("--quiet and --verbose exclude each other") }
  }
}
