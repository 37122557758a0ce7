import GLM
import GLMKernel
import Job
import TestData
import Testing

@Suite("Noise of region series")
struct RegionNoiseTests {
  @Test("The coefficient of many regions' noise is found, and constant regions do not count")
  func recovered() throws {
    // 60 series of 200 volumes: the standard error of rho is about .008.
    var numbers = NormalNumbers(seed: 31)
    var series = (0..<60).map { _ in numbers.memory(0.4, count: 200).map { $0 + 100 } }
    series.append([Double](repeating: 100, count: 200))
    let design = named(runLikeDesign(volumes: 200, columns: 14))
    var request = RegionNoiseRequest(
      series: series,
      designs: series.map { _ in design },
      keptVolumes: (0..<200).filter { $0 % 17 != 5 },
      noise: .ar1,
      repetitionTime: 2
    )
    for shape in try regionNoise(request).shapes {
      #expect(shape.share == 1 && abs(shape.memory - 0.4) < 0.03)
    }
    request.noise = .ols
    #expect(try regionNoise(request).shapes.allSatisfy { $0 == .white })
    request.designs = []
    #expect(throws: GLMError.shape(what: .regionDesigns, expected: 61, found: 0)) {
      _ = try regionNoise(request)
    }
  }

  @Test("Memory and share of many regions' noise are found")
  func memoryAndShare() throws {
    // The pooled correlations of 2,000 series of 200 volumes have standard errors under .003, which
    // leaves the ratio of the first two, .32 / .4, an error of .01, and the share one of .006.
    var numbers = NormalNumbers(seed: 32)
    let series = (0..<2000).map { _ in
      numbers.memory(0.8, count: 200).map { 0.6 * $0 + numbers.next() }
    }
    let design = named(runLikeDesign(volumes: 200, columns: 14))
    let shape = try regionNoise(
      RegionNoiseRequest(
        series: series,
        designs: series.map { _ in design },
        keptVolumes: Array(0..<200),
        noise: .arma11,
        repetitionTime: 2
      )
    ).shapes[0]
    #expect(abs(shape.memory - 0.8) < 0.03)
    #expect(abs(shape.share - 0.5) < 0.03)
  }

  @Test("Regions that differ by more than chance keep their difference")
  func distinct() throws {
    // Lag 1 differs from its mean by .25, .0625 in squares; chance adds 1.5 / 240 for a memory of .45
    // (Bartlett), of 1.1 / 240 and 0.6 / 240 in truth. So a tenth of the difference is taken for
    // chance; the groups' means have errors of about .01.
    var numbers = NormalNumbers(seed: 33)
    let series = (0..<60).map { numbers.memory($0 < 30 ? 0.2 : 0.7, count: 240) }
    let design = named(runLikeDesign(volumes: 240, columns: 8))
    let shapes = try regionNoise(
      RegionNoiseRequest(
        series: series,
        designs: series.map { _ in design },
        keptVolumes: Array(0..<240),
        noise: .ar1,
        repetitionTime: 2
      )
    ).shapes
    let means = [shapes.prefix(30), shapes.suffix(30)].map { half in
      half.reduce(0) { $0 + $1.memory } / 30
    }
    #expect(abs(means[1] - means[0] - 0.9 * 0.5) < 0.05)
  }

  @Test("A constant region's fit is NaN, not a trap")
  func constantRegion() throws {
    let found = try fitSeries(
      SeriesFitRequest(
        series: [Double](repeating: 100, count: 40),
        design: named(runLikeDesign(volumes: 40, columns: 6)),
        keptVolumes: Array(0..<40),
        contrasts: [question("heat", only(0, of: 6))],
        noise: .firstOrder(0.3)
      )
    )[0]
    #expect(found.statistic.isNaN && found.effect.isNaN && found.p.isNaN)
  }
}
