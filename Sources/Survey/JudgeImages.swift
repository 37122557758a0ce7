import BIDS
import Job

// What is there beside events: images, what they are of, and who they are of.
extension WholeDataset {
  /// Says that a derived dataset has no events of its own.
  mutating func judgeKind() {
    guard dataset.isDerivative else { return }
    findings.append(
      Finding(
        .note,
        "derivative",
        "this dataset was derived from another; events belong to that one, so give the raw dataset, "
          + "with --derivatives and this folder"
      )
    )
  }

  /// Says once that there are no images, or where single ones are missing.
  mutating func judgeImages(_ isMetadataOnly: Bool) {
    if isMetadataOnly {
      let names = Set(runs.map(\.image)).map(\.words).sorted().joined(separator: ", ")
      let inferred = runs.contains { $0.lengthSource == .clock || $0.lengthSource == .onsets }
      findings.append(
        Finding(
          .note,
          "metadataOnly",
          "metadata only: the images are \(names), so their headers, sizes and voxels are not judged"
            + (inferred ? "; run lengths are inferred from the onsets" : "")
        )
      )
      return
    }
    for participant in participants.indices {
      for run in participants[participant].runs.indices {
        let survey = participants[participant].runs[run]
        guard survey.image != .present else { continue }
        let isModelled = survey.hasEvents
        let isListed = survey.image != .absent
        participants[participant].runs[run].findings.append(
          Finding(
            isModelled && isListed ? .blocker : .warning,
            "image",
            isListed
              ? "the image is \(survey.image.singular); fetch it, or leave the run out with --run-label"
              : "there are files of this run but no image, so it would be left out"
          )
        )
      }
    }
  }

  /// Says who has no T1w where one is needed.
  mutating func judgeAnatomy(_ isMetadataOnly: Bool) {
    guard job.normalization.method == .t1w else { return }
    let hasT1w = participants.map { dataset.namesT1w(of: $0.participant) }
    // Published without images and without their sidecars: nothing can be told.
    if isMetadataOnly, !hasT1w.contains(true) { return }
    for place in participants.indices where participants[place].runs.contains(where: \.hasEvents) {
      let path = dataset.t1wPath(of: participants[place].participant, session: nil)
      let state = path.map(ImageState.init(of:))
      let isMissing = isMetadataOnly ? !hasT1w[place] : path == nil
      let isUnusable = !isMetadataOnly && path != nil && state != .present
      guard isMissing || isUnusable else { continue }
      participants[place].findings.append(
        Finding(
          .blocker,
          "noT1w",
          (isMissing ? "there is no T1w image" : "the T1w image cannot be read")
            + " to find the template by; use --normalization none if the data are in template space "
            + "already, or --normalization epi to go straight there"
        )
      )
    }
  }

  /// Compares the table of participants with the folders.
  mutating func judgePhenotype() {
    let table: Phenotype?
    do throws(BIDSError) {
      table = try dataset.phenotype()
    } catch {
      findings.append(Finding(.warning, "phenotype", words: "\(error)", root: dataset.root))
      return
    }
    guard let table else {
      findings.append(
        Finding(
          .note,
          "phenotype",
          "there is no participants.tsv, so a comparison of groups needs --phenotype"
        )
      )
      return
    }
    for place in participants.indices where !table.contains(participants[place].participant) {
      participants[place].findings.append(
        Finding(.warning, "phenotype", "participants.tsv has no row for this participant")
      )
    }
    guard job.selection.participants.isEmpty else { return }
    let here = Set(dataset.participants)
    let absent = table.participants.filter { !here.contains($0) }
    guard !absent.isEmpty else { return }
    let names = absent.prefix(3).map { "sub-\($0)" }.joined(separator: ", ")
    findings.append(
      Finding(
        .note,
        "phenotype",
        "participants.tsv names \(absent.count) participants who have no folder, such as \(names)"
      )
    )
  }

  /// Says which images no step uses.
  mutating func judgeUnusedImages() {
    for kind in UnusedImages.allCases {
      for place in participants.indices where participants[place].unusedImages[kind.rawValue] != nil
      {
        participants[place].findings.append(Finding(.note, kind.rawValue, kind.sentence))
      }
    }
  }
}

extension RunSurvey.Image {
  /// What is there in place of one image.
  fileprivate var singular: String {
    switch self {
    case .headerOnly: "a header without voxels"
    case .brokenLink: "a link that leads nowhere"
    default: words
    }
  }

  /// What is there in the image's place.
  fileprivate var words: String {
    switch self {
    case .present: "there"
    case .headerOnly: "headers without voxels"
    case .empty: "empty"
    case .brokenLink: "links that lead nowhere"
    case .absent: "not there"
    }
  }
}
