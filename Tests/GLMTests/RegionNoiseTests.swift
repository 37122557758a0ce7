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
    for shape in try regionNoise(request) {
      #expect(shape.share == 1 && abs(shape.memory - 0.4) < 0.03)
    }
    request.noise = .ols
    #expect(try regionNoise(request).allSatisfy { $0 == .white })
    request.designs = []
    #expect(throws: GLMError.shape(what: .regionDesigns, expected: 61, found: 0)) {
      _ = try regionNoise(request)
    }
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
