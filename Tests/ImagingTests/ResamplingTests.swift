import Imaging
import Testing

@Suite("Resampling")
struct ResamplingTests {
  @Test("A plane is reproduced exactly between voxels, and is NaN outside of the centres")
  func plane() {
    let volume = makeVolume(obliqueGrid) { 3 + 2 * $0.x - $0.y + 0.5 * $0.z }
    let inner = makeGrid(
      [20, 20, 20],
      obliqueGrid.affine * .scaling([0.5, 0.5, 0.5], then: [-1, 0, 0])
    )
    let ours = resample(volume, onto: inner, by: .identity, threads: 2)
    for index in 0..<inner.voxelCount {
      let at = SIMD3<Double>(inner.voxel(at: index)) * 0.5 + [-1, 0, 0]
      if at.x < 0 || at.x > 8 || at.y > 10 || at.z > 9 {
        #expect(ours.values[index].isNaN)
      } else {
        #expect(abs(Double(ours.values[index]) - (3 + 2 * at.x - at.y + 0.5 * at.z)) < 1e-5)
      }
    }
  }

  @Test("The map leads from the target to the image")
  func direction() {
    // Brightness at x = 10 mm in the image; the target's x = 4 mm belongs to it.
    let grid = makeGrid([16, 4, 4])
    let volume = makeVolume(grid) { $0.x == 10 ? 1 : 0 }
    let map = PointMap.affine(.scaling(.one, then: [6, 0, 0]))
    let ours = resample(volume, onto: grid, by: map, threads: 1)
    #expect(ours.values[grid.index(4, 1, 1)] == 1)
    #expect(ours.values[grid.index(10, 1, 1)].isNaN)
  }

  @Test("A statistic is averaged over the mask's voxels alone, where they have half of the weight")
  func statistic() {
    let grid = makeGrid([4, 1, 1])
    let mask = Mask(grid: grid) { $0 == 1 || $0 == 2 }
    let map = MaskedMap(mask: mask, values: [5, 9])
    let target = makeGrid([13, 1, 1], .scaling([0.25, 1, 1], then: .zero))
    let ours = resampleStatistic(map, onto: target, by: .identity).values
    // By hand: full weight of 5 from x = 0.5 on, mixtures between 1 and 2, 9 up to x = 2.5.
    #expect(ours[0...1].allSatisfy { $0.isNaN })
    #expect(Array(ours[2...4]) == [5, 5, 5])
    #expect(Array(ours[5...7]) == [6, 7, 8])
    #expect(Array(ours[8...10]) == [9, 9, 9])
    #expect(ours[11...12].allSatisfy { $0.isNaN })
  }

  @Test("A voxel of the mask without a number counts as outside, and so does an undefined map")
  func missing() {
    let grid = makeGrid([3, 1, 1])
    let mask = Mask(grid: grid) { _ in true }
    let map = MaskedMap(mask: mask, values: [1, .nan, 4])
    #expect(
      resampleStatistic(map, onto: grid, by: .identity).values.map(\.isNaN) == [false, true, false]
    )
    let away = PointMap.affine(.scaling(.one, then: [100, 0, 0]))
    #expect(resampleStatistic(map, onto: grid, by: away).values.allSatisfy { $0.isNaN })
    let displacements = [SIMD3<Float>](repeating: [0, .nan, 0], count: 3)
    let field = PointMap.field(DisplacementField(grid: grid, displacements: displacements))
    let twice = PointMap.sequence([field, field])
    for broken in [field, twice] {
      let ours = resampleStatistic(map, onto: grid, by: broken).values
      #expect(ours.allSatisfy { $0.isNaN })
    }
  }

  @Test("The result is the same for any number of threads")
  func threads() {
    let volume = makeVolume(obliqueGrid) { $0.x * $0.y + $0.z }
    let target = makeGrid(
      [31, 27, 29],
      obliqueGrid.affine * .scaling([0.3, 0.4, 0.3], then: .zero)
    )
    let one = resample(volume, onto: target, by: .identity, threads: 1)
    let four = resample(volume, onto: target, by: .identity, threads: 4)
    #expect(one.values.map(\.bitPattern) == four.values.map(\.bitPattern))
  }
}
