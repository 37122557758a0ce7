import BIDS
import Job
import TestData
import Testing

@Suite("Example jobs")
struct ExampleJobsTests {
  @Test("The example can be read, and is written in the form the tool writes")
  func readable() throws {
    let path = SharedData.package + "/jobs/heat-pain_job.json"
    let job = try Job(path: path)
    #expect(job.model.contrasts.map(\.name) == ["heatHigh", "highMinusLow", "rating"])
    #expect(job.model.censoringThreshold == 0.9)
    #expect(job == (try Job(json: job.json, path: path)))
  }
}
