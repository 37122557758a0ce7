import Imaging
import Realignment
import Testing

@Suite("Series resampling")
struct SeriesResamplingTests {
  let phantom = Phantom()
  let grid = TestGrid.oblique.grid

  /// A motion that is known, not estimated.
  func known(_ poses: [RigidMotion], on grid: Grid) -> MotionEstimate {
    let blank = Volume(grid: grid, values: [Float](repeating: 0, count: grid.voxelCount))
    return MotionEstimate(
      reference: blank,
      poses: poses,
      converged: poses.map { _ in true },
      notes: []
    )
  }

  /// The voxels within the middle of the head.
  func middle(of grid: Grid) -> Mask {
    Mask(grid: grid) { (grid.position(ofVoxel: $0) / SIMD3(40, 50, 28)).length < 1 }
  }

  @Test("Every volume shows the unmoved head at the session's positions")
  func undone() throws {
    let poses = restlessPoses(4, scale: 2)
    let runToSession = RigidMotion(translation: [4, 1, -2], rotation: [0.02, 0, 0.05])
      .affine(about: .zero)
    let sessionToRun = try #require(runToSession.inverse)
    // The head stands still in the session's frame; the run's frame and each pose move it on.
    let volumes = poses.map { pose in
      phantom.volume(on: grid, moved: pose.affine(about: grid.centre) * sessionToRun)
    }
    let mask = middle(of: TestGrid.plain.grid)
    let resampled = resample(
      ResamplingRequest(
        series: makeSeries(volumes),
        motion: known(poses, on: grid),
        sessionToRun: sessionToRun,
        mask: mask,
        threads: 2
      )
    )
    #expect(resampled.outOfView.isEmpty && resampled.series.mask == mask)
    for (place, index) in mask.indices.enumerated() {
      let expected = phantom.value(at: mask.grid.position(ofVoxel: index))
      for value in resampled.series.series(ofVoxel: place) {
        // A blob of standard deviation 7 mm on 4 mm voxels leaves 2e-4 of its height at order 7.
        #expect(abs(value - expected) < 0.5)
      }
    }
  }

  @Test("No motion returns the samples, a whole voxel's motion the neighbours'")
  func wholeVoxels() throws {
    let plain = TestGrid.plain.grid
    let head = phantom.volume(on: plain, moved: .identity)
    let poses = [RigidMotion.identity, RigidMotion(translation: [4, 0, -4], rotation: .zero)]
    let mask = middle(of: plain)
    let resampled = resample(
      ResamplingRequest(
        series: makeSeries([head, head]),
        motion: known(poses, on: plain),
        mask: mask,
        threads: 1
      )
    ).series
    for (place, index) in mask.indices.enumerated() {
      let voxel = plain.voxel(at: index)
      let neighbour = plain.index(voxel.x + 1, voxel.y, voxel.z - 1)
      let values = resampled.series(ofVoxel: place)
      // Float rounding times the prefilter's gain.
      #expect(abs(values[0] - Double(head.values[index])) < 0.02)
      #expect(abs(values[1] - Double(head.values[neighbour])) < 0.02)
    }
  }

  @Test("Voxels out of view of a kept volume are listed, and hold the nearest sample")
  func outOfView() throws {
    let plain = TestGrid.plain.grid
    let head = phantom.volume(on: plain, moved: .identity)
    let poses = [RigidMotion.identity, RigidMotion(translation: [0, 0, 9], rotation: .zero)]
    let mask = Mask(grid: plain) { _ in true }
    var request = ResamplingRequest(
      series: makeSeries([head, head]),
      motion: known(poses, on: plain),
      mask: mask,
      threads: 2
    )
    // 9 mm are 2.25 voxels: 28 slices keep those whose place + 2.25 is at most 27.5.
    let resampled = resample(request)
    let lost = mask.indices.enumerated().filter { plain.voxel(at: $1).z > 25 }.map(\.offset)
    #expect(resampled.outOfView == lost)
    #expect(resampled.series.mask == mask)
    let place = plain.index(10, 20, 27)
    let value = resampled.series.strips[resampled.series.offset(ofVoxel: place, volume: 1)]
    #expect(value == head.values[place])
    request.keptVolumes = [0]
    let all = resample(request)
    #expect(all.outOfView.isEmpty)
    #expect(all.series.strips.allSatisfy { $0.isFinite })
  }

  @Test("A voxel that is not a number takes its surroundings out of view, and nothing else")
  func notFinite() throws {
    let plain = TestGrid.plain.grid
    var head = phantom.volume(on: plain, moved: .identity)
    head.values[plain.index(18, 21, 14)] = .nan
    let poses = [RigidMotion(translation: [2, 0, 0], rotation: .zero)]
    let mask = middle(of: plain)
    let resampled = resample(
      ResamplingRequest(
        series: makeSeries([head]),
        motion: known(poses, on: plain),
        mask: mask,
        threads: 1
      )
    )
    let lost = resampled.outOfView.map { plain.voxel(at: mask.indices[$0]) }
    #expect(lost == [[17, 21, 14], [18, 21, 14]])
    #expect(resampled.series.strips.allSatisfy { $0.isFinite })
  }

  @Test("The strips are the same to the byte for any number of threads")
  func threads() {
    let poses = restlessPoses(5, scale: 2)
    let volumes = poses.map { phantom.volume(on: grid, moved: $0.affine(about: .zero)) }
    var request = ResamplingRequest(
      series: makeSeries(volumes),
      motion: known(poses, on: grid),
      mask: middle(of: grid),
      threads: 1
    )
    let one = resample(request)
    request.threads = 3
    #expect(one.series.strips == resample(request).series.strips)
  }
}
