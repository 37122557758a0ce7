import Files
import FoundationEssentials
import Glibc
import Imaging
import NIfTI

/// Runs the registrations of one request, or takes them from what an earlier call kept.
struct Registrar {
  /// A rigid registration.
  struct Rigid {
    let affine: Affine
    let record: KeptRegistration
    let isReused: Bool
    var digest: String { record.digest }
  }

  /// A registration with the template.
  struct Warped {
    let warp: Warp
    let record: KeptRegistration
    let isReused: Bool
    var digest: String { record.digest }
    var version: String { record.elastix }
  }

  private let request: NormalizationRequest
  private let scratch: String
  private let elastix: Result<Elastix, NormalizationError>

  /// Prepares the folders and looks for elastix; that it is missing matters only once it is needed.
  ///
  /// - Parameter request: The request.
  /// - Throws: A `NormalizationError` where a folder cannot be made.
  init(_ request: NormalizationRequest) throws(NormalizationError) {
    self.request = request
    let scratch = "\(request.workFolder)/registration-\(getpid())-\(UUID().uuidString)"
    try wrapped { () throws(FileError) in
      try makeFolder(request.keptFolder)
      try makeFolder(scratch)
    }
    self.scratch = scratch
    elastix = Result { () throws(NormalizationError) in
      try Elastix(searchPath: request.searchPath, threads: request.threads, folder: scratch)
    }
  }

  /// Removes everything elastix left behind.
  func removeScratch() {
    try? FileManager.default.removeItem(atPath: scratch)
  }

  /// The program, for a report.
  func words(_ version: String) -> String {
    "elastix \(version) (Mattes mutual information, adaptive stochastic gradient descent, "
      + "\(request.threads) threads, seed \(ElastixParameters.seed))"
  }

  /// Registers the mean EPI with the T1w image.
  ///
  /// - Parameters:
  ///   - reference: The mean EPI.
  ///   - mask: Its brain, where the check looks.
  ///   - anatomy: The T1w image.
  /// - Returns: EPI points to T1w points, with the record.
  /// - Throws: A `NormalizationError`.
  func rigid(
    _ reference: Volume,
    mask: Mask,
    to anatomy: Anatomy
  ) throws(NormalizationError) -> Rigid {
    let parameters = RegistrationStart.allCases.map { ElastixParameters.rigid(from: $0) }
    let key = key(.epiToT1w, fixed: reference.digest, moving: anatomy.digest, parameters)
    if let kept = kept(.epiToT1w, key), let affine = Affine(numbers: kept.affine) {
      return Rigid(affine: affine, record: kept, isReused: true)
    }
    let elastix = try elastix.get()
    let moving = try anatomy.volume()
    let start = RegistrationStart.best(fixed: reference, moving: moving, threads: request.threads)
    let transforms = try run(
      elastix,
      .epiToT1w,
      fixed: reference,
      moving: moving,
      [ElastixParameters.rigid(from: start)]
    )
    let affine = try linear(transforms[0], .epiToT1w)
    let shared = try Shared(
      of: reference,
      and: moving,
      in: mask,
      by: .affine(affine),
      step: .epiToT1w,
      threads: request.threads
    )
    var record = record(.epiToT1w, key, elastix, start, shared)
    record.affine = affine.numbers
    try record.write(to: request.keptFolder)
    return Rigid(affine: affine, record: record, isReused: false)
  }

