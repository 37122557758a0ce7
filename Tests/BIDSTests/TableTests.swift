import BIDS
import Testing

@Suite("Tables")
struct TableTests {
  private func table(_ text: String, _ separator: Table.Separator = .automatic) throws -> Table {
    try Table(text: text, path: "t.tsv", separator: separator)
  }

  @Test(
    "A byte order mark, either line end and a missing last one make no difference",
    arguments: [
      "a\tb\n1\tn/a\n\t2\n", "\u{FEFF}a\tb\r\n1\tn/a\r\n\t2", "a\tb\r1\tn/a\r\t2\r",
      "a\tb\n1\tn/a\n\t2\n\n\n",
    ]
  )
  func lineEnds(text: String) throws {
    let table = try table(text)
    #expect(table.columns == ["a", "b"])
    #expect(table.rows == [["1", "n/a"], ["", "2"]])
    #expect(table.lineNumbers == [2, 3])
    #expect(table.column("b") == ["n/a", "2"])
    #expect(table.column("c") == nil)
  }

  @Test("Commas and semicolons are found, and quotes protect them")
  func quotes() throws {
    let text = "id,note\n1,\"a, \"\"b\"\"\nc\"\n2,d\n"
    #expect(try table(text).rows == [["1", "a, \"b\"\nc"], ["2", "d"]])
    #expect(try table(text).lineNumbers == [2, 4])
    #expect(try table("a;b\n1;2,5\n").rows == [["1", "2,5"]])
    #expect(try table("a\tb\n\"x\ty\n").rows == [["\"x", "y"]])
  }

  @Test("An empty line between rows is passed over and still counted")
  func emptyLines() throws {
    #expect(try table("a\tb\n\n1\t2\n").lineNumbers == [3])
  }

  @Test(
    "What is no table has its reason",
    arguments: [
      ("", BIDSError.Reason.emptyTable), ("\n\n", .emptyTable),
      ("onset duration\n1 2\n", .spacesForTabs),
      ("a\tb\n1\t2\n3\n", .ragged(line: 3, cells: 1, columns: 2)),
      ("a\tb\n1\t2\t\n", .ragged(line: 2, cells: 3, columns: 2)),
      ("a,b\n1,\"2\n", .openQuote(line: 2)),
    ]
  )
  func refusals(text: String, reason: BIDSError.Reason) {
    #expect(throws: BIDSError(path: "t.tsv", reason: reason)) { try table(text) }
  }

  @Test("Equal columns of one name are made one, others are told apart, both are said")
  func duplicates() throws {
    let equal = try table("a\tb\ta\n1\t2\t1\n")
    #expect(equal.columns == ["a", "b"])
    #expect(equal.rows == [["1", "2"]])
    #expect(equal.notes.count == 1)

    let different = try table("a\tb\ta\n1\t2\t3\n")
    #expect(different.columns == ["a [column 1]", "b", "a [column 3]"])
    #expect(different.notes.first?.contains("columns 1 and 3 are both named a") == true)
  }

  @Test(
    "Only plain decimal numbers are numbers",
    arguments: [
      ("1", 1.0), ("-0.5", -0.5), ("1e-3", 0.001), ("+2.", 2), (".5", 0.5), ("NaN", nil),
      ("inf", nil),
      ("0x10", nil), ("1,5", nil), ("", nil), ("1e999", nil), ("e", nil), ("1 2", nil),
    ] as [(String, Double?)]
  )
  func numbers(cell: String, number: Double?) {
    #expect(cellNumber(cell) == number)
  }
}
