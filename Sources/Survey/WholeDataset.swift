import BIDS
import Job

/// What only all participants together tell.
struct WholeDataset {
  /// The dataset.
  let dataset: Dataset

  /// What is asked.
  let job: Job

  /// What each participant tells.
  var participants: [ParticipantSurvey]

  /// What is true of the dataset.
  var findings: [Finding] = []

  init(_ dataset: Dataset, job: Job, participants: [ParticipantSurvey]) {
    (self.dataset, self.job, self.participants) = (dataset, job, participants)
  }

  /// All runs.
  var runs: [RunSurvey] { participants.flatMap(\.runs) }

  /// Whether no image can be read.
  private var isMetadataOnly: Bool {
    !runs.isEmpty && runs.allSatisfy { $0.image != .present }
  }

  /// Puts everything together.
  mutating func survey() -> DatasetSurvey {
    let isMetadataOnly = isMetadataOnly
    findings += dataset.notes.map { Finding(.note, "dataset", words: $0, root: dataset.root) }
    for place in participants.indices {
      for run in participants[place].runs.indices {
        let survey = participants[place].runs[run]
        participants[place].runs[run].isMeant =
          survey.hasEvents && (isMetadataOnly || survey.image != .absent)
      }
    }
    judgeKind()
    judgeImages(isMetadataOnly)
    judgeTasks()
    judgeConditions()
    judgeClocks()
    judgeCounts()
    judgeAnatomy(isMetadataOnly)
    judgePhenotype()
    judgeUnusedImages()
    for place in participants.indices {
      participants[place].wouldBeAnalysed =
        participants[place].runs.contains(where: \.isMeant)
        && participants[place].worst != .blocker
    }
    let modelled = participants.filter(\.wouldBeAnalysed)
    return DatasetSurvey(
      dataset: dataset.root,
      name: dataset.name,
      isMetadataOnly: isMetadataOnly,
      participantCount: participants.count,
      analysedParticipantCount: modelled.count,
      runCount: runs.count,
      modelledRunCount: modelled.reduce(0) { $0 + $1.runs.count(where: \.isMeant) },
      findings: grouped(located),
      participants: worstFirst
    )
  }

  /// Every finding with what it is about.
  private var located: [LocatedFinding] {
    findings.map { LocatedFinding(finding: $0, participant: nil, run: nil) }
      + participants.flatMap { participant in
        participant.findings.map {
          LocatedFinding(finding: $0, participant: participant.participant, run: nil)
        }
          + participant.runs.flatMap { run in
            run.findings.map {
              LocatedFinding(
                finding: $0,
                participant: participant.participant,
                run: run.run
              )
            }
          }
      }
  }

  /// The participants by their worst finding and how many of that kind there are.
  private var worstFirst: [ParticipantSurvey] {
    let ranks = participants.map { participant in
      let severities = participant.allFindings.map(\.severity)
      return (severities.count { $0 == .blocker }, severities.count { $0 == .warning })
    }
    return participants.indices
      .sorted { a, b in
        (ranks[b].0, ranks[b].1, a) < (ranks[a].0, ranks[a].1, b)
      }
      .map { participants[$0] }
  }
}
