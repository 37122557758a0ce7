import Glibc
import Report

extension SampleReport {
  /// A made-up run with a jump of the head.
  static func run(_ number: Int, volumeCount: Int = 240) -> RunSection {
    let walk = (0..<volumeCount).map { volume -> SIMD3<Double> in
      let time = Double(volume) / 40 + Double(number)
      let jump = volume > 150 ? 0.35 : 0.0
      return [0.1 * sin(time), 0.05 * time * cos(time) + jump, 0.06 * time - jump]
    }
    let displacements = walk.indices.map { volume -> Double in
      guard volume > 0 else { return 0 }
      let change = walk[volume] - walk[volume - 1]
      return (change * change).sum().squareRoot() * 2.5 + 0.07 + 0.05 * sin(Double(volume * 7))
    }
    var run = RunSection(
      name: "task-pain_run-\(number)",
      repetitionTime: 2,
      repetitionTimeSource: "sidecar; the header says the same",
      referenceTime: "1.0 s (half a repetition)",
      volumeCount: volumeCount
    )
    run.censoredVolumes = displacements.indices.filter { displacements[$0] > 0.5 }
    run.motion = MotionTrace(
      translations: walk,
      rotations: walk.map { $0 * [0.5, -0.8, 0.4] },
      displacements: displacements,
      threshold: 0.5,
      meanDisplacement: displacements.reduce(0, +) / Double(volumeCount),
      largestDisplacement: displacements.max() ?? 0
    )
    run.carpet = carpet(volumeCount: volumeCount)
    run.quality = [("Temporal signal-to-noise", "71.3 (median)"), ("Brain", "1421 ml")]
    run.design = design(volumeCount: volumeCount)
    run.checks = [
      .init(contrast: "heat", removedShare: 0.041, varianceInflation: 1.12, degreesOfFreedom: 221),
      .init(
        contrast: "heat_by_rating",
        removedShare: 0.226,
        varianceInflation: 1.74,
        degreesOfFreedom: 221,
        problem: "drift and confounds take 23 % of the regressor’s variance"
      ),
    ]
    run.notes = [
      "2 of 24 ratings are missing; their events stay in heat and count 0 in the modulator."
    ]
    return run
  }

  /// A slow wave that goes through the brain, and a stripe where the head jumps.
  private static func carpet(volumeCount: Int) -> CarpetPicture {
    let values = (0..<96 * volumeCount).map { place -> Float in
      let (row, volume) = (place / volumeCount, place % volumeCount)
      let grain = sin(Double(place * 7919 % 1009))
      return Float(
        0.4 * sin(Double(volume) / 17 + Double(row) / 40) + 0.5 * grain + (volume == 151 ? 2 : 0)
      )
    }
    return CarpetPicture(rowCount: 96, values: values, limit: 1.6)
  }

  private static func design(volumeCount: Int) -> DesignPicture {
    let motion = ["trans_x", "trans_y", "trans_z", "rot_x", "rot_y", "rot_z"]
    let drift = (1...6).map { "cosine_0\($0)" }
    let names = ["heat", "heat_by_rating", "rating"] + motion + drift + ["constant"]
    let columns = names.indices.map { column in
      (0..<volumeCount).map { volume -> Double in
        let time = Double(volume)
        switch column {
        case 0, 1, 2:
          let phase = (time + Double(column) * 9).truncatingRemainder(dividingBy: 27)
          return exp(-pow((phase - 7) / 3, 2)) * (column == 1 ? sin(time / 19) : 1)
        case 3...8: return sin(time / Double(20 + 9 * column)) + 0.3 * sin(time * 1.7)
        case 9...14:
          return cos(.pi * Double(column - 8) * (time + 0.5) / Double(volumeCount))
        default: return 1
        }
      }
    }
    return DesignPicture(names: names, columns: columns)
  }
}
