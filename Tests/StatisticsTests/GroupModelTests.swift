import Algebra
import Statistics
import Testing

@Suite("Group models")
struct GroupModelTests {
  private let twoGroups = Matrix(
    columns: [[1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1]],
    rowCount: 6
  )

  @Test("A contrast that the design does not determine is named")
  func estimability() {
    let doubled = Matrix(
      columns: [[1, 1, 1, 1], [1, 1, 0, 0], [0, 0, 1, 1]],
      rowCount: 4
    )
    #expect(throws: GroupModelError.notEstimable(contrast: "first")) {
      try GroupModel(
        design: doubled,
        contrasts: [GroupContrast(name: "first", weights: [0, 1, 0])]
      )
    }
    #expect(throws: Never.self) {
      try GroupModel(
        design: doubled,
        contrasts: [GroupContrast(name: "difference", weights: [0, 1, -1])]
      )
    }
  }

  @Test("Too few participants, an empty design and a cell that is no number are refused")
  func refusals() {
    let contrast = [GroupContrast(name: "c", weights: [1, 0])]
    #expect(throws: GroupModelError.noFreedom(participants: 2, columns: 2)) {
      try GroupModel(design: Matrix(columns: [[1, 0], [0, 1]], rowCount: 2), contrasts: contrast)
    }
    #expect(throws: GroupModelError.empty) {
      try GroupModel(design: Matrix(zeros: 4, 2), contrasts: contrast)
    }
    var broken = twoGroups
    broken[2, 1] = .nan
    #expect(throws: GroupModelError.notFinite(participant: 2, column: 1)) {
      try GroupModel(design: broken, contrasts: contrast)
    }
    #expect(throws: GroupModelError.redundantRows(contrast: "F")) {
      try GroupModel(
        design: twoGroups,
        contrasts: [GroupContrast(name: "F", rows: [[1, -1], [-2, 2]])]
      )
    }
  }

  @Test("Variances apart need freedom in every group, and take no F")
  func separateVariances() {
    let alone = Matrix(columns: [[1, 1, 1, 1, 1, 0], [0, 0, 0, 0, 0, 1]], rowCount: 6)
    #expect(throws: GroupModelError.groupTooSmall) {
      try GroupModel(
        design: alone,
        contrasts: [GroupContrast(name: "difference", weights: [1, -1])],
        varianceGroups: [0, 0, 0, 0, 0, 1]
      )
    }
    let both = [GroupContrast(name: "both", rows: [[1, 0], [0, 1]])]
    #expect(throws: GroupModelError.separateVariances(contrast: "both")) {
      try GroupModel(design: twoGroups, contrasts: both, varianceGroups: [0, 0, 0, 1, 1, 1])
    }
  }
}
