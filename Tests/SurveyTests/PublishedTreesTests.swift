import BIDS
import Files
import Job
import Survey
import TestData
import Testing

// What is expected was counted in the trees with Python's csv and glob, apart from this program.
@Suite("Published datasets, surveyed", .enabled(if: SharedData.isPresent))
struct PublishedTreesTests {
  @Test(
    "Onsets that count on over the session are found in all 33 participants, with their offsets"
  )
  func heatClocks() throws {
    let survey = try surveyed("ds000140")
    #expect(survey.isMetadataOnly && survey.participantCount == 33 && survey.runCount == 297)
    #expect(survey.modelledRunCount == 0 && survey.hasBlocker)
    // 209 volumes of 2 s in a passive run, 191 in runs 3 and 7.
    let starts = [nil, 418, 836, 1218, 1636, 2054, 2472, 2854, 3272.0]
    for participant in survey.participants {
      #expect(participant.runs.map(\.clockStart) == starts)
      #expect(participant.runs.prefix(8).map(\.length) == [418, 418, 382, 418, 418, 418, 382, 418])
      #expect(participant.runs.prefix(8).allSatisfy { $0.lengthSource == .clock })
      #expect(participant.runs.last?.lengthSource == .onsets)
    }
    let shared = try #require(survey.findings.first { $0.cause == "onsetOffset" })
    #expect(shared.runs.count == 33 * 8 && shared.participants.count == 33)
    #expect(shared.sentence.contains("use --onset-offset auto, which takes 418 s off them"))
    let words = try #require(survey.findings.first { $0.cause == "clocks" }).sentence
    #expect(
      words.contains(
        "in 33 of 33 participants: the next run begins 418 s after runs 01, 02, 04, 05, 06, 08; "
      )
    )
    #expect(words.hasSuffix("382 s after runs 03, 07"))
  }

  @Test("The duplicated column is named by its file, the missing trial_type with what to ask")
  func heatColumns() throws {
    let survey = try surveyed("ds000140")
    let twice = try #require(survey.findings.first { $0.cause == "events.ambiguousColumn" })
    let file = "sub-23/func/sub-23_task-heatpainwithregulationandratings_run-07_events.tsv:1"
    #expect(twice.places == [file] && twice.participants == ["23"])
    #expect(twice.sentence.hasPrefix("columns 5 and 6 are both named regulate-up/down and differ"))
    let column = try #require(survey.findings.first { $0.cause == "column" })
    #expect(column.runs.count == 296)
    #expect(
      column.sentence
        == "there is no column trial_type, only temperature, ratings, regulate-up/down; name one of these "
        + "instead (several conditions as present(a, b))"
    )
  }

  @Test("Asked for as the study was meant, nothing is in the way of 297 runs")
  func heatAsMeant() throws {
    let survey = try surveyed("ds000140") { job in
      job.model.conditionColumn = "present(temperature, ratings)"
      job.model.onsetOffset = .auto
      job.model.modulators = [
        Modulator(column: "temperature", condition: "temperature"),
        Modulator(column: "ratings", condition: "temperature", source: .following),
      ]
    }
    #expect(!survey.hasBlocker)
    #expect(survey.modelledRunCount == 297 && survey.analysedParticipantCount == 33)
    let regulated = survey.participants.flatMap(\.runs).filter { $0.conditions[0].events == 10 }
    #expect(
      regulated.count == 66
        && regulated.allSatisfy { $0.run.hasSuffix("3") || $0.run.hasSuffix("7") }
    )
  }

  @Test(
    "Who has no events and who lacks the task is named; groups live elsewhere, and that is said"
  )
  func regulation() throws {
    let survey = try surveyed("ds004144")
    #expect(survey.runCount == 131 && survey.modelledRunCount == 63)
    let blockers = survey.findings.filter { $0.severity == .blocker }
    #expect(blockers.count == 1 && blockers[0].participants == ["005", "012", "032"])
    #expect(survey.findings.first { $0.cause == "missingEvents" }?.participants == ["012", "032"])
    #expect(survey.findings.first { $0.cause == "runCount" }?.participants == ["005"])
    #expect(survey.findings.first { $0.cause == "reversedPhase" }?.participants == ["014"])
    #expect(survey.findings.contains { $0.sentence.hasPrefix("there is no participants.tsv") })
    #expect(
      survey.findings.contains { $0.sentence.hasPrefix("task rest has no events in any of its 66") }
    )
    let names = survey.participants.flatMap(\.runs).flatMap(\.conditions).map(\.name)
    #expect(Set(names).count == 7 && names.contains("Negativo - SUPRIMIR"))
  }

  @Test(
    "Other datasets: how many runs would be modelled, whether anything is in the way, and what is said",
    arguments: [
      Account("ds003836", 170, 170, false, ["events.zeroDuration", "runCount"]),
      Account("ds004746_subset", 48, 48, false, ["events.unsorted", "singleBandReference"]),
      Account(
        "ds005883",
        39,
        39,
        false,
        ["events.emptyCells", "events.carriageReturns", "fieldmap"]
      ),
      Account("bids-examples/ds114", 100, 100, false, []),
      Account("bids-examples/ds007", 118, 118, false, ["events.noDuration", "runCount"]),
      Account("bids-examples/ds005", 48, 48, false, []),
      Account("bids-examples/7t_trt", 132, 0, true, ["fieldmap"]),
      Account("bids-examples/synthetic", 30, 20, false, ["taskWithoutEvents"]),
      Account("bids-examples/volume_timing", 6, 0, true, ["volumeTiming"]),
      Account("bids-examples/ds000001-fmriprep", 12, 0, true, ["derivative"]),
    ]
  )
  func others(account: Account) throws {
    let survey = try surveyed(account.name)
    #expect(survey.isMetadataOnly)
    #expect(survey.runCount == account.runs && survey.modelledRunCount == account.modelled)
    #expect(survey.hasBlocker == account.isBlocked)
    // Where something is in the way, it is one thing: that there are no events at all.
    #expect(survey.findings.count { $0.severity == .blocker } == (account.isBlocked ? 1 : 0))
    for cause in account.causes {
      #expect(survey.findings.contains { $0.cause == cause }, "\(cause)")
    }
    #expect(survey.findings.count <= 9)
  }

  @Test("Counts and examples are those of the files")
  func counts() throws {
    let tsl = try surveyed("ds003836")
    #expect(tsl.findings.first { $0.cause == "events.zeroDuration" }?.runs.count == 170)
    let short = tsl.findings.first { $0.cause == "runCount" }
    #expect(short?.participants == ["21", "33", "36", "38", "39"])
    let paingen = try surveyed("ds004746_subset")
    #expect(paingen.findings.first { $0.cause == "events.unsorted" }?.runs.count == 48)
    let press = try #require(paingen.findings.first { $0.cause == "missingCondition" })
    #expect(press.runs == ["sub-P106024_ses-1_task-paingen_dir-pa_run-02"])
    #expect(
      press.sentence == "there are no events of \"press\", which 47 of 48 runs of the task have"
    )
    let spine = try surveyed("ds005883")
    #expect(spine.findings.first { $0.cause == "events.emptyCells" }?.runs.count == 39)
    let returns = spine.findings.first { $0.cause == "events.carriageReturns" }
    #expect(returns?.participants == ["23", "31"])
    let stop = try surveyed("bids-examples/ds007")
    #expect(stop.findings.first { $0.cause == "events.noDuration" }?.runs.count == 23)
    #expect(stop.findings.first { $0.cause == "runCount" }?.participants == ["09"])
  }

  @Test("The account is the same for any number of threads, and is the JSON it reads back as")
  func threads() throws {
    let one = try surveyed("ds004746_subset", threads: 1)
    #expect(try surveyed("ds004746_subset", threads: 4).indentedJSON == one.indentedJSON)
    #expect(try DatasetSurvey(json: one.indentedJSON) == one)
  }
}

/// What is expected of a dataset.
struct Account: Sendable, CustomTestStringConvertible {
  let name: String
  let runs: Int
  let modelled: Int
  let isBlocked: Bool
  let causes: [String]

  init(_ name: String, _ runs: Int, _ modelled: Int, _ isBlocked: Bool, _ causes: [String]) {
    (self.name, self.runs, self.modelled) = (name, runs, modelled)
    (self.isBlocked, self.causes) = (isBlocked, causes)
  }

  var testDescription: String { name }
}

/// Surveys a published tree.
private func surveyed(
  _ name: String,
  threads: Int = 2,
  _ change: (inout Job) -> Void = { _ in }
) throws -> DatasetSurvey {
  let root = SharedData.root + "/bids_trees/" + name
  var job = Job(dataset: root)
  change(&job)
  return try survey(try Dataset(root: root), job: job, threads: threads)
}
