import BIDS
import Imaging
import Job
import NIfTI
import Realignment

/// A run that has been read and whose motion is known.
struct PreparedRun {
  /// The run.
  let run: Run

  /// Its volumes, as stored.
  let series: ImageSeries

  /// The time from one volume to the next, in s.
  let repetitionTime: Double

  /// The time within a volume that regressors are sampled at, in s.
  let referenceTime: Double

  /// The head's motion.
  let motion: MotionEstimate

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
    let needed = preprocessing.dummyScans + Self.minimumVolumeCount
    guard image.series.volumeCount >= needed else {
      throw ParticipantError.tooFewVolumes(
        path: run.imagePath,
        volumes: image.series.volumeCount,
        needed: needed
      )
    }
    let time = try BIDS.repetitionTime(
      sidecar: run.sidecar.repetitionTime,
      header: image.header.repetitionTime,
      path: run.imagePath
    )
    self.run = run
    series = image.series
    repetitionTime = time.seconds
    referenceTime =
      run.sidecar.startTime ?? preprocessing.sliceTimeReference * time.seconds
    dummyScans = preprocessing.dummyScans
    motion = try estimateMotion(
      of: image.series,
      skipping: preprocessing.dummyScans,
      threads: threads
    )
    let name = run.entities.name
    notes = (run.notes + image.notes + [time.note].compactMap(\.self) + motion.notes).map {
      $0.contains(name) ? $0 : "\(name): \($0)"
    }
  }

  /// The fewest volumes after the dummy scans of which motion and a design can be estimated.
  static let minimumVolumeCount = 10
}
