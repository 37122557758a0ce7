import FoundationEssentials
public import Job

/// The image that coordinates and atlases refer to.
public struct Template: Equatable, Sendable {
  /// Its file, with the skull.
  public let path: String

  /// The name of its space, such as `MNI152NLin6Asym`.
  public let space: String

  /// The file of its brain mask: above 0 inside; `nil` where none lies beside the template.
  public let brainMaskPath: String?

  /// Creates a template.
  ///
  /// - Parameters:
  ///   - path: Its file, with the skull.
  ///   - space: The name of its space.
  ///   - brainMaskPath: The file of its brain mask, above 0 inside.
  public init(path: String, space: String, brainMaskPath: String?) {
    self.path = path
    self.space = space
    self.brainMaskPath = brainMaskPath
  }
}

/// The folder of Debian's mricron-data, where a template of last resort lies.
public let mricronTemplates = "/usr/share/mricron/templates"

/// Finds the template: the stated file, else `$TEMPLATEFLOW_HOME`, else `$FSLDIR/data/standard`,
/// else Colin27 of mricron-data.
///
/// - Parameters:
///   - request: What was asked: a file, a space, or neither.
///   - environment: The environment's variables.
///   - lastResort: The folder of mricron-data's templates.
/// - Returns: The template, and what a report must say about the choice, if anything.
/// - Throws: A `NormalizationError` where none is found, or the space of a stated file is not known.
public func findTemplate(
  request: Normalization,
  environment: [String: String],
  lastResort: String = mricronTemplates
) throws(NormalizationError) -> (template: Template, notice: String?) {
  if let path = request.template {
    return (try statedTemplate(path, space: request.space), nil)
  }
  let candidates =
    templateFlowCandidates(environment["TEMPLATEFLOW_HOME"])
    + fslCandidates(environment["FSLDIR"])
    + [(path: "\(lastResort)/ch2.nii.gz", space: colinSpace)]
  let wanted = candidates.filter { request.space == nil || $0.space == request.space }
  guard let found = wanted.first(where: { isFile($0.path) }) else {
    throw .templateMissing(space: request.space)
  }
  let template = Template(
    path: found.path,
    space: found.space,
    brainMaskPath: brainMask(beside: found.path)
  )
  guard found.space == colinSpace else { return (template, nil) }
  return (template, colinNotice)
}

/// The space of the brain of one person that mricron-data brings.
private let colinSpace = "MNIColin27"

private let colinNotice =
  "no MNI152 template was found, so Colin27 (\(colinSpace), the brain of one person) is the "
  + "template; atlases of MNI152 do not fit it exactly"

private func statedTemplate(
  _ path: String,
  space stated: String?
) throws(NormalizationError) -> Template {
  guard isFile(path) else { throw .templateFileMissing(path: path) }
  let named = spaceName(inFileName: lastComponent(of: path))
  if let named, let stated, named != stated {
    throw .templateSpaceContradiction(path: path, named: named, stated: stated)
  }
  guard let space = named ?? stated else { throw .templateSpaceUnknown(path: path) }
  return Template(path: path, space: space, brainMaskPath: brainMask(beside: path))
}

/// Returns the space that a file's name tells: its `tpl-` or `space-` entity, or a name that is
/// known by itself (FSL's standard images, mricron's Colin27).
///
/// - Parameter name: The file's name, without its folder.
/// - Returns: The name of the space, or `nil` where the name does not tell.
public func spaceName(inFileName name: String) -> String? {
  let stem = name.prefix { $0 != "." }
  for part in stem.split(separator: "_") {
    for key in ["tpl-", "space-"] where part.hasPrefix(key) && part.count > key.count {
      return String(part.dropFirst(key.count))
    }
  }
  switch stem {
  case "MNI152_T1_2mm", "MNI152_T1_1mm", "MNI152_T1_0.5mm": return "MNI152NLin6Asym"
  case "ch2": return colinSpace
  default: return nil
  }
}

private func templateFlowCandidates(_ home: String?) -> [(path: String, space: String)] {
  guard let home, !home.isEmpty else { return [] }
  return ["MNI152NLin6Asym", "MNI152NLin2009cAsym"].flatMap { space in
    ["02", "2", "01", "1"].flatMap { resolution in
      ["\(home)/tpl-\(space)", home].map { folder in
        (path: "\(folder)/tpl-\(space)_res-\(resolution)_T1w.nii.gz", space: space)
      }
    }
  }
}

private func fslCandidates(_ home: String?) -> [(path: String, space: String)] {
  guard let home, !home.isEmpty else { return [] }
  return [("\(home)/data/standard/MNI152_T1_2mm.nii.gz", "MNI152NLin6Asym")]
}

extension Template {
  /// Returns the map of a tissue's probability that lies beside the template, named as TemplateFlow
  /// names it.
  ///
  /// - Parameter tissue: The tissue's label, such as `WM` or `CSF`.
  /// - Returns: The file's path; `nil` where there is none.
  public func tissuePath(_ tissue: String) -> String? {
    for ending in ["_T1w.nii.gz", "_T1w.nii"] where path.hasSuffix(ending) {
      let stem = path.dropLast(ending.count)
      let file = "\(stem)_label-\(tissue)_probseg\(ending.dropFirst("_T1w".count))"
      return isFile(file) ? file : nil
    }
    return nil
  }
}

/// Returns the brain mask that lies beside a template, by the three ways such files are named.
private func brainMask(beside path: String) -> String? {
  let suffix = path.hasSuffix(".gz") ? ".nii.gz" : ".nii"
  guard path.hasSuffix(suffix) else { return nil }
  let stem = String(path.dropLast(suffix.count))
  var candidates = ["\(stem)_brain_mask\(suffix)"]
  if stem.hasSuffix("_T1w") {
    candidates.append("\(stem.dropLast("_T1w".count))_desc-brain_mask\(suffix)")
  }
  if lastComponent(of: stem) == "ch2" { candidates.append("\(stem)bet\(suffix)") }
  return candidates.first(where: isFile)
}

private func lastComponent(of path: String) -> String {
  path.split(separator: "/").last.map(String.init) ?? path
}

private func isFile(_ path: String) -> Bool {
  FileManager.default.fileExists(atPath: path)
}
