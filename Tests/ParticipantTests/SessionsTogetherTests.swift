import Atlas
import BIDS
import Files
import GLM
import Imaging
import Job
import Participant
import TestStudies
import Testing

@Suite("Sessions together")
struct SessionsTogetherTests {
  /// Analyses the first participant of a study, in template space.
  private func analyze(
    _ study: SmallStudy,
    _ change: (inout Job) -> Void = { _ in },
    damage: (String) throws -> Void = { _ in }
  ) throws -> ParticipantResult {
    let folder = try ScratchFolder().path
    try study.write(to: folder + "/study")
    try damage(folder + "/study")
    var job = Job(dataset: folder + "/study")
    job.normalization.method = .none
    job.normalization.space = "MNI152NLin6Asym"
    change(&job)
    return try Participant.analyze(
      ParticipantRequest(
        job: job,
        dataset: try Dataset(root: folder + "/study"),
        participant: "01",
        outputFolder: folder + "/out",
        workFolder: folder + "/work",
        threads: 2
      )
    )
  }

  private static var study: SmallStudy {
    var study = SmallStudy()
    study.sessions = ["pre", "post"]
    study.runs = 2
    return study
  }

  @Test("Region rows over sessions are the runs' effects weighted by their precision")
  func regions() throws {
    let result = try analyze(Self.study)
    let across = try #require(result.acrossSessions)
    #expect(across.sessions == ["post", "pre"])
    let isAsked = { (row: RegionRow) in
      row.region == "dorsal_posterior_insula_L" && row.contrast == "heat_high"
    }
    let single = result.sessions.flatMap { $0.regionRows[0] }.filter {
      isAsked($0) && $0.run != nil
    }
    let row = try #require(across.regionRows[0].first(where: isAsked))
    #expect(single.count == 4 && row.session == nil && row.run == nil)
    // By hand from the four runs: sum(e / v) / sum(1 / v), 1 / sum(1 / v), and df that add up.
    let parts = try single.map { part in
      (effect: try #require(part.effect), error: try #require(part.standardError))
    }
    let precision = parts.reduce(0) { $0 + 1 / ($1.error * $1.error) }
    let effect = parts.reduce(0) { $0 + $1.effect / ($1.error * $1.error) } / precision
    #expect(abs(try #require(row.effect) - effect) < 1e-9)
    #expect(abs(try #require(row.standardError) - (1 / precision).squareRoot()) < 1e-9)
    #expect(row.degreesOfFreedom == 200)
    #expect(row.peak != nil && row.peakNative == nil)
    // 2 % was drawn; four standard errors hold all but one in 16 000 of such estimates.
    #expect(abs(effect - 2) < 4 * (1 / precision).squareRoot() + 0.01, "\(effect)")
    let members = try #require(across.tasks.first?.members.first)
    #expect(members.map(\.session) == ["post", "pre"] && members.map(\.runCount) == [2, 2])
    #expect(across.notes.isEmpty)
  }

  @Test("Maps over sessions hold voxels of every session, and the number of runs elsewhere")
  func maps() throws {
    let result = try analyze(Self.study)
    let task = try #require(result.acrossSessions?.tasks.first)
    let (estimate, counts) = (task.estimates[0], task.runCounts[0])
    let sessions = result.sessions.map { $0.tasks[0].estimates[0] }
    var (together, alone) = (0, 0)
    for (place, index) in estimate.statistic.mask.indices.enumerated() {
      let values = sessions.map { session -> (effect: Double, variance: Double)? in
        let at = Int(session.statistic.mask.places[index])
        guard at >= 0, let effect = session.effect?.values[at], effect.isFinite else { return nil }
        return (effect, session.variance?.values[at] ?? .nan)
      }
      let seen = values.compactMap(\.self)
      #expect(counts.values[place] == Double(2 * seen.count))
      guard seen.count == 2 else {
        #expect(estimate.statistic.values[place].isNaN)
        alone += 1
        continue
      }
      together += 1
      let precision = 1 / seen[0].variance + 1 / seen[1].variance
      let effect =
        (seen[0].effect / seen[0].variance + seen[1].effect / seen[1].variance) / precision
      // The same formula in another order of the same float64 operations.
      #expect(abs((estimate.effect?.values[place] ?? .nan) - effect) < 1e-9)
      #expect(abs((estimate.variance?.values[place] ?? .nan) * precision - 1) < 1e-9)
    }
    #expect(together > 500, "\(together) voxels of both, \(alone) of one")
    #expect(estimate.degreesOfFreedom == 200)
  }

  @Test("A session that lacks a condition is named, and the contrast is that of the others")
  func lacking() throws {
    let result = try analyze(
      Self.study,
      damage: { dataset in
        for run in 1...2 {
          let stem = Self.study.stem(of: "01", session: "pre", run: run)
          let path = "\(dataset)/\(stem)_events.tsv"
          let text = try readText(path).split(separator: "\n").filter { !$0.contains("heat_low") }
          try writeAtomically(text.joined(separator: "\n") + "\n", to: path)
        }
      }
    )
    let across = try #require(result.acrossSessions)
    let note = try #require(across.notes.first)
    #expect(
      note.contains("heat_low") && note.contains("ses-pre") && note.contains("2 runs of 1 session")
    )
    let row = try #require(
      across.regionRows[0].first {
        $0.region == "dorsal_posterior_insula_L" && $0.contrast == "heat_low"
      }
    )
    let alone = try #require(
      result.sessions.first?.regionRows[0].first {
        $0.region == row.region && $0.contrast == row.contrast && $0.run == nil
      }
    )
    #expect(row.effect == alone.effect && row.degreesOfFreedom == 100)
  }

  @Test("An F over sessions weighs its effects by the sum of their precision matrices")
  func jointly() throws {
    let result = try analyze(Self.study) {
      $0.model.contrasts = [ContrastRequest(name: "both", expression: "heat_high, heat_low")]
    }
    let both = try #require(result.acrossSessions?.tasks.first?.estimates.first)
    #expect(both.numeratorDegreesOfFreedom == 2 && both.degreesOfFreedom == 200)
    let sessions = try result.sessions.map { try #require($0.tasks[0].estimates[0].joint) }
    let finite = both.statistic.values.indices.filter { both.statistic.values[$0].isFinite }
    for place in finite.prefix(50) {
      let index = both.statistic.mask.indices[place]
      // By hand: the inverses of 2 x 2 covariances, added.
      var (p00, p01, p11, w0, w1) = (0.0, 0.0, 0.0, 0.0, 0.0)
      for joint in sessions {
        let value = { (map: MaskedMap) in map.values[Int(map.mask.places[index])] }
        let (c, e) = (joint.covariance.map(value), joint.effects.map(value))
        let determinant = c[0] * c[2] - c[1] * c[1]
        let (a, b, d) = (c[2] / determinant, -c[1] / determinant, c[0] / determinant)
        (p00, p01, p11) = (p00 + a, p01 + b, p11 + d)
        (w0, w1) = (w0 + a * e[0] + b * e[1], w1 + b * e[0] + d * e[1])
      }
      let determinant = p00 * p11 - p01 * p01
      let f = (p11 * w0 * w0 - 2 * p01 * w0 * w1 + p00 * w1 * w1) / determinant / 2
      #expect(abs(both.statistic.values[place] / f - 1) < 1e-9)
    }
    #expect(finite.count > 500)
  }

  @Test("Runs inside and outside of sessions are refused")
  func mixed() throws {
    #expect(throws: ParticipantError.partlyInSessions(participant: "01")) {
      try analyze(Self.study, damage: { try SmallStudy().write(to: $0) })
    }
  }
}
