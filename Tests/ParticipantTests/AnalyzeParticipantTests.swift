import Atlas
import BIDS
import FoundationEssentials
import Job
import Participant
import TestStudies
import Testing

@Suite("One participant")
struct AnalyzeParticipantTests {
  /// Analyses the first participant of a study, in template space.
  private func analyze(
    _ study: SmallStudy,
    in folder: String,
    _ change: (inout Job) -> Void = { _ in }
  ) throws -> ParticipantResult {
    if !FileManager.default.fileExists(atPath: folder + "/study") {
      try study.write(to: folder + "/study")
    }
    var job = Job(dataset: folder + "/study")
    job.normalization.method = .none
    job.normalization.space = "MNI152NLin6Asym"
    change(&job)
    return try Participant.analyze(
      ParticipantRequest(
        job: job,
        dataset: try Dataset(root: folder + "/study"),
        participant: "01",
        outputFolder: folder + "/out",
        workFolder: folder + "/work",
        threads: 2
      )
    )
  }

  @Test(
    "Each region finds the response that was drawn in it; left stays left however it is stored",
    arguments: [false, true]
  )
  func truth(isStoredToTheRight: Bool) throws {
    var study = SmallStudy()
    study.isStoredToTheRight = isStoredToTheRight
    let folder = try ScratchFolder()
    let session = try #require(try analyze(study, in: folder.path).sessions.first)
    let rows = try #require(session.regionRows.first)
    let drawn = [
      ("dorsal_posterior_insula_L", "heat_high", 2.0),
      ("dorsal_posterior_insula_R", "heat_high", 1),
      ("dorsal_posterior_insula_L", "heat_low", 0.5),
      ("dorsal_posterior_insula_R", "heat_low", 0.25),
      ("S1_hand_L", "heat_high", 0), ("S1_hand_R", "heat_low", 0),
    ]
    for (region, contrast, truth) in drawn {
      let row = try #require(rows.first { $0.region == region && $0.contrast == contrast })
      let (effect, error) = (try #require(row.effect), try #require(row.standardError))
      // Four standard errors hold all but one in 16 000 of such estimates.
      #expect(abs(effect - truth) < 4 * error + 0.01, "\(region) \(contrast): \(effect) ± \(error)")
      // 60 volumes less 2 conditions, 6 motion columns, 1 drift and the constant.
      #expect(row.degreesOfFreedom == 50)
    }
  }

  @Test("Runs of a session lie on one grid; a task has its runs' rows and one over them")
  func runs() throws {
    var study = SmallStudy()
    study.runs = 2
    let folder = try ScratchFolder()
    let session = try #require(try analyze(study, in: folder.path).sessions.first)
    #expect(session.runs.count == 2 && session.tasks.count == 1)
    #expect(session.tasks.first?.runs == [0, 1])
    let rows = try #require(session.regionRows.first)
    let insula = rows.filter {
      $0.region == "dorsal_posterior_insula_L" && $0.contrast == "heat_high"
    }
    #expect(insula.map(\.run) == ["1", "2", nil])
    // Precision weights (statistics of fixed effects): the weighted mean, and errors that add up.
    let weights = insula.prefix(2).compactMap { $0.standardError.map { 1 / ($0 * $0) } }
    let effects = insula.prefix(2).compactMap(\.effect)
    try #require(weights.count == 2 && effects.count == 2)
    let sum = weights[0] + weights[1]
    let mean = (weights[0] * effects[0] + weights[1] * effects[1]) / sum
    let combined = try #require(insula.last)
    #expect(abs(try #require(combined.effect) - mean) < 1e-9)
    #expect(abs(try #require(combined.standardError) - (1 / sum).squareRoot()) < 1e-9)
    #expect(combined.degreesOfFreedom == 100)
  }

  @Test("The results do not depend on the number of threads")
  func threads() throws {
    let folder = try ScratchFolder()
    try SmallStudy().write(to: folder.path + "/study")
    var tables: [[[String]]] = []
    for threads in [1, 3] {
      var job = Job(dataset: folder.path + "/study")
      job.normalization.method = .none
      job.normalization.space = "MNI152NLin6Asym"
      let result = try Participant.analyze(
        ParticipantRequest(
          job: job,
          dataset: try Dataset(root: folder.path + "/study"),
          participant: "01",
          outputFolder: folder.path + "/out",
          workFolder: folder.path + "/work",
          threads: threads
        )
      )
      tables.append(
        result.sessions.flatMap(\.regionRows).map { $0.map { "\($0)" } }
      )
      let out = folder.path + "/out-\(threads)"
      #expect(try writeResults(result, to: out) == paths(below: out))
    }
    #expect(tables[0] == tables[1])
    #expect(
      try digests(below: folder.path + "/out-1") == digests(below: folder.path + "/out-3")
    )
  }

  @Test("What was read is listed relative to the dataset")
  func inputs() throws {
    let folder = try ScratchFolder()
    let result = try analyze(SmallStudy(), in: folder.path)
    let stem = "sub-01/func/sub-01_task-heat_"
    #expect(result.inputs == ["bold.json", "bold.nii.gz", "events.tsv"].map { stem + $0 })
  }

  @Test("Censoring leaves the regressors of a condition enough, or refuses")
  func censoring() throws {
    let folder = try ScratchFolder()
    #expect(throws: (any Error).self) {
      try analyze(SmallStudy(), in: folder.path) { $0.model.censoringThreshold = 1e-9 }
    }
    let all = try analyze(SmallStudy(), in: folder.path) { $0.model.censoringThreshold = 5 }
    #expect(all.sessions.first?.runs.first?.keptVolumes == Array(0..<60))
    let later = try analyze(SmallStudy(), in: folder.path) { $0.preprocessing.dummyScans = 4 }
    #expect(later.sessions.first?.runs.first?.keptVolumes == Array(4..<60))
  }
}
