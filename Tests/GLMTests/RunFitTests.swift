import Algebra
import Design
import GLM
import GLMKernel
import Imaging
import Job
import Statistics
import TestData
import Testing

@Suite("Fit of a run")
struct RunFitTests {
  private static let volumes = 80
  private static let columns = 7
  private static let design = named(runLikeDesign(volumes: volumes, columns: columns))

  private func request(
    _ series: MaskedSeries,
    noise: Noise = .ar1,
    precision: OptimizedKernel.Precision = .float64,
    threads: Int = 1
  ) -> RunFitRequest {
    let count = series.mask.count
    return RunFitRequest(
      series: series,
      designs: [Self.design],
      designOfVoxel: [Int](repeating: 0, count: count),
      keptVolumes: Array(0..<Self.volumes),
      contrasts: [
        question("first", only(0, of: Self.columns)),
        question("both", only(0, of: Self.columns), only(1, of: Self.columns)),
      ],
      noise: noise,
      repetitionTime: 2,
      baseline: [Double](repeating: 50, count: count),
      precision: precision,
      threads: threads
    )
  }

  private func noiseSeries(_ count: Int, rho: Double = 0.4, seed: UInt64 = 21) -> [[Double]] {
    var numbers = NormalNumbers(seed: seed)
    return (0..<count).map { _ in numbers.memory(rho, count: Self.volumes).map { $0 + 50 } }
  }

  @Test(
    "One voxel, and one more than a strip, give what the series alone give",
    arguments: [1, 17]
  )
  func voxelCounts(count: Int) throws {
    let mask = try fullMask([count, 1, 1])
    let series = masked(mask, noiseSeries(count))
    let fit = try fitRun(request(series))
    for place in [0, count - 1] {
      let alone = try fitSeries(
        SeriesFitRequest(
          series: series.series(ofVoxel: place).map { 100 * $0 / 50 },
          design: Self.design,
          keptVolumes: Array(0..<Self.volumes),
          contrasts: request(series).contrasts,
          noise: .firstOrder(fit.noiseMemory.values[place])
        )
      )
      let effect = try #require(fit.estimates[0].effect)
      #expect(abs(effect.values[place] - alone[0].effect) < 1e-10)
      #expect(abs(fit.estimates[0].statistic.values[place] - alone[0].statistic) < 1e-10)
      #expect(abs(fit.estimates[1].statistic.values[place] - alone[1].statistic) < 1e-10)
      #expect(abs(fit.estimates[1].p.values[place] - alone[1].p) < 1e-12)
    }
    #expect(fit.estimates[1].effect == nil)
    #expect(fit.degreesOfFreedom == Double(Self.volumes - Self.columns))
  }

  @Test("Voxels that cannot be fitted are NaN, counted, and no neighbour's business")
  func unusableVoxels() throws {
    let mask = try fullMask([5, 4, 1])
    var series = noiseSeries(20)
    series[2] = [Double](repeating: 700, count: Self.volumes)
    series[3] = [Double](repeating: 0, count: Self.volumes)
    series[7][30] = .nan
    series[8][0] = -.infinity
    var asked = request(masked(mask, series))
    asked.baseline[11] = .nan
    asked.baseline[12] = 0
    let fit = try fitRun(asked)
    #expect(fit.unusableVoxelCount == 6)
    for place in 0..<20 {
      let isFitted = ![2, 3, 7, 8, 11, 12].contains(place)
      for estimate in fit.estimates {
        #expect(estimate.statistic.values[place].isFinite == isFitted)
        #expect(estimate.z.values[place].isFinite == isFitted)
        #expect(estimate.p.values[place].isFinite == isFitted)
      }
      #expect(fit.noiseMemory.values[place].isFinite == isFitted)
    }
    #expect(fit.notes.contains { $0.contains("6 of 20 voxels") })
  }

