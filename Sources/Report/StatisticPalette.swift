/// The colours of a statistic on a grey image.
///
/// Indices 0 to 127 are greys from black to white, 128 to 191 are positive statistics from the
/// threshold to the largest, 192 to 255 negative ones.
enum StatisticPalette {
  static let greyCount = 128
  static let stepCount = 64

  /// The 256 colours.
  static let colours: [SIMD3<UInt8>] =
    (0..<greyCount).map { index in
      let level = UInt8(index * 255 / (greyCount - 1))
      return [level, level, level]
    } + ramp(hot) + ramp(cool)

  /// From dark red through orange to pale yellow.
  private static let hot: [SIMD3<Double>] = [
    [168, 28, 20], [232, 84, 22], [252, 164, 44], [255, 238, 150],
  ]

  /// From deep blue through azure to pale cyan.
  private static let cool: [SIMD3<Double>] = [
    [26, 62, 178], [34, 122, 226], [72, 186, 240], [188, 240, 250],
  ]

  /// Returns the index of a grey.
  ///
  /// - Parameter share: 0 for black to 1 for white; what lies beyond is clipped, NaN is black.
  /// - Returns: An index of the palette.
  static func grey(_ share: Double) -> UInt8 {
    guard share > 0 else { return 0 }
    return UInt8((min(share, 1) * Double(greyCount - 1)).rounded())
  }

  /// Returns the index of a statistic's colour, or `nil` where it does not pass.
  static func index(of z: Double, threshold: Double, largest: Double) -> UInt8? {
    guard z.magnitude >= threshold, threshold.isFinite else { return nil }
    let span = max(largest - threshold, .leastNormalMagnitude)
    let share = min(1, max(0, (z.magnitude - threshold) / span))
    let step = Int((share * Double(stepCount - 1)).rounded())
    return UInt8(greyCount + (z < 0 ? stepCount : 0) + step)
  }

  /// Returns the colour of a step as a style sheet writes it.
  static func text(_ index: Int) -> String {
    let colour = colours[index]
    return "rgb(\(colour.x),\(colour.y),\(colour.z))"
  }

  private static func ramp(_ stops: [SIMD3<Double>]) -> [SIMD3<UInt8>] {
    (0..<stepCount).map { step in
      let place = Double(step) / Double(stepCount - 1) * Double(stops.count - 1)
      let lower = min(Int(place), stops.count - 2)
      let share = place - Double(lower)
      let colour = stops[lower] * (1 - share) + stops[lower + 1] * share
      return SIMD3<UInt8>(colour.rounded(.toNearestOrAwayFromZero))
    }
  }
}
