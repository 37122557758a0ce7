import Algebra
import Atlas
import Cohort
import Imaging
import NIfTI
import Statistics
import TestData
import Testing

/// The mean of 21 studies' contrasts of pain.
///
/// Voxels at which a study has exactly 0 are out of its view. Expected t by NumPy: mean / (sd / √21) over the 21 maps at voxels that all of them have.
@Suite("Clusters of twenty-one pain studies", .enabled(if: SharedData.isPresent))
struct PainStudyClustersTests {
  @Test("Their mean lights up insula, S2, aMCC and thalamus, by name, and survives sign flips")
  func clusters() throws {
    let folder = SharedData.root + "/secondlevel/pain21/"
    let inside = try readVolume(folder + "mask.nii.gz")
    let mask = Mask(grid: inside.grid) { inside.values[$0] > 0 }
    var maps = GroupMaps(participantCount: 21, voxelCount: mask.count)
    for study in 1...21 {
      let name = "contrast_pain_" + (study < 10 ? "0" : "") + "\(study).nii.gz"
      let values = try readVolume(folder + name).values
      maps.set(mask.indices.map { values[$0] == 0 ? .nan : values[$0] }, ofParticipant: study - 1)
    }
    let model = try GroupModel(
      design: Matrix(columns: [[Double](repeating: 1, count: 21)], rowCount: 21),
      contrasts: [GroupContrast(name: "pain", weights: [1])]
    )
    let lattice = Lattice(mask)
    let fit = leastSquares(maps, model, threads: 2)
    var request = PermutationRequest(count: 200, seed: 1, threads: 2)
    request.lattice = lattice
    request.clusterThreshold = 3.09
    let permutation = try permutationTest(maps, model, request)[0]
    #expect(permutation.arrangements.resampling == .signFlips)

    for (position, t) in [(SIMD3<Double>(32, -16, 14), 8.07363579), ([38, 14, 0], 4.56818366)] {
      let voxel = try #require(mask.grid.nearestVoxel(to: position))
      let place = Int(mask.places[voxel])
      #expect(abs(fit.estimates[0].statistic[place] - t) < 1e-5)
      #expect(fit.presence.counts[place] == 21)
    }
    let edge = fit.presence.counts.indices.filter { (17..<21).contains(fit.presence.counts[$0]) }
    #expect(edge.count > 1000)
    #expect(
      edge.allSatisfy { place in
        let degrees = fit.estimates[0].degreesOfFreedom[place]
        return degrees.isNaN || degrees == Double(fit.presence.counts[place] - 1)
      }
    )

    let table = clusterTable(
      ClusterTableRequest(
        z: permutation.z,
        lattice: lattice,
        threshold: 3.09,
        estimate: fit.estimates[0],
        counts: fit.presence.counts,
        permutation: permutation,
        atlas: try loadAtlas("pain-network")
      )
    )
    let largest = try #require(table.first)
    #expect(!largest.isNegative && largest.voxels > 1000)
    #expect(largest.volume == 8 * Double(largest.voxels))
    let p = try #require(largest.extentP)
    #expect(p <= 0.05)
    let names = Set(table.filter { !$0.isNegative }.flatMap { $0.regions.map(\.region) })
    for name in [
      "dorsal_posterior_insula_R", "anterior_insula_R", "anterior_insula_L", "S2_R", "S2_L", "aMCC",
      "thalamus_R", "thalamus_L",
    ] {
      #expect(names.contains(name))
    }
    for row in table {
      for peak in row.peaks {
        #expect((peak.z < 0) == row.isNegative && (peak.statistic < 0) == row.isNegative)
      }
      #expect(row.regions.reduce(0) { $0 + $1.share } <= 1 + 1e-12)
    }
    let text = ClusterTableText.text(table).split(separator: "\n")
    #expect(text.count == 1 + table.reduce(0) { $0 + $1.peaks.count })
    #expect(text[0].split(separator: ",").count == ClusterTableText.columns.count)
    let top = try #require(largest.peaks.first)
    #expect(top.z == table.flatMap { $0.peaks.map(\.z) }.max())
  }
}
