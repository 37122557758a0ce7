public import Files
public import NIfTI

/// An atlas that cannot be used, and why.
public struct AtlasError: Error, Equatable, Sendable {
  /// What is wrong.
  public enum Reason: Equatable, Sendable {
    /// There is neither a built-in atlas nor a file of this name.
    case unknownName(builtIn: [String])

    /// A file cannot be read.
    case file(FileError)

    /// The image cannot be read.
    case image(NIfTIError)

    /// Nothing says which template space the file is in.
    case unknownSpace

    /// A space was stated for an atlas that states its own.
    case spaceGivenTwice(own: String, given: String)

    /// The atlas lies in a space that is not the template's.
    case otherSpace(atlas: String, template: String)

    /// The image has no voxel above 0.
    case noRegion

    /// A table lacks a column.
    case missingColumn(String)

    /// A line of a table or list cannot be understood.
    case line(Int, problem: String)

    /// A label or a name stands twice in a table.
    case twice(String, line: Int)

    /// A file of names in JSON or XML cannot be understood.
    case names(problem: String)

    /// A list of names is shorter than the image's labels.
    case tooFewNames(count: Int, highestLabel: Int)

    /// Two spheres share space.
    case overlap(String, String)

    /// Two atlases would give files the same label.
    case sameFileLabel(other: String)
  }

  /// The atlas or the file, as it was given.
  public let path: String

  /// What is wrong.
  public let reason: Reason

  /// Creates an error.
  ///
  /// - Parameters:
  ///   - path: The atlas or the file, as it was given.
  ///   - reason: What is wrong.
  public init(path: String, reason: Reason) {
    self.path = path
    self.reason = reason
  }
}

extension AtlasError: CustomStringConvertible {
  /// One sentence for the person who ran the command.
  public var description: String {
    switch reason {
    case .file(let error): error.description
    case .image(let error): "\(error)"
    case .line(let line, let problem): "\(path):\(line): \(problem)"
    case .twice(let what, let line):
      "\(path):\(line): \(what) stands here a second time; give every region its own"
    default: "\(path): \(sentence)"
    }
  }

  private var sentence: String {
    switch reason {
    case .unknownName(let names):
      "there is no such file and no built-in atlas of this name; built in: "
        + names.joined(separator: ", ")
    case .unknownSpace:
      "nothing says which template space this atlas is in; add :space=NAME, such as "
        + "\(path):space=MNI152NLin2009cAsym"
    case .spaceGivenTwice(let own, let given):
      "this atlas is in \(own) and cannot be read as \(given); leave :space= away"
    case .otherSpace(let atlas, let template):
      "the atlas is in \(atlas) but the template in \(template), which are different brains; "
        + "choose an atlas in \(template), or accept it with --allow-space-mismatch"
    case .noRegion: "this image has no label above 0; is it a label image?"
    case .missingColumn(let name): "the table has no column '\(name)'; add it to the first line"
    case .names(let problem): "the names cannot be read: \(problem)"
    case .tooFewNames(let count, let highest):
      "the list has \(count) names but the image has label \(highest), so the order of the lines "
        + "cannot be the label; write the label before each name"
    case .overlap(let one, let other):
      "the spheres \(one) and \(other) share space; make a radius smaller or move one"
    case .sameFileLabel(let other):
      "its results would be written into the same files as those of \(other); rename one file"
    default: "\(reason)"
    }
  }
}
