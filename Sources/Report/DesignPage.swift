import ReportTemplates

/// Returns a page with nothing but the picture of a design.
///
/// - Parameters:
///   - design: The columns.
///   - run: The run's name.
/// - Returns: The page, which needs no other file; `nil` where there is nothing to draw.
/// - Throws: ``ReportError`` where memory is short.
public func drawnDesign(_ design: DesignPicture, of run: String) throws(ReportError) -> String? {
  guard let picture = try drawDesign(design, of: run) else { return nil }
  return """
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8"><title>\(escaped(run))</title>
    <style>\(ReportTemplates.style)</style></head>
    <body><h1>\(escaped(run))</h1><figure>\(picture)</figure></body></html>

    """
}
