public import BIDS
import Imaging
public import Job

/// Looks at a whole dataset without analysing it.
///
/// Names, sidecars, events and the headers of images are read, no voxels. Participants are looked at on
/// several threads; what is found does not depend on their number.
///
/// - Parameters:
///   - dataset: The dataset.
///   - preprocessed: The prepared runs that stand in for its images, where that is asked.
///   - job: What would be asked of it.
///   - threads: The number of threads.
/// - Returns: What an analysis would do, and what stands in its way.
/// - Throws: `BIDSError` where the job selects participants, sessions, tasks or runs that are not there.
public func survey(
  _ dataset: Dataset,
  preprocessed: PreprocessedDataset? = nil,
  job: Job,
  threads: Int
) throws(BIDSError) -> DatasetSurvey {
  let labels = try dataset.participants(job.selection.participants)
  try dataset.check(
    sessions: job.selection.sessions,
    tasks: job.selection.tasks,
    runs: job.selection.runs
  )
  var job = job
  if let preprocessed {
    job.normalization.space = try preprocessed.templateSpace(job.normalization.space)
  }
  let surveyor = ParticipantSurveyor(dataset: dataset, preprocessed: preprocessed, job: job)
  let participants = mapSlabs(labels.count, threads: threads) { surveyor.survey(labels[$0]) }
  let asked = job
  var whole = WholeDataset(dataset, job: asked, participants: participants)
  return whole.survey()
}
