import ArgumentParser

/// Runs what must succeed before anything is done; a failure becomes its sentence and exit code 2.
///
/// - Parameters:
///   - console: Where the sentence goes.
///   - body: The work.
/// - Returns: What the work returns.
/// - Throws: An exit code.
func startingOrExit<Result>(_ console: Console, _ body: () throws -> Result) throws -> Result {
  do {
    return try body()
  } catch let code as ExitCode {
    throw code
  } catch {
    console.complain("\(error)")
    throw ExitCode.nothingDone
  }
}
