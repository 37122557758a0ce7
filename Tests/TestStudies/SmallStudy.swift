import Files
import Glibc
public import Imaging
import NIfTI

/// A dataset of so few voxels that a participant takes a fraction of a second, with a known response.
///
/// The head is an ellipsoid of uneven brightness about the middle of the template MNI152NLin6Asym, in
/// voxels of 8 mm. A ball in each posterior insula responds to both conditions.
public struct SmallStudy: Sendable {
  /// The participants' labels, without `sub-`.
  public var participants = ["01"]

  /// The sessions' labels, without `ses-`; `nil` is a dataset without sessions.
  public var sessions: [String?] = [nil]

  /// The runs of every session; a single one has no label.
  public var runs = 1

  /// The volumes of every run.
  public var volumeCount = 60

  /// The time from one volume to the next, in s.
  public var repetitionTime = 2.0

  /// The names of the two conditions.
  public var conditions = ["heat_high", "heat_low"]

  /// The responses to the conditions in the left and the right ball, in %.
  public var responses: [(left: Double, right: Double)] = [(2, 1), (0.5, 0.25)]

  /// The responses of the left and the right ball at a time in s, in %; those of the conditions where
  /// none is given.
  public var course: (@Sendable (Double) -> (left: Double, right: Double))?

  /// The standard deviation of the noise, in %.
  public var noise = 0.3

  /// What is added to every voxel in each volume, in %; nothing where it is empty.
  public var wholeHead: [Double] = []

  /// When each slice is acquired within a volume, in s; in the middle of it where none is given.
  public var sliceTimes: [Double]?

  /// The volume from which on the head lies higher, and by how much, in mm.
  public var lift: (volume: Int, height: Double)?

  /// Whether the first stored axis runs to the right; scanners mostly store it to the left.
  public var isStoredToTheRight = false

  /// Whether the events have a file.
  public var hasEvents = true

  /// More keys of the sidecar, as JSON members with commas before them.
  public var sidecar = ""

  /// Creates a study of one participant with one run.
  public init() {}

  /// The number of slices.
  public static let sliceCount = 22

  /// The middle of the ball that responds on each side, in mm.
  public static let balls: (left: SIMD3<Double>, right: SIMD3<Double>) = (
    [-40, -14, 10], [38, -16, 12]
  )

  /// Writes the dataset.
  ///
  /// - Parameter folder: The folder it is made in.
  /// - Throws: The error of a file that cannot be written.
  public func write(to folder: String) throws {
    let description = #"{"Name": "small study", "BIDSVersion": "1.10.0"}"#
    try writeAtomically(description, to: folder + "/dataset_description.json")
    for (seed, participant) in participants.enumerated() {
      for (place, session) in sessions.enumerated() {
        for run in 1...runs {
          let stem =
            folder + "/" + self.stem(of: participant, session: session, run: runs > 1 ? run : nil)
          try writeRun(stem, seed: UInt64(seed * 100 + place * 10 + run))
        }
      }
    }
  }

  /// Returns the path of a run's files in the dataset, up to the suffix.
  ///
  /// - Parameters:
  ///   - participant: The participant.
  ///   - session: The session, if there are any.
  ///   - run: The run, where there are several.
  /// - Returns: Such as `sub-01/func/sub-01_task-heat`.
  public func stem(of participant: String, session: String? = nil, run: Int? = nil) -> String {
    let visit = session.map { "/ses-\($0)" } ?? ""
    let label =
      (session.map { "_ses-\($0)" } ?? "") + "_task-heat" + (run.map { "_run-\($0)" } ?? "")
    return "sub-\(participant)\(visit)/func/sub-\(participant)\(label)"
  }

  /// Writes one image of the head, such as a T1w or a template.
  ///
  /// - Parameter path: The file.
  /// - Throws: The error of a file that cannot be written.
  public func writeHead(to path: String) throws {
    guard let grid else { return }
    let values = (0..<grid.voxelCount).map { Float(head(at: grid.position(ofVoxel: $0))) }
    try writeVolume(
      Volume(grid: grid, values: values),
      to: path,
      spaceIsTemplate: false,
      description: "small study"
    )
  }

  private func writeRun(_ stem: String, seed: UInt64) throws {
    try writeSeries(
      series(seed: seed),
      to: stem + "_bold.nii.gz",
      repetitionTime: repetitionTime,
      spaceIsTemplate: true,
      description: "small study"
    )
    let times = sliceTimes.map { ", \"SliceTiming\": \($0)" } ?? ""
    try writeAtomically(
      "{\"RepetitionTime\": \(repetitionTime), \"TaskName\": \"heat\"\(times)\(sidecar)}",
      to: stem + "_bold.json"
    )
    if hasEvents { try writeAtomically(eventsText, to: stem + "_events.tsv") }
  }

  /// The onsets of the stimuli, in s; the conditions take turns.
  public var onsets: [Double] {
    Array(stride(from: 6.0, to: Double(volumeCount) * repetitionTime - 14, by: 20))
  }

