import Imaging
import Realignment
import Testing

@Suite("Whole volumes without motion")
struct VolumeResamplingTests {
  let phantom = Phantom()

  private func motion(_ poses: [RigidMotion], on grid: Grid) -> MotionEstimate {
    MotionEstimate(
      reference: Volume(grid: grid, values: [Float](repeating: 0, count: grid.voxelCount)),
      poses: poses,
      converged: poses.map { _ in true },
      notes: []
    )
  }

  @Test("They hold in the mask what the strips hold, and the unmoved head around it")
  func same() throws {
    let grid = TestGrid.oblique.grid
    let poses = restlessPoses(3, scale: 2)
    let volumes = poses.map { phantom.volume(on: grid, moved: $0.affine(about: grid.centre)) }
    let mask = Mask(grid: grid) { (grid.position(ofVoxel: $0) / SIMD3(40, 50, 28)).length < 1 }
    let request = ResamplingRequest(
      series: makeSeries(volumes),
      motion: motion(poses, on: grid),
      mask: mask,
      threads: 2
    )
    let (strips, whole) = (resample(request).series, VolumeResampling(request))
    for volume in poses.indices {
      let values = whole.volume(volume).values
      for (place, index) in mask.indices.enumerated() {
        #expect(values[index] == strips.strips[strips.offset(ofVoxel: place, volume: volume)])
      }
      let around = grid.index(20, 20, 15)
      #expect(abs(Double(values[around]) - phantom.value(at: grid.position(ofVoxel: around))) < 0.5)
    }
  }

  @Test("Where the scanner saw nothing, or no number, there is 0")
  func unseen() {
    let grid = TestGrid.plain.grid
    var volume = Volume(grid: grid, values: [Float](repeating: 500, count: grid.voxelCount))
    volume.values[grid.index(18, 20, 14)] = .nan
    let request = ResamplingRequest(
      series: makeSeries([volume]),
      motion: motion([RigidMotion(translation: [0, 0, 12.4], rotation: .zero)], on: grid),
      mask: Mask(grid: grid) { _ in true },
      threads: 1
    )
    let values = VolumeResampling(request).volume(0).values
    // 12.4 mm are 3.1 voxels: the last three slices are beyond half a voxel outside.
    for slice in 0..<28 {
      let isSeen = Double(slice) + 3.1 <= 27.5
      #expect((values[grid.index(3, 3, slice)] != 0) == isSeen, "slice \(slice)")
    }
    #expect(values[grid.index(18, 20, 11)] == 0 && values[grid.index(18, 20, 10)] == 0)
    #expect(values[grid.index(18, 20, 13)] != 0)
  }
}
