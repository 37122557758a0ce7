/// Why a participant could not be analysed, beyond what the single rooms refuse.
public enum ParticipantError: Error, Equatable, CustomStringConvertible {
  /// The selection leaves no run.
  case noRuns(participant: String)

  /// None of the selected runs has events.
  case noEvents(participant: String)

  /// Some runs belong to a session and some to none.
  case partlyInSessions(participant: String)

  /// The sessions lie in different spaces, in which nothing can be combined.
  case differentSpaces(participant: String, spaces: [String])

  /// Raw data cannot find the template without a T1w.
  case noT1w(participant: String)

  /// A run is too short for its motion, or for its design, to be estimated.
  case tooFewVolumes(path: String, volumes: Int, dummyScans: Int, needed: Int)

  /// No voxel of a run has a result.
  case nothingFitted(path: String, voxels: Int)

  /// The mask has no voxel that every volume saw.
  case emptyMask(path: String)

  /// A run could not be aligned with its session.
  case notAligned(path: String)

  /// `SliceTiming` does not fit the image or the repetition time.
  case sliceTiming(path: String, reason: String)

  /// The side that contra and ipsi are to refer to is not stated, or is both.
  case noSide(run: String, column: String, isBoth: Bool)

  /// Events and the table of participants state different sides.
  case sidesDisagree(path: String, events: String, participants: String)

  /// A table of confounds has another number of rows than the run has volumes.
  case confoundRows(path: String, rows: Int, volumes: Int)

  /// Volumes are to be left out by their displacement, which a table of confounds does not hold.
  case noDisplacement(path: String)

  /// A prepared image lies on another grid than the first of its session.
  case otherGrid(path: String)

  /// The volumes of a run are not evenly spaced in time.
  case unevenVolumes(path: String)

  /// One sentence for the person who ran the command.
  public var description: String {
    switch self {
    case .noRuns(let participant):
      "sub-\(participant): no BOLD run is left by the selection; see --task-id, --session-label "
        + "and --run-label"
    case .noEvents(let participant):
      "sub-\(participant): no selected run has an events file; a task without events cannot be "
        + "modelled"
    case .partlyInSessions(let participant):
      "sub-\(participant): some runs belong to a session and some to none, so they cannot be combined; "
        + "choose sessions with --session-label, or move the others into a session's folder"
    case .differentSpaces(let participant, let spaces):
      "sub-\(participant): the sessions lie in different spaces, \(spaces.joined(separator: " and ")), "
        + "so they cannot be combined; choose one with --session-label"
    case .noT1w(let participant):
      "sub-\(participant): there is no T1w image to find the template by; use --normalization none "
        + "if the data are in template space already, or --normalization epi to go straight there"
    case .tooFewVolumes(let path, let volumes, let dummyScans, let needed):
      "\(path): the run has \(volumes == 1 ? "a single volume" : "\(volumes) volumes")"
        + (dummyScans > 0 ? ", \(dummyScans) of them dummy scans" : "")
        + ", and at least \(needed) are needed; was the scan stopped early?"
    case .nothingFitted(let path, let voxels):
      "\(path): none of the brain's \(voxels) voxels changes over time in a way that can be fitted; is "
        + "every volume the same image?"
    case .emptyMask(let path):
      "\(path): no voxel is inside the brain in every volume; is the image empty, or the head "
        + "out of view?"
    case .notAligned(let path):
      "\(path): this run could not be aligned with the first run of its session; look at both, or "
        + "leave one out with --run-label"
    case .noSide(let run, let column, let isBoth):
      isBoth
        ? "\(run): \(column) is both sides, so nothing is contra or ipsi; leave the run or --laterality out"
        : "\(run): neither the events nor a table of participants state a \(column), and none is supposed; "
          + "add the column, or leave --laterality out"
    case .sidesDisagree(let path, let events, let participants):
      "\(path): stimulated_side is \(events) here and \(participants) in the table of participants; "
        + "correct one of them"
    case .confoundRows(let path, let rows, let volumes):
      "\(path): there are \(rows) rows for the \(volumes) volumes of the image; do both come from the "
        + "same call of fMRIPrep?"
    case .noDisplacement(let path):
      "\(path): there is no column framewise_displacement, by which --censor-above leaves volumes out"
    case .otherGrid(let path):
      "\(path): its voxels do not lie where those of the session's first run do; let fMRIPrep write all "
        + "runs in one space and resolution"
    case .unevenVolumes(let path):
      "\(path): VolumeTiming says that the volumes are not one repetition time apart, which cannot "
        + "be modelled; leave the run out with --run-label, or correct the sidecar"
    case .sliceTiming(let path, let reason):
      "\(path): SliceTiming \(reason); correct the sidecar, or use --slice-timing off"
    }
  }
}
