/// What a BIDS file name says about its content: which participant, session, task, run, ...
///
/// Labels are kept without their prefix; the prefixes exist only in ``name``.
public struct Entities: Hashable, Sendable {
  /// The label of every entity that is present.
  private var labels: [Entity: String]

  /// Creates the entities of one file or run.
  ///
  /// - Parameters:
  ///   - subject: The participant's label, with or without `sub-`.
  ///   - session: The session's label, with or without `ses-`.
  ///   - task: The task's label, with or without `task-`.
  ///   - acquisition: The label of the acquisition, with or without `acq-`.
  ///   - run: The run's label, with or without `run-`.
  ///   - space: The name of the space the image lies in.
  ///   - resolution: The label of the resolution.
  ///   - description: The label of the processing, as in `desc-preproc`.
  public init(
    subject: String,
    session: String? = nil,
    task: String? = nil,
    acquisition: String? = nil,
    run: String? = nil,
    space: String? = nil,
    resolution: String? = nil,
    description: String? = nil
  ) {
    labels = [:]
    self.subject = subject
    self.session = session
    self.task = task
    self.acquisition = acquisition
    self.run = run
    self.space = space
    self.resolution = resolution
    self.description = description
  }

  /// Reads the entities of a file name, or returns `nil` where it is no BIDS file name of a participant.
  ///
  /// - Parameter fileName: A file name, without folders, such as `sub-01_task-pain_bold.nii.gz`.
  public init?(fileName: String) {
    guard let name = FileName(fileName), name.entities[.subject] != nil else { return nil }
    self = name.entities
  }

  /// Wraps labels that were read from a file name, where even the subject may be absent.
  init(labels: [Entity: String]) {
    self.labels = labels
  }

  /// The label of one entity, without its prefix, or `nil` where it is absent.
  public subscript(entity: Entity) -> String? {
    get { labels[entity] }
    set { labels[entity] = newValue.map(entity.bareLabel) }
  }

  /// The entities in the form of a file name: `sub-01_ses-2_task-pain_run-1`.
  public var name: String {
    Entity.allCases
      .compactMap { entity in labels[entity].map { "\(entity.rawValue)-\($0)" } }
      .joined(separator: "_")
  }

  /// Returns these entities without some of them.
  ///
  /// - Parameter left: The entities to leave out.
  /// - Returns: What remains.
  public func without(_ left: Entity...) -> Entities {
    Entities(labels: labels.filter { !left.contains($0.key) })
  }

  /// Whether every entity present here is present in another set with the same label.
  ///
  /// That is the rule by which a sidecar or an events file applies to an image.
  ///
  /// - Parameter other: The entities of the image.
  /// - Returns: `true` where this file applies to that image.
  public func apply(to other: Entities) -> Bool {
    labels.allSatisfy { other.labels[$0.key] == $0.value }
  }

  /// The number of entities that are present.
  public var count: Int { labels.count }
}

extension Entities {
  /// The participant's label, without `sub-`; empty where the file belongs to no participant.
  public var subject: String {
    get { self[.subject] ?? "" }
    set { self[.subject] = newValue }
  }

  /// The session's label, without `ses-`.
  public var session: String? {
    get { self[.session] }
    set { self[.session] = newValue }
  }

  /// The task's label, without `task-`.
  public var task: String? {
    get { self[.task] }
    set { self[.task] = newValue }
  }

  /// The acquisition's label, without `acq-`.
  public var acquisition: String? {
    get { self[.acquisition] }
    set { self[.acquisition] = newValue }
  }

  /// The run's label, without `run-`, with the zeros it is padded with.
  public var run: String? {
    get { self[.run] }
    set { self[.run] = newValue }
  }

  /// The echo's label, without `echo-`.
  public var echo: String? {
    get { self[.echo] }
    set { self[.echo] = newValue }
  }

  /// The name of the space the image lies in, without `space-`.
  public var space: String? {
    get { self[.space] }
    set { self[.space] = newValue }
  }

  /// The label of the resolution, without `res-`.
  public var resolution: String? {
    get { self[.resolution] }
    set { self[.resolution] = newValue }
  }

  /// The label of the processing, without `desc-`.
  public var description: String? {
    get { self[.description] }
    set { self[.description] = newValue }
  }
}

extension Entities: Comparable {
  /// Whether one set of entities stands before another.
  ///
  /// Entities are compared in the order of ``Entity``; an absent one stands first; digits within
  /// labels are compared as numbers, so that run 2 stands before run 10.
  public static func < (left: Entities, right: Entities) -> Bool {
    for entity in Entity.allCases where left.labels[entity] != right.labels[entity] {
      guard let first = left.labels[entity] else { return true }
      guard let second = right.labels[entity] else { return false }
      return labelPrecedes(first, second)
    }
    return false
  }
}
