/// The results of fMRIPrep: which runs there are, in which spaces, and what lies beside them.
public struct PreprocessedDataset: Sendable {
  /// The folder, as the user gave it.
  public let folder: String

  /// The program with its version, as the dataset says it.
  public let program: String

  /// What was noticed, in sentences.
  public let notes: [String]

  private let dataset: Dataset

  /// Spaces that belong to a participant or a run, not to a template.
  private static let individualSpaces: Set = [
    "T1w", "T2w", "func", "bold", "boldref", "individual", "scanner", "orig", "anat",
  ]

  /// Indexes the results of fMRIPrep.
  ///
  /// - Parameter folder: The folder that holds the `sub-*` folders.
  /// - Throws: ``BIDSError`` where it cannot be listed, holds no participant, or its description is no
  ///   JSON.
  public init(folder: String) throws(BIDSError) {
    dataset = try Dataset(root: folder)
    self.folder = dataset.root
    let generators = try dataset.generators()
    let own = generators.first { $0.lowercased().hasPrefix("fmriprep") }
    program = own ?? generators.first ?? "fMRIPrep"
    notes =
      own == nil
      ? [
        "\(folder): the dataset's description does not name fMRIPrep; its files are taken to be laid out "
          + "as fMRIPrep's are"
      ] : []
  }

  /// Returns the template space that all results are to lie in.
  ///
  /// - Parameter asked: The space that was asked for, if any.
  /// - Returns: That space, or the only one there is.
  /// - Throws: ``BIDSError`` where it is none of a template, no run lies in it, or several could be meant.
  public func templateSpace(_ asked: String?) throws(BIDSError) -> String {
    let names = Set(dataset.preprocessedImages.compactMap(\.name.entities.space))
    let spaces = names.filter { !Self.isIndividual($0) }.sorted()
    if let asked {
      guard !Self.isIndividual(asked) else { throw refusal(.individualSpace(asked)) }
      guard spaces.contains(asked) else {
        throw BIDSError(
          path: folder,
          reason: .unknown(.space, label: asked, existing: spaces.map { "space-\($0)" })
        )
      }
      return asked
    }
    guard let only = spaces.first else {
      throw refusal(.noTemplateSpace(existing: names.sorted()))
    }
    guard spaces.count == 1 else { throw refusal(.severalSpaces(spaces)) }
    return only
  }

  private static func isIndividual(_ space: String) -> Bool {
    individualSpaces.contains(space) || space.hasPrefix("fs")
  }

  private func refusal(_ problem: PreprocessedProblem) -> BIDSError {
    BIDSError(path: folder, reason: .preprocessed(problem))
  }
}

/// Which prepared runs of a participant are wanted.
public struct PreprocessedSelection: Sendable {
  /// The participant's label, with or without `sub-`.
  public let participant: String

  /// The template's space.
  public let space: String

  /// The label of the resolution, without `res-`; `nil` where there is only one.
  public let resolution: String?

  /// Which runs, by session, task and run label; an empty list takes all.
  public let labels: [(entity: Entity, wanted: [String])]

  /// Selects runs.
  ///
  /// - Parameters:
  ///   - participant: The participant's label, with or without `sub-`.
  ///   - space: The template's space.
  ///   - resolution: The label of the resolution, without `res-`.
  ///   - sessions: Session labels, with or without `ses-`.
  ///   - tasks: Task labels, with or without `task-`.
  ///   - runs: Run labels, with or without `run-` and zeros in front.
  public init(
    participant: String,
    space: String,
    resolution: String? = nil,
    sessions: [String] = [],
    tasks: [String] = [],
    runs: [String] = []
  ) {
    (self.participant, self.space, self.resolution) = (participant, space, resolution)
    labels = [(.session, sessions), (.task, tasks), (.run, runs)]
  }
}

extension PreprocessedDataset {
  /// Returns the runs of a participant that are wanted, sorted, with the events of the raw dataset.
  ///
  /// - Parameters:
  ///   - selection: Which runs.
  ///   - raw: The dataset that holds the events.
  /// - Returns: At least one run.
  /// - Throws: ``BIDSError`` where there is none, one is not there in the space or in several versions, or
  ///   its mask or its confounds are not there.
  public func runs(
    _ selection: PreprocessedSelection,
    eventsFrom raw: Dataset
  ) throws(BIDSError) -> [Run] {
    let label = try dataset.participants([selection.participant])[0]
    var (found, existing): ([Run], [String]) = ([], [])
    for inheritance in dataset.inheritances(of: label) {
      let images = inheritance.preprocessedImages
      let byRun = Dictionary(grouping: images) { $0.name.entities.ofRun }
      existing += byRun.keys.sorted().map { $0.without(.subject).name }
      for (entities, versions) in byRun where selection.takes(entities) {
        let image = try chosen(selection, of: versions, run: entities)
        var run = Run(
          entities: entities,
          imagePath: image.path,
          image: ImageState(of: image.path),
          eventsPath: raw.eventsPath(of: entities),
          sidecar: try Sidecar(merging: inheritance.sidecars(of: image.name))
        )
        run.preprocessed = try files(beside: image, run: entities, in: inheritance, selection.space)
        found.append(run)
      }
    }
    guard !found.isEmpty else {
      throw BIDSError(path: folder, reason: .noRuns(participant: label, existing: existing))
    }
    return found.sorted { $0.entities < $1.entities }
  }

