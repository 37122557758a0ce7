import Files
import FoundationEssentials
import Glibc
import Job
import Survey
import Testing

@Suite("A dataset, surveyed")
struct SurveyTests {
  @Test("Of a sound dataset it says what would be done, and that nothing is in the way")
  func sound() throws {
    let survey = try SmallTree().survey()
    #expect(!survey.hasBlocker && survey.findings.isEmpty, "\(survey.findings)")
    #expect(survey.modelledRunCount == 4 && survey.analysedParticipantCount == 2)
    #expect(!survey.isMetadataOnly)
    let run = survey.participants[0].runs[0]
    #expect(run.volumes == 100 && run.length == 200 && run.lengthSource == .image)
    #expect(
      run.conditions.map(\.name) == ["hot", "warm"] && run.conditions.map(\.events) == [5, 4]
    )
    #expect(run.contrasts.map(\.name) == ["hot", "warm"])
    let lines = survey.lines(namingRuns: false)
    #expect(
      lines[0]
        == "small: 2 participants, 4 runs; an analysis as asked would model 4 runs of 2 participants"
    )
    #expect(lines.contains("Nothing is in the way."))
    #expect(lines.last == "  sub-01, sub-02: 2 runs; 2 to model")
    #expect(survey.lines(namingRuns: true).count { $0.contains("_task-heat_run-") } == 4)
  }

  /// What is done to a dataset, and what is said of it.
  struct Harm: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let harm: @Sendable (SmallTree) throws -> Void
    let severity: Finding.Severity
    let cause: String
    let sentence: String

    init(
      _ description: String,
      _ severity: Finding.Severity,
      _ cause: String,
      _ sentence: String,
      _ harm: @escaping @Sendable (SmallTree) throws -> Void
    ) {
      testDescription = description
      (self.severity, self.cause, self.sentence, self.harm) = (severity, cause, sentence, harm)
    }

    /// An events file of sub-01's first run.
    static func events(
      _ description: String,
      _ text: String,
      _ severity: Finding.Severity,
      _ cause: String,
      _ sentence: String
    ) -> Harm {
      Harm(description, severity, cause, sentence) { tree in
        try tree.write(text, SmallTree.stem() + "_events.tsv")
      }
    }

    /// The sidecar of sub-01's first run.
    static func sidecar(
      _ description: String,
      _ text: String,
      _ severity: Finding.Severity,
      _ cause: String,
      _ sentence: String
    ) -> Harm {
      Harm(description, severity, cause, sentence) { tree in
        try tree.write(text, SmallTree.stem() + "_bold.json")
      }
    }
  }

  private static let head = "onset\tduration\ttrial_type\trating\n"

  private static let uglyEvents: [Harm] = [
    .events(
      "empty file",
      "",
      .blocker,
      "events",
      "the table is empty; a header line with the column names was expected"
    ),
    .events(
      "spaces",
      "onset duration trial_type\n1 2 a\n",
      .blocker,
      "events",
      "the columns are separated by spaces; separate them by one tab each"
    ),
    .events(
      "ragged",
      head + "1\t2\thot\n",
      .blocker,
      "events",
      "the row has 3 cells but the header names 4 columns; fill gaps with n/a"
    ),
    .events(
      "no duration column",
      "onset\ttrial_type\n1\ta\n",
      .blocker,
      "events",
      "there is no column duration; there is onset, trial_type"
    ),
    .events(
      "onset n/a",
      head + "n/a\t2\thot\t1\n",
      .blocker,
      "events",
      "onset is \"n/a\" where a number of seconds was expected"
    ),
    .events(
      "negative durations",
      head + "1\t-2\thot\t1\n30\t-2\thot\t1\n",
      .blocker,
      "events",
      "duration is \"-2\" where a number of seconds from 0 on, or n/a (so in 1 more rows) was expected"
    ),
    .events(
      "NaN duration",
      head + "1\tNaN\thot\t1\n",
      .blocker,
      "events",
      "duration is \"NaN\" where a number of seconds from 0 on, or n/a was expected"
    ),
    .events(
      "no duration",
      head + "1\tn/a\thot\t1\n30\t4\thot\t2\n",
      .blocker,
      "duration",
      "the event has no duration; write its length in s, or 0 for a moment"
    ),
    .events(
      "no trial_type",
      "onset\tduration\tkind\n1\t2\thot\n",
      .blocker,
      "column",
      "there is no column trial_type, only kind; name one of these instead (several conditions as present(a, b))"
    ),
    .events(
      "nothing but n/a",
      head + "1\t2\tn/a\t1\n",
      .blocker,
      "conditions",
      "no event has a value in the column trial_type; is it the column of the conditions?"
    ),
    .events(
      "labels that clash",
      head + "1\t2\tlow pain\t1\n40\t2\tlow-pain\t1\n",
      .blocker,
      "label",
      "\"low pain\" and \"low-pain\" would both be called lowpain in file names; rename one"
    ),
    .events(
      "milliseconds",
      head + "5000\t4\thot\t1\n25000\t4\twarm\t1\n45000\t4\thot\t1\n",
      .blocker,
      "onsetOffset",
      "onsets go up to 45000 and the run ends at 200 s; they look like milliseconds, so write them in seconds"
    ),
    .events(
      "past the end",
      head + "5\t4\thot\t1\n100\t4\twarm\t1\n230\t4\thot\t1\n",
      .warning,
      "conditions",
      "1 of 2 events of hot begin after the run's end at 200 s and are left out"
    ),
    .events(
      "mostly past the end",
      head + "5\t4\thot\t1\n230\t4\thot\t1\n250\t4\thot\t1\n",
      .blocker,
      "onsetOffset",
      "2 of 3 events begin after the run's end at 200 s; are they of another run, or was the scan stopped early? Correct the file, or leave the run out with --run-label"
    ),
    .events(
      "durations in milliseconds",
      head + "5\t4000\thot\t1\n60\t4000\twarm\t1\n",
      .blocker,
      "onsetOffset",
      "the event lasts 4000 s and the run 200 s, and so do 1 more; are the durations in seconds?"
    ),
    .events(
      "a byte that is no text",
      head + "5\t4\thot\u{0}\t1\n",
      .blocker,
      "events",
      "this is not text in UTF-8; save it again in that encoding"
    ),
    .events(
      "header alone",
      head,
      .blocker,
      "conditions",
      "no event has a value in the column trial_type; is it the column of the conditions?"
    ),
    .events(
      "two columns of one name",
      "onset\tduration\ttrial_type\tx\tx\n1\t2\thot\t1\t2\n30\t2\thot\t1\t2\n",
      .warning,
      "events.ambiguousColumn",
      "columns 4 and 5 are both named x and differ; their names were numbered"
    ),
  ]

  private static let uglyFiles: [Harm] = [
    .sidecar(
      "TR in ms",
      "{\"RepetitionTime\": 2000}",
      .blocker,
      "repetitionTime",
      "RepetitionTime is 2000, which looks like milliseconds; write it in seconds"
    ),
    .sidecar(
      "TR 0",
      "{\"RepetitionTime\": 0}",
      .blocker,
      "repetitionTime",
      "RepetitionTime is 0 s; write the true one, in seconds, into the sidecar"
    ),
    .sidecar(
      "TR of the header differs",
      "{\"RepetitionTime\": 1.8}",
      .warning,
      "repetitionTime",
      "the sidecar's repetition time of 1.8 s was used; the header says 2 s"
    ),
    .sidecar(
      "slices after the volume",
      "{\"RepetitionTime\": 2, \"SliceTiming\": [0, 1000]}",
      .blocker,
      "sliceTiming",
      "SliceTiming reaches 1000.0 s but a volume lasts 2.0 s; were milliseconds written, or use --slice-timing off"
    ),
    .sidecar(
      "too many slices",
      "{\"RepetitionTime\": 2, \"SliceTiming\": [0, 1, 1.5]}",
      .blocker,
      "sliceTiming",
      "SliceTiming has 3 times for 2 slices; correct the sidecar, or use --slice-timing off"
    ),
    .sidecar(
      "uneven volumes",
      "{\"RepetitionTime\": 2, \"VolumeTiming\": [0, 2, 7]}",
      .blocker,
      "volumeTiming",
      "VolumeTiming says that the volumes are not one repetition time apart, which cannot be modelled; leave the run out with --run-label, or correct the sidecar"
    ),
    Harm(
      "cut short",
      .blocker,
      "truncated",
      "the file has 752 bytes, and its header promises at least 1152; was the copy cut short?"
    ) {
      try $0.image(SmallTree.stem() + "_bold.nii", volumes: 100, missing: 400)
    },
    Harm(
      "a single volume",
      .blocker,
      "volumes",
      "the run has a single volume, and at least 10 are needed beside dummy scans; was the scan stopped early?"
    ) {
      try $0.image(SmallTree.stem() + "_bold.nii", volumes: 1)
    },
    Harm(
      "no orientation",
      .blocker,
      "orientation",
      "the image states no orientation; use --assume-ras if it is stored in RAS+"
    ) {
      try $0.image(SmallTree.stem() + "_bold.nii", volumes: 100, oriented: false)
    },
    Harm(
      "an empty image",
      .blocker,
      "image",
      "the image is empty; fetch it, or leave the run out with --run-label"
    ) {
      try $0.write("", SmallTree.stem() + "_bold.nii")
    },
    Harm(
      "a broken link",
      .blocker,
      "image",
      "the image is a link that leads nowhere; fetch it, or leave the run out with --run-label"
    ) {
      try $0.remove(SmallTree.stem() + "_bold.nii")
      try FileManager.default.createSymbolicLink(
        atPath: $0.root + "/" + SmallTree.stem() + "_bold.nii",
        withDestinationPath: ".git/annex/nothing"
      )
    },
    Harm(
      "no image",
      .warning,
      "image",
      "there are files of this run but no image, so it would be left out"
    ) {
      try $0.remove(SmallTree.stem() + "_bold.nii")
    },
    Harm(
      "no T1w",
      .blocker,
      "noT1w",
      "there is no T1w image to find the template by; use --normalization none if the data are in template space already, or --normalization epi to go straight there"
    ) {
      try $0.remove("sub-01/anat/sub-01_T1w.nii")
    },
    Harm(
      "no row of participants.tsv",
      .warning,
      "phenotype",
      "participants.tsv has no row for this participant"
    ) {
      try $0.write("participant_id\nsub-02\n", "participants.tsv")
    },
    Harm(
      "no events in one run",
      .warning,
      "missingEvents",
      "there is no events file, though 3 of 4 runs of task heat have one; the run would be left out"
    ) {
      try $0.remove(SmallTree.stem() + "_events.tsv")
    },
    Harm("a fieldmap", .note, "fieldmap", "a fieldmap is there, and distortion is not corrected") {
      try $0.image("sub-01/fmap/sub-01_phasediff.nii", volumes: 1)
    },
    Harm(
      "a single-band reference",
      .note,
      "singleBandReference",
      "single-band references are there, and the mean volume is the reference instead"
    ) {
      try $0.image(SmallTree.stem() + "_sbref.nii", volumes: 1)
    },
  ]

  @Test(
    "What is in the way is said once, by its file, with what to do",
    arguments: uglyEvents + uglyFiles
  )
  func harmed(harm: Harm) throws {
    let tree = try SmallTree()
    try harm.harm(tree)
    let survey = try tree.survey()
    let found = survey.findings.filter { $0.cause == harm.cause }
    #expect(found.map(\.sentence) == [harm.sentence])
    #expect(found.first?.severity == harm.severity)
    #expect(survey.hasBlocker == (harm.severity == .blocker), "\(survey.findings)")
    #expect(found.first?.participants == ["01"])
    if harm.severity == .blocker {
      #expect(survey.analysedParticipantCount == 1 && survey.participants[0].participant == "01")
    }
  }

  @Test("A participant whose only run has no image has nothing to model, and is named")
  func noImageAtAll() throws {
    let tree = try SmallTree()
    for run in [1, 2] { try tree.remove(SmallTree.stem("02", run) + "_bold.nii") }
    let survey = try tree.survey()
    let found = try #require(survey.findings.first { $0.severity == .blocker })
    #expect(found.cause == "nothingToModel" && found.participants == ["02"])
    #expect(found.sentence == "no run has both events and an image, so there is nothing to model")
    #expect(survey.modelledRunCount == 2 && survey.participants[0].participant == "02")
  }

  @Test("A design of more columns than volumes is in the way")
  func tooManyColumns() throws {
    let tree = try SmallTree()
    let rows = (0..<99).map { "\(2 * $0)\t1\tc\($0)\n" }.joined()
    try tree.write("onset\tduration\ttrial_type\n" + rows, SmallTree.stem() + "_events.tsv")
    let survey = try tree.survey()
    #expect(survey.findings.contains { $0.cause == "columns" && $0.severity == .blocker })
  }

  @Test("A pipe is not waited for", .timeLimit(.minutes(1)))
  func pipe() throws {
    let tree = try SmallTree()
    let path = SmallTree.stem() + "_events.tsv"
    try tree.remove(path)
    #expect(mkfifo(tree.root + "/" + path, 0o600) == 0)
    #expect(try tree.survey().findings.contains { $0.cause == "missingEvents" })
  }

  @Test("A sidecar that is no JSON stops its participant alone, by file and line")
  func brokenSidecar() throws {
    let tree = try SmallTree()
    try tree.write("{\"RepetitionTime\": 2,\n", SmallTree.stem("02") + "_bold.json")
    let survey = try tree.survey()
    let found = try #require(survey.findings.first { $0.cause == "files" })
    #expect(found.places.first == SmallTree.stem("02") + "_bold.json:2:1")
    #expect(survey.analysedParticipantCount == 1)
  }

  @Test(
    "Onsets that count on from run 1 are in the way, and with the offset asked for they are not"
  )
  func clocks() throws {
    let tree = try SmallTree()
    for label in ["01", "02"] {
      try tree.write(SmallTree.events(from: 205), SmallTree.stem(label, 2) + "_events.tsv")
    }
    let survey = try tree.survey()
    let found = try #require(survey.findings.first { $0.cause == "onsetOffset" })
    #expect(found.runs.count == 2 && found.severity == .blocker)
    #expect(
      found.sentence
        == "onsets run from 205 to 365 s in this run, which ends at 200 s, so they count on from the run "
        + "before it; use --onset-offset auto, which takes 200 s off them, or correct the file"
    )
    let fixed = try tree.survey { $0.model.onsetOffset = .auto }
    #expect(!fixed.hasBlocker && fixed.modelledRunCount == 4)
    // Alone, the second run is told by the first, which is not selected.
    let alone = try tree.survey {
      $0.model.onsetOffset = .auto
      $0.selection.runs = ["2"]
    }
    #expect(!alone.hasBlocker && alone.runCount == 2)
  }

  @Test("A question or a modulator that no run can answer is in the way of its participants")
  func questions() throws {
    let tree = try SmallTree()
    let contrast = try tree.survey {
      $0.model.contrasts = [ContrastRequest(name: "x", expression: "hot - cold")]
    }
    #expect(
      contrast.findings.contains {
        $0.severity == .blocker && $0.sentence.contains("cold is not in")
      }
    )
    let modulator = try tree.survey {
      $0.model.modulators = [Modulator(column: "anger", condition: "hot")]
    }
    #expect(
      modulator.findings.contains {
        $0.cause == "column" && $0.sentence.contains("no column anger")
      }
    )
    let usual = try tree.survey {
      $0.model.modulators = [Modulator(column: "rating", condition: "hot")]
    }
    #expect(!usual.hasBlocker)
  }
}
