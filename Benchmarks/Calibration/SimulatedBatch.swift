import Design
import GLM
import GLMKernel
import Imaging
import Job
import Statistics

/// One simulated run: a design, and a cube of noise of every kind.
struct SimulatedBatch {
  private let setting: CalibrationSetting
  private let acquisition: Acquisition
  private let cube: SimulatedCube
  private let design: DesignMatrix
  private let keptVolumes: [Int]
  private let contrast: Contrast
  private let innovations: NoiseField
  private let white: NoiseField

  /// Draws a run.
  ///
  /// - Parameters:
  ///   - setting: What is simulated.
  ///   - acquisition: How it is scanned.
  ///   - seed: Where the draw begins.
  /// - Throws: Why there is no such run.
  init(_ setting: CalibrationSetting, _ acquisition: Acquisition, seed: UInt64) throws {
    var numbers = SeededGenerator(seed: seed)
    self.setting = setting
    self.acquisition = acquisition
    cube = SimulatedCube(setting, numbers: &numbers)
    design = try acquisition.design(motionColumns: setting.motionColumns, numbers: &numbers)
    keptVolumes =
      setting.censored
      ? acquisition.keptVolumes(numbers: &numbers) : Array(0..<acquisition.volumeCount)
    contrast = try Design.contrast(
      ContrastRequest(name: "stimulus", expression: "stimulus"),
      for: design
    )
    let field = { (numbers: inout SeededGenerator) in
      NoiseField(
        volumeCount: acquisition.volumeCount,
        size: setting.cubeSize,
        smoothness: setting.smoothness,
        numbers: &numbers
      )
    }
    innovations = field(&numbers)
    white = field(&numbers)
  }

  /// Fits every model to every noise.
  ///
  /// - Returns: What was found.
  /// - Throws: The error of a fit.
  func tally() throws -> Tally {
    var tally = Tally()
    for noise in SimulatedNoise.allCases {
      let series = cube.series(
        noise,
        innovations: innovations,
        white: white,
        volumeCount: acquisition.volumeCount
      )
      let p = try setting.region ? regionP(series, noise) : voxelP(series, noise)
      for (model, values) in p { tally.add(values, noise: noise, model: model) }
    }
    tally.extend(by: setting.seriesPerBatch)
    return tally
  }

  /// The p values of the counted voxels under every model.
  private func voxelP(
    _ series: MaskedSeries,
    _ noise: SimulatedNoise
  ) throws -> [(model: String, p: [Double])] {
    let count = cube.mask.count
    var result = try Noise.allCases.map { model in
      let fit = try fitRun(
        RunFitRequest(
          series: series,
          designs: [design],
          designOfVoxel: [Int](repeating: 0, count: count),
          keptVolumes: keptVolumes,
          contrasts: [contrast],
          noise: model,
          repetitionTime: acquisition.repetitionTime,
          baseline: [Double](repeating: 100, count: count),
          threads: 1
        )
      )
      return (model: model.rawValue, p: cube.counted.map { fit.estimates[0].p.values[$0] })
    }
    if noise.isInFamily { result.append(("oracle", try oracleP(series, noise))) }
    return result
  }

  /// The p values of the counted voxels when their noise is known.
  private func oracleP(_ series: MaskedSeries, _ noise: SimulatedNoise) throws -> [Double] {
    let prepared = try KernelDesign(
      design.matrix,
      kept: keptVolumes,
      contrasts: [KernelContrast(kind: .t, weights: contrast.weights)],
      maximumLag: 0
    )
    let width = MaskedSeries.laneCount
    let distribution = StudentT(degreesOfFreedom: Double(prepared.degreesOfFreedom))
    let first = prepared.contrasts[0].firstResult
    var p: [Double] = []
    var results = [Double](repeating: 0, count: prepared.resultCount * width)
    series.strips.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { return }
      let kernel = OptimizedKernel(.float64)
      var fitted = -1
      for place in cube.counted {
        let (strip, lane) = place.quotientAndRemainder(dividingBy: width)
        if strip != fitted {
          let shapes = (0..<width).map {
            noise.process(cube.deviations[strip * width + $0]).shape
          }
          kernel.fit(
            base + strip * acquisition.volumeCount * width,
            design: prepared,
            noise: shapes.map(\.memory) + shapes.map(\.share),
            into: &results
          )
          fitted = strip
        }
        let variance = results[(first + 1) * width + lane]
        p.append(distribution.pAndZ(results[first * width + lane] / variance.squareRoot()).p)
      }
    }
    return p
  }

  /// The p values of the regions under every model with memory.
  private func regionP(
    _ series: MaskedSeries,
    _ noise: SimulatedNoise
  ) throws -> [(model: String, p: [Double])] {
    let means = cube.regions.map { region in
      (0..<acquisition.volumeCount).map { volume in
        region.reduce(0) {
          $0 + Double(series.strips[series.offset(ofVoxel: $1, volume: volume)])
        } / Double(region.count)
      }
    }
    return try [Noise.ar1, .arma11].map { model in
      let shapes = try regionNoise(
        RegionNoiseRequest(
          series: means,
          designs: means.map { _ in design },
          keptVolumes: keptVolumes,
          noise: model,
          repetitionTime: acquisition.repetitionTime
        )
      ).shapes
      let p = try zip(means, shapes).map { mean, shape in
        try fitSeries(
          SeriesFitRequest(
            series: mean,
            design: design,
            keptVolumes: keptVolumes,
            contrasts: [contrast],
            noise: shape
          )
        )[0].p
      }
      return (model: model.rawValue, p: p)
    }
  }
}

extension NoiseProcess {
  /// The process in the kernel's terms; one without a second weight.
  fileprivate var shape: NoiseShape {
    NoiseShape(memory: Double(first), share: first == 0 ? 0 : 1 - Double(white))
  }
}
