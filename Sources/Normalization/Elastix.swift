import Files
import FoundationEssentials
import Imaging

/// The programs of the elastix suite, as found on this machine.
struct Elastix {
  /// The path of `elastix`.
  let registration: String

  /// The path of `transformix`.
  let transformation: String

  /// What `elastix --version` says, such as `5.0.1`.
  let version: String

  /// The number of threads, on which the result depends.
  let threads: Int

  /// Finds the programs on a search path and asks for their version.
  ///
  /// - Parameters:
  ///   - searchPath: The folders, separated by colons.
  ///   - threads: The number of threads of every run.
  ///   - folder: A folder for the log of the question.
  /// - Throws: A `NormalizationError` where one is missing or does not run.
  init(searchPath: String, threads: Int, folder: String) throws(NormalizationError) {
    registration = try Self.locate("elastix", searchPath)
    transformation = try Self.locate("transformix", searchPath)
    self.threads = threads
    let (program, log) = (registration, "\(folder)/version.log")
    let text = try wrapped { () throws(FileError) -> String in
      _ = try run(program, arguments: ["--version"], log: log)
      return try readText(log)
    }
    let words = text.split(whereSeparator: \.isWhitespace)
    version = words.last(where: { $0.first?.isNumber == true }).map(String.init) ?? "unknown"
  }

  /// Registers two images and returns the paths of the transforms, one per parameter file.
  ///
  /// - Parameters:
  ///   - step: Which images these are, for errors.
  ///   - fixed: The header of the fixed image.
  ///   - moving: The header of the moving image.
  ///   - parameters: The text of each parameter file, in order.
  ///   - folder: An existing folder for everything that elastix writes.
  /// - Returns: The transform files; the last refers to those before it.
  /// - Throws: A `NormalizationError` where elastix fails or writes no transform.
  func register(
    _ step: RegistrationStep,
    fixed: String,
    moving: String,
    parameters: [String],
    in folder: String
  ) throws(NormalizationError) -> [String] {
    var arguments = ["-f", fixed, "-m", moving]
    for (place, text) in parameters.enumerated() {
      let path = "\(folder)/parameters-\(place).txt"
      try wrapped { () throws(FileError) in try writeAtomically(text, to: path) }
      arguments += ["-p", path]
    }
    arguments += ["-out", folder, "-threads", "\(threads)"]
    try start(registration, step, arguments, log: "\(folder)/console.log")
    let transforms = parameters.indices.map { "\(folder)/TransformParameters.\($0).txt" }
    for path in transforms where !FileManager.default.fileExists(atPath: path) {
      throw .unusableTransform(step: step, defect: .missing)
    }
    return transforms
  }

  /// Returns a transform as the displacement of every voxel of the grid it was found on.
  ///
  /// - Parameters:
  ///   - transform: The transform's file.
  ///   - step: Which images these are, for errors.
  ///   - grid: The grid of the fixed image.
  ///   - folder: An existing folder for everything that transformix writes.
  /// - Returns: Fixed points to moving points, RAS+.
  /// - Throws: A `NormalizationError` where transformix fails or writes no usable field.
  func field(
    of transform: String,
    _ step: RegistrationStep,
    on grid: Grid,
    in folder: String
  ) throws(NormalizationError) -> DisplacementField {
    let arguments = [
      "-tp", transform, "-def", "all", "-out", folder, "-threads", "\(threads)",
    ]
    try start(transformation, step, arguments, log: "\(folder)/console-field.log")
    do throws(NormalizationError.Defect) {
      return try MetaImage.readField("\(folder)/deformationField.mhd", on: grid)
    } catch {
      throw .unusableTransform(step: step, defect: error)
    }
  }

  private func start(
    _ program: String,
    _ step: RegistrationStep,
    _ arguments: [String],
    log: String
  ) throws(NormalizationError) {
    // Threads are fixed by every way that elastix and its libraries look for them.
    let environment = [
      "OMP_NUM_THREADS": "\(threads)", "ITK_GLOBAL_DEFAULT_NUMBER_OF_THREADS": "\(threads)",
    ]
    let status = try wrapped { () throws(FileError) in
      try run(program, arguments: arguments, environment: environment, log: log)
    }
    guard status != 0 else { return }
    throw .programFailed(
      program: program,
      step: step,
      status: status,
      reason: (try? readText(log)).flatMap(failureReason)
    )
  }

  private static func locate(
    _ name: String,
    _ searchPath: String
  ) throws(NormalizationError) -> String {
    for folder in searchPath.split(separator: ":") {
      let path = "\(folder)/\(name)"
      if FileManager.default.isExecutableFile(atPath: path) { return path }
    }
    throw .programMissing(program: name)
  }
}

/// Returns the sentence of a log that says why elastix gave up.
///
/// - Parameter log: The text of the log.
/// - Returns: The last description of an exception, else the last line that speaks of an error, else
///   the last line; `nil` for an empty log.
public func failureReason(in log: String) -> String? {
  let lines = log.split(whereSeparator: \.isNewline)
    .map { $0.drop(while: \.isWhitespace) }
    .filter { !$0.isEmpty }
  if let line = lines.last(where: { $0.hasPrefix("Description: ") }) {
    return String(line.dropFirst("Description: ".count))
  }
  let line = lines.last { $0.lowercased().contains("error") && $0.count > 20 } ?? lines.last
  return line.map(String.init)
}

/// Runs a body and turns its error into this room's.
func wrapped<Result, Failure: Error & CustomStringConvertible>(
  _ body: () throws(Failure) -> Result
) throws(NormalizationError) -> Result {
  do throws(Failure) {
    return try body()
  } catch {
    throw .file(detail: error.description)
  }
}
