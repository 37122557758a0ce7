import Job
import Testing

@Suite("Comparisons")
struct ComparisonTests {
  @Test(
    "A comparison is read and written in the same form",
    arguments: [
      ("group:FM-HC", "group", "FM", "HC"),
      ("group:\"pre-op\"-\"post-op\"", "group", "pre-op", "post-op"),
      ("\"a:b\":\"x\"\"y\"-z", "a:b", "x\"y", "z"),
      ("dx:Schmerz groß-gesund", "dx", "Schmerz groß", "gesund"),
    ]
  )
  func forms(text: String, column: String, first: String, second: String) throws {
    let comparison = try Comparison(text)
    #expect(comparison == Comparison(column: column, first: first, second: second))
    #expect(comparison.text == text)
  }

  @Test("White space around names and single quotes are accepted")
  func tolerance() throws {
    #expect(try Comparison(" group : FM - HC ").text == "group:FM-HC")
    #expect(try Comparison("group:'pre-op'-HC").first == "pre-op")
  }

  @Test(
    "What cannot be read has its own reason",
    arguments: [
      ("", ComparisonError.Reason.missing(":")), ("group", .missing(":")),
      ("group:FM", .missing("-")), ("group:-HC", .emptyName), ("group:FM-", .emptyName),
      (":FM-HC", .emptyName), ("group:pre-op-post-op", .ambiguous("-")),
      ("group:FM-HC:x", .ambiguous(":")), ("group:\"FM-HC", .openQuote),
      ("group:\"FM\"x-HC", .afterQuote("x-HC")), ("group:FM-FM", .sameLevel("FM")),
    ]
  )
  func refusals(text: String, reason: ComparisonError.Reason) {
    let error = #expect(throws: ComparisonError.self) { try Comparison(text) }
    #expect(error?.reason == reason)
  }

  @Test("A covariate that is the compared column, or doubled, is refused")
  func covariates() throws {
    #expect(try Comparison("g:a-b", covariates: ["age", "sex"]).covariates == ["age", "sex"])
    #expect(throws: ComparisonError.self) { try Comparison("g:a-b", covariates: ["g"]) }
    #expect(throws: ComparisonError.self) { try Comparison("g:a-b", covariates: ["age", "age"]) }
  }
}
