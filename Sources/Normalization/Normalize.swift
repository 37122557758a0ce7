import Files
import Imaging
import Job
import NIfTI

/// Finds the way between the native EPI grid and the template, or takes it from an earlier call.
///
/// - Parameter request: The images, the template and the method.
/// - Returns: The maps in both directions, with a check of the registrations behind them.
/// - Throws: A `NormalizationError` where an image is missing or cannot be read, elastix is missing
///   or fails, or a transform cannot be used.
public func normalize(
  _ request: NormalizationRequest
) throws(NormalizationError) -> SpatialNormalization {
  switch request.method {
  case .none: try identity(request)
  case .epi: try straight(request)
  case .t1w: try throughT1w(request)
  }
}

/// The data are in template space already.
private func identity(
  _ request: NormalizationRequest
) throws(NormalizationError) -> SpatialNormalization {
  guard let space = request.space, !space.isEmpty else { throw .spaceMissing }
  return SpatialNormalization(
    space: space,
    templateGrid: request.reference.grid,
    templateToNative: .identity,
    nativeToTemplate: .identity,
    check: nil,
    method: "The data were taken as lying in the space \(space) already; nothing was registered.",
    digest: sha256(Array("none \(space)".utf8)),
    isReused: true
  )
}

/// Mean EPI to the template.
private func straight(
  _ request: NormalizationRequest
) throws(NormalizationError) -> SpatialNormalization {
  let template = try LoadedTemplate(request)
  let registrar = try Registrar(request)
  defer { registrar.removeScratch() }
  let warp = try registrar.warp(
    .templateToEPI,
    from: template,
    digest: request.reference.digest
  ) { request.reference }
  let view = View(of: request.mask, in: template, by: .field(warp.warp.forward))
  return SpatialNormalization(
    space: template.space,
    templateGrid: template.volume.grid,
    templateToNative: .field(warp.warp.forward),
    nativeToTemplate: .field(warp.warp.inverse),
    check: try RegistrationCheck(warp, rigid: nil, view, step: .templateToEPI),
    method: "The mean EPI was registered with the template (\(template.space)), affinely and by "
      + "B-splines on a 10 mm grid, by \(registrar.words(warp.version)).",
    digest: warp.digest,
    isReused: warp.isReused
  )
}

/// Mean EPI to T1w rigidly, T1w to the template.
private func throughT1w(
  _ request: NormalizationRequest
) throws(NormalizationError) -> SpatialNormalization {
  guard let path = request.t1wPath else { throw .t1wMissing }
  let template = try LoadedTemplate(request)
  let registrar = try Registrar(request)
  defer { registrar.removeScratch() }
  let anatomy = try Anatomy(path: path, assumesRAS: request.assumesRAS)
  let rigid = try registrar.rigid(request.reference, mask: request.mask, to: anatomy)
  let warp = try registrar.warp(
    .templateToT1w,
    from: template,
    digest: anatomy.digest,
    load: anatomy.volume
  )
  guard let t1wToEPI = rigid.affine.inverse else {
    throw .unusableTransform(step: .epiToT1w, defect: .degenerate(factor: 0))
  }
  let templateToNative = PointMap.sequence([.field(warp.warp.forward), .affine(t1wToEPI)])
  let view = View(of: request.mask, in: template, by: templateToNative)
  return SpatialNormalization(
    space: template.space,
    templateGrid: template.volume.grid,
    templateToNative: templateToNative,
    nativeToTemplate: .sequence([.affine(rigid.affine), .field(warp.warp.inverse)]),
    check: try RegistrationCheck(warp, rigid: rigid, view, step: .templateToT1w),
    method: "The mean EPI was registered with the T1w image rigidly, and the T1w image with the "
      + "template (\(template.space)) affinely and by B-splines on a 10 mm grid, by "
      + "\(registrar.words(warp.version)).",
    digest: sha256(Array("\(rigid.digest) \(warp.digest)".utf8)),
    isReused: rigid.isReused && warp.isReused
  )
}
