import BIDS
import Design
import Job
import Testing

/// A run of 1000 s whose events come 10 s apart.
private func run(_ label: String, _ rows: [[String: String]]) -> RunEvents {
  let events = rows.enumerated().map { place, values in
    Event(onset: Double(place) * 10, duration: 4, values: values, line: place + 2)
  }
  let columns = ["onset", "duration"] + Set(rows.flatMap(\.keys)).sorted()
  return RunEvents(
    run: Entities(subject: "01", task: "heat", run: label),
    table: EventTable(path: "run-\(label).tsv", columns: columns, events: events),
    runEnd: 1000,
    repetitionTime: 2
  )
}

private func heat(_ rating: String, _ level: String = "1") -> [String: String] {
  ["trial_type": "heat", "rating": rating, "level": level]
}

private func model(_ modulators: [Modulator]) -> Model {
  var model = Model()
  model.modulators = modulators
  return model
}

/// The amplitudes of each modulator of each run.
private func amplitudes(_ runs: [RunEvents], _ modulators: [Modulator]) throws -> [[[Double]]] {
  let model = model(modulators)
  let plan = try EventPlan(of: runs, model: model)
  return try runs.map { run in
    let events = try #require(plan.events(of: run.run))
    let set = try conditions(of: events, model: model, moments: plan.moments(for: run.run))
    return set.conditions.filter { $0.modulatedCondition != nil }.map(\.amplitudes)
  }
}

@Suite("Modulators")
struct ModulatorTests {
  private let runs = [
    run("1", [heat("10"), heat("20"), heat("n/a")]), run("2", [heat("30"), heat("60")]),
  ]

  // The mean of 10, 20, 30 and 60 is 30; their standard deviation the root of 1400 / 3.
  @Test("Centred over the participant, both runs share one zero, and a missing value is there")
  func participant() throws {
    let modulator = Modulator(column: "rating", condition: "heat", centring: .participant)
    #expect(try amplitudes(runs, [modulator]) == [[[-20, -10, 0]], [[0, 30]]])
    var scaled = modulator
    scaled.scaling = .sd
    let deviation = (1400.0 / 3).squareRoot()
    let found = try amplitudes(runs, [scaled])
    #expect(abs(found[1][0][1] - 30 / deviation) < 1e-12)
  }

  @Test("Centred within run by default, each run has its own zero")
  func withinRun() throws {
    let modulator = Modulator(column: "rating", condition: "heat")
    #expect(try amplitudes(runs, [modulator]) == [[[-5, 5, 0]], [[-15, 15]]])
  }

  // By hand: [1, 2, 3, 6] about its mean of 3 is [-2, -1, 0, 3]; [1, -1, 1, -1] has mean 0. Their
  // product is -2 + 1 + 0 - 3 = -4 and the first's length 14, so 4/14 of the first is added.
  @Test("Orthogonalized, a modulator loses what those before it explain, and the first nothing")
  func orthogonal() throws {
    let rows = [heat("1", "1"), heat("2", "-1"), heat("3", "1"), heat("6", "-1")]
    let modulators = ["rating", "level"].map {
      Modulator(column: $0, condition: "heat", isOrthogonalized: true)
    }
    let found = try amplitudes([run("1", rows)], modulators)[0]
    let first = [-2.0, -1, 0, 3]
    let second = zip([1.0, -1, 1, -1], first).map { $0 + 4.0 / 14 * $1 }
    for (made, expected) in zip(found, [first, second]) {
      #expect(zip(made, expected).allSatisfy { abs($0 - $1) < 1e-14 })
    }
    var plain = modulators
    for place in plain.indices { plain[place].isOrthogonalized = false }
    #expect(try amplitudes([run("1", rows)], plain)[0][1] == [1, -1, 1, -1])
  }

  @Test("One that follows from those before it is left out where orthogonal ones are asked for")
  func dependent() throws {
    let rows = [heat("1", "5"), heat("2", "7"), heat("4", "11")]
    let modulators = ["rating", "level"].map {
      Modulator(column: $0, condition: "heat", isOrthogonalized: true)
    }
    let set = try conditions(of: run("1", rows).table, model: model(modulators))
    #expect(set.conditions.map(\.name) == ["heat", "heat_by_rating"])
    #expect(set.notes.contains { $0.contains("follows from the modulators before it") })
  }

  @Test("A value in a row of its own is that of the event before it, where that is asked for")
  func following() throws {
    let rate = { (text: String) in ["trial_type": "rate", "rating": text] }
    let blank = heat("n/a")
    let rows = [blank, rate("10"), blank, blank, rate("n/a"), rate("40"), blank, rate("70")]
    let own = Modulator(column: "rating", condition: "heat")
    let error = #expect(throws: DesignError.self) {
      try conditions(of: run("1", rows).table, model: model([own]))
    }
    #expect(
      "\(error, default: "")".contains(
        "rating has no number for any event of heat, but the rows after 3 of them have one; use "
          + "--modulator-source following"
      )
    )
    var next = own
    next.source = .following
    #expect(try amplitudes([run("1", rows)], [next]) == [[[-30, 0, 0, 30]]])
  }
}
