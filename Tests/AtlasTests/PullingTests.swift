import Atlas
import Imaging
import Testing

/// An atlas of the labels of a volume, with the regions 5 (right) and 300 (left).
private func atlas(_ volume: Volume) -> RegionAtlas {
  RegionAtlas(
    name: "phantom",
    space: "MNI152NLin6Asym",
    labels: LabelVolume(grid: volume.grid, labels: volume.values.map { Int32($0) }),
    regions: [
      Region(label: 5, name: "right", hemisphere: .right), Region(label: 77, name: "gone"),
      Region(label: 300, name: "left", hemisphere: .left),
    ],
    source: "phantom"
  )
}

private func pulled(
  _ atlas: RegionAtlas,
  onto mask: Mask,
  _ there: PointMap = .identity,
  _ back: PointMap = .identity,
  threads: Int = 1
) -> [RegionWeights] {
  pull(atlas, onto: mask, nativeToTemplate: there, templateToNative: back, threads: threads)
}

@Suite("Pulling regions onto a native grid")
struct PullingTests {
  @Test("On its own grid every region has exactly its voxels, and all of it is in view")
  func ownGrid() throws {
    let volume = try Phantom.volume(isFlipped: false)
    let mask = Mask(grid: volume.grid) { _ in true }
    let weights = pulled(atlas(volume), onto: mask)
    #expect(weights[0].totalWeight == Double(Phantom.rightCount))
    #expect(weights[2].totalWeight == Double(Phantom.leftCount))
    #expect(weights[0].coverage == 1)
    #expect(weights[0].voxels.allSatisfy { $0.weight == 1 && volume.values[$0.place] == 5 })
    #expect(weights[0].flags.isEmpty)
  }

  @Test("A region without a voxel is empty, not an error")
  func empty() throws {
    let volume = try Phantom.volume(isFlipped: false)
    let gone = pulled(atlas(volume), onto: Mask(grid: volume.grid) { _ in true })[1]
    #expect(gone.totalWeight == 0)
    #expect(gone.coverage.isNaN)
    #expect(gone.flags == [.empty])
  }

  @Test(
    "Left stays left through storage in either direction",
    arguments: [(false, false), (false, true), (true, false), (true, true)]
  )
  func leftAndRight(atlasIsFlipped: Bool, nativeIsFlipped: Bool) throws {
    let native = try Phantom.volume(isFlipped: nativeIsFlipped)
    let mask = Mask(grid: native.grid) { _ in true }
    let weights = pulled(try atlas(Phantom.volume(isFlipped: atlasIsFlipped)), onto: mask)
    for (place, _) in weights[2].voxels {
      #expect(native.grid.position(ofVoxel: mask.indices[place]).x <= -10)
    }
    #expect(weights[2].totalWeight == Double(Phantom.leftCount))
    #expect(weights[0].totalWeight == Double(Phantom.rightCount))
  }

  @Test("A voxel belongs to a region by the parts that lie in it")
  func fractions() throws {
    // One atlas voxel, 6 mm wide around the origin; native voxels of 6 mm, shifted by 2 mm along x
    // and 4 mm along y: parts of 2 mm, so 2 of 3 along x and 1 of 3 along y lie in it.
    let one = try #require(Grid(dimensions: [1, 1, 1], affine: .scaling([6, 6, 6], then: .zero)))
    let native = try #require(
      Grid(dimensions: [2, 2, 1], affine: .scaling([6, 6, 6], then: [2, 4, 0]))
    )
    let atlas = RegionAtlas(
      name: "one",
      space: "MNI152NLin6Asym",
      labels: LabelVolume(grid: one, labels: [1]),
      regions: [Region(label: 1, name: "one")],
      source: "one"
    )
    let mask = Mask(grid: native) { _ in true }
    let weights = pulled(atlas, onto: mask)[0]
    #expect(weights.voxels.count == 1)
    #expect(weights.voxels.first?.place == 0)
    #expect(abs(weights.totalWeight - 2.0 / 9) < 1e-15)
    #expect(weights.flags == [.underTwoVoxels])

