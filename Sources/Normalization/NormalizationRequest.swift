import FoundationEssentials
public import Imaging
public import Job

/// What the way to the template is to be found from.
public struct NormalizationRequest: Sendable {
  /// How it is found.
  public var method: Normalization.Method

  /// The session's mean EPI, on the native grid.
  public var reference: Volume

  /// The EPI's brain, on the native grid.
  public var mask: Mask

  /// The T1w image's file, for the method `t1w`.
  public var t1wPath: String?

  /// The template, for every method but `none`.
  public var template: Template?

  /// The space of the data, for the method `none`.
  public var space: String?

  /// Whether an image without orientation is taken as stored in RAS+.
  public var assumesRAS: Bool

  /// The number of threads of elastix, on which its result depends.
  public var threads: Int

  /// The folder where results are kept, and looked for.
  public var keptFolder: String

  /// The folder under which scratch files may lie; they are removed afterwards.
  public var workFolder: String

  /// The folders that elastix is looked for in, separated by colons.
  public var searchPath: String

  /// Creates a request.
  ///
  /// - Parameters:
  ///   - method: How the way is found.
  ///   - reference: The session's mean EPI, on the native grid.
  ///   - mask: The EPI's brain, on the native grid.
  ///   - t1wPath: The T1w image's file, for the method `t1w`.
  ///   - template: The template, for every method but `none`.
  ///   - space: The space of the data, for the method `none`.
  ///   - assumesRAS: Whether an image without orientation is taken as stored in RAS+.
  ///   - threads: The number of threads of elastix, on which its result depends.
  ///   - keptFolder: The folder where results are kept, and looked for.
  ///   - workFolder: The folder under which scratch files may lie.
  ///   - searchPath: The folders that elastix is looked for in; `nil` for the environment's `PATH`.
  public init(
    method: Normalization.Method,
    reference: Volume,
    mask: Mask,
    t1wPath: String? = nil,
    template: Template? = nil,
    space: String? = nil,
    assumesRAS: Bool = false,
    threads: Int = 2,
    keptFolder: String,
    workFolder: String,
    searchPath: String? = nil
  ) {
    precondition(threads > 0, "at least one thread")
    self.method = method
    self.reference = reference
    self.mask = mask
    self.t1wPath = t1wPath
    self.template = template
    self.space = space
    self.assumesRAS = assumesRAS
    self.threads = threads
    self.keptFolder = keptFolder
    self.workFolder = workFolder
    self.searchPath = searchPath ?? ProcessInfo.processInfo.environment["PATH"] ?? ""
  }
}
