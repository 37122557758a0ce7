import Files
import FoundationEssentials
import Imaging
import NIfTI
import TestStudies
import Testing

@Suite("Output folder")
struct OutputTests {
  /// What the file of a run's fit holds.
  private struct Fit: Decodable {
    struct Noise: Decodable {
      let model: String
      let averagingFWHM: Double?
      let lags: Int
      let clippedShare: Double
      let undeterminedVoxels: Int

      enum CodingKeys: String, CodingKey {
        case model = "Model"
        case averagingFWHM = "AveragingFWHM"
        case lags = "Lags"
        case clippedShare = "ClippedShare"
        case undeterminedVoxels = "UndeterminedVoxels"
      }
    }

    let noise: Noise
    let notes: [String]
    let keptVolumes: Int
    let degreesOfFreedom: Double
    let medianRSquare: Double
    let residualFWHM: [Double]
    let maps: [String: String]

    enum CodingKeys: String, CodingKey {
      case keptVolumes = "KeptVolumes"
      case degreesOfFreedom = "DegreesOfFreedom"
      case medianRSquare = "MedianRSquare"
      case residualFWHM = "ResidualFWHM"
      case maps = "Maps"
      case noise = "Noise"
      case notes = "Notes"
    }
  }

  @Test("Nothing is written outside of it, and no file in it tells where it was made")
  func inside() throws {
    let door = try Door()
    let before = try digests(below: door.dataset)
    #expect(try door.analyse("--verbose").code == 0)
    #expect(try digests(below: door.dataset) == before)
    let places = try FileManager.default.contentsOfDirectory(atPath: door.scratch.path)
    #expect(Set(places) == ["study", "results", "words"])
    let telling = try paths(below: door.output, holding: door.scratch.path)
    #expect(telling.isEmpty, "\(telling)")
    let hidden = door.traces().filter { $0.hasPrefix(".") }
    #expect(hidden.isEmpty, "\(hidden)")
  }

  @Test(
    "Every run has maps of what its model explains and leaves, and a file that says what they are"
  )
  func fitFiles() throws {
    let door = try Door()
    #expect(try door.analyse("--smoothing", "12").code == 0)
    let stem = door.output + "/sub-01/func/sub-01_task-heat"
    let fit = try JSONDecoder().decode(Fit.self, from: Data(try readBytes(stem + "_fit.json")))
    #expect(fit.keptVolumes == 60 && fit.degreesOfFreedom == 50)
    // The noise is white in space, so the residuals are about as smooth as they were made, 12 mm.
    for width in fit.residualFWHM { #expect(abs(width - 12) < 3, "\(fit.residualFWHM)") }
    #expect(0...1 ~= fit.medianRSquare)
    let maps = paths(below: door.output + "/sub-01/func").compactMap { path -> String? in
      guard !path.contains("contrast-"), let start = path.firstRange(of: "_stat-") else {
        return nil
      }
      return String(path[start.upperBound...].prefix { $0 != "_" })
    }
    #expect(Set(maps) == Set(fit.maps.keys) && maps.count == 8)
    let image = try readSeries(
      stem + "_space-MNI152NLin6Asym_stat-rSquare_statmap.nii.gz",
      assumesRAS: false
    ).series.volume(0)
    let ball = try #require(image.grid.nearestVoxel(to: SmallStudy.balls.left))
    // 2 % in blocks against 0.3 % of noise that smoothing lessens.
    #expect(image.values[ball] > 0.8 && image.values[ball] <= 1)
  }

  @Test(
    "The file of a run's fit says how its noise was modelled",
    arguments: ["arma11", "ar1", "ols"]
  )
  func noise(model: String) throws {
    let door = try Door()
    #expect(try door.analyse("--noise", model).code == 0)
    let path = door.output + "/sub-01/func/sub-01_task-heat_fit.json"
    let fit = try JSONDecoder().decode(Fit.self, from: Data(try readBytes(path)))
    #expect(fit.noise.model == model && fit.noise.undeterminedVoxels == 0)
    #expect(0...1 ~= fit.noise.clippedShare)
    // As 0010 says: 8 s of them, at least 6; successive volumes alone for first-order noise.
    #expect(fit.noise.lags == ["arma11": 6, "ar1": 1, "ols": 0][model])
    #expect(fit.noise.averagingFWHM == (model == "ols" ? nil : 10))
    #expect(
      fit.notes.contains { $0.contains("with a Gaussian of 10.0 mm FWHM") } == (model != "ols")
    )
  }

  @Test("Sentences about files keep out where they lie, too")
  func notes() throws {
    let door = try Door { door in
      let late = "500\t8\theat_low\t9\n500\t8\tn/a\t9\n"
      try writeAtomically(door.study.eventsText + late, to: door.file("events.tsv"))
      try FileManager.default.removeItem(atPath: door.file("bold.json"))
    }
    #expect(try door.analyse().code == 0)
    #expect(try paths(below: door.output, holding: door.scratch.path).isEmpty)
  }

