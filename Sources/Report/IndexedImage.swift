public import Files
import FoundationEssentials

/// A picture of at most 256 colours.
public struct IndexedImage: Equatable, Sendable {
  /// The number of pixels from left to right.
  public let width: Int

  /// The number of pixels from top to bottom.
  public let height: Int

  /// Indices into the palette, row by row from the top, each from the left.
  public var pixels: [UInt8]

  /// The colours: red, green and blue, 0 to 255.
  public let palette: [SIMD3<UInt8>]

  /// Creates a picture.
  ///
  /// - Parameters:
  ///   - width: The number of pixels from left to right, at least 1.
  ///   - height: The number of pixels from top to bottom, at least 1.
  ///   - pixels: Indices into the palette, row by row from the top, each from the left.
  ///   - palette: 1 to 256 colours.
  public init(width: Int, height: Int, pixels: [UInt8], palette: [SIMD3<UInt8>]) {
    precondition(width > 0 && height > 0 && pixels.count == width * height, "a full picture")
    precondition((1...256).contains(palette.count), "1 to 256 colours")
    self.width = width
    self.height = height
    self.pixels = pixels
    self.palette = palette
  }

  /// Returns the picture as a PNG file, the same bytes for the same picture.
  ///
  /// - Returns: A PNG file of colour type 3, 8 bits a pixel.
  /// - Throws: `FileError` where memory is short.
  ///
  /// Source: W3C, *Portable Network Graphics*, third edition, sections 5 and 11.
  public func png() throws(FileError) -> [UInt8] {
    var lines: [UInt8] = []
    lines.reserveCapacity((width + 1) * height)
    for row in 0..<height {
      lines.append(0)
      lines += pixels[row * width..<(row + 1) * width]
    }
    let header = bigEndian(width) + bigEndian(height) + [8, 3, 0, 0, 0]
    var file: [UInt8] = [137, 80, 78, 71, 13, 10, 26, 10]
    file += chunk("IHDR", header)
    file += chunk("PLTE", palette.flatMap { [$0.x, $0.y, $0.z] })
    file += chunk("IDAT", try zlibCompress(lines, level: 9))
    file += chunk("IEND", [])
    return file
  }

  /// Returns the picture as a `data:` address that a page can hold.
  func dataAddress() throws(ReportError) -> String {
    do {
      return "data:image/png;base64," + Data(try png()).base64EncodedString()
    } catch {
      throw ReportError(part: "\(width) by \(height)", reason: .compression("\(error)"))
    }
  }
}

private func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
  let named = Array(name.utf8) + content
  return bigEndian(content.count) + named + bigEndian(Int(crc32(named)))
}

private func bigEndian(_ value: Int) -> [UInt8] {
  (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
}
