/// What measurements need to know of the place they run in.
struct BenchmarkSetting {
  /// The built program.
  let nocinet: String

  /// nilearn, where it could be installed.
  let nilearn: NilearnPeer?

  /// Its fit alone.
  let nilearnKernel: NilearnKernel?
}
