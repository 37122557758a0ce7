import CCrypto

/// Returns the SHA-256 of bytes, as 64 hexadecimal digits in lower case.
///
/// - Parameter bytes: What is digested.
/// - Returns: The digest.
public func sha256(_ bytes: [UInt8]) -> String {
  let digest = Digest()
  digest.add(bytes)
  return digest.finish()
}

/// Returns the SHA-256 of a file, as 64 hexadecimal digits in lower case.
///
/// - Parameter path: The file; it is read piece by piece.
/// - Returns: The digest.
/// - Throws: ``FileError`` where it cannot be read.
public func sha256(ofFile path: String) throws(FileError) -> String {
  let file = try OpenFile(reading: path)
  let digest = Digest()
  let pieceSize = 1 << 20
  while true {
    let piece = try file.read(atMost: pieceSize)
    digest.add(piece)
    if piece.count < pieceSize { return digest.finish() }
  }
}

/// libcrypto's SHA-256, which uses the processor's instructions for it.
private final class Digest {
  private let context: OpaquePointer?

  init() {
    context = EVP_MD_CTX_new()
    let started = EVP_DigestInit_ex(context, EVP_sha256(), nil)
    precondition(started == 1, "libcrypto has SHA-256")
  }

  deinit { EVP_MD_CTX_free(context) }

  func add(_ bytes: [UInt8]) {
    let added = bytes.withUnsafeBytes { EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
    precondition(added == 1, "a started digest takes bytes")
  }

  func finish() -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    let finished = EVP_DigestFinal_ex(context, &digest, nil)
    precondition(finished == 1, "a started digest ends")
    let digits = Array("0123456789abcdef".utf8)
    let text = digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }
}
