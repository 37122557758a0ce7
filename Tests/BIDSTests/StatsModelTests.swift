import BIDS
import Testing

/// A model of one run node, in which tests change a piece.
private let usual = """
  {"Name": "m", "BIDSModelVersion": "1.0.0", "Input": {"task": ["pain"], "run": [1, 2]},
   "Nodes": [
    {"Level": "Run", "Name": "run", "GroupBy": ["run", "subject"],
     "Transformations": {"Transformer": "pybids-transforms-v1", "Instructions": [
       {"Name": "Factor", "Input": ["trial_type"]},
       {"Name": "Convolve", "Input": ["trial_type.*"], "Model": "spm"}]},
     "Model": {"Type": "glm", "X": [1, "trial_type.a", "trial_type.b", "trans_*"]},
     "DummyContrasts": {"Test": "t", "Contrasts": ["trial_type.a"]},
     "Contrasts": [{"Name": "c", "ConditionList": ["trial_type.a", "trial_type.b"],
       "Weights": [1, "-1/3"], "Test": "t"}]},
    {"Level": "subject", "Name": "subject", "GroupBy": ["subject", "contrast"],
     "Model": {"Type": "meta", "X": [1]}, "DummyContrasts": {"Test": "t"}}]}
  """

private func model(_ text: String) throws -> StatsModel {
  try StatsModel(JSONValue(parsing: text), path: "m.json")
}

/// A change of the usual model, and what is said about it.
struct Refusal: Sendable, CustomTestStringConvertible {
  let old: String
  let new: String
  let words: String

  init(_ old: String, _ new: String, _ words: String) {
    (self.old, self.new, self.words) = (old, new, words)
  }

  var testDescription: String { words }
}

