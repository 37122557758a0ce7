import BIDS
import Testing

@Suite("Tables of participants")
struct PhenotypeTests {
  private func table(_ text: String, _ path: String = "t.csv") throws -> Table {
    try Table(text: text, path: path)
  }

  @Test("Participants are found with and without their prefix; empty rows are nobody's")
  func prefix() throws {
    let people = try Phenotype(
      table("participant_id\tgroup\nsub-01\tFM\n02\tNegativo - SUPRIMIR\nsub-03\tn/a\nn/a\tNA\n")
    )
    #expect(people.participants == ["01", "02", "03"])
    #expect(people.value(of: "group", for: "sub-01") == "FM")
    #expect(people.value(of: "group", for: "sub-02") == "Negativo - SUPRIMIR")
    #expect(people.value(of: "group", for: "03") == nil)
    #expect(people.contains("03"))
    #expect(!people.contains("04"))
  }

  @Test("A participant listed twice is refused with both lines")
  func doubled() throws {
    let table = try table("participant_id\tgroup\nsub-01\tFM\nsub-02\tHC\n01\tHC\n", "t.tsv")
    let reason = BIDSError.Reason.duplicateParticipant("01", lines: [2, 4])
    #expect(throws: BIDSError(path: "t.tsv", reason: reason)) { try Phenotype(table) }
  }

  @Test(
    "The column of the labels is found by its name, then by what it holds",
    arguments: [
      ("Subject ID,age\n01,40\n", [], "Subject ID"),
      ("age;Proband\n40;sub-01\n", ["01"], "Proband"),
      ("id,subject,age\n7,01,40\n", ["01"], "subject"), ("SUB,id2\n01,3\n", [], "SUB"),
    ] as [(String, [String], String)]
  )
  func labels(text: String, known: [String], column: String) throws {
    let people = try Phenotype(table(text), known: known)
    #expect(people.participants == ["01"])
    #expect(!people.columns.contains(column))
    #expect(people.notes == ["t.csv: the column \(column) was taken for the participants' labels"])
  }

  @Test("A column that could be any is not guessed; it is named")
  func ambiguous() throws {
    let text = "id,subject,age\n01,02,40\n"
    let several = BIDSError.Reason.noIDColumn(
      candidates: ["id", "subject"],
      columns: ["id", "subject", "age"]
    )
    #expect(throws: BIDSError(path: "t.csv", reason: several)) {
      try Phenotype(table(text), known: ["01", "02"])
    }
    #expect(try Phenotype(table(text), idColumn: "subject").participants == ["02"])
    let none = BIDSError.Reason.noIDColumn(candidates: [], columns: ["age", "sex"])
    #expect(throws: BIDSError(path: "t.csv", reason: none)) {
      try Phenotype(table("age,sex\n40,f\n"), known: ["01"])
    }
    #expect(throws: BIDSError.self) { try Phenotype(table(text), idColumn: "label") }
  }

  @Test("Tables are joined; what two say alike is one thing, numbers as numbers")
  func joined() throws {
    let first = try Phenotype(table("participant_id\tage\tsex\nsub-01\t40\tf\nsub-02\tn/a\tm\n"))
    let second = try Phenotype(table("participant_id,age,score\n01,40.0,3\n02,51,NA\n03,30,5\n"))
    let people = try Phenotype(joining: [first, second])
    #expect(people.participants == ["01", "02", "03"])
    #expect(people.columns == ["age", "sex", "score"])
    #expect(try ["01", "02", "03"].map { try people.number(of: "age", for: $0) } == [40, 51, 30])
    #expect(
      people.value(of: "sex", for: "03") == nil && people.value(of: "score", for: "02") == nil
    )
  }

  @Test("What two say differently is refused with both places")
  func conflict() throws {
    let first = try Phenotype(table("participant_id\tage\nsub-01\t40\n", "participants.tsv"))
    let second = try Phenotype(table("participant_id,age\n01,41\n", "cohort.csv"))
    let error = #expect(throws: BIDSError.self) { try Phenotype(joining: [first, second]) }
    #expect(
      error?.description == """
        cohort.csv:2: age of sub-01 is "41" but participants.tsv:2 says "40"; correct one of them, \
        or rename the column where they mean different things
        """
    )
  }

  @Test("Columns have kinds; a decimal comma is no number, and is said")
  func kinds() throws {
    let people = try Phenotype(
      table("participant_id;group;age;dose\n01;chronic pain;40;1,5\n02;no pain;NaN;2\n")
    )
    #expect(people.kind(of: "age") == .numbers)
    #expect(people.kind(of: "group") == .levels(["chronic pain", "no pain"]))
    #expect(people.kind(of: "dose") == .levels(["1,5", "2"]))
    #expect(people.kind(of: "weight") == nil)
    let reason = BIDSError.Reason.badCell(
      line: 2,
      column: "dose",
      text: "1,5",
      expected: "a number, with a point for decimals"
    )
    #expect(throws: BIDSError(path: "t.csv", reason: reason)) {
      try people.number(of: "dose", for: "01")
    }
  }

  @Test("Labels whose zeros a spreadsheet dropped are not matched but named")
  func zeros() throws {
    let people = try Phenotype(table("id,age\n1,40\n2,50\n"), known: ["01", "02"])
    #expect(people.notes.last?.contains("2 of 2 rows are of nobody in the dataset: 1, 2") == true)
    #expect(
      people.notes.last?.hasSuffix("did a spreadsheet drop the zeros in front, as of 01?") == true
    )
    #expect(!people.contains("01"))
  }

  @Test("Sides are read as people write them; nothing else is taken for one")
  func sides() throws {
    let people = try Phenotype(
      table("participant_id,affected_side\n01,L\n02,Right\n03,bilateral\n04,n/a\n05,yes\n")
    )
    let column = "affected_side"
    #expect(try people.side(in: column, of: "01") == .left)
    #expect(try people.side(in: column, of: "02") == .right)
    #expect(try people.side(in: column, of: "03") == .both)
    #expect(try people.side(in: column, of: "04") == nil)
    let error = #expect(throws: BIDSError.self) { try people.side(in: column, of: "05") }
    let words = "t.csv:6: affected_side is \"yes\" where left, right or both was expected"
    #expect(error?.description == words)
  }
}