  /// The events as a table.
  public var eventsText: String {
    let rows = onsets.enumerated().map { place, onset in
      "\(onset)\t8\t\(conditions[place % 2])\t\(30 + 7 * (place * 5 % 9))\n"
    }
    return "onset\tduration\ttrial_type\tpain_rating\n" + rows.joined()
  }
}

extension SmallStudy {
  /// The voxels.
  public var grid: Grid? {
    let side = isStoredToTheRight ? 1.0 : -1
    return Grid(
      dimensions: [23, 27, Self.sliceCount],
      affine: .scaling([8 * side, 8, 8], then: [-88 * side, -122, -78])
    )
  }

  /// Measures a run.
  ///
  /// - Parameter seed: The seed of the noise.
  /// - Returns: The run, as 16-bit integers.
  public func series(seed: UInt64) -> ImageSeries {
    guard let grid else { preconditionFailure("a grid of positive voxels") }
    var noise = Noise(state: seed)
    let courses = (0..<Self.sliceCount).map(courses(ofSlice:))
    let poses = [0, lift?.height ?? 0].map { height in
      (0..<grid.voxelCount).map { voxel in
        let point = grid.position(ofVoxel: voxel) - [0, 0, height]
        return (brightness: head(at: point), side: side(at: point))
      }
    }
    var samples: [Int16] = []
    samples.reserveCapacity(grid.voxelCount * volumeCount)
    for volume in 0..<volumeCount {
      let pose = poses[volume < lift?.volume ?? volumeCount ? 0 : 1]
      for voxel in 0..<grid.voxelCount {
        let slice = grid.voxel(at: voxel).z
        var percent = self.noise * noise.next()
        if volume < wholeHead.count { percent += wholeHead[volume] }
        if let side = pose[voxel].side { percent += courses[slice][side][volume] }
        let value = pose[voxel].brightness * (1 + percent / 100) + 2 * noise.next()
        samples.append(Int16(max(0, min(32_000, value.rounded()))))
      }
    }
    return ImageSeries(
      grid: grid,
      volumeCount: volumeCount,
      encoding: .int16,
      bytes: samples.withUnsafeBytes { Array($0) }
    )
  }

  private func head(at point: SIMD3<Double>) -> Double {
    let p = point - [0, -18, 6]
    let scaled = p / [68, 86, 66]
    let inside = 1 / (1 + exp(((scaled * scaled).sum() - 1) * 8))
    let texture =
      1 + 0.25 * sin(p.x / 13 + 0.3) * cos(p.y / 17) + 0.2 * sin(p.z / 11)
      + 0.1 * cos(p.x / 7 + p.y / 9)
    return 3000 * inside * texture
  }

  /// The ball that a point lies in: 0 left, 1 right.
  private func side(at point: SIMD3<Double>) -> Int? {
    if (point - Self.balls.left).length < 20 { return 0 }
    return (point - Self.balls.right).length < 20 ? 1 : nil
  }

  /// The responses of both sides over the volumes of a slice, in %.
  private func courses(ofSlice slice: Int) -> [[Double]] {
    let within = sliceTimes?[slice] ?? repetitionTime / 2
    if let course {
      let both = (0..<volumeCount).map { course(Double($0) * repetitionTime + within) }
      return [both.map(\.left), both.map(\.right)]
    }
    let shapes = (0..<2).map { condition in
      (0..<volumeCount).map { volume in
        let time = Double(volume) * repetitionTime + within
        return onsets.enumerated().reduce(0) { sum, event in
          event.offset % 2 == condition ? sum + response(time - event.element) : sum
        }
      }
    }
    return [responses.map(\.left), responses.map(\.right)].map { heights in
      (0..<volumeCount).map { heights[0] * shapes[0][$0] + heights[1] * shapes[1][$0] }
    }
  }

  /// The textbook's response to 8 s of stimulation: the difference of two gamma densities of unit
  /// integral together, summed over the stimulus in steps of a tenth of a second.
  private func response(_ time: Double) -> Double {
    let step = 0.1
    return (0..<80).reduce(0) { sum, place in
      let x = time - (Double(place) + 0.5) * step
      guard x > 0, x < 40 else { return sum }
      let density = exp(5 * log(x) - x - lgamma(6)) - exp(15 * log(x) - x - lgamma(16)) / 6
      return sum + density * 6 / 5 * step
    }
  }
}

/// Normal numbers that are the same on every machine.
private struct Noise {
  var state: UInt64

  mutating func next() -> Double {
    let (u, v) = (uniform(), uniform())
    return (-2 * log(u)).squareRoot() * cos(2 * .pi * v)
  }

  /// A number above 0 and at most 1, by splitmix64.
  private mutating func uniform() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return (Double((z ^ (z >> 31)) >> 11) + 1) / 0x1p53
  }
}
