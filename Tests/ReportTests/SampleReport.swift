import Glibc
import Imaging
import Report

/// A made-up participant, as large as a real one, for trying the page.
enum SampleReport {
  static func participant(
    contrasts count: Int = 2,
    runs: Int = 2,
    voxelSize: Double = 2
  ) -> ParticipantReport {
    var report = ParticipantReport(
      title: "Heat pain in fibromyalgia",
      participant: "sub-07",
      session: "ses-1",
      question: "Where does the signal rise with heat, and where does it follow the pain rating?",
      space: "MNI152NLin2009cAsym"
    )
    report.warnings = [
      "sub-07_ses-1_task-pain_run-2_bold.nii.gz: the repetition time of the header (1.79355 s) is "
        + "not that of the sidecar (2 s); the sidecar’s was used.",
      "A fieldmap is there, but distortion is not corrected yet; signal near the frontal sinus may "
        + "lie a few mm off.",
    ]
    report.runs = (1...runs).map { run($0) }
    report.contrasts = (0..<count).map { contrast($0, voxelSize: voxelSize) }
    report.registration = [
      .init(name: "Normalized mutual information", value: "1.21", expectation: "above 1.1"),
      .init(name: "Mask overlap (Dice)", value: "0.94", expectation: "above 0.90"),
      .init(name: "There and back", value: "0.04 mm", expectation: "under 0.1 mm"),
      .init(name: "Smallest Jacobian", value: "0.41", expectation: "above 0"),
    ]
    report.methods = [
      "Results were computed with nocinet 0.1.0. Head motion was estimated as six rigid parameters "
        + "against the mean of a first pass and resampled once with a B-spline of order 7. The "
        + "model held SPM’s double gamma for every condition, cosines of periods above 128 s and "
        + "six motion parameters; volumes displaced by more than 0.5 mm were left out.",
      "Noise was taken as first-order autoregressive, its coefficient corrected for bias and "
        + "pooled over neighbours. Runs were combined by fixed effects. All p are two-sided.",
    ]
    report.provenance = [
      ("nocinet", "0.1.0"), ("elastix", "5.1.0, 2 threads"),
      ("Template", "MNI152NLin2009cAsym, sha256 0f3c8d1a77be01f4"), ("Seed", "1"),
    ]
    return report
  }

  static func contrast(_ index: Int, voxelSize: Double) -> ContrastSection {
    let names = ["heat", "heat_by_rating", "rating", "heat − rating", "early", "late"]
    var section = ContrastSection(
      name: names[index % names.count],
      expression: names[index % names.count],
      unit: index == 1 ? "% signal per rating point" : "% signal",
      background: SampleImages.head(voxelSize: voxelSize),
      statistic: SampleImages.activation(seed: index, voxelSize: voxelSize),
      threshold: 3.42,
      thresholdMeaning: "FDR 5 % over the mask",
      pictureSpace: "MNI152NLin2009cAsym"
    )
    section.regions = regions()
    section.peaks = [
      PeakLine(
        place: "anterior insula, right",
        z: 7.42,
        position: [38, 4, 4],
        nativePosition: [36, 9, -11],
        clusterVoxels: 812
      ),
      PeakLine(
        place: "anterior midcingulate",
        z: 6.21,
        position: [2, 14, 38],
        nativePosition: [1, 17, 20]
      ),
      PeakLine(place: "", z: -5.08, position: nil, nativePosition: [0, -48, 11]),
    ]
    return section
  }

  static func regions() -> [RegionLine] {
    let names = [
      "anterior insula", "dorsal posterior insula", "S2 parietal operculum", "S1 hand",
      "anterior midcingulate", "thalamus VP", "amygdala", "putamen", "PAG level", "dlPFC",
    ]
    return names.enumerated().flatMap { index, name in
      ["L", "R"].map { side in
        let effect = 0.62 * exp(-Double(index) / 4) * (side == "R" ? 1 : 0.8) - 0.06
        let error = 0.061 + 0.004 * Double(index)
        var line = RegionLine(
          region: name,
          hemisphere: side,
          voxels: name == "PAG level" ? 1.7 : 61.3 + Double(index),
          coverage: index == 9 ? 0.412 : 1 - 0.003 * Double(index),
          effect: effect,
          standardError: error,
          t: effect / error,
          degreesOfFreedom: 442,
          p: erfc((effect / error).magnitude / 2.0.squareRoot())
        )
        line.share = max(0, effect)
        line.peakZ = effect / error + 0.8
        line.peakPosition = [side == "R" ? 38 : -38, 4 - Double(index), 6]
        line.flags = name == "PAG level" ? ["under_2_voxels"] : index == 9 ? ["low_coverage"] : []
        return line
      }
    }
  }
}
