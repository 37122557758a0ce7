import BIDS
import Design
import Job
import TestData
import Testing

/// Events 10 s apart, each 4 s long, with the given cells.
private func table(_ rows: [[String: String]], durations: [Double]? = nil) -> EventTable {
  let events = rows.enumerated().map { place, values in
    Event(
      onset: Double(place) * 10,
      duration: durations?[place] ?? 4,
      values: values,
      line: place + 2
    )
  }
  let columns = Set(rows.flatMap(\.keys)).sorted()
  return EventTable(path: "e.tsv", columns: ["onset", "duration"] + columns, events: events)
}

private func model(_ modulators: [Modulator] = [], column: String = "trial_type") -> Model {
  var model = Model()
  model.conditionColumn = column
  model.modulators = modulators
  return model
}

@Suite("Conditions of events")
struct EventConditionsTests {
  let rated = table([
    ["trial_type": "heat", "rating": "10"],
    ["trial_type": "cold", "rating": "n/a"],
    ["trial_type": "heat", "rating": "n/a"],
    ["trial_type": "heat", "rating": "40"],
    ["trial_type": "n/a", "rating": "7"],
    ["trial_type": "", "rating": "7"],
    ["trial_type": "heat", "rating": "70"],
  ])

  @Test("Every value is a condition, by name; events without one are counted")
  func values() throws {
    let set = try conditions(of: rated, model: model())
    #expect(set.conditions.map(\.name) == ["cold", "heat"])
    #expect(set.conditions[1].onsets == [0, 20, 30, 60])
    #expect(set.conditions[1].amplitudes == [1, 1, 1, 1])
    #expect(set.notes == ["e.tsv: 2 of 7 events have no trial_type and are left out"])
  }

  @Test("A missing rating keeps its event, counts as the mean, and is counted")
  func missing() throws {
    let modulator = Modulator(column: "rating", condition: "heat")
    let set = try conditions(of: rated, model: model([modulator]))
    let made = try #require(set.conditions.last)
    #expect(made.name == "heat_by_rating")
    #expect(made.modulatedCondition == "heat")
    #expect(made.onsets == [0, 20, 30, 60])
    #expect(made.amplitudes == [-30, 0, 0, 30])
    #expect(set.notes.contains { $0.contains("1 of 4 events of heat have no rating") })
  }

  // The standard deviation of 10, 40, 70 is 30.
  @Test("A modulator per standard deviation, and one that is not centred")
  func scaling() throws {
    let perDeviation = Modulator(column: "rating", condition: "heat", scaling: .sd)
    let set = try conditions(of: rated, model: model([perDeviation]))
    #expect(set.conditions.last?.amplitudes == [-1, 0, 0, 1])

    let raw = Modulator(column: "rating", condition: "heat", centring: .none)
    let expected = DesignError.missingUncentredValue(path: "e.tsv", line: 4, column: "rating")
    #expect(throws: expected) { try conditions(of: rated, model: model([raw])) }
  }

  @Test("Without a condition, a modulator takes each one that has values")
  func everyCondition() throws {
    let set = try conditions(
      of: rated,
      model: model([Modulator(column: "rating", condition: nil)])
    )
    #expect(set.conditions.map(\.name) == ["cold", "heat", "heat_by_rating"])
  }

  @Test("A modulator that does not vary is left out and noted")
  func constant() throws {
    let events = table([
      ["trial_type": "a", "level": "3"], ["trial_type": "a", "level": "3"],
      ["trial_type": "b", "level": "1"],
    ])
    let set = try conditions(
      of: events,
      model: model([Modulator(column: "level", condition: nil)])
    )
    #expect(set.conditions.map(\.name) == ["a", "b"])
    #expect(set.notes.count == 2)
    #expect(set.notes[0].contains("a_by_level has the same value at every event"))
  }

  @Test("Columns stand for conditions where none names them")
  func present() throws {
    let events = table([
      ["temperature": "46.3", "ratings": "n/a"], ["temperature": "n/a", "ratings": "159"],
      ["temperature": "43.3", "ratings": ""], ["temperature": "n/a", "ratings": ""],
    ])
    let set = try conditions(
      of: events,
      model: model(
        [Modulator(column: "temperature", condition: "temperature")],
        column: "present(temperature, ratings)"
      )
    )
    #expect(set.conditions.map(\.name) == ["ratings", "temperature", "temperature_by_temperature"])
    #expect(set.conditions[1].onsets == [0, 20])
    #expect(abs((set.conditions[2].amplitudes.first ?? 0) - 1.5) < 1e-12)
    #expect(set.notes.count == 1)
  }

  @Test("Events at the same time are noted, since they add up")
  func repeated() throws {
    let twice = [0.0, 0, 5].map { Event(onset: $0, duration: 1, values: ["trial_type": "a"]) }
    let columns = ["onset", "duration", "trial_type"]
    let events = EventTable(path: "e.tsv", columns: columns, events: twice)
    let set = try conditions(of: events, model: model())
    #expect(set.notes == ["e.tsv: 1 events of a begin at the same time as another; they add up"])
  }

