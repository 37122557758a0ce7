import ArgumentParser

extension ExitCode {
  /// Some participants failed; the others are complete and each failure is named.
  static let someFailed = ExitCode(1)

  /// Something is in the way of an analysis.
  static let blocked = ExitCode(1)

  /// Nothing could be started, or no participant succeeded.
  static let nothingDone = ExitCode(2)

  /// Another run is writing into the same place.
  static let inUse = ExitCode(75)
}
