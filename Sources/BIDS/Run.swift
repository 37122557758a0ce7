/// One functional run: its image and what is known about it.
public struct Run: Equatable, Sendable {
  /// One of several images of a run that was acquired at several echo times.
  public struct Echo: Equatable, Sendable {
    /// The echo's label, without `echo-`.
    public let label: String

    /// The image.
    public let imagePath: String

    /// Whether something can be read there.
    public let image: ImageState

    /// The echo time, in s.
    public let echoTime: Double?
  }

  /// Which run it is, without the echo where there are several.
  public let entities: Entities

  /// The image; of several echoes the one whose echo time is nearest to 30 ms.
  public let imagePath: String

  /// Whether something can be read there.
  public let image: ImageState

  /// The events that apply, if there are any.
  public let eventsPath: String?

  /// What the JSON files say about the image.
  public let sidecar: Sidecar

  /// All echoes, sorted by label; empty where the run has one only.
  public let echoes: [Echo]

  /// What was noticed about this run, in sentences.
  public let notes: [String]

  /// What another program left beside the image, where it prepared it.
  public var preprocessed: PreprocessedFiles?

  /// Whether the run was acquired at several echo times, of which one is taken.
  public var hasSeveralEchoes: Bool { !echoes.isEmpty }

  /// Creates a run.
  ///
  /// - Parameters:
  ///   - entities: Which run it is.
  ///   - imagePath: The image.
  ///   - image: Whether something can be read there.
  ///   - eventsPath: The events that apply.
  ///   - sidecar: What the JSON files say about the image.
  ///   - echoes: All echoes, where there are several.
  ///   - notes: What was noticed.
  public init(
    entities: Entities,
    imagePath: String,
    image: ImageState = .present,
    eventsPath: String? = nil,
    sidecar: Sidecar = Sidecar(),
    echoes: [Echo] = [],
    notes: [String] = []
  ) {
    self.entities = entities
    self.imagePath = imagePath
    self.image = image
    self.eventsPath = eventsPath
    self.sidecar = sidecar
    self.echoes = echoes
    self.notes = notes
  }
}
