import Files
import GLM
import Job
import Imaging
import Realignment

/// The numbers of a run's whole fit and the meanings of its maps, as they are written.
struct FitDescription: Encodable {
  let volumes: Int
  let keptVolumes: Int
  let degreesOfFreedom: Double
  let voxelsWithoutResult: Int
  let medianRSquare: Double?
  let residualFWHM: [Double?]
  let residualFWHMMeaning =
    "full width at half maximum of the residuals along the image's axes, in mm"
  let noise: NoiseDescription
  let contrasts: [StatisticDescription]
  let maps: [String: String]
  let warnings: [String]
  let notes: [String]

  enum CodingKeys: String, CodingKey {
    case volumes = "Volumes"
    case keptVolumes = "KeptVolumes"
    case degreesOfFreedom = "DegreesOfFreedom"
    case voxelsWithoutResult = "VoxelsWithoutResult"
    case medianRSquare = "MedianRSquare"
    case residualFWHM = "ResidualFWHM"
    case residualFWHMMeaning = "ResidualFWHMMeaning"
    case noise = "Noise"
    case contrasts = "Contrasts"
    case maps = "Maps"
    case warnings = "Warnings"
    case notes = "Notes"
  }

  /// Describes a run's fit.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - maps: Its maps that are of no contrast, each with what it holds.
  init(of run: RunResult, maps: [(statistic: String, meaning: String)]) {
    let fit = run.fit
    volumes = run.motion.poses.count
    keptVolumes = run.keptVolumes.count
    degreesOfFreedom = fit.degreesOfFreedom
    voxelsWithoutResult = fit.unusableVoxelCount
    medianRSquare = rounded(median(of: fit.rSquared.values.filter(\.isFinite)), digits: 6)
    residualFWHM = (0..<3).map { rounded(fit.residualFWHM[$0], digits: 4) }
    noise = NoiseDescription(of: fit)
    contrasts = fit.estimates.map(StatisticDescription.init(of:))
    self.maps = Dictionary(maps.map { ($0.statistic, $0.meaning) }) { first, _ in first }
    warnings = run.warnings
    notes = run.notes
  }
}

/// How a run's noise was modelled, and what became of the estimates.
struct NoiseDescription: Encodable {
  let model: String
  let averagingFWHM: Double?
  let lags: Int
  let clippedShare: Double
  let undeterminedVoxels: Int
  let meaning =
    "AveragingFWHM is in mm, inside the mask; ClippedShare is the share of fitted voxels whose "
    + "estimate met a bound, 0 to 1; UndeterminedVoxels were fitted as if their noise had no memory"

  enum CodingKeys: String, CodingKey {
    case model = "Model"
    case averagingFWHM = "AveragingFWHM"
    case lags = "Lags"
    case clippedShare = "ClippedShare"
    case undeterminedVoxels = "UndeterminedVoxels"
    case meaning = "Meaning"
  }

  /// Describes a fit's noise.
  ///
  /// - Parameter fit: The fit.
  init(of fit: RunFit) {
    model = fit.noiseModel.rawValue
    averagingFWHM = fit.noiseAveragingFWHM
    lags = fit.noiseLagCount
    clippedShare = fit.clippedShare
    undeterminedVoxels = fit.undeterminedVoxelCount
  }
}

/// A number of so many decimals, or `nil` where it is not finite.
func rounded(_ value: Double, digits: Int) -> Double? {
  value.isFinite ? Double(fixed(value, digits: digits)) : nil
}
