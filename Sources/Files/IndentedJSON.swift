import FoundationEssentials

extension Encodable {
  /// The value as JSON: sorted keys, indented, one line break at the end.
  ///
  /// The same value always gives the same text, and every text in it is escaped.
  ///
  /// - Throws: `EncodingError` where a number is not finite.
  public var indentedJSON: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    }
  }
}
