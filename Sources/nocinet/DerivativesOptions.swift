import ArgumentParser
import Job

/// Runs that another program prepared.
struct DerivativesOptions: ParsableArguments {
  @Option(
    name: [.long, .customShort("d")],
    help: """
      fmriprep=DIR: take the runs, masks and confounds of fMRIPrep in place of the dataset's images; \
      --space names their template where there are several, NAME:res-LABEL its resolution.
      """
  )
  var derivatives: DerivativesArgument?
}

/// `PROGRAM=DIR` as an argument.
struct DerivativesArgument: ExpressibleByArgument {
  let program: Derivatives.Program
  let folder: String

  init?(argument: String) {
    guard let equals = argument.firstIndex(of: "="),
      let program = Derivatives.Program(rawValue: argument[..<equals].lowercased())
    else { return nil }
    self.program = program
    folder = String(argument[argument.index(after: equals)...])
    guard !folder.isEmpty else { return nil }
  }

  /// The runs in the job's words.
  ///
  /// - Parameter space: A space, or a space with its resolution as `NAME:res-LABEL`.
  /// - Returns: The runs.
  func derivatives(in space: SpaceArgument?) -> Derivatives {
    Derivatives(program: program, folder: absolutePath(folder), resolution: space?.resolution)
  }
}

/// A space as an argument: `NAME`, or `NAME:res-LABEL`.
struct SpaceArgument: ExpressibleByArgument {
  let name: String
  let resolution: String?

  init?(argument: String) {
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
    guard let name = parts.first, !name.isEmpty, parts.count <= 2 else { return nil }
    self.name = String(name).without(prefix: "space-")
    guard let rest = parts.dropFirst().first else {
      resolution = nil
      return
    }
    guard rest.hasPrefix("res-"), rest.count > 4 else { return nil }
    resolution = String(rest.dropFirst(4))
  }
}
