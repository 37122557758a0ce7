import Atlas
import Files
import Imaging
import TestData
import Testing

/// The number of points with whole coordinates in a ball around one of them, by radius:
/// the On-Line Encyclopedia of Integer Sequences, A000605.
private let latticePoints = [4: 257, 5: 515, 6: 925, 7: 1419, 8: 2109]

@Suite("The pain network")
struct PainNetworkTests {
  let atlas: RegionAtlas

  init() throws { atlas = try loadAtlas("pain-network") }

  @Test("It is listed, stated to be in MNI152NLin6Asym, and fit for file names")
  func identity() {
    #expect(builtInAtlasNames == ["pain-network"])
    #expect(atlas.space == "MNI152NLin6Asym")
    #expect(atlas.fileLabel == "painnetwork")
    #expect(atlas.source.contains("ODbL") && atlas.source.contains("Left out"))
  }

  @Test("No two spheres touch, and each has all the voxels of a ball of its radius")
  func volumes() throws {
    for (place, one) in atlas.regions.enumerated() {
      let ball = try #require(one.sphere)
      for other in atlas.regions[(place + 1)...] {
        let second = try #require(other.sphere)
        let apart = (ball.centre - second.centre).squaredLength
        let reach = ball.radius + second.radius
        #expect(apart > reach * reach, "\(one.name), \(other.name)")
      }
      let voxels = atlas.labels.labels.count { $0 == Int32(one.label) }
      #expect(voxels == latticePoints[Int(ball.radius)], "\(one.name)")
    }
  }

  @Test("What is called left lies left, and every pair has its other side")
  func sides() throws {
    for region in atlas.regions {
      let x = try #require(region.sphere).centre.x
      switch region.hemisphere {
      case .left: #expect(x < 0 && region.name.hasSuffix("_L"))
      case .right: #expect(x > 0 && region.name.hasSuffix("_R"))
      default: #expect(abs(x) <= 4 && region.hemisphere == .midline)
      }
    }
    func names(_ side: Hemisphere) -> [String] {
      atlas.regions.filter { $0.hemisphere == side }.map(\.nameWithoutSide).sorted()
    }
    #expect(names(.left) == names(.right))
    #expect(names(.left).contains("dorsal_posterior_insula"))
  }

  @Test("Brainstem spheres are called levels, and are smaller than all others but one")
  func brainstem() throws {
    let brainstem = atlas.regions.filter(\.isBrainstem)
    #expect(brainstem.map(\.nameWithoutSide).sorted().last == "parabrachial_level")
    #expect(brainstem.allSatisfy { $0.name.contains("_level") && $0.sphere?.radius == 4 })
    #expect(brainstem.count == 4)
  }

  @Test(
    "Every row has its source, Neurosynth's rows its notice, and no row is a third party's list"
  )
  func sources() throws {
    let text = try readText(SharedData.package + "/Atlases/pain-network.tsv")
    #expect(!text.contains("Wager"))
    for line in text.split(separator: "\n").dropFirst() {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
      #expect(cells.count == 14)
      #expect(line.contains("doi:") || line.contains("PMID") || line.contains("Neurosynth v7"))
      #expect(
        !line.contains("Neurosynth") || cells[13].contains("Open Database License")
          || cells[13].contains("ODbL")
      )
    }
  }

  @Test(
    "Coordinates of the pain studies are those of the table of coordinates",
    .enabled(if: SharedData.isPresent)
  )
  func coordinates() throws {
    let cited = try readText(SharedData.root + "/pain_coordinates.tsv").split(separator: "\n")
      .map { $0.split(separator: "\t").prefix(3).joined(separator: " ") }
    let pain = atlas.regions.filter { region in
      guard let source = region.source, !source.contains("mirrored") else { return false }
      return source.contains("Neurosynth") || source.contains("NeuroQuery")
    }
    // Counted by hand in the table: every row of those sources that is not a mirror image.
    #expect(pain.count == 20)
    for region in pain {
      let centre = try #require(region.sphere).centre
      let text = "\(number(centre.x)) \(number(centre.y)) \(number(centre.z))"
      #expect(cited.contains(text), "\(region.name)")
    }
  }
}

extension SIMD3<Double> {
  fileprivate var squaredLength: Double { (self * self).sum() }
}
