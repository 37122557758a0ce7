public import Imaging

/// The number of parts that each edge of a voxel is cut into.
private let cuts = 3

/// Pulls the regions of an atlas onto a mask.
///
/// Every voxel of the mask is cut into 3 × 3 × 3 equal parts. The centre of each part is mapped to
/// the template and takes the label found there, so that a voxel belongs to a region by its share.
/// Coverage goes the other way, since a voxel outside the field of view is never pulled: it is the
/// share of the region's voxels in the atlas' own grid that map into the mask.
///
/// - Parameters:
///   - atlas: The atlas.
///   - mask: The voxels, on the native grid.
///   - nativeToTemplate: From the mask's space to the atlas'.
///   - templateToNative: From the atlas' space to the mask's.
///   - threads: The number of threads; the result does not depend on it.
/// - Returns: The weights of every region of the atlas, in its order.
/// - Complexity: O(27 voxels of the mask + labelled voxels of the atlas).
public func pull(
  _ atlas: RegionAtlas,
  onto mask: Mask,
  nativeToTemplate: PointMap,
  templateToNative: PointMap,
  threads: Int
) -> [RegionWeights] {
  let ranks = Ranks(atlas)
  let shares = shares(of: ranks, in: mask, by: nativeToTemplate, threads: threads)
  let coverage = coverage(of: ranks, by: templateToNative, in: mask, threads: threads)
  return atlas.regions.enumerated().map { rank, region in
    RegionWeights(region: region, voxels: shares[rank], coverage: coverage[rank])
  }
}

/// An atlas whose voxels hold the place of their region in its list, or -1.
private struct Ranks: Sendable {
  let grid: Grid
  let values: [Int32]
  let count: Int

  init(_ atlas: RegionAtlas) {
    var rankOfLabel: [Int32: Int32] = [:]
    for (rank, region) in atlas.regions.enumerated() {
      if let label = Int32(exactly: region.label) { rankOfLabel[label] = Int32(rank) }
    }
    grid = atlas.labels.grid
    count = atlas.regions.count
    var (last, lastRank) = (Int32(0), Int32(-1))
    values = atlas.labels.labels.map { label in
      guard label > 0 else { return -1 }
      if label != last { (last, lastRank) = (label, rankOfLabel[label] ?? -1) }
      return lastRank
    }
  }
}

/// Returns for every region the voxels that belong to it, each with its share.
private func shares(
  of ranks: Ranks,
  in mask: Mask,
  by map: PointMap,
  threads: Int
) -> [[(place: Int, weight: Double)]] {
  let slab = 1024
  let slabCount = (mask.count + slab - 1) / slab
  var found = [[(rank: Int32, place: Int, parts: Int)]](repeating: [], count: slabCount)
  found.withUnsafeMutableBufferPointer { buffer in
    guard let base = buffer.baseAddress else { return }
    let slabs = SlabPointer(base)
    forEachSlab(slabCount, threads: threads) { index in
      let places = index * slab..<min(mask.count, (index + 1) * slab)
      slabs.base[index] = parts(of: ranks, in: mask, places: places, by: map)
    }
  }
  var shares = [[(place: Int, weight: Double)]](repeating: [], count: ranks.count)
  for (rank, place, parts) in found.joined() {
    shares[Int(rank)].append((place, Double(parts) / Double(cuts * cuts * cuts)))
  }
  return shares
}

/// Returns how many of the 27 parts of each voxel belong to which region.
private func parts(
  of ranks: Ranks,
  in mask: Mask,
  places: Range<Int>,
  by map: PointMap
) -> [(rank: Int32, place: Int, parts: Int)] {
  let offsets = partOffsets()
  var found: [(rank: Int32, place: Int, parts: Int)] = []
  for place in places {
    let centre = SIMD3<Double>(mask.grid.voxel(at: mask.indices[place]))
    let first = found.count
    for offset in offsets {
      guard let point = map(mask.grid.affine(centre + offset)),
        let voxel = ranks.grid.nearestVoxel(to: point), ranks.values[voxel] >= 0
      else { continue }
      let rank = ranks.values[voxel]
      if let known = found[first...].firstIndex(where: { $0.rank == rank }) {
        found[known].parts += 1
      } else {
        found.append((rank, place, 1))
      }
    }
  }
  return found
}

/// Returns where the centres of the parts lie, in voxels from the voxel's centre.
private func partOffsets() -> [SIMD3<Double>] {
  let steps = (0..<cuts).map { (Double($0) + 0.5) / Double(cuts) - 0.5 }
  return steps.flatMap { z in steps.flatMap { y in steps.map { x in SIMD3(x, y, z) } } }
}

/// Returns for every region the share of its voxels that map into the mask.
private func coverage(
  of ranks: Ranks,
  by map: PointMap,
  in mask: Mask,
  threads: Int
) -> [Double] {
  let planes = ranks.grid.dimensions.z
  let width = 2 * ranks.count
  var counts = [Int](repeating: 0, count: planes * width)
  counts.withUnsafeMutableBufferPointer { buffer in
    guard let base = buffer.baseAddress else { return }
    let slabs = SlabPointer(base)
    forEachSlab(planes, threads: threads) { plane in
      let counts = slabs.base + plane * width
      let voxels = ranks.grid.dimensions.x * ranks.grid.dimensions.y
      for index in plane * voxels..<(plane + 1) * voxels where ranks.values[index] >= 0 {
        let rank = Int(ranks.values[index])
        counts[2 * rank] += 1
        guard let point = map(ranks.grid.position(ofVoxel: index)),
          let voxel = mask.grid.nearestVoxel(to: point), mask.contains(voxel)
        else { continue }
        counts[2 * rank + 1] += 1
      }
    }
  }
  return (0..<ranks.count).map { rank in
    func sum(_ which: Int) -> Int {
      (0..<planes).reduce(0) { $0 + counts[$1 * width + 2 * rank + which] }
    }
    let all = sum(0)
    return all == 0 ? .nan : Double(sum(1)) / Double(all)
  }
}
