/// One measured quantity.
struct BenchmarkRow: Codable {
  /// What was measured, such as `index.963.wall_s`.
  let name: String

  /// The measured value.
  let value: Double

  /// Its unit, such as `s`.
  let unit: String

  /// The program it is compared with, measured on the same machine; `nil` where there is none.
  var peer: String?

  /// What the peer needed, in the same unit.
  var peerValue: Double?

  /// How many times the peer's value is this one's.
  var ratio: Double? {
    guard let peerValue, value > 0 else { return nil }
    return peerValue / value
  }

  private enum CodingKeys: String, CodingKey {
    case name, value, unit, peer, peerValue = "peer_value", ratio
  }

  init(name: String, value: Double, unit: String, peer: String? = nil, peerValue: Double? = nil) {
    (self.name, self.value, self.unit) = (name, value, unit)
    (self.peer, self.peerValue) = (peer, peerValue)
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    value = try container.decode(Double.self, forKey: .value)
    unit = try container.decode(String.self, forKey: .unit)
    peer = try container.decodeIfPresent(String.self, forKey: .peer)
    peerValue = try container.decodeIfPresent(Double.self, forKey: .peerValue)
  }

  /// Writes every key, with null for what is not known.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(value, forKey: .value)
    try container.encode(unit, forKey: .unit)
    try container.encode(peer, forKey: .peer)
    try container.encode(peerValue, forKey: .peerValue)
    try container.encode(ratio, forKey: .ratio)
  }
}