@Suite("Stats Models")
struct StatsModelTests {
  @Test("A model is read with its nodes, edges, weights and selection")
  func read() throws {
    let read = try model(usual)
    #expect(read.name == "m" && read.nodes.map(\.level) == [.run, .subject])
    #expect(read.input == [.task: ["pain"], .run: ["1", "2"]])
    #expect(
      read.runNode.predictors.map(\.text) == ["1", "trial_type.a", "trial_type.b", "trans_*"]
    )
    let weights = try #require(read.runNode.contrasts.first?.weights.first)
    #expect(weights.map(\.text) == ["1", "-1/3"])
    // A third, to the last place of a float64.
    #expect(weights.map(\.value) == [1, -1.0 / 3])
    #expect(read.combinedContrasts == nil)
  }

  @Test("Edges set the order, and a filter says which contrasts pass")
  func edges() throws {
    let edge = """
      "Edges": [{"Source": "run", "Destination": "subject", "Filter": {"contrast": ["c"]}}], "Nodes":
      """
    #expect(try model(usual.replacing(#""Nodes":"#, with: edge)).combinedContrasts == ["c"])
  }

  static let refusals = [
    Refusal("\"Name\": \"m\",", "", "Name is missing"),
    Refusal("\"Name\": \"m\"", "\"Name\": 3", "Name must be a text in quotes"),
    Refusal(
      "\"Input\"",
      "\"Inputs\"",
      "Inputs is not known to nocinet; known there: Name, BIDSModel"
    ),
    Refusal("\"task\": [\"pain\"]", "\"space\": [\"x\"]", "Input.space is not known"),
    Refusal("[1, 2]", "[1.5]", "Input.run[0] must be a label in quotes, or a whole number"),
    Refusal("[1, 2]", "[]", "Input.run must be a list with at least one label"),
    Refusal(
      "\"Level\": \"Run\"",
      "\"Level\": \"Scan\"",
      "Nodes[0].Level must be one of Run, Session"
    ),
    Refusal("\"Level\": \"Run\"", "\"Level\": \"Dataset\"", "Nodes[0].Level must be Run"),
    Refusal(
      "\"Level\": \"subject\"",
      "\"Level\": \"run\"",
      "Nodes[1].Level is not supported: levels rise"
    ),
    Refusal("\"Name\": \"subject\"", "\"Name\": \"run\"", "Nodes[1].Name must be different"),
    Refusal(
      "[\"run\", \"subject\"]",
      "[\"subject\"]",
      "Nodes[0].GroupBy must be [\"run\", \"subject\"]"
    ),
    Refusal("[\"subject\", \"contrast\"]", "[\"subject\"]", "Nodes[1].GroupBy must be"),
    Refusal(
      "\"Type\": \"meta\"",
      "\"Type\": \"glm\"",
      "Nodes[1].Model.Type is not supported: runs and"
    ),
    Refusal(
      "\"Type\": \"glm\"",
      "\"Type\": \"meta\"",
      "Nodes[0].Model.Type is not supported: write glm"
    ),
    Refusal("\"X\": [1]}", "\"X\": [1, \"age\"]}", "Nodes[1].Model.X is not supported: write [1]"),
    Refusal(
      "\"X\": [1]}",
      "\"X\": [1], \"Formula\": \"a\"}",
      "Nodes[1].Model.Formula is not known"
    ),
    Refusal(
      "\"X\": [1]}",
      "\"X\": [1], \"Options\": {\"LowPassFilterCutoffHz\": 1}}",
      "Nodes[1].Model.Options.LowPassFilterCutoffHz is not known"
    ),
    Refusal("pybids-transforms-v1", "mine", "Nodes[0].Transformations.Transformer must be pybids"),
    Refusal("\"Factor\"", "\"Lag\"", "Instructions[0].Name must be one of Factor, Convolve, Scale"),
    Refusal(
      "[\"trial_type\"]",
      "[\"trial_type\"], \"Sepp\": \"_\"",
      "Instructions[0].Sepp is not known to nocinet; known there: Name, Input, Output"
    ),
    Refusal(
      "\"Model\": \"spm\"",
      "\"Model\": \"fir\"",
      "Instructions[1].Model is not supported: the unit"
    ),
    Refusal(
      "\"Model\": \"spm\"",
      "\"Dispersion\": true",
      "Instructions[1].Dispersion is not supported: set Derivative"
    ),
    Refusal("\"Model\": \"spm\"", "\"Dense\": true", "Instructions[1].Dense is not supported"),
    Refusal(
      "{\"Name\": \"Factor\", \"Input\": [\"trial_type\"]}",
      "{\"Name\": \"Product\", \"Input\": [\"a\", \"b\"]}",
      "Instructions[0].Output is missing"
    ),
    Refusal(
      "{\"Name\": \"Factor\", \"Input\": [\"trial_type\"]}",
      "{\"Name\": \"Copy\", \"Input\": [\"a\", \"b\"], \"Output\": [\"c\"]}",
      "Instructions[0].Output must be 2 names"
    ),
    Refusal("\"trans_*\"]", "\"trial_type.a\"]", "Nodes[0].Model.X[3] must be different"),
    Refusal(
      "\"trans_*\"]",
      "2]",
      "Nodes[0].Model.X[3] must be the name of a variable in quotes, or 1"
    ),
    Refusal("\"-1/3\"", "\"1/0\"", "Contrasts[0].Weights[1] must be a number, or a fraction"),
    Refusal("\"-1/3\"", "\"third\"", "Contrasts[0].Weights[1] must be a number, or a fraction"),
    Refusal("\"-1/3\"]", "2, 3]", "Contrasts[0].Weights must be a list of 2 weights"),
    Refusal("[1, \"-1/3\"]", "[0, 0]", "Contrasts[0].Weights must be a list with a weight other"),
    Refusal(
      "[1, \"-1/3\"]",
      "[[1, 0], [0, 1]]",
      "Contrasts[0].Test must be F where Weights has several"
    ),
    Refusal(
      "\"trial_type.b\"],\n",
      "\"trial_type.d\"],\n",
      "ConditionList[1] must be a variable of Model.X"
    ),
    Refusal(
      "\"trial_type.b\"],\n",
      "\"trial_type.*\"],\n",
      "ConditionList[1] is not supported: name each"
    ),
    Refusal(
      "\"Test\": \"t\"}]",
      "\"Test\": \"FEMA\"}]",
      "Contrasts[0].Test must be one of t, F, pass"
    ),
    Refusal("\"Test\": \"t\"}]", "\"Type\": \"t\"}]", "Contrasts[0].Type is not known"),
    Refusal(
      "\"Name\": \"c\"",
      "\"Name\": \"trial_type.a\"",
      "DummyContrasts must be of other names"
    ),
    Refusal(
      "\"Nodes\":",
      "\"Edges\": [{\"Source\": \"x\"}], \"Nodes\":",
      "Edges[0].Destination is missing"
    ),
    Refusal(
      "\"Nodes\":",
      "\"Edges\": [{\"Source\": \"run\", \"Destination\": \"x\"}], \"Nodes\":",
      "Edges[0].Destination must be one of the nodes run, subject"
    ),
    Refusal(
      "\"Nodes\":",
      "\"Edges\": [{\"Source\": \"run\", \"Destination\": \"subject\", \"Filter\": {\"run\": [1]}}], \"Nodes\":",
      "Edges[0].Filter.run is not known"
    ),
    Refusal(
      "\"Nodes\":",
      "\"Edges\": [{\"Source\": \"run\", \"Destination\": \"subject\", \"Filter\": {\"contrast\": [\"d\"]}}], "
        + "\"Nodes\":",
      "Edges[0].Filter.contrast must be names of contrasts of run, not \"d\""
    ),
    Refusal(
      "\"Nodes\":",
      #""Edges": [{"Source": "run", "Destination": "subject"}, "#
        + #"{"Source": "subject", "Destination": "run"}], "Nodes":"#,
      "Edges must be edges that begin at a node"
    ),
  ]

  @Test("What cannot be carried out is refused by its place", arguments: refusals)
  func refused(_ refusal: Refusal) throws {
    let changed = usual.replacing(refusal.old, with: refusal.new, maxReplacements: 1)
    #expect(changed != usual)
    let error = #expect(throws: StatsModelError.self) { try model(changed) }
    let words = error?.description ?? ""
    #expect(words.hasPrefix("m.json: ") && words.contains(refusal.words), "\(words)")
  }

  @Test("What other programs are told, and comments, are let stand")
  func letStand() throws {
    let software = #""X": [1], "Software": {"SPM": {"SerialCorrelation": "FAST"}}}"#
    let changed = usual.replacing("\"X\": [1]}", with: software)
      .replacing("\"Name\": \"c\",", with: "\"Name\": \"c\", \"Description\": \"why\",")
    #expect(try model(changed).nodes.count == 2)
  }

  @Test(
    "Patterns of names mean what they mean to shells",
    arguments: [
      // Expected values by Python's fnmatch.fnmatchcase.
      ("trial_type.*", "trial_type.heat", true), ("trial_type.*", "trial_type.", true),
      ("trial_type.*", "trial_typeXheat", false), ("trans_?", "trans_x", true),
      ("trans_?", "trans_x_derivative1", false), ("*_derivative1", "rot_z_derivative1", true),
      ("a*b*c", "aXXbYYbc", true), ("a*b*c", "aXXbYYb", false), ("[xy]_1", "y_1", true),
      ("[!xy]_1", "y_1", false), ("[a-c]1", "b1", true), ("[a-c]1", "d1", false),
      ("[x", "[x", true),
      ("", "", true), ("*", "", true), ("**", "é", true), ("?", "é", true), ("a", "A", false),
    ]
  )
  func patterns(pattern: String, name: String, matches: Bool) {
    #expect(NamePattern(pattern).matches(name) == matches)
  }
}
