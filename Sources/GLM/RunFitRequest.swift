public import Design
public import GLMKernel
public import Imaging
public import Job

/// What is to be fitted to the voxels of one run.
public struct RunFitRequest: Sendable {
  /// The usual width of the averaging of noise coefficients over neighbours, in mm.
  ///
  /// At 3 mm voxels it averages about 120 of them, and half the weight lies within 6.5 mm.
  public static let usualRegularisationFWHM = 10.0

  /// The data, all volumes.
  public var series: MaskedSeries

  /// The designs, all volumes × the same columns in each; one where slices are not timed.
  public var designs: [DesignMatrix]

  /// For every voxel of the mask its design, counted from 0; voxels of one plane share one.
  public var designOfVoxel: [Int]

  /// The volumes that take part, ascending, counted from 0; the others are deleted.
  public var keptVolumes: [Int]

  /// The questions.
  public var contrasts: [Contrast]

  /// How the noise's memory is modelled.
  public var noise: Noise

  /// The time between volumes, in s; it sets how many lags correct the noise coefficients.
  public var repetitionTime: Double

  /// For every voxel of the mask the value that is 100 %; NaN where the voxel is out.
  public var baseline: [Double]

  /// The full width at half maximum of the averaging of noise coefficients, in mm; 0 for none.
  public var regularisationFWHM: Double

  /// The arithmetic of all that grows with the number of volumes.
  public var precision: OptimizedKernel.Precision

  /// The number of threads, on which no result depends.
  public var threads: Int

  /// Creates a request.
  ///
  /// - Parameters:
  ///   - series: The data, all volumes.
  ///   - designs: The designs, all volumes × the same columns in each.
  ///   - designOfVoxel: For every voxel of the mask its design, counted from 0.
  ///   - keptVolumes: The volumes that take part, ascending, counted from 0.
  ///   - contrasts: The questions.
  ///   - noise: How the noise's memory is modelled.
  ///   - repetitionTime: The time between volumes, in s.
  ///   - baseline: For every voxel of the mask the value that is 100 %.
  ///   - regularisationFWHM: The width of the averaging of noise coefficients, in mm.
  ///   - precision: The arithmetic of all that grows with the number of volumes.
  ///   - threads: The number of threads.
  public init(
    series: MaskedSeries,
    designs: [DesignMatrix],
    designOfVoxel: [Int],
    keptVolumes: [Int],
    contrasts: [Contrast],
    noise: Noise,
    repetitionTime: Double,
    baseline: [Double],
    regularisationFWHM: Double = RunFitRequest.usualRegularisationFWHM,
    precision: OptimizedKernel.Precision = .float32,
    threads: Int
  ) {
    self.series = series
    self.designs = designs
    self.designOfVoxel = designOfVoxel
    self.keptVolumes = keptVolumes
    self.contrasts = contrasts
    self.noise = noise
    self.repetitionTime = repetitionTime
    self.baseline = baseline
    self.regularisationFWHM = regularisationFWHM
    self.precision = precision
    self.threads = threads
  }

  /// Throws where the parts of the request do not fit one another.
  ///
  /// - Throws: ``GLMError`` with the first part that does not fit.
  func check() throws(GLMError) {
    let voxelCount = series.mask.count
    guard designOfVoxel.count == voxelCount else {
      throw .shape(what: .designOfVoxel, expected: voxelCount, found: designOfVoxel.count)
    }
    guard baseline.count == voxelCount else {
      throw .shape(what: .baselines, expected: voxelCount, found: baseline.count)
    }
    if let voxel = designOfVoxel.firstIndex(where: { !designs.indices.contains($0) }) {
      throw .noSuchDesign(voxel: voxel, design: designOfVoxel[voxel])
    }
    guard repetitionTime > 0, repetitionTime.isFinite else {
      throw .outOfRange(.repetitionTime, repetitionTime)
    }
    guard regularisationFWHM >= 0, regularisationFWHM.isFinite else {
      throw .outOfRange(.regularisationFWHM, regularisationFWHM)
    }
  }
}
