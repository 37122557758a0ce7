import BIDS
import Imaging
import Job
import NIfTI
import Realignment

/// A run that has been read and whose motion is known.
struct PreparedRun {
  /// The run.
  let run: Run

  /// Its volumes, as stored, until they are resampled.
  let held: HeldSeries

  /// The time from one volume to the next, in s.
  let repetitionTime: Double

  /// The time within a volume that regressors are sampled at, in s.
  let referenceTime: Double

  /// The head's motion.
  let motion: MotionEstimate

  /// The middle of the brain in the run's own reference, in mm, RAS+.
  let headCentre: SIMD3<Double>

  /// The columns of motion, written about ``headCentre``, or what another program measured; volumes are
  /// judged by the same numbers.
  let motionTable: ConfoundsTable

  /// The volumes that another program found to be measured before the signal was steady.
  let unsteadyVolumes: Set<Int>

  /// The columns of ``motionTable`` that are taken out, where another program measured them.
  let confoundNames: [String]?

  /// What a reader must know.
  let notes: [String]

  /// The volumes left out at the start.
  let dummyScans: Int

  /// Reads a run and estimates its motion.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - preprocessing: What was asked.
  ///   - threads: The number of threads.
  /// - Throws: The error of the reader or of the estimate.
  init(_ run: Run, preprocessing: Preprocessing, threads: Int) throws {
    let image = try readSeries(run.imagePath, assumesRAS: preprocessing.assumesRAS)
    let dummies = preprocessing.dummyScans.count(in: image.series)
    try Self.requireVolumes(image.series.volumeCount, of: run, after: dummies)
    let time = try BIDS.repetitionTime(
      sidecar: run.sidecar.repetitionTime,
      header: image.header.repetitionTime,
      path: run.imagePath
    )
    self.run = run
    held = HeldSeries(image.series)
    repetitionTime = time.seconds
    referenceTime =
      try run.sidecar.startTime(within: time.seconds) ?? preprocessing.sliceTimeReference
      * time.seconds
    dummyScans = dummies
    motion = try estimateMotion(of: image.series, skipping: dummies, threads: threads)
    unsteadyVolumes = []
    confoundNames = nil
    headCentre = brainMask(of: motion.reference).centre
    motionTable = motionConfounds(motion, maskCentre: headCentre)
    let name = run.entities.name
    let early =
      preprocessing.dummyScans == .automatic && dummies > 0
      ? "the first \(dummies) volumes are brighter than the run, and are left out" : nil
    let found = [time.note, unknownVoxelNote(image.series), early].compactMap(\.self)
    notes = (run.notes + image.notes + found + motion.notes).map {
      $0.contains(name) ? $0 : "\(name): \($0)"
    }
  }

  /// The fewest volumes after the dummy scans of which motion and a design can be estimated.
  private static let minimumVolumeCount = 10

  /// Refuses a run of too few volumes.
  ///
  /// - Parameters:
  ///   - count: The number of its volumes.
  ///   - run: The run.
  ///   - dummyScans: How many of them are left out.
  /// - Throws: ``ParticipantError/tooFewVolumes(path:volumes:dummyScans:needed:)``.
  static func requireVolumes(_ count: Int, of run: Run, after dummyScans: Int) throws {
    guard count - dummyScans >= minimumVolumeCount else {
      throw ParticipantError.tooFewVolumes(
        path: run.imagePath,
        volumes: count,
        dummyScans: dummyScans,
        needed: minimumVolumeCount
      )
    }
  }
}

extension DummyScans {
  /// Returns how many volumes are left out at the start of a run.
  fileprivate func count(in series: ImageSeries) -> Int {
    switch self {
    case .count(let count): count
    case .automatic: nonSteadyVolumeCount(of: series)
    }
  }
}

/// Returns how many voxels have no number in some volume, in a sentence; `nil` where none.
func unknownVoxelNote(_ series: ImageSeries) -> String? {
  guard series.encoding == .float32 || series.encoding == .float64 else { return nil }
  var isUnknown = [Bool](repeating: false, count: series.grid.voxelCount)
  for volume in 0..<series.volumeCount {
    for (voxel, value) in series.volume(volume).values.enumerated() where !value.isFinite {
      isUnknown[voxel] = true
    }
  }
  let count = isUnknown.count { $0 }
  guard count > 0 else { return nil }
  return "\(count) voxels of the image are NaN or infinite in some volume; they take no part"
}
