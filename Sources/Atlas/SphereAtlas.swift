import Files
import Imaging

/// The grid that spheres are drawn on: the 1 mm grid of the MNI152 templates, stored in RAS+.
///
/// At 1 mm every whole-numbered coordinate is a voxel's centre, so that a sphere and its mirror
/// image have the same voxels.
private let sphereGrid = Grid(
  dimensions: [182, 218, 182],
  affine: .scaling([1, 1, 1], then: [-90, -126, -72])
)

/// Makes an atlas from a table of spheres.
///
/// - Parameters:
///   - text: The table.
///   - path: The file, or the name of a built-in atlas.
///   - name: The atlas' name.
///   - givenSpace: The space that was stated by hand, if any.
///   - source: What is said of where it comes from; the path where nothing is.
/// - Returns: The atlas, its labels on a 1 mm grid.
/// - Throws: ``AtlasError`` where a row cannot be understood, two spheres share space, or the space
///   is unknown or stated in two ways.
func sphereAtlas(
  _ text: String,
  path: String,
  name: String,
  givenSpace: String?,
  source: String? = nil
) throws(AtlasError) -> RegionAtlas {
  let rows = try sphereRows(text, path: path)
  guard !rows.isEmpty, let grid = sphereGrid else {
    throw AtlasError(path: path, reason: .noRegion)
  }
  try refuseOverlap(rows, path: path)
  var labels = [Int32](repeating: 0, count: grid.voxelCount)
  for row in rows {
    let voxels = voxels(of: row.sphere, in: grid)
    guard !voxels.isEmpty else {
      let problem = "no voxel of the template lies in this sphere; check its centre and radius"
      throw AtlasError(path: path, reason: .line(row.line, problem: problem))
    }
    for voxel in voxels { labels[voxel] = Int32(row.region.label) }
  }
  return RegionAtlas(
    name: name,
    space: try space(of: rows, given: givenSpace, path: path),
    labels: LabelVolume(grid: grid, labels: labels),
    regions: rows.map(\.region),
    source: source ?? path
  )
}

/// Returns the storage indices of the voxels whose centres lie in a sphere.
private func voxels(of sphere: Sphere, in grid: Grid) -> [Int] {
  let last = SIMD3<Double>(grid.dimensions) - 1
  let from = (grid.inverseAffine(sphere.centre - sphere.radius)).rounded(.down)
    .clamped(lowerBound: .zero, upperBound: last)
  let to = (grid.inverseAffine(sphere.centre + sphere.radius)).rounded(.up)
    .clamped(lowerBound: .zero, upperBound: last)
  // A centre on the surface counts, whatever the rounding of its distance.
  let reach = sphere.radius + 1e-9
  var inside: [Int] = []
  for z in Int(from.z)...Int(to.z) {
    for y in Int(from.y)...Int(to.y) {
      for x in Int(from.x)...Int(to.x) {
        let index = grid.index(x, y, z)
        if (grid.position(ofVoxel: index) - sphere.centre).length <= reach { inside.append(index) }
      }
    }
  }
  return inside
}

private func refuseOverlap(_ rows: [SphereRow], path: String) throws(AtlasError) {
  for (place, one) in rows.enumerated() {
    for other in rows[(place + 1)...] {
      let apart = (one.sphere.centre - other.sphere.centre).length
      guard apart > one.sphere.radius + other.sphere.radius else {
        throw AtlasError(path: path, reason: .overlap(one.region.name, other.region.name))
      }
    }
  }
}

/// Returns the one space that a table's rows name.
private func space(
  of rows: [SphereRow],
  given: String?,
  path: String
) throws(AtlasError) -> String {
  var own: String?
  for row in rows {
    guard let stated = row.space.map(templateSpaceName) else { continue }
    if let own, own != stated {
      let problem = "the space is \(stated), in the rows above \(own); keep to one"
      throw AtlasError(path: path, reason: .line(row.line, problem: problem))
    }
    own = stated
  }
  let given = given.map(templateSpaceName)
  if let own, let given, own != given {
    throw AtlasError(path: path, reason: .spaceGivenTwice(own: own, given: given))
  }
  guard let space = own ?? given else { throw AtlasError(path: path, reason: .unknownSpace) }
  return space
}
