import Files
import FoundationEssentials
import Glibc
import TestStudies
import Testing

@Suite("F contrasts through the door")
struct JointContrastTests {
  /// What lies beside a map of F, and in the file of a run's fit.
  private struct Description: Decodable {
    let contrast: String
    let statistic: String
    let numeratorDegreesOfFreedom: Double?
    let degreesOfFreedom: Double

    enum CodingKeys: String, CodingKey {
      case contrast = "Contrast"
      case statistic = "Statistic"
      case numeratorDegreesOfFreedom = "NumeratorDegreesOfFreedom"
      case degreesOfFreedom = "DegreesOfFreedom"
    }
  }

  private struct Fit: Decodable {
    let contrasts: [Description]

    enum CodingKeys: String, CodingKey { case contrasts = "Contrasts" }
  }

  private func read<Value: Decodable>(_ path: String, as type: Value.Type) throws -> Value {
    try JSONDecoder().decode(type, from: Data(try readBytes(path)))
  }

  @Test("An F has both degrees of freedom in every table, file and page, over runs and sessions")
  func degrees() throws {
    var study = SmallStudy()
    study.sessions = ["a", "b"]
    study.runs = 2
    let door = try Door(study)
    let outcome = try door.analyse(
      "--contrast",
      "both=heat_high, heat_low",
      "--contrast",
      "one=heat_high"
    )
    #expect(outcome.code == 0, "\(outcome.words)")
    // 60 volumes less 10 columns in every run; the session "a" has two, both sessions four.
    let sources: [(session: String?, run: String?, runs: Int)] = [
      ("a", "1", 1), ("a", "n/a", 2), (nil, "n/a", 4),
    ]
    for (session, run, runs) in sources {
      let found = try door.row(
        region: "dorsal_posterior_insula_L",
        contrast: "both",
        session: session,
        run: run
      )
      let row = try #require(found)
      for absent in ["effect", "standard_error", "t", "weight_sum", "unit"] {
        #expect(row[absent] == "n/a", "\(absent)")
      }
      #expect(row["df_numerator"] == "2" && row["df"] == "\(50 * runs)")
      #expect(row["run_count"] == "\(runs)" && row["flags"] == "n/a")
      let f = try #require(row["f"].flatMap(Double.init))
      let p = try #require(row["p"].flatMap(Double.init))
      // The tail of an F of 2 and d degrees of freedom is (1 + 2 F / d)^(-d / 2).
      let degrees = 50 * Double(runs)
      let expected = -degrees / 2 * log1p(2 * f / degrees)
      #expect(f > 10 && abs(log(p) - expected) < 1e-9 * abs(expected), "\(f), \(p)")
      #expect(try #require(row["z"].flatMap(Double.init)) > 0)

      let single = try door.row(
        region: "dorsal_posterior_insula_L",
        contrast: "one",
        session: session,
        run: run
      )
      let other = try #require(single)
      #expect(other["f"] == "n/a" && other["df_numerator"] == "n/a")
      #expect(other["weight_sum"] == "1" && other["df"] == "\(50 * runs)")
    }
    try files(of: door)
    try pages(of: door)
  }

  /// The files beside the maps, of a run, a session and both sessions.
  private func files(of door: Door) throws {
    let session = door.output + "/sub-01/ses-a/func/sub-01_ses-a_task-heat"
    let space = "space-MNI152NLin6Asym_contrast-both_stat-F_statmap.json"
    let places: [(path: String, runs: Double)] = [
      ("\(session)_run-1_\(space)", 1), ("\(session)_\(space)", 2),
      ("\(door.output)/sub-01/func/sub-01_task-heat_\(space)", 4),
    ]
    for (path, runs) in places {
      let map = try read(path, as: Description.self)
      #expect(map.contrast == "both" && map.statistic == "F")
      #expect(map.numeratorDegreesOfFreedom == 2 && map.degreesOfFreedom == 50 * runs)
    }
    let fit = try read(session + "_run-1_fit.json", as: Fit.self)
    #expect(fit.contrasts.map(\.statistic) == ["F", "t"])
    #expect(fit.contrasts.map(\.numeratorDegreesOfFreedom) == [2, nil])
    #expect(fit.contrasts.map(\.degreesOfFreedom) == [50, 50])
    let peaks = try readText(session + "_contrast-both_peaks.tsv").split(separator: "\n")
    #expect(peaks[0].hasPrefix("z\tstatistic\tdf_numerator\tdf\t"))
    #expect(peaks[1].split(separator: "\t")[2...3].elementsEqual(["2", "100"]))
  }

  private func pages(of door: Door) throws {
    let session = try door.page("sub-01_ses-a")
    #expect(session.contains("2 and 100 degrees of freedom, the second the sum over runs"))
    #expect(session.contains("F(2, 100) = ") && session.contains("2, 50"))
    #expect(session.contains("of the upper tail"))
    let together = try door.page()
    #expect(together.contains("2 and 200 degrees of freedom") && together.contains("F(2, 200) = "))
  }
}
