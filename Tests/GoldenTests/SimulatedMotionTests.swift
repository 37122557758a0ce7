import Files
import Glibc
import Imaging
import NIfTI
import TestData
import TestStudies
import Testing

@Suite("Simulated motion", .enabled(if: SharedData.isPresent))
struct SimulatedMotionTests {
  @Test(
    "The written motion is the head's: RMS displacement over the brain at most 0.05 mm",
    arguments: [1, 2]
  )
  func displacement(run: Int) throws {
    let simulation = try SmallSimulation.shared.get()
    let truthName = "\(SmallSimulation.truth)/sub-01/func/sub-01_task-pain_run-\(run)_motion"
    let name =
      "\(simulation.output)/sub-01/func/sub-01_task-pain_run-\(run)_desc-confounds_timeseries"
    // The truth takes the head to the scanner; the written columns take a volume to the reference.
    let truth = try poses(truthName + ".tsv", about: centre(truthName + ".json", "\"centre\""))
    let written = try poses(name + ".tsv", about: centre(name + ".json", "\"Centre\""))
    let found = try written.map { try #require($0.inverse) }
    try #require(found.count == truth.count && found.count == 150)
    let mask = try readVolume(SmallSimulation.truth + "/desc-brain_mask.nii.gz")
    let brain = mask.values.indices.filter { mask.values[$0] > 0 }
      .enumerated().filter { $0.offset % 5 == 0 }.map { mask.grid.position(ofVoxel: $0.element) }
    let constant = meanPose(
      zip(found, truth).compactMap { found, truth in
        found.inverse.map { $0 * truth }
      }
    )
    var sum = 0.0
    for (found, truth) in zip(found, truth) {
      let moved = found * constant
      sum += brain.reduce(0) { sum, point in
        let error = moved(point) - truth(point)
        return sum + (error * error).sum()
      }
    }
    let rms = (sum / Double(brain.count * found.count)).squareRoot()
    print("run \(run): motion RMS \(rms) mm")
    #expect(rms <= 0.05)
  }

  /// The maps y = Rz Ry Rx (x - c) + c + t of a table's rows.
  private func poses(_ path: String, about c: SIMD3<Double>) throws -> [Affine] {
    let lines = try readText(path).split(separator: "\n").map { $0.split(separator: "\t") }
    let columns = try ["trans_x", "trans_y", "trans_z", "rot_x", "rot_y", "rot_z"].map { name in
      try #require(lines.first?.firstIndex { $0 == name })
    }
    return try lines.dropFirst().map { line in
      let values = try columns.map { try #require(Double(line[$0])) }
      let turn = rotation(values[3], values[4], values[5])
      let shift = SIMD3(values[0], values[1], values[2])
      let offset = c + shift - turn(c)
      return Affine(
        SIMD4(turn.rows.0.x, turn.rows.0.y, turn.rows.0.z, offset.x),
        SIMD4(turn.rows.1.x, turn.rows.1.y, turn.rows.1.z, offset.y),
        SIMD4(turn.rows.2.x, turn.rows.2.y, turn.rows.2.z, offset.z)
      )
    }
  }

  private func rotation(_ a: Double, _ b: Double, _ g: Double) -> Affine {
    let x = Affine([1, 0, 0, 0], [0, cos(a), -sin(a), 0], [0, sin(a), cos(a), 0])
    let y = Affine([cos(b), 0, sin(b), 0], [0, 1, 0, 0], [-sin(b), 0, cos(b), 0])
    let z = Affine([cos(g), -sin(g), 0, 0], [sin(g), cos(g), 0, 0], [0, 0, 1, 0])
    return z * y * x
  }

  /// The three numbers of a list in a JSON file.
  private func centre(_ path: String, _ key: String) throws -> SIMD3<Double> {
    let text = try readText(path)
    let start = try #require(text.firstRange(of: key)?.upperBound)
    let list = text[start...].drop { $0 != "[" }.dropFirst().prefix { $0 != "]" }
    let numbers = list.split(separator: ",").compactMap { word in
      Double(String(word.filter { !$0.isWhitespace }))
    }
    try #require(numbers.count == 3)
    return SIMD3(numbers[0], numbers[1], numbers[2])
  }

  /// The mean of nearly equal rigid maps: the mean matrix with its rows made orthonormal again.
  private func meanPose(_ maps: [Affine]) -> Affine {
    let n = Double(maps.count)
    let rows = (
      maps.reduce(.zero) { $0 + $1.rows.0 } / n, maps.reduce(.zero) { $0 + $1.rows.1 } / n,
      maps.reduce(.zero) { $0 + $1.rows.2 } / n
    )
    func linear(_ row: SIMD4<Double>) -> SIMD3<Double> { [row.x, row.y, row.z] }
    let first = linear(rows.0) / linear(rows.0).length
    let second = linear(rows.1) - first * (first * linear(rows.1)).sum()
    let unit = second / second.length
    let third = first.cross(unit)
    return Affine(SIMD4(first, rows.0.w), SIMD4(unit, rows.1.w), SIMD4(third, rows.2.w))
  }
}
