import Glibc
import Imaging
import Job
import NIfTI
import Normalization
import TestData

/// A head of known shape in three frames: the template's, a T1w image's and an EPI's.
///
/// It is an ellipsoid with blobs at places without any symmetry. The T1w frame is the template's
/// after a known affine map; the EPI's is the T1w's after a known rigid one.
struct Phantom {
  /// Template points to T1w points: a growth, a shear and a turn of a few degrees, and a shift.
  static let templateToT1w = Affine(
    [1.06, 0.05, -0.02, 9],
    [-0.04, 0.95, 0.06, -6],
    [0.03, -0.05, 1.04, 5]
  )

  /// T1w points to EPI points: a turn by 0.1 rad about x, then by 0.07 about z, and a shift.
  static let t1wToEPI: Affine = {
    let (s, c, u, v) = (sin(0.1), cos(0.1), sin(0.07), cos(0.07))
    return Affine([v, -u, 0, -5], [u, v, 0, 4], [0, 0, 1, 7])
      * Affine([1, 0, 0, 0], [0, c, -s, 0], [0, s, c, 0])
  }()

  /// The landmark, in template space: far to the right, a little to the front.
  static let landmark: SIMD3<Double> = [34, 12, 10]

  /// The template's grid, 4 mm, stored from left to right.
  let templateGrid: Grid

  /// The T1w's grid, 3 mm, stored from right to left.
  let t1wGrid: Grid

  /// The EPI's grid, 4 mm, oblique by 0.2 rad about x and stored from right to left.
  let epiGrid: Grid

  init?() {
    let tilt = Affine([1, 0, 0, 0], [0, cos(0.2), -sin(0.2), 0], [0, sin(0.2), cos(0.2), 0])
    guard
      let template = Grid(
        dimensions: [46, 54, 46],
        affine: .scaling([4, 4, 4], then: [-90, -106, -88])
      ),
      let t1w = Grid(
        dimensions: [66, 76, 66],
        affine: .scaling([-3, 3, 3], then: [108, -120, -92])
      ),
      let epi = Grid(
        dimensions: [46, 52, 40],
        affine: tilt * .scaling([-4, 4, 4.2], then: [94, -104, -80])
      )
    else { return nil }
    templateGrid = template
    t1wGrid = t1w
    epiGrid = epi
  }

  /// Whether a template point is inside the head.
  static func isInside(_ point: SIMD3<Double>) -> Bool {
    (point / [66, 80, 62]).length < 1
  }

  /// The tissue at a template point: 0 outside, about 40 to 160 inside.
  static func tissue(_ point: SIMD3<Double>) -> Double {
    let edge = 1 / (1 + exp(((point / [66, 80, 62]).length - 1) * 40))
    var value = 100.0
    for (centre, height, width) in blobs {
      let distance = (point - centre).length / width
      value += height * exp(-distance * distance / 2)
    }
    return edge * value
  }

  /// Blobs of tissue; none lies where its mirror image would.
  private static let blobs: [(SIMD3<Double>, Double, Double)] = [
    ([30, 20, 15], 60, 12), ([-18, 36, -10], -50, 14), ([-36, -22, 20], 45, 10),
    ([12, -48, -20], -55, 13), ([-8, -30, 38], 50, 9), ([40, -26, -14], -40, 11),
    ([-40, 14, -24], 55, 10), ([6, 52, 24], -45, 10), ([-24, -52, -2], 40, 12),
    ([22, -10, 42], -50, 9), ([0, 8, -40], 45, 12), ([-14, 4, 12], -60, 10),
  ]

  /// The template: the tissue itself.
  var template: Volume {
    Volume(grid: templateGrid, values: values(on: templateGrid, .identity) { $0 })
  }

  /// The T1w image: the tissue, brighter.
  func t1w() throws -> Volume {
    guard let map = Self.templateToT1w.inverse else { throw Flat() }
    return Volume(grid: t1wGrid, values: values(on: t1wGrid, map) { 2 * $0 })
  }

  /// The mean EPI: the tissue with its contrast reversed inside of the head.
  func epi() throws -> Volume {
    guard let map = (Self.t1wToEPI * Self.templateToT1w).inverse else { throw Flat() }
    return Volume(
      grid: epiGrid,
      values: values(on: epiGrid, map) { $0 * (230 - $0) / 20 }
    )
  }

  private struct Flat: Error {}

  private func values(
    on grid: Grid,
    _ toTemplate: Affine,
    _ signal: (Double) -> Double
  ) -> [Float] {
    (0..<grid.voxelCount).map { Float(signal(Self.tissue(toTemplate(grid.position(ofVoxel: $0))))) }
  }
}

extension Phantom {
  /// Writes template, brain mask and T1w image and returns a request for all three.
  func request(in folder: String, searchPath: String? = nil) throws -> NormalizationRequest {
    let brain = (0..<templateGrid.voxelCount).map {
      Self.isInside(templateGrid.position(ofVoxel: $0)) ? Float(1) : 0
    }
    let paths = ["tpl-Phantom_T1w", "tpl-Phantom_desc-brain_mask", "sub-01_T1w"]
      .map { "\(folder)/\($0).nii.gz" }
    let images = [template, Volume(grid: templateGrid, values: brain), try t1w()]
    for (image, path) in zip(images, paths) {
      try writeVolume(image, to: path, spaceIsTemplate: false, description: "phantom")
    }
    let reference = try epi()
    return NormalizationRequest(
      method: .t1w,
      reference: reference,
      mask: Mask(grid: epiGrid) { reference.values[$0] > 200 },
      t1wPath: paths[2],
      template: Template(path: paths[0], space: "Phantom", brainMaskPath: paths[1]),
      keptFolder: "\(folder)/kept",
      workFolder: "\(folder)/work",
      searchPath: searchPath
    )
  }
}
