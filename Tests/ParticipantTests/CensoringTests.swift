import BIDS
import Demo
import Job
import Participant
import Realignment
import TestData
import Testing

@Suite("Censoring")
struct CensoringTests {
  @Test("A volume is left out where the displacement that the table shows exceeds the threshold")
  func judgedAsWritten() throws {
    let folder = try SharedData.temporaryFolder()
    var cohort = DemoRequest(folder: folder)
    cohort.participantsPerGroup = 1
    try makeDemoCohort(cohort)
    var job = Job(dataset: cohort.datasetFolder)
    job.normalization.method = .none
    job.normalization.space = "MNI152NLin6Asym"
    let whole = try displacements(job, folder)
    // Between two neighbouring values, so that the least difference in a definition shows.
    let sorted = whole.shown.sorted()
    for place in [sorted.count * 9 / 10, sorted.count * 19 / 20, sorted.count - 3] {
      let threshold = 0.5 * (sorted[place] + sorted[place + 1])
      job.model.censoringThreshold = threshold
      let run = try displacements(job, folder)
      #expect(run.kept == run.shown.indices.filter { run.shown[$0] <= threshold })
    }
  }

  private func displacements(
    _ job: Job,
    _ folder: String
  ) throws -> (shown: [Double], kept: [Int]) {
    let result = try analyze(
      ParticipantRequest(
        job: job,
        dataset: try Dataset(root: job.dataset),
        participant: "01",
        outputFolder: folder + "/out",
        workFolder: folder + "/work",
        threads: 2
      )
    )
    let run = try #require(result.sessions.first?.runs.first)
    return (try #require(run.confounds["framewise_displacement"]), run.keptVolumes)
  }
}
