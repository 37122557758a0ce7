import Atlas
import BIDS
import FoundationEssentials
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

  /// The way between this grid and the template.
  let normalization: SpatialNormalization

  /// The atlases, each pulled to this grid.
  let atlases: [PulledAtlas]

  /// What a reader must know of the template.
  let notes: [String]
}

extension SessionAnalysis {
  /// Makes the session's space from its first run.
  ///
  /// - Parameter first: The session's first run, whose reference becomes the session's.
  /// - Returns: The space.
  /// - Throws: The error of the mask, the registration or an atlas.
  func makeSpace(from first: PreparedRun) throws -> SessionSpace {
    let reference = first.motion.reference
    let mask = voxelsInView(
      ResamplingRequest(
        series: first.series,
        motion: first.motion,
        mask: brainMask(of: reference),
        keptVolumes: volumesToKeep(
          of: first,
          censoringAbove: request.job.model.censoringThreshold
        ),
        threads: request.threads
      )
    )
    guard mask.count > 0 else { throw ParticipantError.emptyMask(path: first.run.imagePath) }
    let template = try template()
    let normalization = try wayToTemplate(
      from: reference,
      mask: mask,
      template: template?.template,
      run: first
    )
    let pulled = try atlases.map { atlas in
      let warning = try checkSpace(
        of: atlas,
        against: normalization.space,
        allowsMismatch: request.job.normalization.allowsSpaceMismatch
      )
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
      normalization: normalization,
      atlases: pulled,
      notes: [template?.notice].compactMap(\.self)
    )
  }

  private func wayToTemplate(
    from reference: Volume,
    mask: Mask,
    template: Template?,
    run: PreparedRun
  ) throws -> SpatialNormalization {
    let asked = request.job.normalization
    let t1w = request.dataset.t1wPath(of: request.participant, session: session)
    if asked.method == .t1w, t1w == nil {
      throw ParticipantError.noT1w(participant: request.participant)
    }
    request.progress("\(names.stem): the way to the template")
    return try normalize(
      NormalizationRequest(
        method: asked.method,
        reference: reference,
        mask: mask,
        t1wPath: asked.method == .t1w ? t1w : nil,
        template: template,
        space: asked.space ?? run.run.entities.space,
        assumesRAS: request.job.preprocessing.assumesRAS,
        threads: asked.threads,
        keptFolder: "\(request.outputFolder)/\(names.folder)/xfm",
        workFolder: request.workFolder
      )
    )
  }

  private func template() throws -> (template: Template, notice: String?)? {
    guard request.job.normalization.method != .none else { return nil }
    let environment = ProcessInfo.processInfo.environment
    return try findTemplate(request: request.job.normalization, environment: environment)
  }
}
