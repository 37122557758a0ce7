/// A reader of JSON that knows the line and column it is at.
struct JSONParser {
  private let bytes: [UInt8]
  private var position = 0
  private var depth = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func document() throws(JSONValue.SyntaxError) -> JSONValue {
    skipSpace()
    let value = try self.value()
    skipSpace()
    guard position == bytes.count else {
      throw error("something stands after the end of the value")
    }
    return value
  }

  private mutating func value() throws(JSONValue.SyntaxError) -> JSONValue {
    depth += 1
    defer { depth -= 1 }
    guard depth < 200 else { throw error("values are nested more than 200 deep") }
    switch current {
    case UInt8(ascii: "{"): return .object(try object())
    case UInt8(ascii: "["): return .array(try array())
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case .some(let byte) where byte == UInt8(ascii: "-") || isDigit(byte):
      return .number(try number())
    case .some: throw error("a value was expected")
    case nil: throw error("the text ends where a value was expected")
    }
  }

  private mutating func object() throws(JSONValue.SyntaxError) -> [String: JSONValue] {
    position += 1
    var members: [String: JSONValue] = [:]
    skipSpace()
    if take("}") { return members }
    repeat {
      skipSpace()
      guard current == UInt8(ascii: "\"") else { throw error("a key in quotes was expected") }
      let key = try string()
      skipSpace()
      guard take(":") else { throw error("a colon was expected after the key \"\(key)\"") }
      skipSpace()
      guard members.updateValue(try value(), forKey: key) == nil else {
        throw error("the key \"\(key)\" stands there twice")
      }
      skipSpace()
    } while take(",")
    guard take("}") else { throw error("a comma or the closing brace was expected") }
    return members
  }

  private mutating func array() throws(JSONValue.SyntaxError) -> [JSONValue] {
    position += 1
    var elements: [JSONValue] = []
    skipSpace()
    if take("]") { return elements }
    repeat {
      skipSpace()
      elements.append(try value())
      skipSpace()
    } while take(",")
    guard take("]") else { throw error("a comma or the closing bracket was expected") }
    return elements
  }

  private mutating func number() throws(JSONValue.SyntaxError) -> Double {
    let start = position
    let allowed = Set("+-.0123456789eE".utf8)
    while let byte = current, allowed.contains(byte) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    let integer = digits.prefix(while: \.isWholeNumber)
    let isWritten = integer == "0" || (!integer.isEmpty && !integer.hasPrefix("0"))
    let fraction = digits.dropFirst(integer.count)
    let isClosed = !fraction.hasPrefix(".") || (fraction.dropFirst().first?.isWholeNumber ?? false)
    guard isWritten, isClosed, let number = Double(text), number.isFinite else {
      position = start
      throw error("\(text) is no number")
    }
    return number
  }

  private mutating func word(
    _ word: String,
    _ value: JSONValue
  ) throws(JSONValue.SyntaxError) -> JSONValue {
    guard bytes[position...].starts(with: word.utf8) else { throw error("a value was expected") }
    position += word.utf8.count
    return value
  }
}

// Strings, where most of the trouble is.
extension JSONParser {
  private mutating func string() throws(JSONValue.SyntaxError) -> String {
    position += 1
    var text: [UInt8] = []
    while let byte = current {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text += try escape()
      case ..<0x20:
        position -= 1
        throw error("a line break or control character stands within a text")
      default: text.append(byte)
      }
    }
    throw error("the text ends within a quoted text")
  }

  private mutating func escape() throws(JSONValue.SyntaxError) -> [UInt8] {
    guard let byte = current else { throw error("the text ends within a quoted text") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"): return try scalar()
    default:
      position -= 1
      throw error("an unknown escape follows the backslash")
    }
  }

  private mutating func scalar() throws(JSONValue.SyntaxError) -> [UInt8] {
    var units = [try codeUnit()]
    if UTF16.isLeadSurrogate(units[0]), take("\\"), take("u") { units.append(try codeUnit()) }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  private mutating func codeUnit() throws(JSONValue.SyntaxError) -> UInt16 {
    let digits = bytes[position...].prefix(4)
    guard digits.count == 4, let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw error("four hexadecimal digits were expected after \\u") }
    position += 4
    return unit
  }
}

// Moving along.
extension JSONParser {
  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard current == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
    }
  }

  private func error(_ problem: String) -> JSONValue.SyntaxError {
    let before = bytes[..<position]
    let line = before.count { $0 == 0x0A } + 1
    let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    return JSONValue.SyntaxError(line: line, column: position - start + 1, problem: problem)
  }
}
