import Files
import Report
import Testing

@Suite("PNG files")
struct IndexedImageTests {
  /// Two by two pixels: red and green above blue and white.
  private let image = IndexedImage(
    width: 2,
    height: 2,
    pixels: [0, 1, 2, 3],
    palette: [[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255]]
  )

  @Test("The chunks are those of the standard, each with its length and checksum")
  func chunks() throws {
    let file = try image.png()
    #expect(Array(file.prefix(8)) == [137, 80, 78, 71, 13, 10, 26, 10])
    var names: [String] = []
    var at = 8
    while at + 12 <= file.count {
      let length = number(file, at)
      try #require(at + 12 + length <= file.count)
      let named = Array(file[at + 4..<at + 8 + length])
      names.append(String(decoding: named.prefix(4), as: UTF8.self))
      #expect(number(file, at + 8 + length) == Int(checksum(named)))
      at += 12 + length
    }
    #expect(names == ["IHDR", "PLTE", "IDAT", "IEND"])
    #expect(at == file.count)
  }

  @Test("The pixels come back when the stream is inflated")
  func pixels() throws {
    let file = try image.png()
    let name = Array("IDAT".utf8)
    let start = try #require((8..<file.count - 4).first { Array(file[$0..<$0 + 4]) == name })
    let length = number(file, start - 4)
    let stream = Array(file[start + 4..<start + 4 + length])
    // A gzip member is the same deflate stream in another wrapper, with checksum and size at its
    // end; the inflater verifies both.
    let lines: [UInt8] = [0, 0, 1, 0, 2, 3]
    var wrapped: [UInt8] = [31, 139, 8, 0, 0, 0, 0, 0, 0, 255]
    wrapped += stream.dropFirst(2).dropLast(4)
    wrapped += littleEndian(Int(checksum(lines))) + littleEndian(lines.count)
    #expect(try inflateGzip(wrapped, path: "image", keeping: 100).bytes == lines)
  }

  private func number(_ bytes: [UInt8], _ at: Int) -> Int {
    bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
  }

  private func littleEndian(_ value: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  /// CRC-32, bit by bit, from the polynomial of the PNG standard's annex D.
  private func checksum(_ bytes: [UInt8]) -> UInt32 {
    var remainder = UInt32.max
    for byte in bytes {
      remainder ^= UInt32(byte)
      for _ in 0..<8 {
        remainder = remainder & 1 == 1 ? remainder >> 1 ^ 0xEDB8_8320 : remainder >> 1
      }
    }
    return ~remainder
  }
}
