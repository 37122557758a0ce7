import Mustache
import ReportTemplates

/// The pages' templates, read once.
struct PageLibrary {
  private let library: MustacheLibrary

  /// Reads the templates.
  init() throws(ReportError) {
    MustacheContentTypes.register(ReportContent(), named: "REPORT")
    let texts = [
      "participant": ReportTemplates.participant,
      "cohort": ReportTemplates.cohort,
      "table": ReportTemplates.table,
    ]
    var library = MustacheLibrary()
    for (name, text) in texts {
      do {
        try library.register(text, named: name)
      } catch {
        throw ReportError(part: name, reason: .unreadableTemplate("\(error)"))
      }
    }
    self.library = library
  }

  /// Returns a page with its gaps filled; every text is escaped.
  func render(_ page: some Any, as name: String) throws(ReportError) -> String {
    guard let text = library.render(page, withTemplate: name) else {
      throw ReportError(part: name, reason: .unreadableTemplate("it is missing"))
    }
    return text
  }
}

/// Escapes what the pages are filled with.
private struct ReportContent: MustacheContentType {
  func escapeText(_ text: String) -> String { escaped(text) }
}
