import Files
import FoundationEssentials
import Glibc
import NIfTI
import TestData
import TestStudies
import Testing

/// Three runs of a published heat-pain study (ds000140, sub-01): its events as they are, which count from
/// the start of the session, with simulated images of known effects.
@Suite("The heat-pain study", .enabled(if: SharedData.isPresent))
struct HeatPainTests {
  /// One row of the study's events.
  private struct Row {
    let onset: Double
    let duration: Double
    let temperature: Double?
    let rating: Double?

    /// How high its response is, in %.
    var height: Double {
      if let temperature {
        return HeatPainTests.heat + HeatPainTests.perDegree * (temperature - 45)
      }
      guard let rating else { return 0 }
      return HeatPainTests.rating + HeatPainTests.perPoint * (rating - 100)
    }
  }

  /// The effects in the left ball, in %; half of them in the right one.
  private static let heat = 1.5
  private static let perDegree = 0.4
  private static let rating = 0.8
  private static let perPoint = 0.01

  /// The volumes of the three runs, of 2 s each: 418, 418 and 382 s.
  private static let volumes = [209, 209, 191]

  private static func eventsPath(_ run: Int) -> String {
    SharedData.root + "/bids_trees/ds000140/sub-01/func/"
      + "sub-01_task-heatpainwithregulationandratings_run-0\(run)_events.tsv"
  }

  /// Reads a run's rows, cell by cell, and counts them from the run's own start.
  private static func rows(_ run: Int) throws -> [Row] {
    let start = volumes.prefix(run - 1).reduce(0) { $0 + 2 * Double($1) }
    return try readText(eventsPath(run)).split(whereSeparator: \.isNewline).dropFirst().map {
      line in
      let cells = line.split(separator: "\t").map(String.init)
      return Row(
        onset: (Double(cells[0]) ?? .nan) - start,
        duration: Double(cells[1]) ?? .nan,
        temperature: Double(cells[2]),
        rating: Double(cells[3])
      )
    }
  }

  /// The response at a time to a stimulus of some length: the textbook's difference of two gamma densities
  /// of unit integral together, summed over the stimulus in steps of a twentieth of a second.
  private static func response(_ time: Double, duration: Double) -> Double {
    let step = 0.05
    guard time > 0, time < 40 + duration else { return 0 }
    return (0..<Int(duration / step)).reduce(0) { sum, place in
      let x = time - (Double(place) + 0.5) * step
      guard x > 0, x < 40 else { return sum }
      let density = exp(5 * log(x) - x - lgamma(6)) - exp(15 * log(x) - x - lgamma(16)) / 6
      return sum + density * 6 / 5 * step
    }
  }

  /// Writes the study with images of the effects.
  private static func study() throws -> Door {
    try Door { door in
      try FileManager.default.removeItem(atPath: door.dataset + "/sub-01")
      for run in 1...3 {
        let rows = try Self.rows(run)
        var study = SmallStudy()
        study.volumeCount = volumes[run - 1]
        study.course = { time in
          let percent = rows.reduce(0.0) { sum, row in
            sum + row.height * response(time - row.onset, duration: row.duration)
          }
          return (percent, percent / 2)
        }
        let stem = "\(door.dataset)/sub-01/func/sub-01_task-heat_run-\(run)"
        try writeSeries(
          study.series(seed: UInt64(run)),
          to: stem + "_bold.nii.gz",
          repetitionTime: 2,
          spaceIsTemplate: true,
          description: "simulated"
        )
        try writeAtomically(
          "{\"RepetitionTime\": 2, \"TaskName\": \"heat\"}",
          to: stem + "_bold.json"
        )
        try writeAtomically(try readBytes(eventsPath(run)), to: stem + "_events.tsv")
      }
    }
  }

  private static let model = [
    "--condition-column", "present(temperature, ratings)", "--modulators",
    "temperature:temperature,ratings:ratings", "--normalization", "none", "--space",
    "MNI152NLin6Asym", "--confounds", "none",
  ]

  /// An estimate of a region with its standard error.
  private func estimate(_ door: Door, _ contrast: String, side: String) throws -> (Double, Double) {
    let row = try #require(
      try door.row(region: "dorsal_posterior_insula_\(side)", contrast: contrast, run: "n/a")
    )
    return (
      try #require(row["effect"].flatMap(Double.init)),
      try #require(row["standard_error"].flatMap(Double.init))
    )
  }

  @Test(
    "Its uncorrected onsets are refused with the option that solves it; with it, all effects are found"
  )
  func effects() throws {
    let door = try Self.study()
    let call = [door.dataset, door.output, "participant"] + Self.model
    let refused = try door.call(call)
    #expect(refused.code == 2)
    #expect(
      refused.says(
        "sub-01_task-heat_run-2_events.tsv: onsets run from 428.216 to",
        "in this run, which ends at 418 s, so they count on from the run before it; use --onset-offset "
          + "auto, which takes 418 s off them"
      ),
      "\(refused.words)"
    )
    #expect(door.traces().isEmpty)

    let outcome = try door.call(call + ["--onset-offset", "auto"])
    #expect(outcome.code == 0, "\(outcome.words)")
    let page = try door.page()
    #expect(page.contains("418 s were taken off every onset (the length of the runs before it)"))
    #expect(page.contains("836 s were taken off every onset"))
    // The estimate in % is of the mean over time, which the responses lift by under 1 %.
    for (contrast, truth) in [
      ("temperature_by_temperature", Self.perDegree), ("ratings_by_ratings", Self.perPoint),
    ] {
      for (side, share) in [("L", 1.0), ("R", 0.5)] {
        let (effect, error) = try estimate(door, contrast, side: side)
        #expect(error < 0.2 * truth)
        #expect(
          abs(effect - share * truth) < 0.02 * truth + 4 * error,
          "\(contrast) \(effect) ± \(error)"
        )
      }
    }

    // Centred over the three runs, the condition's own effect is the one at their mean temperature.
    let centred = try door.call(
      call + ["--onset-offset", "auto", "--modulator-centring", "participant"]
    )
    #expect(centred.code == 0, "\(centred.words)")
    let temperatures = try (1...3).flatMap(Self.rows).compactMap(\.temperature)
    let mean = temperatures.reduce(0, +) / Double(temperatures.count)
    let truth = Self.heat + Self.perDegree * (mean - 45)
    let (effect, error) = try estimate(door, "temperature", side: "L")
    #expect(abs(effect - truth) < 0.02 * truth + 4 * error, "\(effect) ± \(error) for \(truth)")
  }
}
