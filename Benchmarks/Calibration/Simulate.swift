import Imaging

/// Simulates runs until enough series are counted.
///
/// - Parameters:
///   - setting: What is simulated.
///   - acquisition: How it is scanned.
///   - wanted: The least number of independent series.
///   - threads: The number of threads, on which the result does not depend.
/// - Returns: What every model found under every noise.
/// - Throws: The error of the first run that could not be fitted.
func simulate(
  _ setting: CalibrationSetting,
  _ acquisition: Acquisition,
  series wanted: Int,
  threads: Int
) throws -> Tally {
  let batches = (wanted + setting.seriesPerBatch - 1) / setting.seriesPerBatch
  let tallies = mapSlabs(batches, threads: threads) { batch in
    // The same draws in every setting: what differs between settings is the setting.
    Result { try SimulatedBatch(setting, acquisition, seed: UInt64(1 + batch)).tally() }
  }
  return try tallies.reduce(into: Tally()) { $0.add(try $1.get()) }
}