  /// Registers the template with an image of a head.
  ///
  /// - Parameters:
  ///   - step: Which image it is.
  ///   - template: The template.
  ///   - digest: The digest of the image.
  ///   - load: Reads the image, when it is needed.
  /// - Returns: The warp, with the record.
  /// - Throws: A `NormalizationError`.
  func warp(
    _ step: RegistrationStep,
    from template: LoadedTemplate,
    digest: String,
    load: () throws(NormalizationError) -> Volume
  ) throws(NormalizationError) -> Warped {
    let parameters =
      RegistrationStart.allCases.map { ElastixParameters.affine(from: $0) }
      + [ElastixParameters.spline]
    let key = key(step, fixed: template.digest, moving: digest, parameters)
    if let kept = kept(step, key), let warp = warp(of: kept) {
      return Warped(warp: warp, record: kept, isReused: true)
    }
    let elastix = try elastix.get()
    let (grid, moving) = (template.volume.grid, try load())
    let start = RegistrationStart.best(
      fixed: template.volume,
      moving: moving,
      threads: request.threads
    )
    let transforms = try run(
      elastix,
      step,
      fixed: template.volume,
      moving: moving,
      [ElastixParameters.affine(from: start), ElastixParameters.spline]
    )
    _ = try linear(transforms[0], step)
    let forward = try elastix.field(of: transforms[1], step, on: grid, in: folder(of: step))
    guard let inverse = invertedField(forward, threads: request.threads) else {
      throw .unusableTransform(step: step, defect: .degenerate(factor: 0))
    }
    let warp = Warp(forward: forward, inverse: inverse)
    let shared = try Shared(
      of: template.volume,
      and: moving,
      in: template.region,
      by: .field(forward),
      step: step,
      threads: request.threads
    )
    var record = record(step, key, elastix, start, shared)
    record.quality = WarpQuality(of: warp, in: template.region)
    try record.keep(forward, in: request.keptFolder)
    try record.write(to: request.keptFolder)
    return Warped(warp: warp, record: record, isReused: false)
  }
}

extension Registrar {
  private func folder(of step: RegistrationStep) -> String { "\(scratch)/\(step.rawValue)" }

  private func run(
    _ elastix: Elastix,
    _ step: RegistrationStep,
    fixed: Volume,
    moving: Volume,
    _ parameters: [String]
  ) throws(NormalizationError) -> [String] {
    let folder = folder(of: step)
    try wrapped { () throws(FileError) in try makeFolder(folder) }
    return try elastix.register(
      step,
      fixed: try MetaImage.write(fixed, named: "fixed", in: folder),
      moving: try MetaImage.write(moving, named: "moving", in: folder),
      parameters: parameters,
      in: folder
    )
  }

  private func linear(
    _ path: String,
    _ step: RegistrationStep
  ) throws(NormalizationError) -> Affine {
    let text = try wrapped { () throws(FileError) in try readText(path) }
    do throws(NormalizationError.Defect) {
      return try LinearTransformFile.affine(in: text)
    } catch {
      throw .unusableTransform(step: step, defect: error)
    }
  }

  private func key(
    _ step: RegistrationStep,
    fixed: String,
    moving: String,
    _ parameters: [String]
  ) -> String {
    let lines = [step.rawValue, fixed, moving, "threads \(request.threads)"] + parameters
    return sha256(Array(lines.joined(separator: "\n").utf8))
  }

  private func kept(_ step: RegistrationStep, _ key: String) -> KeptRegistration? {
    let version = (try? elastix.get())?.version
    return KeptRegistration.load(step, key: key, version: version, in: request.keptFolder)
  }

  private func warp(of kept: KeptRegistration) -> Warp? {
    guard kept.quality != nil, let forward = kept.field(in: request.keptFolder),
      let inverse = invertedField(forward, threads: request.threads)
    else { return nil }
    return Warp(forward: forward, inverse: inverse)
  }

  private func record(
    _ step: RegistrationStep,
    _ key: String,
    _ elastix: Elastix,
    _ start: RegistrationStart,
    _ shared: Shared
  ) -> KeptRegistration {
    KeptRegistration(
      step: step,
      key: key,
      digest: KeptRegistration.digest(key: key, version: elastix.version),
      elastix: elastix.version,
      threads: elastix.threads,
      start: "\(start)",
      mutualInformation: shared.here,
      mutualInformationBeside: shared.beside
    )
  }
}
