import BIDS
import Testing

// Accepted and refused texts follow RFC 8259.
@Suite("JSON")
struct JSONValueTests {
  @Test("Values of every kind are read")
  func kinds() throws {
    let text =
      #" {"a": [1, -2.5e-3, 0, -0.0E+1, 10, true, false, null], "b": {"c": "x\n\u00e9\ud83d\ude00\"\/"}} "#
    #expect(
      try JSONValue(parsing: text)
        == .object([
          "a": .array([
            .number(1), .number(-0.0025), .number(0), .number(0), .number(10), .bool(true),
            .bool(false), .null,
          ]),
          "b": .object(["c": .string("x\né😀\"/")]),
        ])
    )
    #expect(try JSONValue(parsing: "[]") == .array([]))
    #expect(try JSONValue(parsing: "{}") == .object([:]))
  }

  @Test(
    "What is no JSON is refused with its line and column",
    arguments: [
      ("", 1, 1), ("{", 1, 2), ("{\"a\" 1}", 1, 6), ("{\"a\": 1,}", 1, 9), ("[1,\n 2,\n]", 3, 1),
      ("{\"a\": NaN}", 1, 7), ("[1] 2", 1, 5), ("[01]", 1, 2), ("[1x]", 1, 3), ("[1.]", 1, 2),
      ("[-.5]", 1, 2), ("[1.e3]", 1, 2), ("\"a\nb\"", 1, 3),
      ("[1e999]", 1, 2),
      ("[\"\\q\"]", 1, 4), ("[\"\\u12\"]", 1, 5), ("[tru]", 1, 2), ("{'a': 1}", 1, 2),
      ("[+1]", 1, 2),
      ("\"open", 1, 6),
    ]
  )
  func refusals(text: String, line: Int, column: Int) {
    let error = #expect(throws: JSONValue.SyntaxError.self) { try JSONValue(parsing: text) }
    #expect(error?.line == line)
    #expect(error?.column == column)
  }

  @Test("A key that stands there twice is refused")
  func doubledKey() {
    let error = #expect(throws: JSONValue.SyntaxError.self) {
      try JSONValue(parsing: "{\"a\": 1, \"a\": 2}")
    }
    #expect(error?.problem.contains("twice") == true)
  }

  @Test("Very deep nesting is refused, not followed to the end of the stack")
  func depth() {
    let text = String(repeating: "[", count: 100_000)
    #expect(throws: JSONValue.SyntaxError.self) { try JSONValue(parsing: text) }
  }
}