  /// The one image of a run in the wanted space and resolution.
  private func chosen(
    _ selection: PreprocessedSelection,
    of versions: [NamedFile],
    run: Entities
  ) throws(BIDSError) -> NamedFile {
    let inSpace = versions.filter { file in
      file.name.entities.space == selection.space
        && (selection.resolution == nil || file.name.entities.resolution == selection.resolution)
    }
    guard let image = inSpace.first else {
      let wanted = selection.space + (selection.resolution.map { ":res-\($0)" } ?? "")
      let existing = Set(versions.map(\.name.entities.spaceName)).sorted()
      throw refusal(.notInSpace(wanted, run: run.name, existing: existing))
    }
    guard inSpace.count == 1 else {
      let names = inSpace.map { "\($0.name.entities.spaceName) (\($0.name.fileExtension))" }
      throw refusal(.severalVersions(run: run.name, existing: names.sorted()))
    }
    return image
  }

  private func files(
    beside image: NamedFile,
    run: Entities,
    in inheritance: Inheritance,
    _ space: String
  ) throws(BIDSError) -> PreprocessedFiles {
    let there = inheritance.levels.last ?? []
    let folder = String(
      image.path.prefix(upTo: image.path.lastIndex(of: "/") ?? image.path.endIndex)
    )
    var brain = image.name.entities
    brain.description = "brain"
    guard
      let mask = there.first(where: {
        $0.name.suffix == "mask" && $0.name.isImage && $0.name.entities == brain
      })
    else {
      throw BIDSError(
        path: "\(folder)/\(brain.name)_mask.nii.gz",
        reason: .preprocessed(.missing("brain mask", of: run.name))
      )
    }
    var table = run
    table.description = "confounds"
    // Until version 20.2 the suffix was `regressors`.
    let tables = there.filter {
      ["timeseries", "regressors"].contains($0.name.suffix) && $0.name.entities == table
    }
    guard let confounds = tables.first(where: { $0.name.fileExtension == ".tsv" }) else {
      throw BIDSError(
        path: "\(folder)/\(table.name)_timeseries.tsv",
        reason: .preprocessed(.missing("table of confounds", of: run.name))
      )
    }
    return PreprocessedFiles(
      program: program,
      space: space,
      maskPath: mask.path,
      confoundsPath: confounds.path,
      confoundsDescriptionPath: tables.first { $0.name.fileExtension == ".json" }?.path
    )
  }
}

extension PreprocessedSelection {
  /// Whether a run is wanted.
  fileprivate func takes(_ run: Entities) -> Bool {
    labels.allSatisfy { entity, wanted in
      wanted.isEmpty
        || (run[entity].map { label in wanted.contains { means($0, label, entity) } }
          ?? false)
    }
  }
}

extension Dataset {
  /// The images that fMRIPrep calls preprocessed.
  fileprivate var preprocessedImages: [NamedFile] {
    participants.flatMap { inheritances(of: $0).flatMap(\.preprocessedImages) }
  }

  /// The programs that the dataset says it was made by, with their versions.
  fileprivate func generators() throws(BIDSError) -> [String] {
    guard
      let description = try Folder(ifPresent: root)?.files.first(where: {
        $0 == "dataset_description.json"
      })
    else { return [] }
    let members = try readObject(root + "/" + description)
    var listed: [JSONValue] = []
    if case .array(let generators) = members["GeneratedBy"] { listed = generators }
    // Until BIDS 1.4 there was one program, called the pipeline.
    if let pipeline = members["PipelineDescription"] { listed.append(pipeline) }
    return listed.compactMap { generator in
      guard case .object(let generator) = generator, case .string(let name) = generator["Name"]
      else { return nil }
      guard case .string(let version) = generator["Version"] else { return name }
      return "\(name) \(version)"
    }
  }

  /// The events of a run that a derivative names, whose run label may have lost the zeros in front.
  fileprivate func eventsPath(of run: Entities) -> String? {
    guard
      let inheritance = inheritances(of: run.subject).first(where: { $0.session == run.session })
    else { return nil }
    let named = (inheritance.levels.last ?? []).map { $0.name.entities.without(.echo, .part) }
    let twin = named.first { $0.isSameRun(as: run) } ?? run
    return FileName("\(twin.name)_bold.nii.gz").flatMap(inheritance.events)
  }
}

extension Inheritance {
  /// The session's images that fMRIPrep calls preprocessed; single echoes are not among them.
  fileprivate var preprocessedImages: [NamedFile] {
    (levels.last ?? []).filter { file in
      let entities = file.name.entities
      return file.name.suffix == "bold" && file.name.isImage && entities.description == "preproc"
        && entities.echo == nil
    }
  }
}

extension Entities {
  /// The entities that tell a run from others, without those of how it was prepared.
  fileprivate var ofRun: Entities {
    without(.space, .cohort, .resolution, .density, .description)
  }

  /// The space with cohort and resolution, as `MNI152NLin2009cAsym:res-2`.
  fileprivate var spaceName: String {
    (space ?? "the run's own space") + (resolution.map { ":res-\($0)" } ?? "")
  }

  /// Whether these are the entities of a run, its label's zeros aside.
  fileprivate func isSameRun(as other: Entities) -> Bool {
    guard without(.run) == other.without(.run) else { return false }
    guard let own = run, let theirs = other.run else { return run == other.run }
    return own == theirs || (Int(own) != nil && Int(own) == Int(theirs))
  }
}
