import Design
import Job
import TestData
import Testing

@Suite("Hemodynamic responses")
struct ResponseKernelTests {
  // Case 01: TR 2 s in 16 steps, TR 1 s in 50; 12 digits, tolerance 1e-9.
  @Test(
    "The double gammas and their derivatives agree with a peer's",
    .enabled(if: SharedData.isPresent),
    arguments: [("kernels", 0.125), ("kernels_tr1_os50", 0.02)]
  )
  func peer(file: String, step: Double) throws {
    let table = try ReferenceTable("01_hrf_kernels/\(file).tsv")
    let models = [
      ("spm", Hemodynamics.spmDerivativeDispersion), ("glover", .gloverDerivativeDispersion),
    ]
    for (name, model) in models {
      let kernels = responseKernels(of: model, step: step)
      for (kernel, suffix) in zip(kernels, ["", "_derivative", "_dispersion"]) {
        let expected = table[name + suffix]
        #expect(kernel.count == expected.count)
        #expect(zip(kernel, expected).allSatisfy { abs($0 - $1) < 1e-12 }, "\(name + suffix)")
      }
    }
  }

  @Test("A response has unit sum and its derivatives have none")
  func sums() {
    for model in [Hemodynamics.spmDerivativeDispersion, .gloverDerivativeDispersion] {
      let sums = responseKernels(of: model, step: 0.04).map { $0.reduce(0, +) }
      #expect(abs(sums[0] - 1) < 1e-12)
      #expect(abs(sums[1]) < 1e-11 && abs(sums[2]) < 1e-10)
    }
  }
}
