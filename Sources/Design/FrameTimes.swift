/// Returns the time at which each volume stands for the brain, in s after the run's first volume began.
///
/// - Parameters:
///   - volumeCount: The number of volumes.
///   - repetitionTime: The time from one volume to the next, in s.
///   - referenceTime: The time within a volume, in s, that slices are referred to.
/// - Returns: One time per volume, in s.
public func frameTimes(
  volumeCount: Int,
  repetitionTime: Double,
  referenceTime: Double
) -> [Double] {
  (0..<max(0, volumeCount)).map { Double($0) * repetitionTime + referenceTime }
}
