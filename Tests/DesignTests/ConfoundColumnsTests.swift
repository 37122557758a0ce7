import Algebra
import Design
import Job
import Testing

@Suite("Confounds")
struct ConfoundColumnsTests {
  private var parameters: [String: [Double]] {
    var table: [String: [Double]] = [:]
    for (place, name) in motionParameterNames.enumerated() {
      table[name] = [1, 3, 2].map { $0 * Double(place + 1) }
    }
    return table
  }

  @Test("The six are the parameters; none are none")
  func six() throws {
    let columns = try #require(try motionColumns(.motion6, from: parameters))
    #expect(columns.names == motionParameterNames)
    #expect(columns.matrix.column(2) == [3, 9, 6])
    #expect(try motionColumns(.none, from: [:]) == nil)
  }

  // Written out: 1, 3, 2 has the differences 0, 2, -1 and the squares 1, 9, 4 and 0, 4, 1.
  @Test("The 24 add backward differences, the first 0, and all squares")
  func twentyFour() throws {
    let columns = try #require(try motionColumns(.motion24, from: parameters))
    #expect(columns.names.count == 24)
    let expected: [String: [Double]] = [
      "trans_x": [1, 3, 2],
      "trans_x_derivative1": [0, 2, -1],
      "trans_x_power2": [1, 9, 4],
      "trans_x_derivative1_power2": [0, 4, 1],
      "rot_z_derivative1": [0, 12, -6],
    ]
    for (name, values) in expected {
      let place = try #require(columns.names.firstIndex(of: name))
      #expect(columns.matrix.column(place) == values)
    }
  }

  @Test("A missing first value is 0; later ones and missing columns are refused")
  func missing() throws {
    let columns = try confoundColumns(["d"], from: ["d": [.nan, 1, 2]])
    #expect(columns.matrix.column(0) == [0, 1, 2])
    #expect(throws: DesignError.confoundNotFinite(name: "d", volume: 1)) {
      try confoundColumns(["d"], from: ["d": [.nan, .nan]])
    }
    #expect(throws: DesignError.noConfound(name: "x", found: ["d"])) {
      try confoundColumns(["x"], from: ["d": [1]])
    }
    #expect(throws: DesignError.wrongLength(what: "b", found: 1, expected: 2)) {
      try confoundColumns(["a", "b"], from: ["a": [1, 2], "b": [1]])
    }
  }

  @Test("Censoring leaves out the volume that moved, and no neighbour")
  func censoring() {
    let displacement = [.nan, 0.2, 0.9, 0.5, 0.51]
    #expect(keptVolumes(framewiseDisplacement: displacement, threshold: 0.5) == [0, 1, 3])
    #expect(keptVolumes(framewiseDisplacement: displacement, threshold: nil) == [0, 1, 2, 3, 4])
  }
}
