import BIDS
import Testing

@Suite("Events")
struct EventTableTests {
  private func events(_ text: String) throws -> EventTable {
    let tree = try TreeFixture(["events.tsv": text])
    return try EventTable(path: tree.root + "/events.tsv")
  }

  @Test("Rows are sorted by onset, keep their line and raw cells, and the sorting is said")
  func sorting() throws {
    let table = try events(
      "onset\tduration\ttrial_type\trating\n5\t0\tb\t\n1.5\t2\ta\tn/a\n5\t1\tc\t07\n"
    )
    #expect(table.events.map(\.line) == [3, 2, 4])
    #expect(table.events.map(\.onset) == [1.5, 5, 5])
    #expect(table.events.map(\.duration) == [2, 0, 1])
    #expect(table.events[2].values == ["trial_type": "c", "rating": "07"])
    #expect(table.events[1].values["rating"] == "")
    #expect(table.columns == ["onset", "duration", "trial_type", "rating"])
    #expect(table.notices.map(\.cause) == [.emptyCells, .unsorted, .zeroDuration])
    #expect(table.notes[1].contains("events.tsv:3: rows are not in the order"))
    #expect(table.notes[1].hasSuffix("onsets, 1 of 3 too early; sorted"))
  }

  @Test("What changes no number is said once per cause, with its count")
  func harmless() throws {
    let table = try events(
      "\u{FEFF}onset\tduration\ttrial_type\r\n1\t0\t\r\n2\t0\t\r\n-3\t1\ta\r\n"
    )
    #expect(
      table.notices.map(\.cause) == [
        .byteOrderMark, .carriageReturns, .emptyCells, .unsorted, .zeroDuration, .beforeStart,
      ]
    )
    #expect(
      table.notices[2].sentence == "2 cells are empty where n/a is meant; they count as missing"
    )
    #expect(table.notices[4].sentence.hasPrefix("2 of 3 events have duration 0"))
  }

  @Test("A missing duration is not a number, and is said")
  func missingDuration() throws {
    let table = try events("onset\tduration\n-1\tn/a\n2\t\n3\t1\n")
    #expect(table.events.map(\.duration.isNaN) == [true, true, false])
    #expect(table.notes.contains { $0.contains("2 of 3 events have no duration") })
    #expect(table.notes.contains { $0.contains("before the first volume") })
  }

  @Test(
    "A cell that makes no sense is refused with its line",
    arguments: [
      ("onset\tduration\n1\t-2\n", ":2: duration is \"-2\""),
      ("onset\tduration\n1\t-2\n2\t1\n3\t-1\n", "from 0 on, or n/a (so in 1 more rows) was exp"),
      ("onset\tduration\n1\tNaN\n", ":2: duration is \"NaN\""),
      ("onset\tduration\n1\t2\nn/a\t2\n", ":3: onset is \"n/a\""),
      ("onset\tduration\n1,5\t2\n", ":2: onset is \"1,5\""),
      ("onset\tdur\n1\t2\n", "there is no column duration; there is onset, dur"),
      ("onset duration trial_type\n1 2 a\n", ":1: the columns are separated by spaces"),
      ("onset\tduration\tonset\n1\t2\t3\n", "there is no column onset; there is onset [column 1]"),
    ]
  )
  func refusals(text: String, sentence: String) throws {
    let error = #expect(throws: BIDSError.self) { try events(text) }
    #expect(error?.description.contains(sentence) == true, "\(error?.description ?? "")")
  }

  @Test("Text that is not UTF-8 and a missing file are one sentence each")
  func unreadable() throws {
    let error = #expect(throws: BIDSError.self) { try EventTable(path: "/nowhere/events.tsv") }
    #expect(error?.description.hasPrefix("/nowhere/events.tsv: ") == true)
  }

  @Test("A table of a header alone has no events, and says so")
  func empty() throws {
    #expect(try events("onset\tduration\n").notes.first?.contains("no events") == true)
  }
}
