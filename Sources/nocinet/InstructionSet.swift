import ArgumentParser
import CInstructionSet
import FoundationEssentials

/// The instruction set that the kernels run at, which `NOCINET_ISA` may lower.
enum InstructionSet {
  /// The word that is recorded: `v4`, `v3` or `baseline`.
  static var inUse: String { String(cString: cis_name_of(cis_level_in_use())) }

  /// Refuses a word in the environment that names no instruction set.
  ///
  /// - Throws: One sentence with the words that are known.
  static func validate() throws {
    guard let word = ProcessInfo.processInfo.environment["NOCINET_ISA"] else { return }
    guard cis_level_named(word) < 0 else { return }
    throw ValidationError(
      "NOCINET_ISA must be v4, v3 or baseline, not '\(word)'; unset it for the best that this "
        + "processor has"
    )
  }
}
