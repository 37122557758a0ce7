/// What measurements need to know of the place they run in.
struct BenchmarkSetting {
  /// The built program.
  let nocinet: String

  /// nilearn, where it could be installed.
  let nilearn: NilearnPeer?

  /// Its fit alone.
  let nilearnKernel: NilearnKernel?

  /// The folder of the simulated runs that tests read, where it is known.
  let simulations: String?

  /// A folder of further runs with known motion, where one was named.
  let phantoms: String?
}
