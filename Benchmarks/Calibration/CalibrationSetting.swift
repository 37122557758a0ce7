/// What is asked of the models beside the noise and the acquisition.
struct CalibrationSetting {
  /// What chooses it on the command line.
  let name: String

  /// What it is, in words.
  let note: String

  /// Whether a tenth of the volumes is left out.
  var censored = false

  /// Whether coefficients and variance vary smoothly over space.
  var varying = false

  /// The noise's smoothness, as its kernel's full width at half maximum in voxels; 0 for none.
  var smoothness = 0

  /// The number of motion columns.
  var motionColumns = 6

  /// Whether the series are means of regions instead of voxels.
  var region = false

  /// Every setting: the usual one, then one thing harder at a time.
  static let all = [
    CalibrationSetting(name: "base", note: "6 motion columns, independent voxels"),
    CalibrationSetting(name: "censored", note: "one volume in ten left out", censored: true),
    CalibrationSetting(name: "varying", note: "coefficients vary over space", varying: true),
    CalibrationSetting(name: "motion24", note: "24 motion columns", motionColumns: 24),
    CalibrationSetting(name: "smooth2", note: "noise smooth by 2 voxels", smoothness: 2),
    CalibrationSetting(name: "smooth3", note: "noise smooth by 3 voxels", smoothness: 3),
    CalibrationSetting(name: "region", note: "means of 27 voxels", region: true),
    CalibrationSetting(
      name: "region-varying",
      note: "means of 27 voxels, coefficients vary over space",
      varying: true,
      region: true
    ),
  ]

  /// The names.
  static var words: String { all.map(\.name).joined(separator: ", ") }

  /// Whether every voxel is an independent series.
  var isCheap: Bool { smoothness == 0 && !region }

  /// Whether nothing is harder than usual.
  var isUsual: Bool { name == "base" || name == "varying" }

  /// The number of voxels along each axis of a simulated run: an atlas of 64 regions of 27 voxels, or
  /// a piece of brain.
  var cubeSize: Int { region ? 12 : 24 }

  /// The number of independent series of a simulated run.
  var seriesPerBatch: Int {
    guard !region else { return 64 }
    let points = smoothness == 0 ? cubeSize : cubeSize / (smoothness + 1)
    return points * points * points / (smoothness == 0 ? 1 : 2)
  }
}
