import Glibc
import Imaging
import Realignment
import Testing

@Suite("Displacement")
struct DisplacementTests {
  @Test(
    "A rotation moves the head's surface by radius × angle",
    arguments: [(angle: 0.01, millimetres: 0.5), (angle: -0.02, millimetres: 1)]
  )
  func framewise(angle: Double, millimetres: Double) {
    let turned = RigidMotion(translation: .zero, rotation: [angle, 0, 0])
    #expect(framewiseDisplacement(of: [.identity, turned]) == [0, millimetres])
  }

  @Test("Shifts and turns of all axes add up, and only changes count")
  func framewiseSum() {
    let pose = RigidMotion(translation: [0.1, -0.2, 0.3], rotation: [0.001, 0.002, -0.003])
    let values = framewiseDisplacement(of: [.identity, pose, pose], headRadius: 100)
    #expect(values[0] == 0 && values[2] == 0)
    #expect(abs(values[1] - 1.2) < 1e-12)
  }

  @Test("A ball turned about its middle moves by sqrt(2/5) of its radius times the chord")
  func rms() {
    // The mean squared distance to an axis through the middle of a ball is 2/5 of its radius squared.
    let turned = RigidMotion(translation: .zero, rotation: [0, 0.1, 0])
    let values = rmsDisplacement(of: [.identity, turned, turned], about: [3, 4, 5], radius: 80)
    #expect(values[0] == 0 && abs(values[2]) < 1e-9)
    #expect(abs(values[1] - sqrt(0.4) * 80 * 2 * sin(0.05)) < 1e-9)
  }

  @Test("A shift moves every point of the ball by itself")
  func rmsShift() {
    let shifted = RigidMotion(translation: [3, 0, -4], rotation: .zero)
    let values = rmsDisplacement(of: [.identity, shifted], about: .zero)
    #expect(abs(values[1] - 5) < 1e-12)
  }

  @Test("No volume and one volume have no displacement")
  func edges() {
    #expect(framewiseDisplacement(of: []).isEmpty)
    #expect(rmsDisplacement(of: [.identity], about: .zero) == [0])
  }
}
