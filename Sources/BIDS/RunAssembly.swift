// From the files of a session to its runs.
extension Inheritance {
  /// The runs whose BOLD images lie in the session's folder, sorted.
  func runs() throws(BIDSError) -> [Run] {
    let images = functional.filter { $0.name.suffix == "bold" && $0.name.isImage }
    // The phase of the signal is stored beside its magnitude under the same name; it is no run.
    let magnitudes = images.filter { $0.name.entities[.part].map { $0 == "mag" } ?? true }
    return try assemble(magnitudes)
  }

  /// The runs that have events or a sidecar in the session's folder but no image at all, sorted.
  func runsWithoutImage(besides runs: [Run]) throws(BIDSError) -> [Run] {
    let known = runs.map(\.entities)
    var found: [Entities: NamedFile] = [:]
    for file in functional {
      let isEvents = file.name.suffix == "events" && file.name.fileExtension == ".tsv"
      let isSidecar = file.name.suffix == "bold" && file.name.fileExtension == ".json"
      let entities = file.name.entities.without(.echo, .part)
      guard isEvents || isSidecar, entities.task != nil else { continue }
      guard !known.contains(where: entities.apply) else { continue }
      found[entities] = file
    }
    var result: [Run] = []
    for (entities, file) in found {
      let folder = file.path.dropLast(file.path.split(separator: "/").last?.count ?? 0)
      guard let image = NamedFile(path: "\(folder)\(entities.name)_bold.nii.gz") else { continue }
      result.append(try run(of: image, state: .absent))
    }
    return result.sorted { $0.entities < $1.entities }
  }

  private var functional: [NamedFile] { levels.last ?? [] }

  private func assemble(_ images: [NamedFile]) throws(BIDSError) -> [Run] {
    let byRun = Dictionary(grouping: images) { $0.name.entities.without(.echo, .part) }
    var runs: [Run] = []
    for (entities, files) in byRun {
      let byEcho = Dictionary(grouping: files) { $0.name.entities.echo }
      var echoes: [Run] = []
      for (_, copies) in byEcho { echoes.append(try preferred(copies)) }
      echoes.sort { $0.entities < $1.entities }
      guard let first = echoes.first else { continue }
      runs.append(echoes.count == 1 ? first : combined(echoes, as: entities, from: first))
    }
    return runs.sorted { $0.entities < $1.entities }
  }

  /// One run of an image that may be stored twice, compressed and not.
  private func preferred(_ copies: [NamedFile]) throws(BIDSError) -> Run {
    let sorted = copies.sorted { $0.path.count > $1.path.count }
    var notes: [String] = []
    if sorted.count > 1 {
      notes.append("\(sorted[0].path): the run is stored more than once; this file is read")
    }
    return try run(of: sorted[0], state: ImageState(of: sorted[0].path), notes: notes)
  }

  private func run(
    of file: NamedFile,
    state: ImageState,
    notes: [String] = []
  ) throws(BIDSError) -> Run {
    Run(
      entities: file.name.entities,
      imagePath: file.path,
      image: state,
      eventsPath: events(of: file.name),
      sidecar: try Sidecar(merging: sidecars(of: file.name)),
      notes: notes
    )
  }

  private func combined(_ echoes: [Run], as entities: Entities, from first: Run) -> Run {
    // Echo times of 30 ms carry the most BOLD contrast at 3 T.
    let chosen =
      echoes.filter { $0.sidecar.echoTime != nil }
      .min { distance($0) < distance($1) } ?? (echoes.count > 1 ? echoes[1] : first)
    let label = chosen.entities.echo ?? "?"
    return Run(
      entities: entities,
      imagePath: chosen.imagePath,
      image: chosen.image,
      eventsPath: chosen.eventsPath,
      sidecar: chosen.sidecar,
      echoes: echoes.map { echo in
        Run.Echo(
          label: echo.entities.echo ?? "",
          imagePath: echo.imagePath,
          image: echo.image,
          echoTime: echo.sidecar.echoTime
        )
      },
      notes: echoes.flatMap(\.notes) + [
        """
        \(chosen.imagePath): the run has \(echoes.count) echoes, which are not combined; \
        echo \(label) is read
        """
      ]
    )
  }

  private func distance(_ run: Run) -> Double {
    abs((run.sidecar.echoTime ?? .infinity) - 0.030)
  }
}
