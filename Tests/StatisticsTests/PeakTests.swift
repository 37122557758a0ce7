import Imaging
import NIfTI
import Statistics
import TestData
import Testing

/// Cases 25 and 29: images of nilearn's own tests, and tables that nilearn made.
@Suite("Clusters and peaks of a peer", .enabled(if: SharedData.isPresent))
struct PeakTests {
  private func map(_ name: String) throws -> (lattice: Lattice, z: [Float]) {
    let volume = try readVolume("\(SharedData.references)/\(name).nii.gz")
    let mask = Mask(grid: volume.grid) { _ in true }
    return (Lattice(mask), volume.values)
  }

  // The peer lists sub-peaks apart from each other too; its table is of both signs.
  @Test(
    "Sizes in mm³ and the peaks' places and heights",
    arguments: [
      ("table_z3.0_k10_twosided_d8", Float(3), 10, 8.0),
      ("table_z2.3_k20_twosided_d20", Float(2.3), 20, 20.0),
    ]
  )
  func table(name: String, threshold: Float, smallest: Int, distance: Double) throws {
    let (lattice, z) = try map("25_clusters/z")
    let expected = try ReferenceTable("25_clusters/\(name).tsv")
    let size = lattice.mask.grid.voxelSize
    let found = clusters(of: z, threshold: threshold, in: lattice).filter {
      $0.extent >= smallest
    }
    let firsts = expected.rows.filter { !($0["Cluster Size (mm3)"] ?? "").isEmpty }
    #expect(found.count == firsts.count)
    for row in firsts {
      let position = ["X", "Y", "Z"].compactMap { Double(row[$0] ?? "") }
      let height = try #require(Double(row["Peak Stat"] ?? ""))
      let volume = try #require(Double(row["Cluster Size (mm3)"] ?? ""))
      let match = found.first {
        peaks(of: $0, z: z, in: lattice, PeakRule(distance: distance)).first?.position
          == SIMD3(position[0], position[1], position[2])
      }
      let cluster = try #require(match)
      // The peer drops decimals of sizes.
      #expect(abs(Double(cluster.extent) * size.x * size.y * size.z - volume) < 1)
      let top = peaks(of: cluster, z: z, in: lattice, PeakRule(distance: distance))[0]
      #expect(abs(Double(top.z) - height) < 1e-6 * abs(height))
    }
  }

  @Test("Two blocks of opposite signs are two clusters with the sign of their values")
  func signs() throws {
    let (lattice, z) = try map("29_cluster_fixtures/two_blocks")
    let found = clusters(of: z, threshold: 4, in: lattice)
    #expect(found.map(\.isNegative) == [false, true])
    #expect(found.map { peaks(of: $0, z: z, in: lattice)[0].z } == [5, -5])
    // All voxels of a block are equal; the peer takes one in its middle, we the first stored.
    let places = found.map { peaks(of: $0, z: z, in: lattice)[0].position }
    #expect(magnitudes(places[1] - [4, 8, 8]).max() <= 1)
    #expect(magnitudes(places[0] - [2, 6, 6]).max() <= 1)
    #expect(clusters(of: z, threshold: 6, in: lattice).isEmpty)
  }

  @Test("Peaks closer than the distance are one", arguments: [(9.0, 2), (11.0, 1)])
  func distance(millimetres: Double, count: Int) throws {
    let (lattice, z) = try map("29_cluster_fixtures/subpeaks")
    let all = clusters(of: z, threshold: .leastNormalMagnitude, in: lattice)
    let largest = try #require(all.max { $0.extent < $1.extent })
    let found = peaks(of: largest, z: z, in: lattice, PeakRule(distance: millimetres))
    #expect(found.count == count)
    #expect(found[0].z == 6 && found[0].position == [5, 5, 10])
  }
}

/// The magnitudes of the components.
private func magnitudes(_ way: SIMD3<Double>) -> SIMD3<Double> {
  way.replacing(with: -way, where: way .< 0)
}
