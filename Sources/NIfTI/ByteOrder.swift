/// Turns round the bytes of every sample from one byte of an array on.
func swapBytes(_ bytes: inout [UInt8], from offset: Int, width: Int) {
  switch width {
  case 2: swapSamples(&bytes, from: offset, UInt16.self)
  case 4: swapSamples(&bytes, from: offset, UInt32.self)
  case 8: swapSamples(&bytes, from: offset, UInt64.self)
  default: break
  }
}

private func swapSamples<Sample: FixedWidthInteger & BitwiseCopyable>(
  _ bytes: inout [UInt8],
  from offset: Int,
  _ type: Sample.Type
) {
  let width = MemoryLayout<Sample>.size
  bytes.withUnsafeMutableBytes { raw in
    for place in stride(from: offset, through: raw.count - width, by: width) {
      let sample = raw.loadUnaligned(fromByteOffset: place, as: type)
      raw.storeBytes(of: sample.byteSwapped, toByteOffset: place, as: type)
    }
  }
}
