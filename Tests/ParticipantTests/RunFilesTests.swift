import BIDS
import Files
import Glibc
import Imaging
import Job
import NIfTI
import Participant
import Realignment
import TestStudies
import Testing

@Suite("A run's quality and its images")
struct RunFilesTests {
  private func analyze(
    _ study: SmallStudy,
    in folder: ScratchFolder,
    measuring series: ImageSeries? = nil,
    _ change: (inout Job) -> Void = { _ in }
  ) throws -> ParticipantResult {
    try study.write(to: folder.path + "/study")
    if let series {
      try writeSeries(
        series,
        to: folder.path + "/study/" + study.stem(of: "01") + "_bold.nii.gz",
        repetitionTime: study.repetitionTime,
        spaceIsTemplate: true,
        description: "small study"
      )
    }
    var job = Job(dataset: folder.path + "/study")
    job.normalization.method = .none
    job.normalization.space = "MNI152NLin6Asym"
    change(&job)
    return try Participant.analyze(
      ParticipantRequest(
        job: job,
        dataset: try Dataset(root: folder.path + "/study"),
        participant: "01",
        outputFolder: folder.path + "/out",
        workFolder: folder.path + "/work",
        threads: 2
      )
    )
  }

  @Test("A written run has every volume on the reference's grid, the head at rest")
  func bold() throws {
    var study = SmallStudy()
    study.lift = (volume: 30, height: 5)
    study.sliceTimes = (0..<SmallStudy.sliceCount).map { Double($0 % 2) + 0.04 * Double($0) }
    let folder = try ScratchFolder()
    let result = try analyze(study, in: folder) { $0.preprocessing.writesBold = true }
    let written = try writeResults(result, to: folder.path + "/out")
    let stem = "sub-01/func/sub-01_task-heat_space-MNI152NLin6Asym_desc-preproc_bold"
    #expect(Set(written).isSuperset(of: [stem + ".nii.gz", stem + ".json"]))
    #expect(paths(below: folder.path + "/work").isEmpty)
    let sidecar = try readText("\(folder.path)/out/\(stem).json")
    #expect(sidecar.contains("\"SliceTimingCorrected\" : true"))
    #expect(sidecar.contains("\"StartTime\" : 1"))
    let image = try readSeries("\(folder.path)/out/\(stem).nii.gz")
    let session = try #require(result.sessions.first)
    #expect(image.series.volumeCount == 60 && image.header.repetitionTime == 2)
    #expect(image.series.grid.dimensions == session.reference.grid.dimensions)
    // Where the head stayed 5 mm lower its edge would differ by the whole brightness. The largest
    // response is 2 %, noise 0.3 %, the interpolation of an 8 mm edge a few percent more.
    let (before, after) = (image.series.volume(10).values, image.series.volume(50).values)
    let differences = session.mask.indices.map { abs(after[$0] / before[$0] - 1) }.sorted()
    #expect(differences[differences.count / 2] < 0.01)
    #expect(differences[differences.count * 99 / 100] < 0.08)
  }

  @Test("A volume that is all zero takes nothing from its neighbours, written or fitted")
  func brokenVolume() throws {
    var study = SmallStudy()
    study.sliceTimes = (0..<SmallStudy.sliceCount).map { Double($0 % 2) + 0.04 * Double($0) }
    let folder = try ScratchFolder()
    let series = study.series(seed: 1)
    let size = series.grid.voxelCount * 2
    var bytes = series.bytes
    bytes.replaceSubrange(30 * size..<31 * size, with: [UInt8](repeating: 0, count: size))
    let spoilt = ImageSeries(
      grid: series.grid,
      volumeCount: series.volumeCount,
      encoding: .int16,
      bytes: bytes
    )
    let result = try analyze(study, in: folder, measuring: spoilt) {
      $0.preprocessing.writesBold = true
      $0.preprocessing.sliceTiming = .interpolate
    }
    let session = try #require(result.sessions.first)
    let run = try #require(session.runs.first)
    #expect(run.keptVolumes == (0..<60).filter { $0 != 30 })
    #expect(run.warnings.contains { $0.contains("across 1 volumes that are left out") })
    // Half of each neighbour's slices lie half a volume towards the broken one: 63 % of the signal.
    let signal = try #require(run.confounds["global_signal"])
    for volume in [27, 28, 29, 31, 32, 33] { #expect(abs(signal[volume] / signal[20] - 1) < 0.01) }
    let changed = try #require(run.confounds["std_dvars"])
    #expect(changed[29] < 1.5 && changed[32] < 1.5 && changed[30] > 5)
    let written = try writeResults(result, to: folder.path + "/out")
    let name = try #require(written.first { $0.hasSuffix("preproc_bold.nii.gz") })
    let image = try readSeries("\(folder.path)/out/\(name)").series
    let before = image.volume(10).values
    for volume in [29, 31, 32] {
      let after = image.volume(volume).values
      let differences = session.mask.indices.map { abs(after[$0] / before[$0] - 1) }.sorted()
      #expect(differences[differences.count * 99 / 100] < 0.08)
    }
  }

  @Test("Brain that some volumes do not hold is counted against the whole, and said")
  func outOfView() throws {
    // The image ends at 70 mm, the head at 72: where it lies 10 mm higher, the voxels about 66 mm are out
    // of view and those about 58 mm are not.
    var study = SmallStudy()
    study.lift = (volume: 50, height: 10)
    let slices = 19
    let series = study.series(seed: 1)
    let grid = try #require(Grid(dimensions: [23, 27, slices], affine: series.grid.affine))
    let size = series.grid.voxelCount * 2
    let cut = ImageSeries(
      grid: grid,
      volumeCount: series.volumeCount,
      encoding: .int16,
      bytes: (0..<series.volumeCount).flatMap {
        series.bytes[$0 * size..<$0 * size + grid.voxelCount * 2]
      }
    )
    let folder = try ScratchFolder()
    let session = try #require(try analyze(study, in: folder, measuring: cut).sessions.first)
    let run = try #require(session.runs.first)
    let brain = brainMask(of: session.reference)
    let top = brain.indices.count { grid.voxel(at: $0).z == slices - 1 }
    try #require(top > 10)
    let expected = Double(brain.count - top) / Double(brain.count)
    #expect(run.inViewShare == expected && run.quality(in: session).inViewShare == expected)
    #expect(session.mask.count == brain.count - top)
    #expect(
      run.warnings.contains {
        $0.contains("\(top) of the brain's \(brain.count) voxels") && $0.contains("lacks \(top)")
      }
    )
    let whole = try ScratchFolder()
    let still = try analyze(SmallStudy(), in: whole)
    #expect(still.sessions.first?.runs.first?.inViewShare == 1)
  }

