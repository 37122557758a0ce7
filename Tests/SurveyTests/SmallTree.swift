import BIDS
import Files
import FoundationEssentials
import Job
import Survey
import TestData

/// A dataset of a few runs, with images of eight voxels, that nothing is in the way of.
struct SmallTree {
  let root: String

  /// Writes two participants with two runs of 100 volumes each.
  init() throws {
    root = try SharedData.temporaryFolder("survey")
    try write("{\"Name\": \"small\", \"BIDSVersion\": \"1.10.0\"}", "dataset_description.json")
    try write("participant_id\tage\nsub-01\t30\nsub-02\t40\n", "participants.tsv")
    for label in ["01", "02"] {
      try image("sub-\(label)/anat/sub-\(label)_T1w.nii", volumes: 1)
      for run in [1, 2] {
        try image(Self.stem(label, run) + "_bold.nii", volumes: 100)
        try write("{\"RepetitionTime\": 2}", Self.stem(label, run) + "_bold.json")
        try write(Self.events(), Self.stem(label, run) + "_events.tsv")
      }
    }
  }

  /// The path of a run's files, up to the suffix.
  static func stem(_ label: String = "01", _ run: Int = 1) -> String {
    "sub-\(label)/func/sub-\(label)_task-heat_run-\(run)"
  }

  /// Events of two conditions, the first of them at a time in s.
  static func events(from start: Double = 5) -> String {
    "onset\tduration\ttrial_type\trating\n"
      + (0..<9).map { place in
        "\(start + 20 * Double(place))\t4\t\(place % 2 == 0 ? "hot" : "warm")\t\(place * 7 % 5)\n"
      }
      .joined()
  }

  func write(_ text: String, _ path: String) throws {
    try writeAtomically(text, to: root + "/" + path)
  }

  func remove(_ path: String) throws {
    try FileManager.default.removeItem(atPath: root + "/" + path)
  }

  /// Writes an image of bytes, with the header of NIfTI-1 (nifti1.h) filled in by hand.
  func image(
    _ path: String,
    volumes: Int,
    repetitionTime: Float = 2,
    missing: Int = 0,
    oriented: Bool = true
  ) throws {
    var bytes = [UInt8](repeating: 0, count: 352)
    func put<Value>(_ value: Value, at place: Int) {
      withUnsafeBytes(of: value) {
        for (offset, byte) in $0.enumerated() { bytes[place + offset] = byte }
      }
    }
    put(Int32(348), at: 0)
    for (place, size) in [4, 2, 2, 2, volumes, 1, 1, 1].enumerated() {
      put(Int16(size), at: 40 + 2 * place)
    }
    put(Int16(2), at: 70)
    put(Int16(8), at: 72)
    for (place, size) in [Float(1), 3, 3, 3, repetitionTime].enumerated() {
      put(size, at: 76 + 4 * place)
    }
    put(Float(352), at: 108)
    put(Float(1), at: 112)
    put(UInt8(2 + 8), at: 123)
    if oriented {
      put(Int16(1), at: 254)
      for row in 0..<3 { put(Float(3), at: 280 + 20 * row) }
    }
    for (place, byte) in Array("n+1".utf8).enumerated() { bytes[344 + place] = byte }
    bytes += [UInt8](repeating: 1, count: 8 * volumes - missing)
    try writeAtomically(bytes, to: root + "/" + path)
  }

  /// Surveys it.
  func survey(_ change: (inout Job) -> Void = { _ in }) throws -> DatasetSurvey {
    var job = Job(dataset: root)
    change(&job)
    return try Survey.survey(try Dataset(root: root), job: job, threads: 2)
  }
}
