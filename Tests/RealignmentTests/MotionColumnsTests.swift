import Glibc
import Imaging
import Realignment
import Testing

@Suite("Motion columns")
struct MotionColumnsTests {
  let poses = restlessPoses(6, scale: 3)
  let maskCentre = SIMD3(5.0, -12, 20)

  var motion: MotionEstimate {
    let grid = TestGrid.oblique.grid
    let blank = Volume(grid: grid, values: [Float](repeating: 0, count: grid.voxelCount))
    return MotionEstimate(
      reference: blank,
      poses: poses,
      converged: poses.map { _ in true },
      notes: []
    )
  }

  @Test("The columns bring a scanner point of the volume back to the reference")
  func direction() {
    let table = motionConfounds(motion, maskCentre: maskCentre)
    for (volume, pose) in poses.enumerated() {
      let values = motionNames6.map { table[$0]?[volume] ?? .nan }
      let back = RigidMotion(
        translation: [values[0], values[1], values[2]],
        rotation: [values[3], values[4], values[5]]
      )
      let head = SIMD3(31.0, -42, 13)
      let scanner = pose.affine(about: motion.centre)(head)
      expectClose(back.affine(about: maskCentre)(scanner), head)
    }
  }

  @Test("A pure shift is written with the opposite sign")
  func sign() {
    var still = motion
    still = MotionEstimate(
      reference: still.reference,
      poses: [RigidMotion(translation: [1, -2, 3], rotation: .zero)],
      converged: [true],
      notes: []
    )
    let table = motionConfounds(still, maskCentre: maskCentre)
    #expect(abs((table["trans_x"]?[0] ?? .nan) + 1) < 1e-12)
    #expect(abs((table["trans_y"]?[0] ?? .nan) - 2) < 1e-12)
    #expect(abs((table["trans_z"]?[0] ?? .nan) + 3) < 1e-12)
    #expect(abs(table["rot_y"]?[0] ?? .nan) < 1e-12)
  }

  @Test("Differences and squares belong to their column")
  func expansion() throws {
    let table = motionConfounds(motion, maskCentre: maskCentre)
    #expect(Array(table.names.prefix(24)) == motionNames24)
    let rot = try #require(table["rot_z"])
    let change = try #require(table["rot_z_derivative1"])
    #expect(change[0] == 0 && change[3] == rot[3] - rot[2])
    #expect(table["rot_z_power2"]?[2] == rot[2] * rot[2])
    #expect(table["rot_z_derivative1_power2"]?[4] == change[4] * change[4])
    #expect(table.namesWithoutFirstValue.contains("rot_z_derivative1"))
    #expect(!table.namesWithoutFirstValue.contains("rot_z_power2"))
    #expect(table.keeping(motionNames6).names == motionNames6)
  }

  @Test("The displacement beside the columns is theirs")
  func displacement() throws {
    let table = motionConfounds(motion, maskCentre: maskCentre)
    let columns = try motionNames6.map { try #require(table[$0]) }
    var expected = 0.0
    for (index, column) in columns.enumerated() {
      expected += abs(column[2] - column[1]) * (index < 3 ? 1 : 50)
    }
    let value = try #require(table["framewise_displacement"])[2]
    #expect(abs(value - expected) < 1e-9)
  }
}
