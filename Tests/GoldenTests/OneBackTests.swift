import Atlas
import Files
import FoundationEssentials
import NIfTI
import TestData
import TestStudies
import Testing

/// The real localizer run, from raw images to named regions, by way of the T1w and elastix.
@Suite("One-back localizer", .enabled(if: SharedData.isPresent), .serialized)
struct OneBackTests {
  private static var dataset: String { SharedData.root + "/bold/ds-oneback" }

  private static let contrasts = [
    "--contrast", "all=mean(body, face, house, object, scene, scramble)",
    "--contrast", "faces=face - 0.5*house - 0.5*scene",
    "--contrast", "places=0.5*house + 0.5*scene - face",
  ]

  /// One analysis with the way to the template.
  private struct Analysis {
    let folder: String
    let outcome: Program.Outcome
    var output: String { folder + "/results" }

    static let shared: Result<Analysis, any Error> = Result { try Analysis() }

    static func call(_ folder: String, _ more: [String] = []) throws -> Program.Outcome {
      let template = SharedData.root + "/templates/tpl-MNI152NLin6Asym_res-02_T1w.nii.gz"
      let six = SharedData.root + "/atlas/mni6_2mm_neuroparc/"
      let nine = SharedData.root + "/atlas/mni2009c_2mm_xcpEngine/"
      let harvard = "HarvardOxfordcort-maxprob-thr25_space-MNI152NLin6_res-2x2x2.nii.gz"
      let files = FileManager.default
      // The names file of this image names nothing; its labels are those of the other grid's list.
      let schaefer = folder + "/Schaefer200_space-MNI152NLin6Asym_res-2.nii.gz"
      if !files.fileExists(atPath: schaefer) {
        try files.createSymbolicLink(
          atPath: schaefer,
          withDestinationPath: six + "Schaefer200_space-MNI152NLin6_res-2x2x2.nii.gz"
        )
        try files.copyItem(
          atPath: nine + "schaefer200x7NodeNames.txt",
          toPath: folder + "/Schaefer200_space-MNI152NLin6Asym_res-2.txt"
        )
      }
      let atlases = [
        six + harvard, schaefer, nine + "schaefer200x7MNI.nii.gz:space=MNI152NLin2009cAsym",
      ]
      return try Program.run(
        [dataset, folder + "/results", "participant", "--template", template] + contrasts
          + atlases.flatMap { ["--atlas", $0] } + more,
        wordsIn: folder
      )
    }

    init() throws {
      folder = try ScratchFolder().path
      outcome = try Self.call(folder)
    }

    /// The first positive peak of a contrast, by column.
    func peak(_ contrast: String) throws -> [String: String] {
      let path = "\(output)/sub-01/func/sub-01_task-oneback_contrast-\(contrast)_peaks.tsv"
      let lines = try readText(path).split(separator: "\n").prefix(2).map {
        $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      }
      try #require(lines.count == 2)
      print(contrast, lines[1])
      return Dictionary(zip(lines[0], lines[1]), uniquingKeysWith: { first, _ in first })
    }

    /// The largest mean effect's region in a table.
    func rows(_ atlas: String, _ contrast: String) throws -> [RegionRow] {
      try RegionTable.read("\(output)/sub-01/sub-01_atlas-\(atlas)_regions.csv")
        .filter { $0.contrast == contrast }
        .sorted { ($0.t ?? -.infinity) > ($1.t ?? -.infinity) }
    }
  }

  private static let harvard = "region_HarvardOxfordcortmaxprobthr25"

  @Test("All stimuli: t of at least 15, in occipital cortex")
  func all() throws {
    let analysis = try Analysis.shared.get()
    #expect(analysis.outcome.code == 0, "\(analysis.outcome.words)")
    let peak = try analysis.peak("all")
    #expect(try #require(peak["statistic"].flatMap(Double.init)) >= 15)
    let name = try #require(peak[Self.harvard])
    let occipital = ["Occipital", "Lingual", "calcarine", "Cuneal"]
    #expect(occipital.contains(where: name.contains), "\(name)")
  }

