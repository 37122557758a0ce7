/// A way to the template that could not be found, and why.
public enum NormalizationError: Error, Equatable, Sendable {
  /// What is wrong with a transform that a registration returned.
  public enum Defect: Error, Equatable, Sendable {
    /// The file that should hold it is not there.
    case missing

    /// Its file does not hold what it should.
    case unreadable(detail: String)

    /// It holds numbers that are not finite.
    case notFinite

    /// It flattens, mirrors or blows up space: volumes are multiplied by `factor`.
    case degenerate(factor: Double)
  }

  /// The method needs a T1-weighted image and the session has none.
  case t1wMissing

  /// No template was found; `space` is the one that was asked for, if any.
  case templateMissing(space: String?)

  /// A template's file does not exist.
  case templateFileMissing(path: String)

  /// The space of a template's file is neither in its name nor stated.
  case templateSpaceUnknown(path: String)

  /// The space in the name of a template's file is not the one that was stated.
  case templateSpaceContradiction(path: String, named: String, stated: String)

  /// The data are said to be in template space, but not in which.
  case spaceMissing

  /// A program of the elastix suite is not installed.
  case programMissing(program: String)

  /// A program of the elastix suite gave up.
  case programFailed(program: String, step: RegistrationStep, status: Int32, reason: String?)

  /// A registration returned a transform that cannot be used.
  case unusableTransform(step: RegistrationStep, defect: Defect)

  /// The two images do not overlap after registration.
  case emptyOverlap(step: RegistrationStep)

  /// An image or file could not be read or written; `detail` is the whole sentence.
  case file(detail: String)
}

extension NormalizationError: CustomStringConvertible {
  /// What happened and what to try, in one sentence.
  public var description: String {
    switch self {
    case .t1wMissing:
      "there is no T1w image to find the way to the template with; try --normalization epi (mean "
        + "EPI straight to the template) or none (data already in template space)"
    case .templateMissing(let space?):
      "no template of the space \(space) was found; name one with --template FILE, or set "
        + "TEMPLATEFLOW_HOME or FSLDIR"
    case .templateMissing(nil):
      "no template was found; name one with --template FILE, set TEMPLATEFLOW_HOME or FSLDIR, or "
        + "install mricron-data"
    case .templateFileMissing(let path):
      "\(path): there is no such template file; check --template"
    case .templateSpaceUnknown(let path):
      "\(path): the space of this template is not known; state it with --space, or name the file "
        + "tpl-SPACE_..."
    case .templateSpaceContradiction(let path, let named, let stated):
      "\(path): its name says the space \(named), but --space says \(stated); correct one of them"
    case .spaceMissing:
      "--normalization none needs the name of the space that the data are in; state it with --space"
    case .programMissing(let program):
      "\(program) is not installed or not on the PATH; install elastix, or use --normalization "
        + "none for data already in template space"
    case .programFailed(let program, let step, let status, let reason):
      "\(program) failed on the registration of \(step.words) with exit status \(status)"
        + (reason.map { " (\($0))" } ?? "")
        + "; check that both images show the same head, or try another --normalization"
    case .unusableTransform(let step, let defect):
      "the registration of \(step.words) returned a transform that \(defect.words); check that "
        + "both images show the same head and carry the right orientation"
    case .emptyOverlap(let step):
      "the registration of \(step.words) left no overlap between the two images; check the "
        + "orientation and the field of view of both"
    case .file(let detail):
      detail
    }
  }
}

extension NormalizationError.Defect {
  /// The defect as the end of "a transform that ...".
  fileprivate var words: String {
    switch self {
    case .missing: "was never written"
    case .unreadable(let detail): "cannot be read (\(detail))"
    case .notFinite: "holds numbers that are not finite"
    case .degenerate(let factor): "is degenerate (it multiplies volumes by \(factor))"
    }
  }
}
