import CZlib

/// Returns the first bytes that a gzip file inflates to, without reading the whole file.
///
/// No checksum is verified, since it stands at the end: for headers only.
///
/// - Parameters:
///   - path: The file.
///   - byteCount: The number of inflated bytes wanted.
/// - Returns: That many bytes, or fewer where the stream ends before.
/// - Throws: ``FileError`` where the file cannot be read, is no gzip, or is damaged or cut short
///   within these bytes.
public func inflateGzipPrefix(_ path: String, byteCount: Int) throws(FileError) -> [UInt8] {
  // Most of what is compressed shrinks; where it does not, the next attempt reads twice as much.
  var compressedCount = max(byteCount, 1 << 12)
  while true {
    let compressed = try readPrefix(path, byteCount: compressedCount)
    var outcome = InflateOutcome()
    let bytes = [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, filled in
      outcome = compressed.withUnsafeBufferPointer {
        inflateByStream($0, into: buffer, stopsWhenFull: true)
      }
      filled = outcome.keptCount
    }
    guard bytes.count < byteCount, let fault = outcome.fault else { return bytes }
    let isWholeFile = compressed.count < compressedCount
    guard !isWholeFile, case .gzipEndsEarly = fault else {
      throw FileError(path: path, reason: fault)
    }
    compressedCount *= 2
  }
}

/// Inflates all members; keeps what fits in a buffer and counts the rest.
func inflateByStream(
  _ input: UnsafeBufferPointer<UInt8>,
  into buffer: UnsafeMutableBufferPointer<UInt8>,
  stopsWhenFull: Bool = false
) -> InflateOutcome {
  guard let inflater = StreamInflater(input) else { return InflateOutcome(fault: .outOfMemory) }
  var outcome = InflateOutcome()
  let scratch = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 16)
  defer { scratch.deallocate() }
  while !(stopsWhenFull && outcome.keptCount == buffer.count) {
    let room = UnsafeMutableBufferPointer(rebasing: buffer[outcome.keptCount...])
    let step = inflater.step(into: room.isEmpty ? scratch : room)
    if !room.isEmpty { outcome.keptCount += step.produced }
    outcome.totalCount += step.produced
    switch step.state {
    case .running: continue
    case .ended: return outcome
    case .failed(let failure):
      outcome.fault = failure.reason(inflatedBytes: outcome.totalCount)
      return outcome
    }
  }
  return outcome
}

/// zlib's inflater over bytes in memory, one member after the other.
private final class StreamInflater {
  enum State { case running, ended, failed(Failure) }

  enum Failure {
    case endsEarly, damaged, checksum, outOfMemory
    case notGzip(atByte: Int)

    func reason(inflatedBytes: Int) -> FileError.Reason {
      switch self {
      case .endsEarly: .gzipEndsEarly(inflatedBytes: inflatedBytes)
      case .damaged: .gzipDamaged(inflatedBytes: inflatedBytes)
      case .checksum: .gzipChecksum
      case .outOfMemory: .outOfMemory
      case .notGzip(let byte): .notGzip(atByte: byte)
      }
    }
  }

  private let input: UnsafeBufferPointer<UInt8>
  /// On the heap, since zlib keeps a pointer back to it.
  private let stream: UnsafeMutablePointer<z_stream>
  private var consumed = 0
  private var memberStart = 0

  init?(_ input: UnsafeBufferPointer<UInt8>) {
    self.input = input
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // 15 bits of window, and 16 for the gzip format with its checksum.
    let size = Int32(MemoryLayout<z_stream>.size)
    guard inflateInit2_(stream, 15 + 16, ZLIB_VERSION, size) == Z_OK else {
      stream.deallocate()
      return nil
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Inflates what one call can, into a buffer that is not empty.
  func step(into output: UnsafeMutableBufferPointer<UInt8>) -> (produced: Int, state: State) {
    let available = min(input.count - consumed, 1 << 30)
    let room = min(output.count, 1 << 30)
    stream.pointee.next_in = input.baseAddress.map { UnsafeMutablePointer(mutating: $0 + consumed) }
    stream.pointee.avail_in = UInt32(available)
    stream.pointee.next_out = output.baseAddress
    stream.pointee.avail_out = UInt32(room)
    let code = inflate(stream, Z_NO_FLUSH)
    consumed += available - Int(stream.pointee.avail_in)
    let produced = room - Int(stream.pointee.avail_out)
    return (produced, state(after: code))
  }

  private func state(after code: Int32) -> State {
    switch code {
    case Z_OK: return .running
    case Z_STREAM_END:
      if isPadding(input[consumed...]) { return .ended }
      memberStart = consumed
      return inflateReset(stream) == Z_OK ? .running : .failed(.outOfMemory)
    case Z_BUF_ERROR: return .failed(.endsEarly)
    case Z_MEM_ERROR: return .failed(.outOfMemory)
    default:
      // zlib says in words only which part of a member failed.
      let words = stream.pointee.msg.map { String(cString: $0) } ?? ""
      switch words {
      case "incorrect data check", "incorrect length check": return .failed(.checksum)
      case "incorrect header check": return .failed(.notGzip(atByte: memberStart))
      default: return .failed(.damaged)
      }
    }
  }
}
