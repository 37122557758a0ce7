import FoundationEssentials

extension DatasetSurvey {
  /// Reads a survey from the JSON that it is written as.
  ///
  /// - Parameter json: The text.
  /// - Throws: `DecodingError` where it is none.
  public init(json: String) throws {
    self = try JSONDecoder().decode(DatasetSurvey.self, from: Data(json.utf8))
  }
}
