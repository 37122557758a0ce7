import Atlas
import BIDS
import Cohort
import Job
import Statistics
import Testing

@Suite("Refused comparisons")
struct RefusalTests {
  private func refusal(_ change: (inout CohortRequest) -> Void) throws -> CohortError? {
    var request = try CohortFixture.request(
      CohortFixture.rows(CohortFixture.fm, CohortFixture.hc)
    )
    change(&request)
    return #expect(throws: CohortError.self) { try compareGroups(request) }
  }

  @Test("A column or level that does not exist is named with those that do")
  func unknown() throws {
    let column = try refusal { $0.comparison.column = "diagnosis" }
    #expect(column?.description.contains("there is group") == true)
    let level = try refusal { $0.comparison.second = "CRPS" }
    #expect(level?.description.contains("nobody has CRPS") == true)
    #expect(level?.description.contains("FM, HC") == true)
  }

  @Test("A group of one is refused")
  func small() throws {
    let error = try refusal {
      $0.rows.removeAll { $0.participantID.hasPrefix("h") && $0.participantID != "h1" }
    }
    #expect(error == .groupTooSmall("HC", count: 1))
  }

  @Test("A participant whose table was given twice is refused")
  func twice() throws {
    let error = try refusal { $0.rows.append($0.rows[3]) }
    #expect(error == .duplicateRow(participant: "f4", region: "aMCC", contrast: "pain"))
  }

  @Test("Rows of different spaces, units or weights are not compared")
  func mixed() throws {
    let space = try refusal { $0.rows[2].space = "MNIColin27" }
    #expect(
      space == .mixed("space", contrast: "pain", values: ["MNI152NLin2009cAsym", "MNIColin27"])
    )
    #expect(try refusal { $0.rows[2].unit = "a.u." }?.description.contains("unit") == true)
    #expect(try refusal { $0.rows[2].weightSum = 2 }?.description.contains("weight sum") == true)
  }

  @Test("Covariates and an interval of too few resamples are refused, not passed over")
  func unsupported() throws {
    #expect(try refusal { $0.comparison.covariates = ["age"] } == .covariates(["age"]))
    #expect(try refusal { $0.resampleCount = 10 } == .statistics(.noResamples))
  }

  @Test("Tables without any effect are refused")
  func empty() throws {
    #expect(try refusal { $0.rows = [] } == .noEffects)
  }
}