  @Test("Folders with spaces, quotes and markup in their names are folders like others")
  func strangeNames() throws {
    let door = try Door()
    let strange = door.scratch.path + "/a <b>\"q\" 's' & ü"
    try makeFolder(strange)
    try FileManager.default.moveItem(atPath: door.dataset, toPath: strange + "/study")
    let outcome = try door.call(
      [strange + "/study", strange + "/results", "participant", "--normalization", "none"]
        + ["--space", "MNI152NLin6Asym"]
    )
    #expect(outcome.code == 0, "\(outcome.words)")
    let page = try readText(strange + "/results/sub-01.html")
    #expect(!page.contains("<b>\"q\""))
    let repeated = try door.call(["--job", strange + "/results/job.json"])
    #expect(repeated.code == 0, "\(repeated.words)")
  }

  @Test("A recorded job repeats every byte, from any folder and after a move of both folders")
  func repeats() throws {
    let door = try Door()
    #expect(try door.analyse("--contrast", "all=mean(heat_high, heat_low)").code == 0)
    let first = try digests(below: door.output)
    let again = try door.call(["--job", door.output + "/job.json", "--n-cpus", "1"])
    #expect(again.code == 0, "\(again.words)")
    #expect(try digests(below: door.output) == first)
    let moved = door.scratch.path + "/elsewhere"
    try makeFolder(moved)
    for name in ["study", "results"] {
      try FileManager.default.moveItem(
        atPath: door.scratch.path + "/" + name,
        toPath: moved + "/" + name
      )
    }
    #expect(try door.call(["--job", moved + "/results/job.json"]).code == 0)
    #expect(try digests(below: moved + "/results") == first)
  }

  private static let badJobs: [(text: String, replacement: String, words: String)] = [
    ("\"arma11\"", "\"ar7\"", "model.noise must be"),
    ("\"schemaVersion\" : 1", "\"schemaVersion\" : 9", "schemaVersion is 9"),
    ("\"seed\" : 1", "\"sede\" : 1", "seed"),
    ("{", "", "no valid JSON"),
  ]

  @Test("A job that is none is refused by its place", arguments: badJobs)
  func badJob(text: String, replacement: String, words: String) throws {
    let door = try Door()
    #expect(try door.analyse().code == 0)
    let job = try readText(door.output + "/job.json")
    let changed = job.replacing(text, with: replacement, maxReplacements: 1)
    let path = door.scratch.path + "/job.json"
    try writeAtomically(changed, to: path)
    let outcome = try door.call(["--job", path])
    #expect(outcome.code == 2 && outcome.says(path, words), "\(outcome.words)")
    let missing = try door.call(["--job", door.scratch.path + "/none.json"])
    #expect(missing.code == 2 && missing.says("none.json: there is no such file"))
  }

  @Test("Another question replaces the results of the last; a failure leaves none of them")
  func replaced() throws {
    let door = try Door()
    #expect(try door.analyse().code == 0)
    #expect(try door.analyse("--contrast", "low=heat_low").code == 0)
    let maps = door.traces().filter { $0.hasSuffix("stat-t_statmap.nii.gz") }
    #expect(maps.count == 1 && maps.allSatisfy { $0.contains("contrast-low_") }, "\(maps)")
    try door.change(door.file("bold.nii.gz")) { $0.removeLast(99) }
    #expect(try door.analyse().code == 2)
    #expect(door.traces().isEmpty, "\(door.traces())")
  }

  @Test("The dataset, or another program's results, are never written into")
  func notOurs() throws {
    let door = try Door()
    let before = try digests(below: door.dataset)
    let same = try door.analyse(into: door.dataset)
    #expect(same.code == 2 && same.says("this is the dataset itself"))
    let link = door.scratch.path + "/link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: door.dataset)
    #expect(try door.analyse(into: link).code == 2)
    #expect(try digests(below: door.dataset) == before)
    let foreign = door.scratch.path + "/foreign"
    let description = #"{"Name": "x", "GeneratedBy": [{"Name": "fMRIPrep"}]}"#
    try writeAtomically(description, to: foreign + "/dataset_description.json")
    let refused = try door.analyse(into: foreign)
    #expect(refused.code == 2 && refused.says("is not one of nocinet's"))
    #expect(paths(below: foreign) == ["dataset_description.json"])
    #expect(try door.analyse(into: door.dataset + "/derivatives/nocinet").code == 0)
  }

  @Test("A folder that cannot be made or written is refused with the system's reason")
  func unwritable() throws {
    let door = try Door()
    try writeAtomically("a file", to: door.scratch.path + "/file")
    for folder in ["/file", "/file/results"] {
      let outcome = try door.analyse(into: door.scratch.path + folder)
      #expect(outcome.code == 2 && outcome.says("this folder cannot be made"), "\(outcome.words)")
      #expect(outcome.lines.count == 1)
    }
  }

  @Test("A write that fails late leaves nothing of the participant")
  func lateFailure() throws {
    let door = try Door()
    // The page is written after all maps and tables; a folder stands in its place.
    try makeFolder(door.output + "/sub-01.html/in the way")
    let outcome = try door.analyse()
    #expect(outcome.code == 2 && outcome.says("sub-01.html"), "\(outcome.words)")
    #expect(door.traces().isEmpty, "\(door.traces())")
    #expect(!FileManager.default.fileExists(atPath: door.output + "/sub-01"))
  }
}