    // From the left and from below the other part of each: 1/3 · 1/3, and the mixed ones.
    let around = try #require(
      Grid(dimensions: [2, 2, 1], affine: .scaling([6, 6, 6], then: [-4, -2, 0]))
    )
    let four = pulled(atlas, onto: Mask(grid: around) { _ in true })[0]
    #expect(four.voxels.map(\.place) == [0, 1, 2, 3])
    let expected = [2.0 / 9, 4.0 / 9, 1.0 / 9, 2.0 / 9]
    for (voxel, weight) in zip(four.voxels, expected) {
      #expect(abs(voxel.weight - weight) < 1e-15)
    }
    #expect(abs(four.totalWeight - 1) < 1e-15)
  }

  @Test("Coverage is the share of the region's own volume that maps into the mask")
  func coverage() throws {
    let volume = try Phantom.volume(isFlipped: false)
    // The field of view ends above z = 9 mm: 5 of the 10 planes of region 300, all 3 of region 5.
    let half = Mask(grid: volume.grid) { volume.grid.position(ofVoxel: $0).z < 9 }
    let weights = pulled(atlas(volume), onto: half)
    #expect(weights[2].coverage == 0.5)
    #expect(weights[0].coverage == 1)

    // A grid of only those planes cannot pull the rest, and coverage still tells.
    let cut = try #require(Grid(dimensions: [21, 10, 5], affine: volume.grid.affine))
    let seen = pulled(atlas(volume), onto: Mask(grid: cut) { _ in true })
    #expect(seen[2].coverage == 0.5)
    #expect(seen[2].totalWeight == Double(Phantom.leftCount) / 2)
  }

  @Test("The maps are used in their own direction")
  func shifted() throws {
    let volume = try Phantom.volume(isFlipped: false)
    let grid = try #require(
      Grid(dimensions: [21, 10, 10], affine: .scaling([2, 2, 2], then: [80, 50, -30]))
    )
    let there = PointMap.affine(.scaling([1, 1, 1], then: [-100, -50, 30]))
    let back = PointMap.affine(.scaling([1, 1, 1], then: [100, 50, -30]))
    let weights = pulled(atlas(volume), onto: Mask(grid: grid) { _ in true }, there, back)
    #expect(weights[2].totalWeight == Double(Phantom.leftCount))
    #expect(weights[2].coverage == 1)
  }

  @Test("A region that lost half of its weight is half in view")
  func lostVoxels() {
    let region = Region(label: 1, name: "half", hemisphere: .none)
    let whole = RegionWeights(
      region: region,
      voxels: [(place: 0, weight: 1), (place: 3, weight: 0.5), (place: 4, weight: 0.5)],
      coverage: 0.8
    )
    let kept = whole.keeping { $0 == 0 }
    #expect(kept.voxels.map(\.place) == [0])
    #expect(kept.coverage == 0.4)
    #expect(whole.keeping { _ in true }.coverage == 0.8)
  }

  @Test("The number of threads changes nothing")
  func threads() throws {
    let volume = try Phantom.volume(isFlipped: false)
    let affine = Affine([1.7, 0.3, 0, -19], [-0.2, 1.9, 0.1, 1], [0, 0.2, 1.8, 0.5])
    let grid = try #require(Grid(dimensions: [20, 12, 11], affine: affine))
    let mask = Mask(grid: grid) { $0 % 7 != 0 }
    let one = pulled(atlas(volume), onto: mask, threads: 1)
    let four = pulled(atlas(volume), onto: mask, threads: 4)
    for (left, right) in zip(one, four) {
      #expect(left.voxels.elementsEqual(right.voxels, by: ==))
      #expect(left.coverage == right.coverage || left.coverage.isNaN)
    }
  }
}
