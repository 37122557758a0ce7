/// Returns text in which no character means anything to HTML.
///
/// Scalars are looked at, not characters: a quotation mark with a combining accent is one character
/// to Swift, but ends an attribute all the same.
///
/// - Parameter text: Text from outside.
/// - Returns: The text, safe between tags and in quoted attributes.
func escaped(_ text: String) -> String {
  var safe = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": safe.append(contentsOf: "&amp;".unicodeScalars)
    case "<": safe.append(contentsOf: "&lt;".unicodeScalars)
    case ">": safe.append(contentsOf: "&gt;".unicodeScalars)
    case "\"": safe.append(contentsOf: "&quot;".unicodeScalars)
    case "'": safe.append(contentsOf: "&#39;".unicodeScalars)
    case "\n", "\t": safe.append(scalar)
    default:
      let isControl = scalar.value < 32 || (127..<160).contains(scalar.value)
      safe.append(isControl ? "\u{FFFD}" : scalar)
    }
  }
  return String(safe)
}
