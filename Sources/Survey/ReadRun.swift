import BIDS
import Design
import Files
import Imaging
import Job
import NIfTI

/// A run as its files tell it, before its model is made.
struct ReadRun {
  /// The run.
  let run: Run

  /// What is known so far.
  var survey: RunSurvey

  /// Its events, where they can be read.
  var events: EventTable?

  /// When it ends, in s, where the image tells.
  var end: Double? { survey.lengthSource == .image ? survey.length : nil }

  /// Its events with what is known of its time; `nil` where it has none that can be read.
  var runEvents: RunEvents? {
    events.map {
      RunEvents(
        run: run.entities,
        table: $0,
        runEnd: end,
        repetitionTime: survey.repetitionTime
      )
    }
  }

  /// Reads what a run's files say.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - job: What is asked.
  ///   - root: The dataset's folder.
  init(_ run: Run, job: Job, root: String) {
    self.run = run
    survey = RunSurvey(
      run: run.entities.name,
      task: run.entities.task,
      image: RunSurvey.Image(run.image),
      hasEvents: run.eventsPath != nil
    )
    survey.findings = run.notes.map { Finding(.note, "run", words: $0, root: root) }
    let header = readImage(root)
    readTime(header, root)
    requireEvenVolumes()
    guard survey.hasEvents else { return }
    guard hasVolumes(header, after: job.preprocessing.dummyScans.statedCount) else { return }
    requireSlices(header, asked: job.preprocessing.sliceTiming, root)
    if let header, header.affine == nil, !job.preprocessing.assumesRAS {
      let words = "the image states no orientation; use --assume-ras if it is stored in RAS+"
      survey.findings.append(Finding(.blocker, "orientation", words))
    }
    readEvents(root)
  }

  private mutating func add(
    _ severity: Finding.Severity,
    _ cause: String,
    _ words: String,
    _ root: String
  ) {
    survey.findings.append(Finding(severity, cause, words: words, root: root))
  }

  /// Reads the image's header; `nil` where there is none.
  private mutating func readImage(_ root: String) -> NIfTIHeader? {
    guard run.image == .present else { return nil }
    do throws(NIfTIError) {
      let header = try readHeader(run.imagePath)
      survey.volumes = header.volumeCount
      judgeSize(header)
      survey.findings += header.notes.map { Finding(.warning, "image", words: $0, root: root) }
      return header
    } catch {
      add(.blocker, "image", "\(error)", root)
      return nil
    }
  }

  /// The size of a NIfTI-1 header with the four bytes that follow it.
  private static let headerSize = 352

  /// Compares the size of a file that is not compressed with what its header promises.
  private mutating func judgeSize(_ header: NIfTIHeader) {
    guard !run.imagePath.hasSuffix(".gz"), let found = try? byteCount(ofFile: run.imagePath) else {
      return
    }
    if found <= Self.headerSize {
      survey.image = .headerOnly
    } else if case .real(let encoding) = header.datatype {
      let voxels = header.dimensions.reduce(1.0) { $0 * Double($1) }
      let expected = Double(Self.headerSize) + voxels * Double(encoding.byteCount)
      guard Double(found) < expected else { return }
      let words =
        "the file has \(found) bytes, and its header promises at least \(number(expected)); was the copy "
        + "cut short?"
      survey.findings.append(Finding(.blocker, "truncated", words))
    }
  }

  private mutating func readTime(_ header: NIfTIHeader?, _ root: String) {
    // Without an image its header may still state the time.
    guard header != nil || run.sidecar.repetitionTime != nil else { return }
    do throws(BIDSError) {
      let time = try repetitionTime(
        sidecar: run.sidecar.repetitionTime,
        header: header?.repetitionTime,
        path: run.imagePath
      )
      survey.repetitionTime = time.seconds
      if let volumes = survey.volumes {
        survey.length = Double(volumes) * time.seconds
        survey.lengthSource = .image
      }
      if let note = time.note {
        let differs = run.sidecar.repetitionTime != nil
        survey.findings.append(Finding(differs ? .warning : .note, "repetitionTime", note))
      }
    } catch {
      add(survey.hasEvents ? .blocker : .note, "repetitionTime", "\(error)", root)
    }
  }

  /// Whether the run is long enough for a model, as far as the image tells.
  private mutating func hasVolumes(_ header: NIfTIHeader?, after dummyScans: Int) -> Bool {
    guard let header, header.volumeCount - dummyScans < 10 else { return true }
    let count = header.volumeCount == 1 ? "a single volume" : "\(header.volumeCount) volumes"
    survey.findings.append(
      Finding(
        .blocker,
        "volumes",
        "the run has \(count), and at least 10 are needed beside dummy scans; was the scan stopped early?"
      )
    )
    return false
  }

  private mutating func requireSlices(
    _ header: NIfTIHeader?,
    asked: Preprocessing.SliceTiming,
    _ root: String
  ) {
    guard asked != .off, run.preprocessed == nil, !(run.sidecar.sliceTimingCorrected ?? false),
      let repetitionTime = survey.repetitionTime
    else { return }
    do throws(BIDSError) {
      guard let times = try run.sidecar.sliceTiming(within: repetitionTime) else { return }
      let direction = (run.sidecar.sliceEncodingDirection ?? "k").filter { $0 != "-" }
      let axis = ["i": 0, "j": 1, "k": 2][direction]
      guard let header, let axis, axis < header.dimensions.count,
        times.count != header.dimensions[axis]
      else { return }
      let words =
        "SliceTiming has \(times.count) times for \(header.dimensions[axis]) slices; correct the "
        + "sidecar, or use --slice-timing off"
      survey.findings.append(Finding(.blocker, "sliceTiming", words))
    } catch {
      add(.blocker, "sliceTiming", "\(error)", root)
    }
  }

  private mutating func requireEvenVolumes() {
    let times = run.sidecar.volumeTiming ?? []
    let steps = zip(times, times.dropFirst()).map { $1 - $0 }
    let expected = survey.repetitionTime ?? steps.first ?? 0
    guard !steps.allSatisfy({ abs($0 - expected) <= 1e-3 }) else { return }
    let words =
      "VolumeTiming says that the volumes are not one repetition time apart, which cannot be "
      + "modelled; leave the run out with --run-label, or correct the sidecar"
    survey.findings.append(Finding(survey.hasEvents ? .blocker : .note, "volumeTiming", words))
  }

  private mutating func readEvents(_ root: String) {
    guard let path = run.eventsPath else { return }
    do throws(BIDSError) {
      let table = try EventTable(path: path)
      events = table
      for notice in table.notices {
        let words = notice.sentence(in: path)
        add(notice.severity, "events.\(notice.cause.rawValue)", words, root)
      }
    } catch {
      add(.blocker, "events", "\(error)", root)
    }
  }
}

extension TableNotice {
  fileprivate var severity: Finding.Severity {
    switch cause {
    case .ambiguousColumn, .beforeStart, .noEvents: .warning
    default: .note
    }
  }
}

extension RunSurvey.Image {
  fileprivate init(_ state: ImageState) {
    switch state {
    case .present: self = .present
    case .empty: self = .empty
    case .brokenLink: self = .brokenLink
    case .absent: self = .absent
    }
  }
}
