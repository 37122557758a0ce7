import Files
import TestData
import Testing

@Suite("Gzip")
struct GzipTests {
  /// `printf 'hello, pain network\n' | gzip -n` (GNU gzip 1.12), 40 bytes.
  static let member: [UInt8] = [
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 0xd7,
    0x51, 0x28, 0x48, 0xcc, 0xcc, 0x53, 0xc8, 0x4b, 0x2d, 0x29, 0xcf, 0x2f, 0xca, 0xe6, 0x02, 0x00,
    0x5a, 0xc1, 0x3b, 0xb8, 0x14, 0x00, 0x00, 0x00,
  ]
  static let text = Array("hello, pain network\n".utf8)

  @Test("A file of GNU gzip inflates to what was put in")
  func gnu() throws {
    let inflated = try inflateGzip(Self.member, path: "x.gz", keeping: 100)
    #expect(inflated.bytes == Self.text)
    #expect(inflated.totalCount == Self.text.count)
  }

  @Test("Members one after the other are one content, also with padding of zeros behind")
  func members() throws {
    let three = Self.member + Self.member + Self.member + [UInt8](repeating: 0, count: 512)
    let inflated = try inflateGzip(three, path: "x.gz", keeping: 60)
    #expect(inflated.bytes == Self.text + Self.text + Self.text)
  }

  @Test(
    "What lies beyond the wanted bytes is counted and checked, not kept",
    arguments: [0, 5, 25]
  )
  func limit(keeping limit: Int) throws {
    let inflated = try inflateGzip(Self.member + Self.member, path: "x.gz", keeping: limit)
    #expect(inflated.bytes == Array((Self.text + Self.text).prefix(limit)))
    #expect(inflated.totalCount == 40)
    var flipped = Self.member + Self.member
    flipped[flipped.count - 8] ^= 1
    #expect(throws: FileError(path: "x.gz", reason: .gzipChecksum)) {
      try inflateGzip(flipped, path: "x.gz", keeping: limit)
    }
  }

  @Test("A flipped bit never changes the content unseen")
  func flippedBits() throws {
    // The ten bytes of the header hold a time and a system's name, which are not the content.
    for bit in 80..<Self.member.count * 8 {
      var flipped = Self.member
      flipped[bit / 8] ^= 1 << (bit % 8)
      // A few bits fill up the last byte of the stream and mean nothing.
      let inflated = try? inflateGzip(flipped, path: "x.gz", keeping: 20)
      #expect(inflated == nil || inflated?.bytes == Self.text)
    }
  }

  @Test("A stream that ends early says so, wherever it was cut")
  func truncated() throws {
    for count in 1..<Self.member.count {
      let error = #expect(throws: FileError.self) {
        try inflateGzip(Array(Self.member.prefix(count)), path: "x.gz", keeping: 20)
      }
      guard case .gzipEndsEarly = error?.reason else {
        Issue.record("cut at \(count): \(error?.description ?? "nothing")")
        continue
      }
    }
  }

  @Test("What is no gzip is named with its place")
  func notGzip() {
    #expect(throws: FileError(path: "x", reason: .notGzip(atByte: 0))) {
      try inflateGzip(Self.text, path: "x", keeping: 20)
    }
    #expect(throws: FileError(path: "x", reason: .notGzip(atByte: Self.member.count))) {
      try inflateGzip(Self.member + Self.text, path: "x", keeping: 20)
    }
  }

  @Test("A huge wanted size does not allocate more than the stream can hold")
  func hugeLimit() throws {
    let inflated = try inflateGzip(Self.member, path: "x.gz", keeping: .max)
    #expect(inflated.bytes == Self.text)
  }

  @Test("What is deflated inflates again, the same bytes each time, without a time or a name")
  func roundTrip() throws {
    let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* $0 / 7) }
    let compressed = try deflateGzip(bytes)
    #expect(try compressed == deflateGzip(bytes))
    // RFC 1952: magic, deflate, no flags, a modification time of 0.
    #expect(compressed.prefix(8) == [0x1f, 0x8b, 8, 0, 0, 0, 0, 0])
    #expect(try inflateGzip(compressed, path: "x", keeping: bytes.count).bytes == bytes)
    #expect(try inflateGzip(deflateGzip([]), path: "x", keeping: 10).bytes.isEmpty)
  }

  @Test("The first bytes are inflated from the start of a file alone")
  func prefix() throws {
    let path = try SharedData.temporaryFolder() + "/x.gz"
    let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 13) }
    let compressed = try deflateGzip(bytes)
    // The second half is missing, and nobody asked for it.
    try writeAtomically(Array(compressed.prefix(compressed.count / 2)), to: path)
    for count in [0, 1, 348, 4096, 100_000] {
      #expect(try inflateGzipPrefix(path, byteCount: count) == Array(bytes.prefix(count)))
    }
    #expect(throws: FileError.self) { try inflateGzipPrefix(path, byteCount: 290_000) }
    try writeAtomically(Self.member, to: path)
    #expect(try inflateGzipPrefix(path, byteCount: 348) == Self.text)
  }

  @Test("CRC-32 and the zlib stream are those of their standards")
  func standards() throws {
    // The check value of CRC-32/ISO-HDLC.
    #expect(crc32(Array("123456789".utf8)) == 0xcbf4_3926)
    #expect(crc32([]) == 0)
    // RFC 1950: CMF 0x78, and the first two bytes a multiple of 31; Adler-32 of "a" is 0x00620062.
    let stream = try zlibCompress(Array("a".utf8))
    #expect(stream[0] == 0x78 && (Int(stream[0]) * 256 + Int(stream[1])) % 31 == 0)
    #expect(stream.suffix(4) == [0, 0x62, 0, 0x62])
  }
}
