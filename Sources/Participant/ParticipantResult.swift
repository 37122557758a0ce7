public import Atlas
public import BIDS
public import Design
public import GLM
public import Imaging
public import Normalization
public import Realignment

/// What was found in one participant.
public struct ParticipantResult: Sendable {
  /// The participant, without `sub-`.
  public let participant: String

  /// One result per session, in the order of their labels; one where there are no sessions.
  public let sessions: [SessionResult]

  /// What the sessions say together; `nil` where no task has two of them.
  public let acrossSessions: AcrossSessions?

  /// The files that were read, relative to the dataset.
  public let inputs: [String]
}

/// What was found in one session, all of whose runs lie on one grid.
public struct SessionResult: Sendable {
  /// The participant, without `sub-`.
  public let participant: String

  /// The session, without `ses-`, where there is one.
  public let session: String?

  /// The mean image that every run of the session was moved to.
  public let reference: Volume

  /// The brain, on the reference's grid.
  public let mask: Mask

  /// The way between this grid and the template.
  public let normalization: SpatialNormalization

  /// The atlases, each pulled to this grid.
  public let atlases: [PulledAtlas]

  /// One result per run.
  public let runs: [RunResult]

  /// One result per task: its runs together, or its only run.
  public let tasks: [TaskResult]

  /// The rows of every atlas' region table, in the order of the atlases.
  public let regionRows: [[RegionRow]]

  /// What a reader must know before the numbers are trusted, a sentence each.
  public let notes: [String]
}

/// An atlas and where its regions lie on a session's grid.
public struct PulledAtlas: Sendable {
  /// The atlas.
  public let atlas: RegionAtlas

  /// Its regions on the session's grid.
  public let weights: [RegionWeights]

  /// That its space is not quite that of the template, where it is not.
  public let warning: String?
}

/// What was found in one run.
public struct RunResult: Sendable {
  /// The run.
  public let run: Run

  /// The time from one volume to the next, in s.
  public let repetitionTime: Double

  /// The time within a volume that regressors are sampled at, in s.
  public let referenceTime: Double

  /// How slices being acquired one after the other was treated, in words.
  public let sliceTiming: String

  /// The head's motion.
  public let motion: MotionEstimate

  /// The point that the written rotations are taken about: the middle of the brain in the run's own
  /// reference, in mm, RAS+.
  public let headCentre: SIMD3<Double>

  /// Its rigid way from the session's reference, in mm.
  public let sessionToRun: Affine

  /// The table of confounds, one value per volume and column.
  public let confounds: ConfoundsTable

  /// The volumes that were analysed.
  public let keptVolumes: [Int]

  /// The design at the reference time.
  public let design: DesignMatrix

  /// The side of the body that contra and ipsi refer to; `nil` where none is stated.
  public let referenceSide: ReferenceSide?

  /// What became of each contrast's regressor under drift and confounds.
  public let checks: [DesignCheck]

  /// The fit of every voxel.
  public let fit: RunFit

  /// The fit of every region, per atlas and region.
  public let regionFits: [[RegionFit]]

  /// Where the components of noise come from, in words.
  public let noiseSource: String

  /// The number of volumes left out at the start.
  public let dummyScans: Int

  /// The median over the mask of the mean over time divided by the standard deviation over time.
  public let medianSignalToNoise: Double

  /// The share of the session's whole brain that every analysed volume holds, 0 to 1; of a run that
  /// another program prepared, that of the mask.
  public let inViewShare: Double

  /// How the brain's signal changed over the run, row by row.
  public let carpet: CarpetMatrix

  /// The run without head motion, where it was asked for.
  public let preprocessedBold: PreprocessedBold?

  /// What a reader must know before the numbers are trusted, a sentence each.
  public let warnings: [String]

  /// What was noticed on the way, a sentence each.
  public let notes: [String]
}

/// The fits of one region.
public struct RegionFit: Sendable {
  /// One estimate per contrast; none where the region has no voxel in the mask.
  public let estimates: [SeriesEstimate]
}

/// What was found in a task, over its runs.
public struct TaskResult: Sendable {
  /// The task's label.
  public let task: String

  /// The runs that took part, as places in the session's list.
  public let runs: [Int]

  /// One estimate per contrast, on the session's grid.
  public let estimates: [ContrastEstimate]

  /// The same in template space: effect and standard error resampled, statistics formed anew.
  public let templateEstimates: [ContrastEstimate]

  /// For every contrast the number of runs that have an answer, voxel by voxel.
  public let runCounts: [MaskedMap]

  /// For every contrast the smallest magnitude of z that passes a false discovery rate of 5 %.
  public let thresholds: [Double?]

  /// The highest and lowest places of every contrast.
  public let peaks: [[Peak]]

  /// The region estimates over runs, per atlas and region.
  public let regionFits: [[RegionFit]]
}
