import Imaging

/// A run's volumes as they were stored, for as long as they are needed.
///
/// They are let go before the run is smoothed and fitted, which is when memory is fullest; what a run
/// has left then is its strips.
final class HeldSeries {
  private var held: ImageSeries?

  /// Where the voxels of every volume lie.
  let grid: Grid

  /// The number of volumes.
  let volumeCount: Int

  /// Holds a run.
  init(_ series: ImageSeries) {
    held = series
    grid = series.grid
    volumeCount = series.volumeCount
  }

  /// The run; nobody may ask for it after it was let go.
  var series: ImageSeries {
    guard let held else { preconditionFailure("the volumes of a run were let go") }
    return held
  }

  /// Lets the run go.
  func letGo() { held = nil }
}