  @Test("Events after the run's end take no part, in the centring either")
  func runEnd() throws {
    let modulator = Modulator(column: "rating", condition: "heat")
    let set = try conditions(of: rated, model: model([modulator]), runEnd: 60)
    #expect(set.conditions.last?.amplitudes == [-15, 0, 15])
    #expect(set.notes.contains { $0.contains("1 of 4 events of heat begin after the run's end") })
    let expected = DesignError.onsetsPastEnd(
      condition: "cold",
      firstOnset: 10,
      lastOnset: 10,
      runEnd: 5
    )
    #expect(throws: expected) { try conditions(of: rated, model: model(), runEnd: 5) }
  }

  @Test("Cells and columns that cannot be used are named")
  func refusals() {
    let words = table([
      ["trial_type": "a", "rating": "3"], ["trial_type": "a", "rating": "high"],
    ])
    let found = ["rating", "trial_type"]
    let cases: [(EventTable, Model, DesignError)] = [
      (words, model(column: "kind"), .noColumn(path: "e.tsv", column: "kind", found: found)),
      (
        words, model([Modulator(column: "x", condition: "a")]),
        .noColumn(path: "e.tsv", column: "x", found: found)
      ),
      (
        words, model([Modulator(column: "rating", condition: "a")]),
        .notNumeric(path: "e.tsv", line: 3, column: "rating", text: "high")
      ),
      (
        words, model([Modulator(column: "rating", condition: "z")]),
        .unknownCondition(path: "e.tsv", condition: "z", found: ["a"])
      ),
      (
        rated, model([Modulator(column: "rating", condition: "cold")]),
        .noModulatorValues(path: "e.tsv", column: "rating", condition: "cold", following: 0)
      ),
      (
        table([["trial_type": "a"], ["trial_type": "b"]], durations: [1, .nan]), model(),
        .noDuration(path: "e.tsv", line: 3)
      ),
      (
        table([["trial_type": "n/a"]]), model(),
        .noConditions(path: "e.tsv", column: "trial_type")
      ),
      (
        table([["trial_type": "low-pain"], ["trial_type": "low pain"]]), model(),
        .sameFileLabel(first: "low pain", second: "low-pain", label: "lowpain")
      ),
    ]
    for (events, model, expected) in cases {
      #expect(throws: expected) { try conditions(of: events, model: model) }
    }
  }
}

@Suite("Real events", .enabled(if: SharedData.isPresent))
struct RealEventsTests {
  // Run 4 of ds000140 counts its onsets from the start of the session: 1228 s and on.
  @Test("Onsets counted over the session are refused by their range")
  func cumulative() throws {
    let path =
      SharedData.root + "/bids_trees/ds000140/sub-01/func/"
      + "sub-01_task-heatpainwithregulationandratings_run-04_events.tsv"
    let events = try EventTable(path: path)
    let set = try conditions(of: events, model: model(column: "present(temperature, ratings)"))
    #expect(set.conditions.map(\.name) == ["ratings", "temperature"])
    let times = frameTimes(volumeCount: 205, repetitionTime: 2, referenceTime: 1)
    do {
      _ = try makeDesign(
        DesignRequest(
          conditions: set.conditions,
          frameTimes: times,
          repetitionTime: 2,
          hemodynamics: .spm,
          drift: .cosine(cutoff: 128)
        )
      )
      Issue.record("the design was made")
    } catch {
      let sentence = "\(error)"
      #expect(sentence.hasPrefix("the onsets of ratings run from 1249.225 to "))
      #expect(sentence.contains("s but the run ends at 410 s"))
    }
  }

  @Test("Conditions with spaces and hyphens make a design and contrasts")
  func labels() throws {
    let path =
      SharedData.root + "/bids_trees/ds004144/sub-008/func/sub-008_task-epr_events.tsv"
    let set = try conditions(of: try EventTable(path: path), model: model())
    #expect(set.conditions.contains { $0.name == "Neutral - OBSERVAR" })
    let last = set.conditions.flatMap(\.onsets).max() ?? 0
    let times = frameTimes(
      volumeCount: Int(last / 2) + 10,
      repetitionTime: 2,
      referenceTime: 1
    )
    let design = try makeDesign(
      DesignRequest(
        conditions: set.conditions,
        frameTimes: times,
        repetitionTime: 2,
        hemodynamics: .spm,
        drift: .cosine(cutoff: 128)
      )
    )
    #expect(try contrasts([], for: design).count == set.conditions.count)
  }

  @Test("Empty cells in a rating column are missing, not words")
  func emptyCells() throws {
    let path = SharedData.root + "/bids_trees/ds005883/sub-38/func/sub-38_task-pain_events.tsv"
    let set = try conditions(
      of: try EventTable(path: path),
      model: model([Modulator(column: "PR", condition: nil)])
    )
    #expect(set.conditions.map(\.name) == ["pain", "rating", "pain_by_PR"])
    let sum = set.conditions.last?.amplitudes.reduce(0, +) ?? .nan
    #expect(abs(sum) < 1e-12)
  }
}
