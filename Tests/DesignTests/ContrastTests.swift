import Algebra
import Design
import Job
import TestData
import Testing

/// A design with columns of the given names and no numbers that matter.
private func design(_ names: [String], roles: [String: ColumnRole] = [:]) -> DesignMatrix {
  let columns = names.map { name in
    DesignColumn(name: name, role: roles[name] ?? .stimulus(condition: name), peakHeight: 1)
  }
  return DesignMatrix(columns: columns, matrix: Matrix(zeros: 3, names.count))
}

private func weights(_ expression: String, _ names: [String]) throws -> [Double] {
  try contrast(ContrastRequest(name: "c", expression: expression), for: design(names))
    .weights.elements
}

private func problem(_ expression: String, _ design: DesignMatrix) -> ContrastProblem? {
  do {
    _ = try contrast(ContrastRequest(name: "c", expression: expression), for: design)
    return nil
  } catch DesignError.contrast(_, let problem) {
    return problem
  } catch {
    return nil
  }
}

@Suite("Contrasts")
struct ContrastTests {
  static let sums: [(String, [Double])] = [
    ("a", [1.0, 0, 0]),
    ("-a", [-1, 0, 0]),
    ("a - 0.5*b - 0.5*c", [1, -0.5, -0.5]),
    ("a - 1/2*b - c/2", [1, -0.5, -0.5]),
    ("a - mean(b, c)", [1, -0.5, -0.5]),
    ("2*(a - -b)/4", [0.5, 0.5, 0]),
    ("(1 + 1)*a - 2e0*c", [2, 0, -2]),
    ("mean(a,b,c) - mean(a)", [1.0 / 3 - 1, 1.0 / 3, 1.0 / 3]),
    ("\ta\n+b", [1, 1, 0]),
  ]

  static let refused: [(String, ContrastProblem)] = [
    ("", ContrastProblem.empty),
    ("a,", .empty),
    (",a", .empty),
    ("a b", .unexpected("b", place: 3)),
    ("a $ b", .unexpected("$", place: 3)),
    ("2back", .unexpected("2b", place: 1)),
    ("a - ", .unfinished),
    ("(a", .unfinished),
    ("mean(a", .unfinished),
    ("`a", .unfinished),
    ("a)", .unexpected(")", place: 2)),
    ("a*b", .notLinear),
    ("1/a", .notLinear),
    ("a/0", .divisionByZero),
    ("a/(1-1)", .divisionByZero),
    ("a + 1", .loneNumber),
    ("3", .loneNumber),
    ("a - a", .noWeight(row: 1)),
    ("a, b, a + b", .dependentRows),
    ("1.2.3*a", .unexpected("1.2.3", place: 1)),
    ("1e999*a", .unexpected("1e999", place: 1)),
  ]

  @Test("Expressions mean what they mean to a peer", .enabled(if: SharedData.isPresent))
  func peer() throws {
    let table = try ReferenceTable("27_contrast_expressions/expected.tsv")
    #expect(table.rows.count == 6)
    for row in table.rows {
      let names = (row["columns"] ?? "").split(separator: ",").map(String.init)
      let expected = (row["vector"] ?? "").split(separator: ",").compactMap { Double($0) }
      #expect(try weights(row["expression"] ?? "", names) == expected)
    }
  }

