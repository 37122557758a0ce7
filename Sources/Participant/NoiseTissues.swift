import Imaging
import NIfTI
import Normalization
import Realignment

/// The voxels of a session whose signal is noise: white matter and fluid.
struct NoiseTissues {
  /// Places in the mask that are white matter; none where no map tells.
  let whiteMatter: [Int]

  /// Places in the mask that are fluid.
  let fluid: [Int]

  /// Where they come from, in words.
  let source: String

  /// Finds the voxels by the tissue maps beside the template, else by the mean image alone.
  ///
  /// - Parameters:
  ///   - template: The template, where there is one.
  ///   - reference: The mean image.
  ///   - mask: The brain, on its grid.
  ///   - normalization: The way to the template.
  ///   - threads: The number of threads.
  /// - Throws: The error of a tissue map that cannot be read.
  init(
    beside template: Template?,
    of reference: Volume,
    in mask: Mask,
    by normalization: SpatialNormalization,
    threads: Int
  ) throws {
    if let white = template?.tissuePath("WM"), let fluid = template?.tissuePath("CSF") {
      let probabilities = try [white, fluid].map { path in
        resample(
          try readVolume(path),
          onto: mask.grid,
          by: normalization.nativeToTemplate,
          threads: threads
        )
      }
      // A voxel's own size away from other tissue; fluid is thin, but that around the brain is not noise
      // of the ventricles alone.
      let size = mask.grid.voxelSize.max()
      whiteMatter = certainPlaces(of: probabilities[0], in: mask, margin: size, depth: 0)
      self.fluid = certainPlaces(of: probabilities[1], in: mask, margin: 0, depth: 10)
      source =
        "the tissue maps beside the template \(normalization.space): voxels of a probability of at least "
        + "0.95, white matter (\(whiteMatter.count) voxels) a voxel away from other tissue, fluid "
        + "(\(self.fluid.count) voxels) at least 10 mm inside the brain mask"
      return
    }
    whiteMatter = []
    fluid = brightDeepPlaces(reference, in: mask)
    source =
      "the brightest 3 % of the voxels at least 15 mm inside the brain mask of the mean image; no "
      + "tissue map was used"
  }
}