  @Test(
    "No result depends on the number of threads, to the byte",
    arguments: [Noise.ols, .ar1, .arma11],
    [false, true]
  )
  func threads(noise: Noise, isCensored: Bool) throws {
    let mask = try fullMask([40, 32, 2])
    let series = masked(mask, noiseSeries(mask.count))
    let fits = try [1, 2, 3, 7].map { threads in
      var asked = request(series, noise: noise, precision: .float32, threads: threads)
      if isCensored { asked.keptVolumes = asked.keptVolumes.filter { $0 % 11 != 4 } }
      return try fitRun(asked)
    }
    let bits = fits.map { fit in
      var maps = [fit.noiseMemory, fit.noiseShare, fit.rSquared, fit.residualStandardDeviation]
      maps += fit.residualAutocorrelation
      maps += fit.estimates.flatMap { estimate in
        [estimate.effect, estimate.variance, estimate.statistic, estimate.z, estimate.p]
          .compactMap(\.self)
      }
      maps += fit.estimates.compactMap(\.joint).flatMap { $0.effects + $0.covariance }
      let fwhm = fit.residualFWHM
      return (maps.flatMap(\.values) + [fwhm.x, fwhm.y, fwhm.z]).map(\.bitPattern)
    }
    for many in bits.dropFirst() { #expect(many == bits[0]) }
  }

  @Test(
    "Where a slice's design has one column less to tell, its voxels have one degree more, and it is said"
  )
  func unequalRanks() throws {
    let mask = try fullMask([3, 3, 2])
    var asked = request(masked(mask, noiseSeries(mask.count)))
    var other = runLikeDesign(volumes: Self.volumes, columns: Self.columns)
    for row in 0..<Self.volumes { other[row, 3] = other[row, 2] }
    asked.designs.append(named(other))
    asked.designOfVoxel = (0..<mask.count).map { $0 / 9 }
    let fit = try fitRun(asked)
    let df = Double(Self.volumes - Self.columns)
    #expect(fit.degreesOfFreedom == df)
    #expect(fit.degreesOfFreedomMap.values == (0..<mask.count).map { $0 < 9 ? df : df + 1 })
    let t = fit.estimates[0].statistic.values[12]
    let p = twoSidedP(t: t, degreesOfFreedom: df + 1)
    #expect(abs(fit.estimates[0].p.values[12] / p - 1) < 1e-10)
    #expect(fit.warnings.contains { $0.contains("\(Int(df) + 1) degrees of freedom") })
  }

  @Test(
    "Where no two kept volumes follow each other, noise is fitted as white, and a warning says so"
  )
  func nothingTold() throws {
    let mask = try fullMask([5, 4, 1])
    var asked = request(masked(mask, noiseSeries(mask.count)), noise: .arma11)
    asked.keptVolumes = asked.keptVolumes.filter { $0 % 2 == 0 }
    let fit = try fitRun(asked)
    #expect(fit.undeterminedVoxelCount == mask.count)
    #expect(fit.noiseShare.values.allSatisfy { $0 == 0 })
    #expect(fit.warnings.contains { $0.contains("tell nothing of the memory") })
  }

  @Test("Each plane is fitted with its own design, also where a strip crosses planes")
  func designsPerSlice() throws {
    // Planes of 9 voxels: the strips of 16 cross all of them.
    let mask = try fullMask([3, 3, 4])
    let series = masked(mask, noiseSeries(mask.count))
    let other = named(runLikeDesign(volumes: Self.volumes, columns: Self.columns, seed: 99))
    var mixed = request(series, noise: .ols)
    mixed.designs = [Self.design, other]
    mixed.designOfVoxel = (0..<mask.count).map { $0 / 9 % 2 }
    var whole = request(series, noise: .ols)
    let first = try fitRun(whole)
    whole.designs = [other]
    let second = try fitRun(whole)
    let found = try fitRun(mixed).estimates[0].statistic.values
    for place in 0..<mask.count {
      let expected = mixed.designOfVoxel[place] == 0 ? first : second
      #expect(found[place] == expected.estimates[0].statistic.values[place])
    }
  }

  @Test("Single precision gives t to 5e-4 of double", arguments: [Noise.ols, .ar1, .arma11])
  func singlePrecision(noise: Noise) throws {
    let mask = try fullMask([7, 5, 2])
    let series = masked(mask, noiseSeries(mask.count))
    let double = try fitRun(request(series, noise: noise))
    let single = try fitRun(request(series, noise: noise, precision: .float32))
    for (a, b) in zip(double.estimates[0].statistic.values, single.estimates[0].statistic.values) {
      #expect(abs(a - b) < 5e-4 * max(1, abs(a)))
    }
  }

  @Test("Scaling data and baseline together changes nothing; the data alone only effects")
  func scaling() throws {
    let mask = try fullMask([4, 4, 1])
    let series = noiseSeries(16)
    let plain = try fitRun(request(masked(mask, series)))
    var scaled = request(masked(mask, series.map { $0.map { $0 * 8 } }))
    let loud = try fitRun(scaled)
    scaled.baseline = scaled.baseline.map { $0 * 8 }
    let both = try fitRun(scaled)
    for place in 0..<16 {
      let effects = try [plain, loud, both].map {
        try #require($0.estimates[0].effect).values[place]
      }
      #expect(abs(effects[1] / effects[0] / 8 - 1) < 1e-11)
      #expect(abs(effects[2] / effects[0] - 1) < 1e-11)
      let t = [plain, loud].map { $0.estimates[0].statistic.values[place] }
      #expect(abs(t[0] - t[1]) < 1e-10)
    }
  }

  @Test("The noise's standard deviation and coefficient are those simulated")
  func noiseMaps() throws {
    // Innovations of 1 around 50, rho .5: 2 / sqrt(.75) %. 400 voxels leave .005 of error in rho.
    let mask = try fullMask([20, 20, 1])
    let fit = try fitRun(request(masked(mask, noiseSeries(400, rho: 0.5))))
    let mean = { (values: [Double]) in values.reduce(0, +) / Double(values.count) }
    #expect(abs(mean(fit.noiseMemory.values) - 0.5) < 0.0175)
    #expect(abs(mean(fit.residualStandardDeviation.values) / (2 / 0.75.squareRoot()) - 1) < 0.03)
    #expect(fit.clippedShare == 0)
  }

  @Test("A coefficient out of range is clipped, and the share told")
  func clipping() throws {
    let mask = try fullMask([4, 1, 1])
    let alternating = (0..<4).map { voxel in
      (0..<Self.volumes).map { t in
        let detail = 0.01 * Double((t * (voxel + 3)) % 5)
        return (t % 2 == 0 ? 51 : 49) + detail
      }
    }
    let fit = try fitRun(request(masked(mask, alternating)))
    #expect(fit.noiseMemory.values.allSatisfy { $0 == -0.5 })
    #expect(fit.clippedShare == 1)
    let mixed = try fitRun(request(masked(mask, alternating), noise: .arma11))
    #expect(mixed.noiseShare.values.allSatisfy { $0 == 0 })
    #expect(mixed.clippedShare == 1)
  }

  @Test("A redundant column is named in a note")
  func redundantColumn() throws {
    let mask = try fullMask([2, 1, 1])
    let matrix = Self.design.matrix
    let doubled = (0..<Self.columns).map { matrix.column($0 == 6 ? 4 : $0) }
    var asked = request(masked(mask, noiseSeries(2)))
    asked.designs = [named(Matrix(columns: doubled, rowCount: Self.volumes))]
    let fit = try fitRun(asked)
    #expect(fit.notes.contains { $0.contains("column6") })
    #expect(fit.degreesOfFreedom == Double(Self.volumes - Self.columns + 1))
  }
}