  @Test(
    "Sums, fractions, parentheses, signs and means become weights",
    arguments: ContrastTests.sums
  )
  func grammar(expression: String, expected: [Double]) throws {
    let found = try weights(expression, ["a", "b", "c"])
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-15 })
  }

  @Test("Names in any language stand as they are, others in backticks")
  func names() throws {
    let names = ["Schmerz_groß", "痛み", "Negativo - SUPRIMIR", "46.5", "a`b", "mean"]
    #expect(try weights("Schmerz_groß - 痛み", names) == [1, -1, 0, 0, 0, 0])
    #expect(try weights("`Negativo - SUPRIMIR`-2*`46.5`", names) == [0, 0, 1, -2, 0, 0])
    #expect(try weights("`a``b` + `mean`", names) == [0, 0, 0, 0, 1, 1])
    for (place, name) in names.enumerated() {
      let found = try weights("1 * \(quoted(name))", names)
      #expect(found.firstIndex(of: 1) == place)
    }
  }

  @Test("Commas outside of parentheses make the rows of an F")
  func rows() throws {
    let request = ContrastRequest(name: "any", expression: "a - b, mean(b, c)")
    let made = try contrast(request, for: design(["a", "b", "c"]))
    #expect(made.kind == .f)
    #expect(made.weights.rowCount == 2)
    #expect(made.weights.elements == [1, -1, 0, 0, 0.5, 0.5])
    #expect(made.weightSum == nil)
  }

  @Test("The weight sum counts positive weights")
  func weightSum() throws {
    let names = design(["a", "b", "c"])
    let sums = try ["a + b - c", "mean(a, b) - c", "-a"].map {
      try contrast(ContrastRequest(name: "c", expression: $0), for: names).weightSum
    }
    #expect(sums == [2, 1, 0])
  }

  @Test("A name that is not there is answered with those that are")
  func unknown() {
    let roles: [String: ColumnRole] = ["drift_1": .drift, "constant": .constant]
    let made = design(["heat", "heat_by_rating", "drift_1", "constant"], roles: roles)
    let known = ["heat", "heat_by_rating"]
    #expect(problem("heat - cold", made) == .unknownName("cold", known: known))
    #expect(problem("drift_1", made) == .unknownName("drift_1", known: known))
    #expect(problem("constant", made) == .unknownName("constant", known: known))
  }

  @Test(
    "Expressions without meaning are refused by their reason",
    arguments: ContrastTests.refused
  )
  func refusals(expression: String, expected: ContrastProblem) {
    #expect(problem(expression, design(["a", "b"])) == expected)
  }

  @Test("Deep nesting is refused, not a crash")
  func deep() {
    let expression = String(repeating: "(", count: 100_000) + "a"
    #expect(problem(expression, design(["a"])) == .tooDeep)
    #expect(problem(String(repeating: "-", count: 100_000) + "a", design(["a"])) == .tooDeep)
  }

  @Test("A condition of a finite impulse response is the mean of its delays")
  func delays() throws {
    let names = ["heat_delay_0", "heat_delay_1"]
    let roles: [String: ColumnRole] = [
      "heat_delay_0": .delay(of: "heat", volumes: 0),
      "heat_delay_1": .delay(of: "heat", volumes: 1),
    ]
    let made = design(names, roles: roles)
    let requests = defaultContrastRequests(for: made)
    #expect(requests.map(\.name) == ["heat"])
    #expect(try contrast(requests[0], for: made).weights.elements == [0.5, 0.5])
    let one = ContrastRequest(name: "late", expression: "heat_delay_1 - heat")
    #expect(try contrast(one, for: made).weights.elements == [-0.5, 0.5])
  }

  @Test("Without questions, every condition and modulator is one")
  func defaults() throws {
    let roles: [String: ColumnRole] = [
      "a b_derivative": .derivative(of: "a b"),
      "a b_by_rating": .modulator(condition: "a b"),
      "trans_x": .confound,
      "constant": .constant,
    ]
    let names = ["a b", "a b_derivative", "a b_by_rating", "trans_x", "constant"]
    let made = try contrasts([], for: design(names, roles: roles))
    #expect(made.map(\.name) == ["a b", "a b_by_rating"])
    #expect(made.map(\.weights.elements) == [[1, 0, 0, 0, 0], [0, 0, 1, 0, 0]])
  }

  @Test("Contrasts that would share a file are refused")
  func labels() {
    let requests = ["heat-high", "heat high"].map { ContrastRequest(name: $0, expression: "a") }
    let expected = DesignError.sameFileLabel(
      first: "heat-high",
      second: "heat high",
      label: "heathigh"
    )
    #expect(throws: expected) { try contrasts(requests, for: design(["a"])) }
    #expect(throws: DesignError.noFileLabel(name: "--")) {
      try contrast(ContrastRequest(name: "--", expression: "a"), for: design(["a"]))
    }
  }
}
