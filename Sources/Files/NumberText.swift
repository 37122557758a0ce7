import Glibc

/// Returns the shortest text that reads back as the same number, for tables.
///
/// The decimal mark is a point whatever the locale; whole numbers have none.
///
/// - Parameter value: A number.
/// - Returns: Its text; `n/a` where it is not a number, `inf` or `-inf` where it is infinite.
public func number(_ value: Double) -> String {
  if value.isNaN { return "n/a" }
  let text = "\(value)"
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

/// Returns a number with a fixed count of decimals, rounded to the nearest.
///
/// The decimal mark is a point whatever the locale, and no zero carries a minus.
///
/// - Parameters:
///   - value: A number.
///   - digits: The count of decimals, 0 to 30.
/// - Returns: Its text; `n/a` where it is not a number, `inf` or `-inf` where it is infinite.
public func fixed(_ value: Double, digits: Int) -> String {
  precondition((0...30).contains(digits), "a sensible number of decimals")
  guard value.isFinite else { return number(value) }
  // The largest float64 has 309 digits before the point.
  let text = String(unsafeUninitializedCapacity: 309 + 1 + 30 + 2) { buffer in
    buffer.withMemoryRebound(to: CChar.self) { characters in
      withVaList([Int32(digits), value]) { list in
        Int(vsnprintf(characters.baseAddress, characters.count, "%.*f", list))
      }
    }
  }
  let point = text.replacing(",", with: ".")
  let isZero = point.allSatisfy { $0 == "0" || $0 == "." || $0 == "-" }
  return isZero && point.hasPrefix("-") ? String(point.dropFirst()) : point
}
