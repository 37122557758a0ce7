import Files
import TestStudies
import Testing

@Suite("Group level through the door")
struct GroupTests {
  private static let participants = ["01", "02", "03", "04"]

  private static func analysed(sessions: [String?] = [nil]) throws -> Door {
    var study = SmallStudy()
    study.participants = participants
    study.sessions = sessions
    let door = try Door(study) { door in
      let rows = zip(participants, ["FM", "FM", "HC", "HC"]).map { "sub-\($0)\t\($1)\n" }
      try writeAtomically(
        "participant_id\tgroup\n" + rows.joined(),
        to: door.dataset + "/participants.tsv"
      )
    }
    #expect(try door.analyse().code == 0)
    return door
  }

  @Test("Two groups are compared region by region; the page names who took part")
  func compares() throws {
    let door = try Self.analysed()
    let outcome = try door.call([door.dataset, door.output, "group", "--compare", "group:FM-HC"])
    #expect(outcome.code == 0, "\(outcome.words)")
    let stem = door.output + "/cohort_group-FM-HC"
    let table = try readText(stem + "_regions.csv").split(separator: "\n")
    // A header, and 38 regions of two contrasts.
    #expect(table.count == 1 + 38 * 2)
    let stacked = try readText(stem + "_stacked.csv").split(separator: "\n")
    #expect(stacked.count == 1 + 38 * 2 * 4)
    #expect(try readText(stem + ".html").contains("FM"))
    #expect(try paths(below: door.output, holding: door.scratch.path).isEmpty)
    let before = try digests(below: door.output)
    _ = try door.call([door.dataset, door.output, "group", "--compare", "group:FM-HC"])
    #expect(try digests(below: door.output) == before)
  }

  @Test("Sessions count together, or one of them by its name")
  func sessions() throws {
    let door = try Self.analysed(sessions: ["pre", "post"])
    let compare = [door.dataset, door.output, "group", "--compare", "group:FM-HC"]
    #expect(try door.call(compare).code == 0)
    let together = try readText(door.output + "/cohort_group-FM-HC_stacked.csv")
    #expect(together.split(separator: "\n").dropFirst().allSatisfy { $0.contains(",n/a,heat,") })
    #expect(try door.page().contains("2 runs of 2 sessions (ses-post: 1, ses-pre: 1)"))
    #expect(try door.page("sub-01_ses-pre").contains("Runs"))
    let outcome = try door.call(compare + ["--session", "ses-post"])
    #expect(outcome.code == 0, "\(outcome.words)")
    let one = try readText(door.output + "/cohort_group-FM-HC_ses-post_stacked.csv")
    #expect(one.split(separator: "\n").dropFirst().allSatisfy { $0.contains(",post,heat,") })
    #expect(try readText(door.output + "/cohort_group-FM-HC_ses-post.html").contains("in ses-post"))
    let unknown = try door.call(compare + ["--session", "later"])
    #expect(unknown.code == 2 && unknown.says("ses-later; there is ses-post, ses-pre"))
  }

  @Test("Spreadsheets are joined with participants.tsv; their levels may hold spaces")
  func spreadsheets() throws {
    let door = try Self.analysed()
    let clinic = door.scratch.path + "/clinic.csv"
    // As a spreadsheet writes it: a byte order mark, semicolons, no prefix, a row of nothing.
    try writeAtomically(
      "\u{FEFF}Proband;pain;age\r\n01;chronic pain;40\r\n02;chronic pain;52\r\n03;no pain;33\r\n"
        + "04;no pain;61\r\n;;\r\n",
      to: clinic
    )
    let call = [door.dataset, door.output, "group", "--phenotype", clinic, "--compare"]
    let outcome = try door.call(call + ["pain:chronic pain-no pain"])
    #expect(outcome.code == 0, "\(outcome.words)")
    #expect(outcome.says("the column Proband was taken for the participants' labels"))
    let people = try readText(
      door.output + "/cohort_pain-chronicpain-nopain_participants.csv"
    )
    #expect(people.contains("sub-02,chronic pain") && people.contains("sub-03,no pain"))
    #expect(try door.call(call + ["group:FM-HC"]).code == 0)
    try writeAtomically("Proband;group\n01;FM\n02;HC\n", to: clinic)
    let conflict = try door.call(call + ["group:FM-HC"])
    #expect(conflict.code == 2)
    #expect(
      conflict.says(
        "clinic.csv:3: group of sub-02 is \"HC\" but",
        "participants.tsv:3 says \"FM\""
      ),
      "\(conflict.words)"
    )
  }

  @Test("A comparison that cannot be made is refused with what there is")
  func refused() throws {
    let door = try Self.analysed()
    let calls: [(arguments: [String], words: String)] = [
      (["--compare", "group:FM-XX"], "XX"),
      (["--compare", "diagnosis:FM-HC"], "diagnosis"),
      (["--compare", "nonsense"], "group:FM-HC"),
      (
        ["--compare", "group:FM-HC", "--phenotype", "nowhere.tsv"], "nowhere.tsv: there is no such"
      ),
    ]
    for (arguments, words) in calls {
      let outcome = try door.call([door.dataset, door.output, "group"] + arguments)
      #expect(outcome.code == 2 && outcome.says(words), "\(outcome.words)")
      #expect(outcome.lines.count == 1, "\(outcome.words)")
    }
    // A participant whose results another job made is left out by name.
    #expect(try door.analyse("--participant-label", "01", "--smoothing", "3").code == 0)
    let mixed = try door.call([door.dataset, door.output, "group", "--compare", "group:FM-HC"])
    #expect(mixed.code == 2, "\(mixed.words)")
    #expect(mixed.says("sub-01: these results were made by another job", "FM has 1 of the 2"))
    let nothing = door.scratch.path + "/nothing"
    let empty = try door.call([door.dataset, nothing, "group", "--compare", "group:FM-HC"])
    #expect(empty.code == 2 && empty.says("no complete participants here"), "\(empty.words)")
  }
}
