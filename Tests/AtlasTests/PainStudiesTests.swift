import Atlas
import Imaging
import NIfTI
import TestData
import Testing

/// What NumPy gives for a region over the 21 maps: each sphere sampled at 27 points per voxel on
/// whole millimetres, the mean of the first map, and the one-sample t of the 21 means.
private let expected: [(region: String, voxels: Double, first: Double, t: Double)] = [
  ("S2_L", 268.481481, 59.87488582, 3.6893),
  ("S2_R", 268.481481, 126.306627466, 4.0074),
  ("dorsal_posterior_insula_L", 268.481481, 56.745078133, 4.2767),
  ("dorsal_posterior_insula_R", 268.481481, 88.687042671, 5.9569),
  ("anterior_insula_L", 268.481481, 36.208581292, 3.8839),
  ("anterior_insula_R", 264.962963, 69.990816678, 4.863),
  ("aMCC", 171.37037, 74.104310103, 4.0985),
  ("thalamus_L", 171.37037, 19.745279411, 3.6771),
  ("thalamus_R", 171.37037, 33.325470249, 4.0285),
  ("PAG_level", 32.925926, -2.127514723, 3.4727),
  ("cerebellum_R", 113.592593, -1.215075496, 2.9361),
  ("vmPFC", 268.481481, 4.265833314, -2.9699),
]

@Suite("Twenty-one pain studies", .enabled(if: SharedData.isPresent))
struct PainStudiesTests {
  @Test(
    "Insula, S2, aMCC and thalamus answer to pain as NumPy says, the default mode the other way"
  )
  func studies() throws {
    let folder = SharedData.root + "/secondlevel/pain21/"
    let inside = try readVolume(folder + "mask.nii.gz")
    let mask = Mask(grid: inside.grid) { inside.values[$0] > 0 }
    let weights = pull(
      try loadAtlas("pain-network"),
      onto: mask,
      nativeToTemplate: .identity,
      templateToNative: .identity,
      threads: 2
    )
    var means: [String: [Double]] = [:]
    for study in 1...21 {
      let name = "contrast_pain_" + (study < 10 ? "0" : "") + "\(study).nii.gz"
      let volume = try readVolume(folder + name)
      let map = MaskedMap(mask: mask, values: mask.indices.map { Double(volume.values[$0]) })
      for region in weights {
        let summary = summarize(
          region,
          effect: map,
          z: map,
          threshold: nil,
          nativeToTemplate: .identity
        )
        means[region.region.name, default: []].append(try #require(summary.meanVoxelEffect))
      }
    }
    for (name, voxels, first, t) in expected {
      let region = try #require(weights.first { $0.region.name == name })
      let values = try #require(means[name])
      // The expected numbers are printed to six, nine and four decimals.
      #expect(abs(region.totalWeight - voxels) < 1e-6)
      #expect(abs(values[0] - first) < 1e-8)
      #expect(abs(oneSampleT(values) - t) < 1e-4)
    }
    // Of the spheres only one cerebellar and one frontal border leave the mask, by under 1 %.
    let coverage = weights.first { $0.region.name == "cerebellum_R" }?.coverage
    #expect(abs((coverage ?? .nan) - 0.993514) < 1e-6)
  }

  private func oneSampleT(_ values: [Double]) -> Double {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return mean / (squares / (n - 1) / n).squareRoot()
  }
}
