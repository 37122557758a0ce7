import BIDS
import Design
import Job
import Testing

/// A run of 100 s, or of unknown length, whose onsets are given.
private func events(
  run: Int,
  _ onsets: [Double],
  end: Double? = 100,
  session: String? = nil
) -> RunEvents {
  RunEvents(
    run: Entities(subject: "01", session: session, task: "heat", run: "\(run)"),
    table: EventTable(
      path: "run-\(run)_events.tsv",
      columns: ["onset", "duration", "trial_type"],
      events: onsets.map { Event(onset: $0, duration: 2, values: ["trial_type": "heat"]) }
    ),
    runEnd: end,
    repetitionTime: 2
  )
}

private func model(_ offset: OnsetOffset) -> Model {
  var model = Model()
  model.onsetOffset = offset
  return model
}

@Suite("Clocks of runs")
struct RunClockTests {
  private let cumulative = [
    events(run: 1, [10, 50, 90]), events(run: 2, [110.01, 140, 190]),
    events(run: 3, [209.99, 250, 290]),
  ]

  @Test("Onsets that count on are found, and each run began where the lengths before it end")
  func lengths() {
    let clocks = runClocks(of: cumulative.reversed())
    #expect(clocks.map(\.start) == [0, 100, 200])
    #expect(clocks.map(\.evidence) == [.first, .runLengths, .runLengths])
  }

  @Test(
    "Without images the first onsets tell, to a whole volume where they are within 50 ms of one"
  )
  func onsets() {
    let runs = [
      events(run: 1, [10, 50, 90], end: nil), events(run: 2, [110.03, 140, 190], end: nil),
      events(run: 3, [230.5, 250, 290], end: nil),
    ]
    let clocks = runClocks(of: runs)
    #expect(clocks.map(\.start) == [0, 100, 220.5])
    #expect(clocks.map(\.evidence) == [.first, .firstOnsets, .firstOnsets])
  }

  @Test("Onsets that start anew in each run share no clock, however late they come")
  func separate() {
    let runs = [
      events(run: 1, [10, 50, 90]), events(run: 2, [91, 95, 99]), events(run: 3, [5, 9]),
    ]
    #expect(runClocks(of: runs).allSatisfy { $0.evidence == .first })
    let unknown = [events(run: 1, [3, 5], end: nil), events(run: 2, [6, 9], end: nil)]
    #expect(runClocks(of: unknown).allSatisfy { $0.evidence == .first })
  }

  @Test("A pause between runs that their lengths do not hold makes the offset uncertain")
  func pause() throws {
    let runs = [events(run: 1, [10, 50, 90]), events(run: 2, [150, 180, 230])]
    let evidence = RunClock.Evidence.disagreement(runLengths: 100, firstOnsets: 140)
    #expect(runClocks(of: runs).last?.evidence == evidence)
    let error = #expect(throws: DesignError.self) { try EventPlan(of: runs, model: model(.auto)) }
    #expect("\(error, default: "")".contains("began at 100 s, by the first onsets at 140 s"))
  }

  @Test("A session's clock begins with the session")
  func sessions() {
    let runs = [
      events(run: 1, [10, 50, 90], session: "1"), events(run: 2, [110, 190], session: "1"),
      events(run: 1, [10, 50, 90], session: "2"), events(run: 2, [110, 190], session: "2"),
    ]
    #expect(runClocks(of: runs).map(\.start) == [0, 100, 0, 100])
  }

  @Test("Nothing asked: refused with the option that solves it")
  func refused() {
    let error = #expect(throws: DesignError.self) {
      try EventPlan(of: cumulative, model: model(.none))
    }
    #expect(
      "\(error, default: "")"
        == "run-2_events.tsv: onsets run from 110.01 to 190 s in this run, which ends at 100 s, so they "
        + "count on from the run before it; use --onset-offset auto, which takes 100 s off them, or "
        + "correct the file"
    )
  }

  @Test("Asked for: each run's onsets count from its first volume, and that is said")
  func applied() throws {
    let plan = try EventPlan(of: cumulative, model: model(.auto))
    let second = cumulative[1].run
    let moved = plan.events(of: second)?.events.map(\.onset) ?? []
    #expect(zip(moved, [10.01, 40, 90]).allSatisfy { abs($0 - $1) < 1e-9 } && moved.count == 3)
    #expect(plan.events(of: cumulative[0].run) == cumulative[0].table)
    #expect(plan.remark(on: cumulative[0].run) == nil)
    #expect(plan.remark(on: second)?.contains("100 s were taken off every onset") == true)
  }

  @Test("A run alone is told by its neighbours, and refused without them")
  func alone() throws {
    let third = [cumulative[2]]
    let plan = try EventPlan(of: third, besides: Array(cumulative.prefix(2)), model: model(.auto))
    #expect(plan.remark(on: third[0].run)?.contains("200 s were taken off") == true)
    let error = #expect(throws: DesignError.self) { try EventPlan(of: third, model: model(.auto)) }
    #expect("\(error, default: "")".contains("no earlier run tells from when"))
  }

  @Test("A stated time is taken off every onset; one that leaves no event in the run is refused")
  func seconds() throws {
    let runs = [events(run: 1, [22, 52])]
    let plan = try EventPlan(of: runs, model: model(.seconds(12)))
    #expect(plan.events(of: runs[0].run)?.events.map(\.onset) == [10, 40])
    let error = #expect(throws: DesignError.self) {
      try EventPlan(of: runs, model: model(.seconds(60)))
    }
    #expect("\(error, default: "")".contains("with 60 s taken off"))
  }

  @Test("A table states the time of each run, once; a run it does not name is refused")
  func table() throws {
    let rows = [
      RunOffset(participant: "01", run: "01", seconds: 0), RunOffset(run: "2", seconds: 100),
      RunOffset(task: "heat", run: "3", seconds: 200), RunOffset(participant: "02", seconds: 7),
    ]
    let plan = try EventPlan(of: cumulative, model: model(.runs(rows)))
    #expect(plan.events(of: cumulative[2].run)?.events.last?.onset == 90)
    for wrong in [Array(rows.dropFirst()), rows + [RunOffset(run: "3", seconds: 1)]] {
      let error = #expect(throws: DesignError.self) {
        try EventPlan(of: cumulative, model: model(.runs(wrong)))
      }
      #expect("\(error, default: "")".contains("table of onset offsets"))
    }
  }
}
