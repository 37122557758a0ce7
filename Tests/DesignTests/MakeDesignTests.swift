import Algebra
import Design
import Job
import Testing

/// 60 volumes of 2 s, one 20 s block from 10 s on.
private func request(_ conditions: [Condition]? = nil) -> DesignRequest {
  DesignRequest(
    conditions: conditions ?? [Condition(name: "heat", onsets: [10], durations: [20])],
    frameTimes: frameTimes(volumeCount: 60, repetitionTime: 2, referenceTime: 0),
    repetitionTime: 2,
    hemodynamics: .spm,
    drift: .cosine(cutoff: 128)
  )
}

private func difference(_ a: [Double], _ b: [Double]) -> Double {
  zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) }
}

@Suite("Making a design")
struct MakeDesignTests {
  @Test("Columns stand in order: stimuli with derivatives, modulators, confounds, drift, constant")
  func order() throws {
    var asked = request([
      Condition(
        name: "a_by_r",
        onsets: [5, 50],
        durations: [4, 4],
        amplitudes: [-1, 1],
        modulatedCondition: "a"
      ),
      Condition(name: "a", onsets: [5, 50], durations: [4, 4]),
      Condition(name: "b", onsets: [25], durations: [4]),
    ])
    asked.hemodynamics = .gloverDerivative
    let ramp = (0..<60).map { Double($0 * $0) }
    asked.confounds = ConfoundColumns(names: ["x"], matrix: Matrix(columns: [ramp], rowCount: 60))
    let design = try makeDesign(asked)
    #expect(
      design.names == [
        "a", "a_derivative", "b", "b_derivative", "a_by_r", "x", "drift_1", "constant",
      ]
    )
    #expect(design.columns[1].role == .derivative(of: "a"))
    #expect(design.columns[4].role == .modulator(condition: "a"))
    #expect(design.columns[5].role == .confound)
  }

  // A response of unit integral to a box longer than itself has a plateau of 1.
  @Test("A long block's plateau is 1")
  func plateau() throws {
    let block = Condition(name: "a", onsets: [0], durations: [500])
    let design = try makeDesign(request([block]))
    #expect(
      difference(Array(design.matrix.column(0).suffix(40)), .init(repeating: 1, count: 40)) < 1e-12
    )
  }

  @Test("A regressor is linear in its events")
  func linear() throws {
    let together = Condition(
      name: "a",
      onsets: [3.1, 3.1, 40],
      durations: [5, 8, 0],
      amplitudes: [1, -2, 3]
    )
    let apart = (0..<3).map { event in
      Condition(
        name: "e\(event)",
        onsets: [together.onsets[event]],
        durations: [together.durations[event]],
        amplitudes: [together.amplitudes[event]]
      )
    }
    let sum = try makeDesign(request([together])).matrix.column(0)
    let parts = try makeDesign(request(apart)).matrix
    let expected = (0..<60).map { parts[$0, 0] + parts[$0, 1] + parts[$0, 2] }
    #expect(difference(sum, expected) < 1e-13)
  }

  // Moving events and frame times together changes nothing; 0.4 s is ten steps of the grid.
  @Test("A slice's design shifts the stimuli and leaves drift and confounds")
  func slice() throws {
    var late = request()
    late.frameTimes = late.frameTimes.map { $0 + 0.4 }
    let early = request([Condition(name: "heat", onsets: [9.6], durations: [20])])
    let shifted = try makeDesign(late)
    let moved = try makeDesign(early)
    // The grid under shifted times is 0.4 s / 59 longer, which moves onsets by up to a step (0.04 s).
    #expect(difference(shifted.matrix.column(0), moved.matrix.column(0)) < 0.02)
    let reference = try makeDesign(request())
    for place in 1..<reference.columns.count {
      #expect(shifted.matrix.column(place) == reference.matrix.column(place))
    }
  }

  @Test("Derivatives take nothing of the response")
  func orthogonal() throws {
    var asked = request()
    asked.hemodynamics = .spmDerivativeDispersion
    let made = try makeDesign(asked).matrix
    for (a, b) in [(0, 1), (0, 2), (1, 2)] {
      let product = zip(made.column(a), made.column(b)).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(abs(product) < 1e-12)
    }
  }

  @Test("A finite impulse response is the share of each volume that events cover")
  func impulse() throws {
    var asked = request([Condition(name: "a", onsets: [10, 41], durations: [3, 2])])
    asked.hemodynamics = .finiteImpulseResponse(delays: [0, 2])
    let design = try makeDesign(asked)
    #expect(design.names.prefix(2) == ["a_delay_0", "a_delay_2"])
    #expect(design.columns[1].role == .delay(of: "a", volumes: 2))
    var expected = [Double](repeating: 0, count: 60)
    (expected[5], expected[6], expected[20], expected[21]) = (1, 0.5, 0.5, 0.5)
    #expect(difference(design.matrix.column(0), expected) < 1e-12)
    #expect(difference(design.matrix.column(1), [0, 0] + expected.dropLast(2)) < 1e-12)
  }

  @Test("Confounds are standardised over the kept volumes; constant ones are left out")
  func confounds() throws {
    var asked = request()
    let ramp = (0..<60).map { Double($0) }
    let spike = (0..<60).map { $0 == 7 ? 1e6 : 0.0 }
    asked.confounds = ConfoundColumns(
      names: ["ramp", "spike"],
      matrix: Matrix(columns: [ramp, spike], rowCount: 60)
    )
    asked.keptVolumes = (0..<60).filter { $0 != 7 }
    let design = try makeDesign(asked)
    #expect(!design.names.contains("spike"))
    #expect(design.notes == ["the confound spike does not vary and is left out"])
    let column = design.matrix.column(1)
    let kept = asked.keptVolumes.map { column[$0] }
    #expect(abs(kept.reduce(0, +)) < 1e-12)
    #expect(abs(kept.reduce(0) { $0 + $1 * $1 } / 59 - 1) < 1e-12)
  }

  @Test("Events after the end are left out and counted, a condition of only such is refused")
  func pastEnd() throws {
    let late = Condition(name: "a", onsets: [10, 120, 500], durations: [5, 5, 5])
    let design = try makeDesign(request([late]))
    let alone = try makeDesign(request([Condition(name: "a", onsets: [10], durations: [5])]))
    #expect(design.matrix == alone.matrix)
    #expect(
      design.notes == [
        "2 of 3 events of a begin after the run's end at 120 s and are left out"
      ]
    )
    let lost = Condition(name: "a", onsets: [846.2, 1228], durations: [5, 5])
    let expected = DesignError.onsetsPastEnd(
      condition: "a",
      firstOnset: 846.2,
      lastOnset: 1228,
      runEnd: 120
    )
    #expect(throws: expected) { try makeDesign(request([lost])) }
    #expect("\(expected)".contains("run from 846.2 to 1228 s but the run ends at 120 s"))
  }

  // With dummies dropped the first frame time is 8.5 s: the run starts at 8 s and ends at 128 s.
  @Test("The run's end follows its first frame time")
  func dummies() throws {
    var asked = request([Condition(name: "a", onsets: [20, 126, 128], durations: [5, 1, 1])])
    asked.frameTimes = asked.frameTimes.map { $0 + 8.5 }
    asked.referenceFrameTimes = asked.frameTimes
    let design = try makeDesign(asked)
    #expect(
      design.notes.first?.hasPrefix("1 of 3 events of a begin after the run's end at 128 s") == true
    )
  }

  @Test("Empty regressors are refused")
  func empty() {
    let zero = Condition(name: "a", onsets: [10], durations: [5], amplitudes: [0])
    #expect(throws: DesignError.emptyRegressor(column: "a", peak: 0)) {
      try makeDesign(request([zero]))
    }
    let early = Condition(name: "a", onsets: [-500], durations: [5])
    #expect(throws: DesignError.emptyRegressor(column: "a", peak: 0)) {
      try makeDesign(request([early]))
    }
    // A moment in the last fiftieth of the run: its response has not begun.
    let last = Condition(name: "a", onsets: [117.97], durations: [0])
    do {
      _ = try makeDesign(request([last]))
      Issue.record("the design was made")
    } catch DesignError.emptyRegressor(_, let peak) {
      #expect(peak < 1e-6)
    } catch {
      Issue.record("\(error)")
    }
  }

  @Test("Requests that do not fit together are refused by their reason")
  func refusals() {
    var short = request()
    short.frameTimes = [0]
    #expect(throws: DesignError.tooFewVolumes(count: 1)) { try makeDesign(short) }
    var kept = request()
    kept.keptVolumes = [0, 60]
    #expect(throws: DesignError.badKeptVolumes) { try makeDesign(kept) }
    var time = request()
    time.repetitionTime = 0
    #expect(throws: DesignError.badRepetitionTime(0)) { try makeDesign(time) }
    time.repetitionTime = 2000
    #expect(throws: DesignError.badRepetitionTime(2000)) { try makeDesign(time) }
    time.repetitionTime = 3
    #expect(throws: DesignError.unevenFrameTimes) { try makeDesign(time) }
    var delays = request()
    delays.hemodynamics = .finiteImpulseResponse(delays: [1, 1])
    #expect(throws: DesignError.badDelays([1, 1])) { try makeDesign(delays) }
    let named = Condition(name: "constant", onsets: [1], durations: [5])
    #expect(throws: DesignError.duplicateColumn(name: "constant")) {
      try makeDesign(request([named]))
    }
    let broken = Condition(name: "a", onsets: [.nan], durations: [1])
    #expect(throws: DesignError.notFinite(condition: "a")) { try makeDesign(request([broken])) }
    var fast = request()
    fast.drift = .cosine(cutoff: 3)
    #expect(throws: DesignError.self) { try makeDesign(fast) }
    fast.drift = .polynomial(order: 59)
    #expect(throws: DesignError.self) { try makeDesign(fast) }
  }

  @Test("The shortest run that can be designed is")
  func twoVolumes() throws {
    let design = try makeDesign(
      DesignRequest(
        conditions: [Condition(name: "a", onsets: [-4], durations: [3])],
        frameTimes: [0, 2],
        repetitionTime: 2,
        hemodynamics: .spm,
        drift: .cosine(cutoff: 128)
      )
    )
    #expect(design.names == ["a", "constant"])
  }
}
