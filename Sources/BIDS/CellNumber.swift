/// Whether a cell says that there is no value: `n/a` or nothing at all.
///
/// - Parameter cell: The text of the cell.
/// - Returns: `true` where there is no value.
public func isMissing(_ cell: String) -> Bool {
  cell.isEmpty || cell == "n/a"
}

/// Returns the number in a cell, or `nil` where it holds none.
///
/// Only plain decimal numbers count, such as `3`, `-0.5` and `1e-3`; `NaN`, `inf`, hexadecimal numbers and
/// decimal commas do not.
///
/// - Parameter cell: The text of the cell.
/// - Returns: The number, always finite.
public func cellNumber(_ cell: String) -> Double? {
  let isPlain = cell.utf8.allSatisfy { byte in
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): true
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): true
    case UInt8(ascii: "e"), UInt8(ascii: "E"): true
    default: false
    }
  }
  guard isPlain, let number = Double(cell), number.isFinite else { return nil }
  return number
}