  @Test("Slices stay where they are in time where that is asked, and nothing is written unasked")
  func slices() throws {
    var study = SmallStudy()
    study.sliceTimes = (0..<SmallStudy.sliceCount).map { 0.08 * Double($0) }
    let folder = try ScratchFolder()
    let result = try analyze(study, in: folder) {
      $0.preprocessing.writesBold = true
      $0.preprocessing.sliceTiming = .off
    }
    let written = try writeResults(result, to: folder.path + "/out")
    let name = try #require(written.first { $0.hasSuffix("preproc_bold.json") })
    let sidecar = try readText("\(folder.path)/out/\(name)")
    #expect(sidecar.contains("\"SliceTimingCorrected\" : false") && !sidecar.contains("StartTime"))
    let plain = try ScratchFolder()
    let without = try writeResults(try analyze(SmallStudy(), in: plain), to: plain.path + "/out")
    #expect(!without.contains { $0.contains("preproc") })
  }

  @Test("The quality table says what the confounds say, over the volumes after the dummy scans")
  func quality() throws {
    let folder = try ScratchFolder()
    let result = try analyze(SmallStudy(), in: folder) { $0.preprocessing.dummyScans = 3 }
    let session = try #require(result.sessions.first)
    let run = try #require(session.runs.first)
    let quality = run.quality(in: session)
    let moved = Array(try #require(run.confounds["framewise_displacement"])[4...])
    #expect(quality.meanDisplacement == moved.reduce(0, +) / 56)
    #expect(quality.largestDisplacement == moved.max())
    let changed = Array(try #require(run.confounds["std_dvars"])[4...])
    let odd = zip(moved, changed).count { $0 > 0.5 || $1 > 1.5 }
    #expect(quality.outlierShare == Double(odd) / 56)
    #expect(quality.volumes == 60 && quality.keptVolumes == 57 && quality.dummyScans == 3)
    // 8 mm voxels are 0.512 ml.
    #expect(abs(quality.brainVolume - 0.512 * Double(session.mask.count)) < 1e-6)
    // White noise of 0.3 %: 333, less what responses and motion add.
    #expect(quality.medianSignalToNoise > 100 && quality.medianSignalToNoise < 400)
    // Smoothing of 6 mm on voxels of 8 mm: a width between that and a voxel more.
    #expect(quality.residualFWHM > 4 && quality.residualFWHM < 12)
    let text = QualityTable.text([quality])
    let written = try writeResults(result, to: folder.path + "/out")
    #expect(written.contains("sub-01/sub-01_quality.csv"))
    #expect(try readText(folder.path + "/out/sub-01/sub-01_quality.csv") == text)
    #expect(text.split(separator: "\n").allSatisfy { $0.split(separator: ",").count == 18 })
    let lines = QualityTable.stacked([text, "other,heading\n1,2\n", text]).split(separator: "\n")
    #expect(lines.count == 3 && lines[1] == lines[2])
  }

  @Test("The carpet's rows together are the global signal, without its trend, in percent")
  func carpet() throws {
    let folder = try ScratchFolder()
    let result = try analyze(SmallStudy(), in: folder)
    let run = try #require(result.sessions.first?.runs.first)
    let (carpet, signal) = (run.carpet, try #require(run.confounds["global_signal"]))
    try #require(carpet.rowCount == 96 && carpet.values.count == 96 * 60)
    let mean = signal.reduce(0, +) / 60
    let spread = (0..<60).reduce(0) { $0 + pow(Double($1) - 29.5, 2) }
    let slope = (0..<60).reduce(0) { $0 + (Double($1) - 29.5) * signal[$1] } / spread
    for volume in 0..<60 {
      let expected = 100 * (signal[volume] - slope * (Double(volume) - 29.5) - mean) / mean
      let rows = (0..<96).reduce(0) { $0 + Double(carpet.values[$1 * 60 + volume]) } / 96
      // Rows count alike whatever their brightness and number of voxels, which differ by a fifth.
      #expect(abs(rows - expected) < 0.03 + 0.25 * abs(expected))
    }
    #expect(carpet.limit > 0 && carpet.limit < 5)
  }
}
