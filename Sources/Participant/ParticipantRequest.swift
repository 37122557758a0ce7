public import BIDS
public import Job

/// One participant of a job.
public struct ParticipantRequest: Sendable {
  /// What was asked.
  public let job: Job

  /// The dataset.
  public let dataset: Dataset

  /// The prepared runs that stand in for the dataset's images, where the job names some.
  public let preprocessed: PreprocessedDataset?

  /// What tables say of the participants, where there are any.
  public let phenotype: Phenotype?

  /// The participant, without `sub-`.
  public let participant: String

  /// The folder that holds the results of all participants.
  public let outputFolder: String

  /// The folder for scratch files, of which none stays.
  public let workFolder: String

  /// The number of threads; results do not depend on it.
  public let threads: Int

  /// Where progress is told, if anywhere.
  public let progress: @Sendable (String) -> Void

  /// Creates a request.
  ///
  /// - Parameters:
  ///   - job: What was asked.
  ///   - dataset: The dataset.
  ///   - preprocessed: The prepared runs that stand in for its images.
  ///   - phenotype: What tables say of the participants.
  ///   - participant: The participant, without `sub-`.
  ///   - outputFolder: The folder that holds the results of all participants.
  ///   - workFolder: The folder for scratch files, of which none stays.
  ///   - threads: The number of threads, at least 1.
  ///   - progress: Called with a few words as each step begins.
  public init(
    job: Job,
    dataset: Dataset,
    preprocessed: PreprocessedDataset? = nil,
    phenotype: Phenotype? = nil,
    participant: String,
    outputFolder: String,
    workFolder: String,
    threads: Int,
    progress: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.job = job
    self.dataset = dataset
    self.preprocessed = preprocessed
    self.phenotype = phenotype
    self.participant = participant
    self.outputFolder = outputFolder
    self.workFolder = workFolder
    self.threads = threads
    self.progress = progress
  }
}
