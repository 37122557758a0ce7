import FoundationEssentials
import Imaging
import NIfTI
import Realignment
import TestData
import Testing

/// Runs that were simulated in Python with known motion, noise, activation and drift.
@Suite("Simulated runs", .enabled(if: SharedData.isPresent))
struct SimulatedRunTests {
  static let folder = "\(SharedData.root)/sim/small"
  static let truth = "\(folder)/derivatives/groundtruth"

  func run(_ number: Int) throws -> ImageSeries {
    try readSeries("\(Self.folder)/sub-01/func/sub-01_task-pain_run-\(number)_bold.nii.gz").series
  }

  /// The maps of head points to scanner points, as simulated.
  func knownMaps(_ number: Int) throws -> [Affine] {
    let name = "\(Self.truth)/sub-01/func/sub-01_task-pain_run-\(number)_motion.tsv"
    let text = try String(contentsOfFile: name, encoding: .utf8)
    return text.split(separator: "\n").dropFirst().map { line in
      let v = line.split(separator: "\t").compactMap { Double($0) }
      let pose = RigidMotion(translation: [v[0], v[1], v[2]], rotation: [v[3], v[4], v[5]])
      // The centre of the simulation, from the file beside it.
      return pose.affine(about: [0, -18, 14])
    }
  }

  @Test("Motion is found to 0.05 mm RMS over the brain", arguments: [1, 2])
  func motion(number: Int) throws {
    let estimate = try estimateMotion(of: run(number), skipping: 0, threads: 2)
    let known = try knownMaps(number)
    #expect(estimate.converged.allSatisfy { $0 })
    let brain = try readVolume("\(Self.truth)/desc-brain_mask.nii.gz")
    let points = stride(from: 0, to: brain.grid.voxelCount, by: 37)
      .filter { brain.values[$0] > 0 }.map(brain.grid.position)
    // The constant pose between the two frames, taken out at the mean of the residual maps.
    let residual = known.indices.map { volume in
      (known[volume].inverse ?? .identity) * estimate.map(ofVolume: volume)
    }
    let constant = points.map { point in
      residual.reduce(.zero) { $0 + $1(point) } / Double(residual.count)
    }
    var squares = 0.0
    for map in residual {
      for (point, mean) in zip(points, constant) {
        let difference = map(point) - mean
        squares += (difference * difference).sum()
      }
    }
    let rms = (squares / Double(residual.count * points.count)).squareRoot()
    #expect(rms < 0.05)
  }

  @Test("A second run lies where its known motion says it lies to the first")
  func session() throws {
    let (one, two) = (try run(1), try run(2))
    let first = try estimateMotion(of: one, skipping: 0, threads: 2)
    let second = try estimateMotion(of: two, skipping: 0, threads: 2)
    let alignment = try alignRigidly(second.reference, to: first.reference, threads: 2)
    #expect(alignment.converged)
    // Reference of run 1 -> head -> scanner in run 2 -> reference of run 2, through volume 70.
    let toHead = try #require(knownMaps(1)[70].inverse) * first.map(ofVolume: 70)
    let back = try #require(second.map(ofVolume: 70).inverse)
    let expected = back * (try knownMaps(2)[70]) * toHead
    for point: SIMD3<Double> in [[0, -18, 14], [50, -18, 14], [-40, 30, 40], [10, -80, 0]] {
      // Twice the bound on a volume's own motion.
      #expect((alignment.affine(point) - expected(point)).length < 0.1)
    }
  }
}
