/// What another program left of a run beside its image, which it moved to a template.
public struct PreprocessedFiles: Equatable, Sendable {
  /// The program with its version, such as `fMRIPrep 20.2.0`.
  public let program: String

  /// The name of the space that the image lies in.
  public let space: String

  /// The brain, on the image's grid.
  public let maskPath: String

  /// The table of confounds.
  public let confoundsPath: String

  /// What the columns of that table are, if a file says it.
  public let confoundsDescriptionPath: String?

  /// All of these files.
  public var paths: [String] {
    [maskPath, confoundsPath] + [confoundsDescriptionPath].compactMap(\.self)
  }
}

/// Why a run that another program prepared cannot be taken.
public enum PreprocessedProblem: Equatable, Sendable {
  /// No run lies in a template.
  case noTemplateSpace(existing: [String])

  /// Runs lie in several templates, and which one to take was not said.
  case severalSpaces([String])

  /// A space that belongs to the participant, so that nothing in it has a place in a template.
  case individualSpace(String)

  /// A run is not there in the space that was asked for.
  case notInSpace(String, run: String, existing: [String])

  /// The run is there in several resolutions or versions.
  case severalVersions(run: String, existing: [String])

  /// A file that belongs to a run is not there.
  case missing(String, of: String)

  var sentence: String {
    switch self {
    case .noTemplateSpace(let existing):
      existing.isEmpty
        ? "there is no image called *_space-NAME_*_desc-preproc_bold here; is this the folder that holds "
          + "the sub-* folders of fMRIPrep?"
        : "the runs lie in \(existing.joined(separator: ", ")) alone, which is each participant's own "
          + "space; let fMRIPrep write them to a template, with --output-spaces MNI152NLin2009cAsym"
    case .severalSpaces(let spaces):
      "the runs lie in \(spaces.joined(separator: " and in ")); say which to take, "
        + "as in --space \(spaces.first ?? "")"
    case .individualSpace(let space):
      "\(space) is each participant's own space, in which atlas and group have no place; name a "
        + "template with --space"
    case .notInSpace(let space, let run, let existing):
      "\(run) is not there in \(space), only in \(existing.joined(separator: ", ")); take another "
        + "--space, or let fMRIPrep write it"
    case .severalVersions(let run, let existing):
      "\(run) is there as \(existing.joined(separator: " and as ")); say which to take with "
        + "--space NAME:res-LABEL, or remove the other"
    case .missing(let what, let run):
      "the \(what) of \(run) is not there; let fMRIPrep finish this participant, or leave the run out "
        + "with --run-label"
    }
  }
}
