public import Atlas
public import BIDS
public import Files
public import NIfTI

/// A cohort that could not be made, or whose truth could not be read, and why.
public enum DemoError: Error, Equatable, Sendable {
  /// Something is at the place already, and is not overwritten.
  case alreadyThere(path: String)

  /// A number of the request is impossible.
  case impossible(what: String, value: Int)

  /// A region of the atlas is no sphere, so nothing can be drawn around it.
  case regionIsNoSphere(name: String)

  /// A cell of the truth's table is no number.
  case notANumber(path: String, line: Int)

  /// A file cannot be read or written.
  case file(FileError)

  /// An image cannot be written.
  case image(NIfTIError)

  /// The built-in atlas cannot be used.
  case atlas(AtlasError)

  /// The truth's table cannot be read.
  case table(BIDSError)
}

extension DemoError: CustomStringConvertible {
  /// One sentence for the person who ran the command.
  public var description: String {
    switch self {
    case .alreadyThere(let path):
      "\(path): there is something here already; name a folder that does not exist"
    case .impossible(let what, let value): "\(what) cannot be \(value); give at least 1"
    case .regionIsNoSphere(let name): "the region \(name) is no sphere; choose an atlas of spheres"
    case .notANumber(let path, let line):
      "\(path):\(line): the effect is no number; make the cohort again"
    case .file(let error): error.description
    case .image(let error): error.description
    case .atlas(let error): error.description
    case .table(let error): error.description
    }
  }
}
