import Algebra
import BIDS
import Design
import Job
import Testing

/// Six events of 4 s, 10 s apart; the fourth has no kind, the fifth no rating.
private let table: EventTable = {
  let kinds = ["a", "b", "a", "n/a", "b", "a"]
  let ratings = ["2", "4", "6", "3", "n/a", "10"]
  let events = kinds.indices.map { place in
    Event(
      onset: Double(place) * 10,
      duration: 4,
      values: ["kind": kinds[place], "rating": ratings[place], "length": "\(place + 1)"],
      line: place + 2
    )
  }
  let columns = ["onset", "duration", "kind", "rating", "length"]
  return EventTable(path: "e.tsv", columns: columns, events: events)
}()

/// Carries out instructions, given as JSON, and takes some variables as columns.
private func compiled(
  _ instructions: String,
  columns: [String],
  confounds: ConfoundSource = .known([])
) throws -> CompiledRun {
  let names = columns.map { "\"\($0)\"" }.joined(separator: ", ")
  let text = """
    {"Name": "m", "BIDSModelVersion": "1.0.0", "Nodes": [
      {"Level": "Run", "Name": "run", "GroupBy": ["run", "subject"],
       "Transformations": {"Transformer": "pybids-transforms-v1", "Instructions": [\(instructions)]},
       "Model": {"Type": "glm", "X": [\(names)]}, "DummyContrasts": {"Test": "t"}}]}
    """
  let model = try StatsModel(JSONValue(parsing: text), path: "m.json")
  return try compile(model, events: table, confounds: confounds, runEnd: 100)
}

/// The onsets and amplitudes of the only condition.
private func events(_ instructions: String, of column: String) throws -> [Double: Double] {
  let convolve = #"{"Name": "Convolve", "Input": ["\#(column)"]}"#
  let run = try compiled(instructions + ", " + convolve, columns: [column])
  let condition = try #require(run.conditions.first)
  return Dictionary(uniqueKeysWithValues: zip(condition.onsets, condition.amplitudes))
}

@Suite("Instructions of Stats Models")
struct StatsModelCompileTests {
  static let factor = #"{"Name": "Factor", "Input": ["kind"]}"#
  static let complete =
    #"{"Name": "Scale", "Input": ["rating"], "Rescale": false, "ReplaceNA": "after"}"#

