import BIDS
import Demo
import Files
import Imaging
import NIfTI
import Realignment
import TestData
import Testing

@Suite("Demo cohort")
struct DemoCohortTests {
  @Test("One participant of each group makes a dataset, and what is there is not overwritten")
  func dataset() throws {
    let cohort = try Cohort.shared.get()
    let dataset = try Dataset(root: cohort.datasetFolder)
    #expect(dataset.participants == ["01", "02", "03"])
    let table = try Table(path: cohort.datasetFolder + "/participants.tsv")
    #expect(table.column("group") == ["FM", "CRPS", "HC"])
    let truth = try readTruth(inFolder: cohort.truthFolder)
    // 38 regions, 3 conditions and 2 modulators, 3 participants.
    #expect(truth.count == 38 * 5 * 3)
    let path = cohort.datasetFolder
    #expect(throws: DemoError.alreadyThere(path: path)) { try makeDemoCohort(cohort) }
    var empty = DemoRequest(folder: cohort.folder + "/other")
    empty.participantsPerGroup = 0
    let impossible = DemoError.impossible(what: "the number of participants", value: 0)
    #expect(throws: impossible) { try makeDemoCohort(empty) }
  }

  @Test("The same seed gives the same run on any number of threads, another seed another")
  func threads() throws {
    var acquisition = try #require(SimulatedAcquisition.demo)
    acquisition.volumeCount = 4
    let run = try simulateRun(acquisition, seed: 3, threads: 1).bytes
    #expect(try simulateRun(acquisition, seed: 3, threads: 3).bytes == run)
    #expect(try simulateRun(acquisition, seed: 4, threads: 3).bytes != run)
  }

  @Test("A region's response, fitted by hand, is the true one")
  func response() throws {
    let cohort = try Cohort.shared.get()
    let truth = try readTruth(inFolder: cohort.truthFolder)
    let stem = cohort.datasetFolder + "/sub-01/func/sub-01_task-heat"
    let series = try readSeries(stem + "_bold.nii.gz").series
    let events = try Table(path: stem + "_events.tsv")
    // The head was not put back, so its motion is a regressor.
    let motion = try trueMotion(cohort, "/sub-01/func/sub-01_task-heat")
    let columns =
      try regressors(events, volumeCount: series.volumeCount)
      + (0..<3).map { axis in motion.map { $0.translation[axis] } }
      + (0..<3).map { axis in motion.map { $0.rotation[axis] } }
    // The middle of the left dorsal posterior insula, and a place where nothing responds.
    let course = percentCourse(of: series, near: [-40, -14, 10])
    let fit = leastSquares(columns, course)
    for (i, contrast) in ["heat_high", "heat_low"].enumerated() {
      let row = try #require(
        truth.first {
          $0.participant == "01" && $0.contrast == contrast
            && $0.region == "dorsal_posterior_insula_L"
        }
      )
      #expect(row.effect > 0.4)
      // Noise of 1 % in some 14 voxels over 4 blocks leaves about 0.1 %; four of these.
      #expect(abs(fit[i] - row.effect) < 0.4, "\(contrast): \(fit[i]) for \(row.effect)")
    }
    let quiet = leastSquares(columns, percentCourse(of: series, near: [30, 20, 40]))
    #expect(abs(quiet[0]) < 0.4)
  }

  @Test("The true motion is what a realignment finds")
  func motion() throws {
    let cohort = try Cohort.shared.get()
    let name = "/sub-02/func/sub-02_task-heat"
    let series = try readSeries(cohort.datasetFolder + name + "_bold.nii.gz").series
    let truth = try trueMotion(cohort, name)
    let estimate = try estimateMotion(of: series, skipping: 0, threads: 2)
    let centre = series.grid.centre
    // Only motion from one volume to another is defined: remove the mean over the run.
    func moved(_ poses: [RigidMotion], about c: SIMD3<Double>) -> [SIMD3<Double>] {
      let points = poses.map { $0.affine(about: c)(centre + [35, 35, 35]) }
      let mean = points.reduce(.zero, +) / Double(points.count)
      return points.map { $0 - mean }
    }
    let wanted = moved(truth, about: centre)
    let errors = zip(wanted, moved(estimate.poses, about: estimate.centre)).map {
      ($0 - $1).length
    }
    let squares = errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)
    // One twentieth of the motion itself would be 0.02 mm.
    #expect(squares.squareRoot() < 0.05, "\(squares.squareRoot()) mm")
    #expect((wanted.map(\.length).max() ?? 0) > 0.3)
  }

  private func trueMotion(_ cohort: DemoRequest, _ name: String) throws -> [RigidMotion] {
    let table = try Table(path: cohort.truthFolder + name + "_motion.tsv")
    return try table.rows.map { row in
      let numbers = try row.map { try #require(Double($0)) }
      return RigidMotion(
        translation: SIMD3(numbers[0], numbers[1], numbers[2]),
        rotation: SIMD3(numbers[3], numbers[4], numbers[5])
      )
    }
  }

  private func percentCourse(of series: ImageSeries, near point: SIMD3<Double>) -> [Double] {
    let inside = (0..<series.grid.voxelCount).filter {
      (series.grid.position(ofVoxel: $0) - point).length < 6
    }
    let volumes = (0..<series.volumeCount).map { series.volume($0).values }
    var course = [Double](repeating: 0, count: volumes.count)
    for voxel in inside {
      let values = volumes.map { Double($0[voxel]) }
      let mean = values.reduce(0, +) / Double(values.count)
      for (i, value) in values.enumerated() {
        course[i] += 100 * (value / mean - 1) / Double(inside.count)
      }
    }
    return course
  }
}

/// One cohort for all tests, made once.
private enum Cohort {
  static let shared: Result<DemoRequest, any Error> = Result {
    var request = DemoRequest(folder: try SharedData.temporaryFolder("nocinet-demo"))
    request.participantsPerGroup = 1
    request.threads = 2
    try makeDemoCohort(request)
    return request
  }
}
