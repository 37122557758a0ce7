import Glibc
import Imaging
import NIfTI

/// Makes an atlas from a label image and the names beside it.
///
/// - Parameters:
///   - path: The image.
///   - givenSpace: The space that was stated by hand, if any.
/// - Returns: The atlas.
/// - Throws: ``AtlasError`` where the image or the names cannot be read, or the space is unknown.
func imageAtlas(_ path: String, givenSpace: String?) throws(AtlasError) -> RegionAtlas {
  let (space, spaceNote) = try space(of: path, given: givenSpace)
  let labels: LabelVolume
  do throws(NIfTIError) {
    labels = try readLabels(path)
  } catch {
    throw AtlasError(path: path, reason: .image(error))
  }
  let sides = sides(of: labels)
  guard let highest = sides.keys.max() else { throw AtlasError(path: path, reason: .noRegion) }
  let names = try labelNames(besideImage: path)
  if let names, names.isCounted, highest > names.entries.count {
    let reason = AtlasError.Reason.tooFewNames(
      count: names.entries.count,
      highestLabel: highest
    )
    throw AtlasError(path: names.path, reason: reason)
  }
  var naming = Naming(sides: sides, knowsMidline: space.hasPrefix("MNI"))
  let regions = naming.regions(named: names)
  return RegionAtlas(
    name: AtlasFileName(path).atlasName,
    space: space,
    labels: labels,
    regions: regions,
    notes: [spaceNote].compactMap { $0 } + naming.notes(names: names, image: path),
    source: path
  )
}

/// Returns the space of an image: stated by hand, by the sidecar, or by the file's name.
private func space(
  of path: String,
  given: String?
) throws(AtlasError) -> (name: String, note: String?) {
  let file = AtlasFileName(path)
  let sidecar = file.folder + file.stem + ".json"
  var own: String?
  if access(sidecar, F_OK) == 0 { own = try sidecarSpace(text(of: sidecar), sidecar) }
  own = own ?? file.space
  guard let given = given.map(templateSpaceName) else {
    guard let own else { throw AtlasError(path: path, reason: .unknownSpace) }
    return (own, nil)
  }
  guard let own, own != given else { return (given, nil) }
  return (given, "\(path) says it is in \(own); it was taken as \(given), as stated by hand.")
}

/// How many voxels of a region lie left of the midline, right of it, and in all.
struct SideCount {
  var left = 0
  var right = 0
  var all = 0
}

/// Counts the voxels of every label above 0 on either side of x = 0.
private func sides(of volume: LabelVolume) -> [Int: SideCount] {
  var counts: [Int: SideCount] = [:]
  // A centre on the midline is on neither side, whatever the rounding of its position.
  let margin = 1e-3
  for (index, label) in volume.labels.enumerated() where label > 0 {
    let x = volume.grid.position(ofVoxel: index).x
    counts[Int(label), default: SideCount()].all += 1
    if x < -margin { counts[Int(label)]?.left += 1 }
    if x > margin { counts[Int(label)]?.right += 1 }
  }
  return counts
}