  @Test("Faces: occipitotemporal cortex; places: parahippocampal, lingual or retrosplenial")
  func categories() throws {
    let analysis = try Analysis.shared.get()
    let face = try #require(try analysis.peak("faces")[Self.harvard])
    let faceNames = ["Temporal", "temporooccipital", "Fusiform", "Lateral_Occipital"]
    #expect(faceNames.contains(where: face.contains), "\(face)")
    let place = try #require(try analysis.peak("places")[Self.harvard])
    let placeNames = ["Parahippocampal", "Lingual", "Fusiform", "Precuneous", "Cingulate"]
    #expect(placeNames.contains(where: place.contains), "\(place)")
  }

  @Test("Region tables say so by name, on the grid of either template")
  func tables() throws {
    let analysis = try Analysis.shared.get()
    let places = try analysis.rows("HarvardOxfordcortmaxprobthr25", "places").prefix(8)
    print(places.map { "\($0.region) \($0.t ?? .nan)" })
    #expect(places.contains { $0.region.contains("Parahippocampal_Gyrus_posterior") })
    for (atlas, space) in [("Schaefer200", "NLin6Asym"), ("schaefer200x7MNI", "2009c")] {
      let all = try analysis.rows(atlas, "all").prefix(10)
      print(atlas, space, all.map { "\($0.region) \($0.t ?? .nan)" })
      #expect(all.allSatisfy { $0.region.contains("_Vis_") || $0.region.contains("_DorsAttn_") })
    }
    #expect(analysis.outcome.says("MNI152NLin2009cAsym", "places differ by a few mm"))
    let page = try readText(analysis.output + "/sub-01.html")
    #expect(page.contains("places differ by a few mm"))
    #expect(page.utf8.count < 3 << 20)
  }

  @Test("The brain found in the mean image is the template's: no skull, no eyes, no missing lobe")
  func brain() throws {
    let page = try readText(try Analysis.shared.get().output + "/sub-01.html")
    let row = try #require(page.firstRange(of: "Overlap of the brain masks (Dice)</th>"))
    let cell = page[row.upperBound...].prefix(40).split { $0 == ">" || $0 == "<" }
    let overlap = try #require(cell.compactMap { Double($0) }.first)
    // A rim of 4 mm all around a brain of 1500 ml, or one missing, makes 0.92.
    #expect(overlap > 0.92 && overlap <= 1)
  }

  @Test("A rerun keeps the registration, and OLS is above prewhitening")
  func noise() throws {
    let analysis = try Analysis.shared.get()
    let prewhitened = try #require(try analysis.peak("all")["statistic"].flatMap(Double.init))
    let folder = analysis.folder + "/results/sub-01/xfm"
    let kept = try digests(below: folder)
    #expect(kept.count >= 3)
    let changed = try modificationTimes(below: folder)
    let outcome = try Analysis.call(analysis.folder, ["--noise", "ols"])
    #expect(outcome.code == 0, "\(outcome.words)")
    #expect(try digests(below: folder) == kept)
    #expect(try modificationTimes(below: folder) == changed)
    let ordinary = try #require(try analysis.peak("all")["statistic"].flatMap(Double.init))
    // A peer without motion correction has 27.6 and 20.9 at this reference time.
    #expect(ordinary > prewhitened && ordinary > 20)
    let again = try Analysis.call(analysis.folder)
    #expect(again.code == 0)
  }

  private func modificationTimes(below folder: String) throws -> [String: Date] {
    var times: [String: Date] = [:]
    for path in paths(below: folder) {
      let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/" + path)
      times[path] = attributes[.modificationDate] as? Date
    }
    return times
  }

  @Test("At reference time 0 the same run has less", arguments: ["ols", "ar1"])
  func referenceTime(noise: String) throws {
    var peaks: [Double] = []
    for reference in ["0.5", "0"] {
      let folder = try ScratchFolder().path
      let outcome = try Program.run(
        [Self.dataset, folder + "/results", "participant", "--normalization", "none"]
          + ["--space", "MNI152NLin6Asym", "--noise", noise, "--slice-time-ref", reference]
          + Self.contrasts.prefix(2),
        wordsIn: folder
      )
      #expect(outcome.code == 0, "\(outcome.words)")
      let path = folder + "/results/sub-01/func/sub-01_task-oneback_contrast-all_peaks.tsv"
      let cells = try readText(path).split(separator: "\n")[1].split(separator: "\t")
      peaks.append(try #require(Double(cells[1])))
    }
    print("all stimuli, \(noise): t \(peaks[0]) at TR/2, \(peaks[1]) at 0")
    #expect(peaks[0] > peaks[1] && peaks[1] >= 15)
  }
}
