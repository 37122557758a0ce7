import Atlas
import BIDS
import Imaging
import Job
import Normalization
import Realignment

/// The space that all runs of a session share: a grid, the brain on it, and the way to the template.
struct SessionSpace {
  /// The mean image that every run is moved to.
  let reference: Volume

  /// The brain, on the reference's grid.
  let mask: Mask

  /// The whole brain of the first run's mean image, and what of it that run holds.
  let view: FieldOfView

  /// The way between this grid and the template.
  let normalization: SpatialNormalization

  /// The atlases, each pulled to this grid.
  let atlases: [PulledAtlas]

  /// The voxels whose signal is noise.
  let tissues: NoiseTissues

  /// What a reader must know.
  let notes: [String]
}

extension SessionAnalysis {
  /// Makes the session's space from its first run.
  ///
  /// - Parameters:
  ///   - first: The session's first run, whose reference becomes the session's.
  ///   - target: Where its results are to lie.
  /// - Returns: The space.
  /// - Throws: The error of the mask, the registration or an atlas.
  func makeSpace(from first: PreparedRun, to target: SessionTarget) throws -> SessionSpace {
    let reference = first.motion.reference
    let (view, maskNote) = try brain(of: first)
    let mask = view.seen
    guard mask.count > 0 else { throw ParticipantError.emptyMask(path: first.run.imagePath) }
    let normalization = try wayToTemplate(from: reference, mask: mask, to: target)
    let pulled = zip(atlases, target.atlasWarnings).map { atlas, warning in
      let weights = pull(
        atlas,
        onto: mask,
        nativeToTemplate: normalization.nativeToTemplate,
        templateToNative: normalization.templateToNative,
        threads: request.threads
      )
      return PulledAtlas(atlas: atlas, weights: weights, warning: warning)
    }
    return SessionSpace(
      reference: reference,
      mask: mask,
      view: view,
      normalization: normalization,
      atlases: pulled,
      tissues: try NoiseTissues(
        beside: target.template,
        of: reference,
        in: mask,
        by: normalization,
        threads: request.threads
      ),
      notes: [maskNote].compactMap(\.self)
    )
  }

  /// The voxels that every kept volume of the first run sees; of prepared runs those of their masks.
  private func brain(of first: PreparedRun) throws -> (view: FieldOfView, note: String?) {
    if first.run.preprocessed != nil {
      let (mask, note) = try preprocessedMask(on: first.held.grid)
      return (FieldOfView(whole: mask), note)
    }
    let view = fieldOfView(
      of: ResamplingRequest(
        series: first.held.series,
        motion: first.motion,
        mask: brainMask(of: first.motion.reference),
        keptVolumes: volumesToKeep(
          of: first,
          censoringAbove: request.job.model.censoringThreshold
        ),
        threads: request.threads
      )
    )
    return (view, nil)
  }

  private func wayToTemplate(
    from reference: Volume,
    mask: Mask,
    to target: SessionTarget
  ) throws -> SpatialNormalization {
    let asked = request.job.normalization
    request.progress("\(names.stem): the way to the template")
    return try normalize(
      NormalizationRequest(
        method: asked.method,
        reference: reference,
        mask: mask,
        t1wPath: target.t1wPath,
        template: target.template,
        space: target.space,
        assumesRAS: request.job.preprocessing.assumesRAS,
        threads: asked.threads,
        keptFolder: "\(request.outputFolder)/\(names.folder)/xfm",
        workFolder: request.workFolder
      )
    )
  }
}
