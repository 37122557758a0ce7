import Algebra
import BIDS
import Cohort
import Statistics
import Testing

@Suite("Designs of participants' values")
struct GroupDesignTests {
  /// Eight participants; 05 has no age, 07 no group, 09 is in no table.
  private func phenotype() throws -> Phenotype {
    let text = """
      participant_id\tgroup\tage\tsite\tpain
      sub-01\tFM\t30\tA\t4
      sub-02\tFM\t40\tB\t6
      sub-03\tFM\t50\tA\t5
      sub-04\tHC\t20\tB\t1
      sub-05\tHC\tn/a\tA\t2
      sub-06\tHC\t40\tB\t0
      sub-07\tn/a\t33\tA\t3
      sub-08\tHC\t60\tA\t3
      sub-10\tCRPS\t45\tB\t7
      sub-11\tCRPS\t55\tA\t8
      sub-12\tFM\t36\tB\t9

      """
    return try Phenotype(try Table(text: text, path: "participants.tsv"))
  }

  private let everybody = ["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"]

  private func request(
    _ question: GroupQuestion,
    covariates: [GroupCovariate] = [],
    equal: Bool = false
  ) throws -> GroupDesignRequest {
    GroupDesignRequest(
      participants: everybody,
      phenotype: try phenotype(),
      question: question,
      covariates: covariates,
      hasEqualVariances: equal
    )
  }

  private let twoSample = GroupQuestion.twoSample(column: "group", first: "FM", second: "HC")

  @Test("Two groups with age: who lacks a value is named, age is centred on who is left")
  func twoSampleWithAge() throws {
    let design = try makeGroupDesign(try request(twoSample, covariates: [.number(column: "age")]))
    #expect(design.participants == ["01", "02", "03", "04", "06", "08", "12"])
    #expect(
      design.leftOut == [
        LeftOut(participant: "05", reason: .noValue("age")),
        LeftOut(participant: "07", reason: .groupNotStated),
        LeftOut(participant: "09", reason: .notInPhenotype),
        LeftOut(participant: "10", reason: .otherGroup("CRPS")),
        LeftOut(participant: "11", reason: .otherGroup("CRPS")),
      ]
    )
    #expect(design.columns == ["FM", "HC", "age"])
    #expect(design.model.design.column(0) == [1, 1, 1, 0, 0, 0, 1])
    // The mean of 30, 40, 50, 20, 40, 60 and 36.
    let mean = 276.0 / 7
    #expect(design.model.design.column(2) == [30, 40, 50, 20, 40, 60, 36].map { $0 - mean })
    #expect(design.model.varianceGroups == [0, 0, 0, 1, 1, 1, 0])
    #expect(design.means.map(\.column) == ["age", "age", "age"])
    #expect(design.means.map(\.group) == [nil, "FM", "HC"])
    #expect(design.means.map(\.mean) == [mean, 39, 40])
    #expect(design.standardised == [.difference(first: [0, 1, 2, 6], second: [3, 4, 5])])
    #expect(design.model.contrasts == [GroupContrast(name: "FM-HC", weights: [1, -1, 0])])
  }

  @Test("A category becomes centred columns, and a block column blocks")
  func categories() throws {
    var asked = try request(twoSample, covariates: [.category(column: "site")], equal: true)
    asked.blockColumn = "site"
    let design = try makeGroupDesign(asked)
    #expect(design.columns == ["FM", "HC", "site[B]"])
    // 01 02 03 04 05 06 08 12: half of them in B.
    #expect(design.model.design.column(2) == [-0.5, 0.5, -0.5, 0.5, -0.5, 0.5, -0.5, 0.5])
    #expect(design.blocks?.blockOf == [0, 1, 0, 1, 0, 1, 0, 1])
    #expect(design.model.varianceGroupCount == 1)
  }

  @Test("Three groups give an F where variances are equal, and planned or all pairs")
  func oneWay() throws {
    let levels = ["FM", "CRPS", "HC"]
    let pairs = try makeGroupDesign(
      try request(.oneWay(column: "group", levels: levels, planned: []), equal: true)
    )
    #expect(pairs.model.contrasts.map(\.name) == ["group", "FM-CRPS", "FM-HC", "CRPS-HC"])
    #expect(pairs.model.contrasts[0].rows == [[1, -1, 0], [1, 0, -1]])
    #expect(pairs.model.contrasts[2].rows == [[1, 0, -1]])
    let patients = PlannedComparison(
      name: "patients-HC",
      weights: ["FM": 0.5, "CRPS": 0.5, "HC": -1]
    )
    let planned = try makeGroupDesign(
      try request(.oneWay(column: "group", levels: levels, planned: [patients]))
    )
    #expect(
      planned.model.contrasts == [GroupContrast(name: "patients-HC", weights: [0.5, 0.5, -1])]
    )
    #expect(planned.standardised == [nil])
    let crooked = PlannedComparison(name: "crooked", weights: ["FM": 1, "HC": -0.5])
    #expect(throws: GroupDesignError.planned("crooked")) {
      try makeGroupDesign(
        try request(.oneWay(column: "group", levels: levels, planned: [crooked]))
      )
    }
  }

  @Test("A score alone, and a score in two groups")
  func scores() throws {
    let line = try makeGroupDesign(try request(.regression(score: "pain")))
    #expect(line.columns == ["mean", "pain"])
    #expect(line.participants.count == 11)
    #expect(abs(line.model.design.column(1).reduce(0, +)) < 1e-12)
    let both = try makeGroupDesign(
      try request(.interaction(column: "group", first: "FM", second: "HC", score: "pain"))
    )
    #expect(both.columns == ["FM", "HC", "pain in FM", "pain in HC"])
    #expect(both.model.contrasts.map(\.name) == ["pain in FM-HC", "pain", "FM-HC"])
    #expect(both.model.contrasts[0].rows == [[0, 0, 1, -1]])
  }

  @Test("A question of the mean needs no table")
  func mean() throws {
    let design = try makeGroupDesign(
      GroupDesignRequest(participants: ["a", "b", "c"], phenotype: nil, question: .mean)
    )
    #expect(design.model.design.elements == [1, 1, 1] && design.leftOut.isEmpty)
    #expect(Resampling(usualFor: design.model) == .signFlips)
  }

  @Test("What cannot be in a design is refused by name")
  func refusals() throws {
    let twice = GroupDesignRequest(
      participants: ["01", "sub-01"],
      phenotype: nil,
      question: .mean
    )
    #expect(throws: GroupDesignError.duplicate("01")) { try makeGroupDesign(twice) }
    #expect(
      throws: GroupDesignError.notANumber(participant: "01", column: "site", text: "A")
    ) {
      try makeGroupDesign(try request(twoSample, covariates: [.number(column: "site")]))
    }
    #expect(throws: GroupDesignError.levelTooSmall("XX", column: "group", count: 0)) {
      try makeGroupDesign(try request(.twoSample(column: "group", first: "FM", second: "XX")))
    }
    #expect(throws: GroupDesignError.usedTwice("group")) {
      try makeGroupDesign(try request(twoSample, covariates: [.category(column: "group")]))
    }
    #expect(
      throws: GroupDesignError.noColumn(
        "iq",
        path: "participants.tsv",
        existing: ["group", "age", "site", "pain"]
      )
    ) {
      try makeGroupDesign(try request(twoSample, covariates: [.number(column: "iq")]))
    }
    #expect(throws: GroupDesignError.noPhenotype(column: "group")) {
      try makeGroupDesign(
        GroupDesignRequest(participants: ["01"], phenotype: nil, question: twoSample)
      )
    }
  }
}
