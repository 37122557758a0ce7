import Participant

extension SessionResult {
  /// The name of the session's page, in the output folder.
  var reportName: String {
    "sub-\(participant)" + (session.map { "_ses-\($0)" } ?? "") + ".html"
  }
}

extension AcrossSessions {
  /// The name of the page of all sessions together, in the output folder.
  var reportName: String { "sub-\(participant).html" }
}
