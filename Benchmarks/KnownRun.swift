import FoundationEssentials
import Imaging
import MotionPhantoms
import NIfTI
import Realignment

/// A run in files whose motion is known from a table beside it.
struct KnownRun {
  /// What rows call it.
  let name: String

  /// The image of the run.
  let imagePath: String

  /// The true maps of head points to scanner points.
  let known: [Affine]

  /// Points of the brain, in mm.
  let points: [SIMD3<Double>]

  /// The error, a constant pose removed.
  func error() throws -> MotionError {
    MotionError(of: try found(), against: known, at: points)
  }

  /// The error relative to the first volume.
  func errorRelativeToFirst() throws -> MotionError {
    MotionError(relativeToFirst: try found(), against: known, at: points)
  }

  private func found() throws -> [Affine] {
    let series = try readSeries(imagePath).series
    let estimate = try estimateMotion(of: series, skipping: 0, threads: 2)
    return known.indices.map { estimate.map(ofVolume: $0) }
  }
}

extension KnownRun {
  /// The run of a folder with a `derivatives/groundtruth`, its motion about [0, -18, 14]; `nil` where
  /// there is no such folder.
  init?(classic folder: String) throws {
    let truth = folder + "/derivatives/groundtruth"
    let stem = "sub-01/func/sub-01_task-pain_run-1"
    guard FileManager.default.fileExists(atPath: truth) else { return nil }
    let rows = try Self.table(truth + "/" + stem + "_motion.tsv").filter { $0.count == 6 }
    self.init(
      name: "classic30",
      imagePath: folder + "/" + stem + "_bold.nii.gz",
      known: rows.map {
        RigidMotion(translation: [$0[0], $0[1], $0[2]], rotation: [$0[3], $0[4], $0[5]])
          .affine(about: [0, -18, 14])
      },
      points: try Self.points(truth + "/desc-brain_mask.nii.gz")
    )
  }

  /// The runs `TAG_bold.nii.gz` of a folder, each with `TAG_motion.txt` (degrees, then mm, from each
  /// volume's points to those of the first, about 0) and `TAG_brainmask.nii.gz`.
  static func phantoms(in folder: String) throws -> [KnownRun] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted().compactMap { file in
      guard file.hasSuffix("_motion.txt") else { return nil }
      let tag = String(file.dropLast("_motion.txt".count))
      let rows = try table(folder + "/" + file).filter { $0.count == 6 }
      return KnownRun(
        name: tag,
        imagePath: "\(folder)/\(tag)_bold.nii.gz",
        known: rows.compactMap {
          RigidMotion(
            translation: [$0[3], $0[4], $0[5]],
            rotation: SIMD3($0[0], $0[1], $0[2]) * .pi / 180
          )
          .affine(about: .zero).inverse
        },
        points: try points("\(folder)/\(tag)_brainmask.nii.gz")
      )
    }
  }

  private static func table(_ path: String) throws -> [[Double]] {
    try String(contentsOf: URL(filePath: path), encoding: .utf8).split(separator: "\n")
      .filter { !$0.hasPrefix("#") }
      .map { $0.split { $0 == " " || $0 == "\t" }.compactMap { Double($0) } }
  }

  private static func points(_ path: String) throws -> [SIMD3<Double>] {
    let mask = try readVolume(path)
    let inside = (0..<mask.grid.voxelCount).filter { mask.values[$0] > 0 }
    return stride(from: 0, to: inside.count, by: 7).map { mask.grid.position(ofVoxel: inside[$0]) }
  }
}
