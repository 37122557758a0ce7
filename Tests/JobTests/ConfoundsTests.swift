import Job
import Testing

@Suite("Confounds in a job")
struct ConfoundsTests {
  private func job(_ confounds: Confounds, prepared: Bool = true) -> Job {
    var job = Job(dataset: "../study")
    if prepared {
      job.derivatives = Derivatives(folder: "../fmriprep", resolution: "2")
      job.normalization.method = .none
    }
    job.model.confounds = confounds
    return job
  }

  @Test(
    "Every choice is written as a word or as columns, and read back",
    arguments: [
      (Confounds.none, "\"none\""), (.motion6, "\"6p\""), (.motion24, "\"24p\""),
      (.motion24Components(5), "\"24p+acompcor5\""), (.signals36, "\"36p\""),
      (.columns(["trans_*", "csf"]), "\"columns\""),
    ]
  )
  func written(confounds: Confounds, word: String) throws {
    let text = job(confounds).json
    #expect(text.contains(word))
    #expect(try Job(json: text, path: "job.json") == job(confounds))
  }

  @Test(
    "Other words are no preset",
    arguments: ["12p", "24p+acompcor", "24p+acompcor0", "24p+acompcor-1", "36P", ""]
  )
  func unknown(word: String) {
    #expect(Confounds(word: word) == nil)
    let text = job(.motion6).json.replacing("\"6p\"", with: "\"\(word)\"")
    let error = #expect(throws: JobError.self) { try Job(json: text, path: "job.json") }
    #expect(error?.description.contains("model.confounds must be one of none, 6p, 24p") == true)
  }

  @Test("Signals of tissues need prepared runs, and those need no way to the template")
  func impossible() {
    for confounds in [Confounds.signals36, .motion24Components(5)] {
      let text = job(confounds, prepared: false).json
      let error = #expect(throws: JobError.self) { try Job(json: text, path: "job.json") }
      #expect(error?.description.contains("known from derivatives alone") == true)
    }
    var moved = job(.motion6)
    moved.normalization.method = .epi
    let error = #expect(throws: JobError.self) { try Job(json: moved.json, path: "job.json") }
    #expect(error?.description.contains("normalization.method must be none where") == true)
    let empty = job(.columns([]))
    #expect(throws: JobError.self) { try Job(json: empty.json, path: "job.json") }
  }
}
