import BIDS
import Design

/// An error of one run that does not itself say which run.
struct RunError: Error, CustomStringConvertible {
  /// The run's image, or its events where they are at fault.
  let path: String

  /// What went wrong.
  let reason: any Error

  /// One sentence for the person who ran the command.
  var description: String { "\(path): \(reason)" }
}

/// Does a step of one run; an error that names none of its files gets the one that it is about.
///
/// - Parameters:
///   - run: The run.
///   - step: What is done.
/// - Returns: What the step returns.
/// - Throws: The step's error, with a file's name.
func naming<Result>(_ run: Run, _ step: () throws -> Result) throws -> Result {
  do {
    return try step()
  } catch let error as RunError {
    throw error
  } catch {
    let words = "\(error)"
    let named = [run.imagePath, run.eventsPath].compactMap(\.self) + run.sidecar.sources
    guard !named.contains(where: words.contains) else { throw error }
    let isOfDesign = error is DesignError
    throw RunError(path: (isOfDesign ? run.eventsPath : nil) ?? run.imagePath, reason: error)
  }
}
