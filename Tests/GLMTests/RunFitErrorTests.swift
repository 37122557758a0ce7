import Algebra
import Design
import GLM
import Imaging
import Job
import TestData
import Testing

@Suite("Requests that cannot be fitted")
struct RunFitErrorTests {
  private func request() throws -> RunFitRequest {
    let mask = try fullMask([3, 1, 1])
    var numbers = NormalNumbers(seed: 4)
    let series = (0..<3).map { _ in (0..<30).map { _ in numbers.next() } }
    return RunFitRequest(
      series: masked(mask, series),
      designs: [named(runLikeDesign(volumes: 30, columns: 6))],
      designOfVoxel: [0, 0, 0],
      keptVolumes: Array(0..<30),
      contrasts: [question("heat", only(0, of: 6))],
      noise: .ar1,
      repetitionTime: 2,
      baseline: [100, 100, 100],
      threads: 1
    )
  }

  private func expect(
    _ error: GLMError,
    _ change: (inout RunFitRequest) -> Void,
    at location: SourceLocation = #_sourceLocation
  ) throws {
    var asked = try request()
    change(&asked)
    #expect(throws: error, sourceLocation: location) { _ = try fitRun(asked) }
    #expect(!error.description.isEmpty, sourceLocation: location)
  }

  @Test("The column and the volume that are not finite are named")
  func notFinite() throws {
    try expect(.columnNotFinite(column: "column3", volume: 7)) { asked in
      var matrix = asked.designs[0].matrix
      matrix[7, 3] = .nan
      asked.designs = [named(matrix)]
    }
  }

  @Test("The contrast that is empty, misshapen or not estimable is named")
  func contrasts() throws {
    try expect(.contrastEmpty(contrast: "none")) { asked in
      asked.contrasts.append(question("none", [0, 0, 0, 0, 0, 0]))
    }
    try expect(.contrastShape(contrast: "short", columns: 6)) { asked in
      asked.contrasts.append(question("short", [1, 0]))
    }
    try expect(
      .contrastNotEstimable(contrast: "heat", redundantColumns: ["column0", "column1"])
    ) { asked in
      // All volumes of the first condition are censored.
      let column = asked.designs[0].matrix.column(0)
      asked.keptVolumes = (0..<30).filter { column[$0] == 0 }
    }
  }

  @Test("Shapes that do not fit are told apart")
  func shapes() throws {
    try expect(.shape(what: .baselines, expected: 3, found: 1)) { $0.baseline = [1] }
    try expect(.shape(what: .designOfVoxel, expected: 3, found: 0)) { $0.designOfVoxel = [] }
    try expect(.noSuchDesign(voxel: 1, design: 4)) { $0.designOfVoxel = [0, 4, 0] }
    try expect(.shape(what: .designRows, expected: 30, found: 31)) {
      $0.designs = [named(runLikeDesign(volumes: 31, columns: 6))]
    }
    try expect(.shape(what: .designColumns, expected: 6, found: 5)) {
      $0.designs.append(named(runLikeDesign(volumes: 30, columns: 5)))
    }
    try expect(.keptVolumes) { $0.keptVolumes = [4, 4] }
    try expect(.noDegreesOfFreedom(kept: 2, rank: 2)) { $0.keptVolumes = [4, 9] }
    try expect(.outOfRange(.repetitionTime, 0)) { $0.repetitionTime = 0 }
    try expect(.outOfRange(.regularisationFWHM, -1)) { $0.regularisationFWHM = -1 }
  }
}
