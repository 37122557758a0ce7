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
    let columns = try #require(try confoundColumns(.motion6, from: parameters))
    #expect(columns.names == motionParameterNames)
    #expect(columns.matrix.column(2) == [3, 9, 6])
    #expect(try confoundColumns(.none, from: [:]) == nil)
  }

  @Test("The 24 are picked from the table: the six, then differences, then squares")
  func twentyFour() throws {
    var table: [String: [Double]] = ["csf": [9, 9, 9]]
    for name in motionParameterNames {
      for (place, ending) in ["", "_derivative1", "_power2", "_derivative1_power2"].enumerated() {
        table[name + ending] = [Double(place), 1, 2]
      }
    }
    let columns = try #require(try confoundColumns(.motion24, from: table))
    #expect(columns.names.count == 24)
    #expect(columns.names[7] == "trans_y_derivative1" && columns.names[23].hasPrefix("rot_z_deriv"))
    #expect((0..<24).map { columns.matrix[0, $0] } == (0..<24).map { Double($0 / 6) })
    table["rot_y_power2"] = nil
    #expect(throws: DesignError.self) { try confoundColumns(.motion24, from: table) }
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

  private let columns = [
    "trans_x", "trans_y", "trans_x_derivative1", "csf", "csf_power2", "a_comp_cor_10",
    "a_comp_cor_9", "a_comp_cor_100",
  ]

  @Test(
    "Columns are named by patterns, each taken once, numbers in their own order",
    arguments: [
      (["csf"], ["csf"]), (["trans_?"], ["trans_x", "trans_y"]),
      (["*_power2", "csf*"], ["csf_power2", "csf"]),
      (["a_comp_cor_*"], ["a_comp_cor_9", "a_comp_cor_10", "a_comp_cor_100"]),
      (["t*s_x*1"], ["trans_x_derivative1"]), (["c**f"], ["csf"]),
    ]
  )
  func patterns(asked: [String], expected: [String]) throws {
    #expect(try confoundNames(.columns(asked), among: columns) == expected)
  }

  @Test(
    "A pattern that nothing follows is refused",
    arguments: ["cs", "sf", "CSF", "?", "trans_", ""]
  )
  func nothing(pattern: String) {
    #expect(throws: DesignError.noConfound(name: pattern, found: columns.sorted())) {
      try confoundNames(.columns(["csf", pattern]), among: columns)
    }
  }

  @Test("Components are those that a description names, else the first by number")
  func components() throws {
    let named = try confoundNames(
      .motion24Components(1),
      among: columns,
      components: ["a_comp_cor_100"]
    )
    #expect(named.count == 25 && named.last == "a_comp_cor_100")
    let first = try confoundNames(.motion24Components(2), among: columns)
    #expect(first.suffix(2) == ["a_comp_cor_9", "a_comp_cor_10"])
    #expect(throws: DesignError.tooFewComponents(wanted: 4, found: 3)) {
      try confoundNames(.motion24Components(4), among: columns)
    }
    #expect(Set(try confoundNames(.signals36, among: [])).count == 36)
  }

  @Test("Censoring leaves out the volume that moved, and no neighbour")
  func censoring() {
    let displacement = [.nan, 0.2, 0.9, 0.5, 0.51]
    #expect(keptVolumes(framewiseDisplacement: displacement, threshold: 0.5) == [0, 1, 3])
    #expect(keptVolumes(framewiseDisplacement: displacement, threshold: nil) == [0, 1, 2, 3, 4])
  }
}
