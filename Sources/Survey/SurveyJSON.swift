import FoundationEssentials

extension DatasetSurvey {
  /// The survey as JSON: sorted keys, indented, one line break at the end.
  public var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let bytes = try? encoder.encode(self) else { return "" }
    return String(decoding: bytes, as: UTF8.self) + "\n"
  }
}

extension DatasetSurvey {
  /// Reads a survey from the JSON that it is written as.
  ///
  /// - Parameter json: The text.
  /// - Throws: `DecodingError` where it is none.
  public init(json: String) throws {
    self = try JSONDecoder().decode(DatasetSurvey.self, from: Data(json.utf8))
  }
}
