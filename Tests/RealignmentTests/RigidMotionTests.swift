import Glibc
import Imaging
import Realignment
import Testing

@Suite("Rigid motion")
struct RigidMotionTests {
  @Test("The turn about x comes first, then y, then z, by the right-hand rule")
  func order() {
    // By hand: about x by 90° z goes to -y and y to z; about z by 90° x goes to y and y to -x.
    let motion = RigidMotion(translation: [1, 2, 3], rotation: [.pi / 2, 0, .pi / 2])
    let map = motion.affine(about: .zero)
    expectClose(map([1, 0, 0]), [1, 3, 3])
    expectClose(map([0, 1, 0]), [1, 2, 4])
    expectClose(map([0, 0, 1]), [2, 2, 3])
    let aboutY = RigidMotion(translation: .zero, rotation: [0, .pi / 2, 0])
    expectClose(aboutY.affine(about: .zero)([0, 0, 1]), [1, 0, 0])
  }

  @Test("The centre only feels the shift")
  func centre() {
    let motion = RigidMotion(translation: [1, 2, 3], rotation: [0.3, -0.2, 0.1])
    expectClose(motion.affine(about: [10, -20, 30])([10, -20, 30]), [11, -18, 33])
  }

  @Test("A motion is read back out of its map, about any centre")
  func roundTrip() {
    for motion in restlessPoses(20, scale: 30) {
      let map = motion.affine(about: [7, -8, 9])
      let again = RigidMotion(map, about: [7, -8, 9])
      expectClose(again.translation, motion.translation)
      expectClose(again.rotation, motion.rotation)
      let elsewhere = RigidMotion(map, about: [-50, 0, 20])
      expectClose(elsewhere.affine(about: [-50, 0, 20])([1, 2, 3]), map([1, 2, 3]))
    }
  }
}

/// Expects two points to agree to 1e-9, some thousand times the rounding at 100 mm.
func expectClose(
  _ point: SIMD3<Double>,
  _ expected: SIMD3<Double>,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect((point - expected).length < 1e-9, "\(point)", sourceLocation: sourceLocation)
}
