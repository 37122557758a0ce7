import GLM
import Imaging
import Job
import TestData
import Testing

/// Seeded, so the rates repeat; the bounds are 3.5 Monte-Carlo standard errors of 2,000 series.
@Suite("Null calibration")
struct CalibrationTests {
  private func rate(
    keptVolumes: [Int],
    of volumes: Int = 150,
    rho: Double,
    white: Double = 0,
    model: Noise = .ar1
  ) throws -> Double {
    let mask = try fullMask([20, 20, 5])
    var numbers = NormalNumbers(seed: 77)
    let series = (0..<mask.count).map { _ in
      numbers.memory(rho, count: volumes).map { $0 + white * numbers.next() + 100 }
    }
    let fit = try fitRun(
      RunFitRequest(
        series: masked(mask, series),
        designs: [named(runLikeDesign(volumes: volumes, columns: 12))],
        designOfVoxel: [Int](repeating: 0, count: mask.count),
        keptVolumes: keptVolumes,
        contrasts: [question("null", only(0, of: 12))],
        noise: model,
        repetitionTime: 2,
        baseline: [Double](repeating: 100, count: mask.count),
        threads: 2
      )
    )
    let p = fit.estimates[0].p.values
    return Double(p.count { $0 < 0.05 }) / Double(p.count)
  }

  @Test("AR(1) noise passes p < .05 one time in twenty", arguments: [0.3, 0.6])
  func wholeRun(rho: Double) throws {
    let rate = try rate(keptVolumes: Array(0..<150), rho: rho)
    #expect(abs(rate - 0.05) < 3.5 * 0.00487)
  }

  @Test("So it does with one volume in ten deleted")
  func censored() throws {
    let rate = try rate(keptVolumes: (0..<150).filter { $0 * 7 % 10 != 3 }, rho: 0.3)
    #expect(abs(rate - 0.05) < 3.5 * 0.00487)
  }

  @Test("AR(1) noise under as much white noise passes one time in twenty as well")
  func mixed() throws {
    // AR(1) of .8 has innovations of .6 of its standard deviation.
    let rate = try rate(keptVolumes: Array(0..<150), rho: 0.8, white: 1 / 0.6, model: .arma11)
    #expect(abs(rate - 0.05) < 3.5 * 0.00487)
  }

  @Test(
    "A run of 50 volumes, of whose long memory the design leaves little, is not fitted as if white",
    arguments: [Noise.ar1, .arma11]
  )
  func shortRun(model: Noise) throws {
    // Least squares would pass .1 to .2 of the time at a memory of .4.
    let rate = try rate(keptVolumes: Array(0..<50), of: 50, rho: 0.4, model: model)
    #expect(abs(rate - 0.05) < 3.5 * 0.00487 + 0.015, "\(rate)")
  }
}
