import Imaging
import Realignment
import Testing

@Suite("Motion estimate")
struct MotionEstimateTests {
  let phantom = Phantom()

  /// The largest error over the volumes, in mm, of the maps from volume 0 to the others.
  func error(of estimate: MotionEstimate, against poses: [RigidMotion], in volumes: [Int]) -> Double
  {
    guard let first = volumes.first, let known = poses[first].affine(about: .zero).inverse,
      let found = estimate.map(ofVolume: first).inverse
    else { return .infinity }
    return volumes.map { volume in
      phantom.distance(
        estimate.map(ofVolume: volume) * found,
        poses[volume].affine(about: .zero) * known
      )
    }.max() ?? .infinity
  }

  @Test("Known motion is found on any grid, in the stated direction", arguments: TestGrid.allCases)
  func known(grid: TestGrid) throws {
    let poses = restlessPoses(7, scale: 1.5)
    let volumes = poses.map { phantom.volume(on: grid.grid, moved: $0.affine(about: .zero)) }
    let estimate = try estimateMotion(of: makeSeries(volumes), skipping: 0, threads: 2)
    #expect(estimate.converged.allSatisfy { $0 })
    #expect(estimate.notes.isEmpty)
    // The design's bound without noise.
    #expect(error(of: estimate, against: poses, in: Array(0..<7)) < 0.005)
  }

  @Test("Jumps of 8 mm and 8 degrees about every axis are found")
  func jumps() throws {
    let poses = restlessPoses(12, scale: 8, seed: 3)
    let grid = TestGrid.plain.grid
    let volumes = poses.map { phantom.volume(on: grid, moved: $0.affine(about: .zero)) }
    let estimate = try estimateMotion(of: makeSeries(volumes), skipping: 0, threads: 2)
    #expect(estimate.converged.allSatisfy { $0 })
    // Where part of the head leaves the view, fewer points see the noise of the float samples.
    #expect(error(of: estimate, against: poses, in: Array(0..<12)) < 0.02)
  }

  @Test("A head that slowly turns further than one search reaches is followed")
  func farTurn() throws {
    let grid = TestGrid.plain.grid
    // Most volumes are still, so that the reference is; then the head turns by up to 45 degrees.
    let angles = [0, 0, 0, 0, 0, 0, 0.2, 0.4, 0.6, 0.8]
    let poses = angles.map { RigidMotion(translation: .zero, rotation: [0, 0, $0]) }
    let volumes = poses.map { phantom.volume(on: grid, moved: $0.affine(about: .zero)) }
    let estimate = try estimateMotion(of: makeSeries(volumes), skipping: 0, threads: 2)
    for volume in angles.indices where estimate.converged[volume] {
      #expect(error(of: estimate, against: poses, in: [0, volume]) < 0.05)
    }
    #expect(estimate.converged.filter { $0 }.count >= 9)
  }

  @Test("A background that is not a number does not matter")
  func notFinite() throws {
    let grid = TestGrid.plain.grid
    let poses = restlessPoses(4, scale: 1)
    var volumes = poses.map { phantom.volume(on: grid, moved: $0.affine(about: .zero)) }
    for volume in volumes.indices {
      for index in 0..<grid.voxelCount where abs(volumes[volume].values[index]) < 20 {
        volumes[volume].values[index] = .nan
      }
    }
    let estimate = try estimateMotion(of: makeSeries(volumes), skipping: 0, threads: 2)
    #expect(estimate.converged.allSatisfy { $0 })
    // Setting the faint rim of the head to 0 costs some of the accuracy.
    #expect(error(of: estimate, against: poses, in: [0, 1, 2, 3]) < 0.03)
  }

  @Test("Motion within a volume is noted")
  func withinVolume() throws {
    let grid = TestGrid.plain.grid
    let poses = restlessPoses(6, scale: 0.5)
    var volumes = poses.map { phantom.volume(on: grid, moved: $0.affine(about: .zero)) }
    let moved = RigidMotion(translation: [5, 0, 0], rotation: [0, 0, 0.1])
    let later = phantom.volume(on: grid, moved: moved.affine(about: .zero))
    for index in 0..<grid.voxelCount where grid.voxel(at: index).z % 2 == 1 {
      volumes[4].values[index] = later.values[index]
    }
    let estimate = try estimateMotion(of: makeSeries(volumes), skipping: 0, threads: 2)
    #expect(estimate.notes.count == 1 && estimate.notes[0].contains("counted from 0: 4)"))
  }