  /// One instruction or more, the variable looked at, and its events by onset; worked out by hand from
  /// what pybids documents.
  static let cases: [(instructions: String, column: String, events: [Double: Double])] = [
    (factor, "kind.a", [0: 1, 20: 1, 50: 1]),
    (factor, "kind.b", [10: 1, 40: 1]),
    (#"{"Name": "Factor", "Input": ["kind"], "Sep": "_"}"#, "kind_b", [10: 1, 40: 1]),
    (#"{"Name": "Factor", "Input": ["length"]}"#, "length.3", [20: 1]),
    // A number is missing, so the others are written as numbers with a point.
    (#"{"Name": "Factor", "Input": ["rating"]}"#, "rating.10.0", [50: 1]),
    (
      #"{"Name": "Factor", "Input": ["kind"], "Constraint": "mean_zero"}"#, "kind.b",
      [0: -1, 10: 1, 20: -1, 40: 1, 50: -1]
    ),
    (
      #"{"Name": "Factor", "Input": ["kind"], "constraint": "drop_one", "ref_level": "b"}"#,
      "kind.a",
      [0: 1, 20: 1, 50: 1]
    ),
    // The mean of 2, 4, 6, 3 and 10 is 5, and the sum of squares about it 40.
    (complete, "rating", [0: -3, 10: -1, 20: 1, 30: -2, 50: 5]),
    (
      #"{"Name": "Scale", "Input": ["rating"], "ReplaceNA": "after"}"#, "rating",
      [
        0: -3 / 10.0.squareRoot(), 10: -1 / 10.0.squareRoot(), 20: 1 / 10.0.squareRoot(),
        30: -2 / 10.0.squareRoot(), 50: 5 / 10.0.squareRoot(),
      ]
    ),
    // With the missing one as 0 the mean is 25/6.
    (
      #"{"Name": "Scale", "Input": ["rating"], "Rescale": false, "ReplaceNA": "before"}"#, "rating",
      [
        0: 2 - 25.0 / 6, 10: 4 - 25.0 / 6, 20: 6 - 25.0 / 6, 30: 3 - 25.0 / 6, 40: -25.0 / 6,
        50: 10 - 25.0 / 6,
      ]
    ),
    (
      #"{"Name": "Demean", "Input": ["length"]}"#, "length",
      [0: -2.5, 10: -1.5, 20: -0.5, 30: 0.5, 40: 1.5, 50: 2.5]
    ),
    (
      #"{"Name": "Threshold", "Input": ["rating"], "Threshold": 4}"#, "rating",
      [10: 4, 20: 6, 50: 10]
    ),
    (
      #"{"Name": "Threshold", "Input": ["rating"], "Threshold": 4, "Binarize": true}"#, "rating",
      [10: 1, 20: 1, 50: 1]
    ),
    (
      #"{"Name": "Threshold", "Input": ["rating"], "Threshold": 4, "Above": false}"#, "rating",
      [0: 2, 10: 4, 30: 3]
    ),
    (
      #"{"Name": "Demean", "Input": "length"}, "#
        + #"{"Name": "Threshold", "Input": "length", "Threshold": -2, "Signed": false}"#, "length",
      [0: 2.5, 50: 2.5]
    ),
    (
      factor + ", " + complete + ", "
        + #"{"Name": "Product", "Input": ["kind.a", "rating"], "Output": ["p"]}"#, "p",
      [0: -3, 20: 1, 50: 5]
    ),
    (
      complete
        + #", {"Name": "Sum", "Input": ["rating", "length"], "Weights": ["1/2", 2], "Output": ["s"]}"#,
      "s", [0: 0.5, 10: 3.5, 20: 6.5, 30: 7, 40: 10, 50: 14.5]
    ),
    // Of the events of a alone, whose lengths are 1, 3 and 6, the mean is taken off.
    (
      factor + #", {"Name": "Product", "Input": ["kind.a", "length"], "Output": ["p"]}, "#
        + #"{"Name": "Orthogonalize", "Input": ["p"], "Other": ["kind.a"]}"#, "p",
      [0: 1 - 10.0 / 3, 20: 3 - 10.0 / 3, 50: 6 - 10.0 / 3]
    ),
    (
      #"{"Name": "Replace", "Input": ["kind"], "Replace": {"a": "c"}}, "# + factor, "kind.c",
      [0: 1, 20: 1, 50: 1]
    ),
    (
      #"{"Name": "Replace", "Input": ["length"], "Replace": {"1": 7, "2.0": 0}}"#, "length",
      [0: 7, 20: 3, 30: 4, 40: 5, 50: 6]
    ),
    (
      factor + #", {"Name": "Rename", "Input": ["kind.a"], "Output": ["first"]}"#, "first",
      [0: 1, 20: 1, 50: 1]
    ),
    (
      factor + #", {"Name": "Copy", "Input": ["kind.a"], "OutputSuffix": "2"}"#, "kind.a2",
      [0: 1, 20: 1, 50: 1]
    ),
    (#"{"Name": "DropNA", "Input": ["rating"]}"#, "rating", [0: 2, 10: 4, 20: 6, 30: 3, 50: 10]),
    (
      factor + #", {"Name": "Assign", "Input": ["length"], "Target": ["kind.b"]}"#, "kind.b",
      [0: 1, 10: 2, 20: 3, 30: 4, 40: 5, 50: 6]
    ),
    (factor + #", {"Name": "Select", "Input": ["kind.*"]}"#, "kind.a", [0: 1, 20: 1, 50: 1]),
  ]

  @Test("Each instruction makes the events it should", arguments: cases)
  func instruction(instructions: String, column: String, expected: [Double: Double]) throws {
    let made = try events(instructions, of: column)
    #expect(Set(made.keys) == Set(expected.keys))
    for (onset, amplitude) in expected {
      // A handful of additions of numbers up to 10 in float64.
      #expect(abs((made[onset] ?? .nan) - amplitude) < 1e-13, "at \(onset) s")
    }
  }

  @Test("Durations and onsets can be given by a column")
  func times() throws {
    let run = try compiled(
      Self.factor
        + #", {"Name": "Assign", "Input": ["length"], "Target": ["kind.a"], "TargetAttr": "duration"}, "#
        + #"{"Name": "Replace", "Input": ["kind.b"], "Replace": {"4": 9}, "Attribute": "duration"}, "#
        + #"{"Name": "Convolve", "Input": ["kind.*"]}"#,
      columns: ["kind.a", "kind.b"]
    )
    #expect(run.conditions.map(\.durations) == [[1, 3, 6], [9, 9]])
  }

  @Test("A response has the derivatives that X names, and no others")
  func derivatives() throws {
    let convolve =
      #"{"Name": "Convolve", "Input": ["kind.*"], "Model": "glover", "Derivative": true}"#
    let run = try compiled(
      Self.factor + ", " + convolve,
      columns: ["kind.a", "kind.a_derivative", "kind.b"]
    )
    #expect(run.conditions.map(\.hemodynamics) == [.gloverDerivative, .glover])
  }

  @Test("Confounds of X are taken out, transformed as asked; marked volumes may be none")
  func confounds() throws {
    let run = try compiled(
      Self.factor + #", {"Name": "Convolve", "Input": ["kind.*"]}, "#
        + #"{"Name": "Demean", "Input": ["trans_x"]}, "#
        + #"{"Name": "Product", "Input": ["trans_x", "rot_x"], "Output": ["both"]}"#,
      columns: ["kind.*", "trans_?", "both", "motion_outlier*"],
      confounds: .known([("trans_x", [1, 2, 6]), ("rot_x", [1, 0, 2]), ("trans_y", [0, 1, 0])])
    )
    let made = try #require(run.confounds)
    #expect(made.names == ["trans_x", "trans_y", "both"])
    #expect((0..<3).map(made.matrix.column) == [[-2, -1, 3], [0, 1, 0], [-2, 0, 6]])
    #expect(run.absent.isEmpty)
  }

  static let faults: [(instructions: String, columns: [String], words: String)] = [
    (factor, ["kind.a"], "X[0] of the model: kind.a is not convolved"),
    (
      #"{"Name": "Scale", "Input": ["kind"]}"#, ["kind"],
      "kind holds words where numbers are needed"
    ),
    (#"{"Name": "Convolve", "Input": ["kind"]}"#, ["kind"], "kind holds words"),
    (#"{"Name": "Convolve", "Input": ["rating"]}"#, ["rating"], "rating has no value at line 6"),
    (
      factor
        + #", {"Name": "Convolve", "Input": ["kind.a"]}, {"Name": "Demean", "Input": ["kind.a"]}"#,
      ["kind.a"], "Instructions[2] of the model: kind.a is convolved already"
    ),
    (
      factor + #", {"Name": "DropNA", "Input": ["rating"]}, "#
        + #"{"Name": "Product", "Input": ["kind.a", "rating"], "Output": ["p"]}"#, ["p"],
      "do not have the same events"
    ),
    (
      factor + #", {"Name": "Scale", "Input": ["kind.a", "rating"]}, "#
        + #"{"Name": "Threshold", "Input": ["rating"], "Threshold": 99, "Binarize": true}, "#
        + #"{"Name": "Scale", "Input": ["rating"]}"#, ["rating"], "rating has one value only"
    ),
    (
      #"{"Name": "Factor", "Input": ["kind"], "Constraint": "drop_one", "RefLevel": "z"}"#,
      ["kind.a"],
      "kind has no level z, only a, b"
    ),
    (
      factor + #", {"Name": "Convolve", "Input": ["kind.a"], "Derivative": true}"#,
      ["kind.a_derivative"], "kind.a_derivative is in X without the response"
    ),
    (
      #"{"Name": "Demean", "Input": ["trans_x"]}"#, ["trans_x"],
      "there is no confound trans_x, only none"
    ),
    (
      factor + #", {"Name": "Copy", "Input": ["kind.*"], "Output": ["one"]}"#, ["kind.a"],
      "Output has 1 names for 2 variables"
    ),
    (
      #"{"Name": "Assign", "Input": ["rating"], "Target": ["length"], "TargetAttr": "duration"}"#,
      ["length"], "length would begin or last no number of seconds at line 6"
    ),
  ]

  @Test("What a run's events cannot give is refused with the place and the line", arguments: faults)
  func refused(instructions: String, columns: [String], words: String) throws {
    let error = #expect(throws: DesignError.self) {
      try compiled(instructions, columns: columns)
    }
    #expect(
      error?.description.hasPrefix("e.tsv: Nodes[0].") ?? false,
      "\(error?.description ?? "")"
    )
    #expect(error?.description.contains(words) ?? false, "\(error?.description ?? "")")
  }

  @Test("A variable that this run lacks is left to the others, and named")
  func absent() throws {
    let run = try compiled(
      Self.factor + #", {"Name": "Convolve", "Input": ["kind.a", "kind.c"]}"#,
      columns: ["kind.a", "kind.c"]
    )
    #expect(run.conditions.map(\.name) == ["kind.a"])
    let places = run.absent.keys.map(\.place).sorted()
    #expect(places == ["Nodes[0].Model.X[1]", "Nodes[0].Transformations.Instructions[1].Input"])
    #expect(run.absent.values.allSatisfy { "\($0)".contains("there is no variable kind.c") })
  }
}
