/// Returns the volumes that are kept when volumes of much motion are left out.
///
/// A volume is left out where its own framewise displacement exceeds the threshold: that volume and
/// no neighbour, since the noise model bridges gaps and the displacement already says which volume
/// the jump ended in. A displacement that is NaN, as the first one's may be, counts as 0.
///
/// - Parameters:
///   - framewiseDisplacement: One displacement per volume, in mm.
///   - threshold: The largest displacement that is kept, in mm; `nil` keeps all.
/// - Returns: The kept volumes, counted from 0, ascending.
public func keptVolumes(framewiseDisplacement: [Double], threshold: Double?) -> [Int] {
  guard let threshold else { return Array(framewiseDisplacement.indices) }
  return framewiseDisplacement.indices.filter { !(framewiseDisplacement[$0] > threshold) }
}