  @Test("Drifting brightness does not look like motion")
  func gain() throws {
    let grid = TestGrid.plain.grid
    let volumes = (0..<6).map {
      phantom.volume(on: grid, moved: .identity, gain: 1 + 0.1 * Double($0))
    }
    let estimate = try estimateMotion(of: makeSeries(volumes), skipping: 0, threads: 2)
    let still = [RigidMotion](repeating: .identity, count: 6)
    #expect(error(of: estimate, against: still, in: Array(0..<6)) < 0.001)
  }

  @Test("An empty volume and one out of view are named, and lie between their neighbours")
  func lost() throws {
    let grid = TestGrid.plain.grid
    var poses = restlessPoses(8, scale: 1)
    poses[5].translation = [0, 0, 95]
    var volumes = poses.map { phantom.volume(on: grid, moved: $0.affine(about: .zero)) }
    volumes[2] = Volume(grid: grid, values: [Float](repeating: 0, count: grid.voxelCount))
    let estimate = try estimateMotion(of: makeSeries(volumes), skipping: 0, threads: 2)
    #expect(estimate.converged.indices.filter { !estimate.converged[$0] } == [2, 5])
    #expect(estimate.notes.count == 1 && estimate.notes[0].contains(": 2, 5)"))
    let middle = (estimate.poses[1].translation + estimate.poses[3].translation) / 2
    #expect((estimate.poses[2].translation - middle).length < 1e-12)
    #expect(error(of: estimate, against: poses, in: [0, 1, 3, 4, 6, 7]) < 0.01)
  }

  @Test("The result is the same to the byte for any number of threads")
  func threads() throws {
    let poses = restlessPoses(5, scale: 2)
    let grid = TestGrid.oblique.grid
    let volumes = poses.map { phantom.volume(on: grid, moved: $0.affine(about: .zero)) }
    let series = makeSeries(volumes)
    let one = try estimateMotion(of: series, skipping: 1, threads: 1)
    let three = try estimateMotion(of: series, skipping: 1, threads: 3)
    #expect(one.poses == three.poses)
    #expect(one.reference == three.reference)
  }

  @Test("One volume does not move")
  func single() throws {
    let volume = phantom.volume(on: TestGrid.plain.grid, moved: .identity)
    let estimate = try estimateMotion(of: makeSeries([volume]), skipping: 0, threads: 1)
    #expect(estimate.converged == [true])
    #expect(phantom.distance(estimate.map(ofVolume: 0), .identity) < 0.001)
  }

  @Test("Runs without anything to realign are refused")
  func refused() throws {
    let grid = TestGrid.plain.grid
    let blank = Volume(grid: grid, values: [Float](repeating: 0, count: grid.voxelCount))
    #expect(throws: RealignmentError.emptyImages) {
      try estimateMotion(of: makeSeries([blank, blank]), skipping: 0, threads: 1)
    }
    #expect(throws: RealignmentError.noVolumes(volumeCount: 2, dummies: 2)) {
      try estimateMotion(of: makeSeries([blank, blank]), skipping: 2, threads: 1)
    }
    let flat = try #require(Grid(dimensions: [20, 20, 1], affine: .identity))
    let slice = Volume(grid: flat, values: [Float](repeating: 1, count: 400))
    #expect(throws: RealignmentError.gridTooSmall(dimensions: [20, 20, 1])) {
      try estimateMotion(of: makeSeries([slice]), skipping: 0, threads: 1)
    }
  }

  @Test("A second run that lies 4 mm further is found, on a grid of its own")
  func secondRun() throws {
    let shift = RigidMotion(translation: [0, 4, 0], rotation: [0, 0, 0.03]).affine(about: .zero)
    let first = phantom.volume(on: TestGrid.oblique.grid, moved: .identity)
    let second = phantom.volume(on: TestGrid.flipped.grid, moved: shift, gain: 1.3)
    let alignment = try alignRigidly(second, to: first, threads: 1)
    #expect(alignment.converged)
    #expect(phantom.distance(alignment.affine, shift) < 0.01)
    let centre = first.grid.centre
    #expect(phantom.distance(alignment.motion.affine(about: centre), alignment.affine) < 1e-9)
  }

  @Test("An image of something else is not taken for aligned")
  func noise() throws {
    var random = Lehmer(state: 3)
    let grid = TestGrid.plain.grid
    let values = (0..<grid.voxelCount).map { _ in Float(random.next() * 1000) }
    let reference = phantom.volume(on: grid, moved: .identity)
    let alignment = try alignRigidly(Volume(grid: grid, values: values), to: reference, threads: 1)
    #expect(!alignment.converged)
  }
}
