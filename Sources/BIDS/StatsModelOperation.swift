/// What an instruction does to variables.
public enum StatsModelOperation: Sendable {
  /// The names of the operations that are carried out.
  enum Name: String, CaseIterable {
    case factor = "Factor"
    case convolve = "Convolve"
    case scale = "Scale"
    case demean = "Demean"
    case rename = "Rename"
    case replace = "Replace"
    case select = "Select"
    case threshold = "Threshold"
    case orthogonalize = "Orthogonalize"
    case assign = "Assign"
    case copy = "Copy"
    case dropMissing = "DropNA"
    case product = "Product"
    case sum = "Sum"
  }

  /// How the indicators of a factor are kept from adding up to the constant.
  public enum Constraint: String, CaseIterable, Sendable {
    case none
    case dropOne = "drop_one"
    case meanZero = "mean_zero"
  }

  /// When missing values become 0.
  public enum Replacement: String, CaseIterable, Sendable {
    case before
    case after
  }

  /// What an event has.
  public enum Attribute: String, CaseIterable, Sendable {
    case amplitude
    case duration
    case onset
  }

  /// One indicator per level of a variable, named variable, separator, level.
  case factor(constraint: Constraint, reference: String?, separator: String)

  /// The response in words such as `spm+derivative`.
  case convolve(response: String)

  /// Less the mean, over the standard deviation.
  case scale(demeans: Bool, rescales: Bool, replacement: Replacement?)

  /// Less the mean.
  case demean

  /// The same under another name alone.
  case rename

  /// Values for values, by their text.
  case replace([String: JSONValue], attribute: Attribute)

  /// Everything but the inputs is forgotten.
  case select

  /// Values on one side of a limit are kept, the others are 0.
  case threshold(Double, isBinary: Bool, keepsAbove: Bool, isSigned: Bool)

  /// Less what other variables explain.
  case orthogonalize(others: [NamePattern])

  /// An attribute of the inputs becomes one of the targets.
  case assign(targets: [String], from: Attribute, to: Attribute)

  /// The same under another name too.
  case copy

  /// Events without a value are forgotten.
  case dropMissing

  /// The product of all inputs.
  case product

  /// The weighted sum of all inputs.
  case sum(weights: [Double]?)

  /// Whether it must name what it makes.
  var needsOutput: Bool {
    switch self {
    case .rename, .copy, .product, .sum: true
    default: false
    }
  }

  /// Whether it makes one variable of all inputs.
  public var isJoint: Bool {
    switch self {
    case .product, .sum: true
    default: false
    }
  }

  /// Whether it makes no variable.
  var makesNothing: Bool {
    if case .select = self { true } else { false }
  }
}

extension StatsModelOperation {
  /// Reads an operation and its options.
  init(_ name: Name, _ options: inout InstructionOptions) throws(StatsModelError) {
    switch name {
    case .factor: self = try .factor(&options)
    case .convolve: self = try .convolution(&options)
    case .scale:
      self = .scale(
        demeans: try options.taken("Demean")?.flag() ?? true,
        rescales: try options.taken("Rescale")?.flag() ?? true,
        replacement: try options.taken("ReplaceNA").map { place throws(StatsModelError) in
          try place.word()
        }
      )
    case .demean: self = .demean
    case .rename: self = .rename
    case .replace: self = try .replacement(&options)
    case .select: self = .select
    case .threshold:
      self = .threshold(
        try options.taken("Threshold")?.number() ?? 0,
        isBinary: try options.taken("Binarize")?.flag() ?? false,
        keepsAbove: try options.taken("Above")?.flag() ?? true,
        isSigned: try options.taken("Signed")?.flag() ?? true
      )
    case .orthogonalize:
      self = .orthogonalize(others: try options.needed("Other").texts().map { NamePattern($0) })
    case .assign: self = try .assignment(&options)
    case .copy: self = .copy
    case .dropMissing: self = .dropMissing
    case .product: self = .product
    case .sum: self = try .summation(&options)
    }
  }

  private static func factor(
    _ options: inout InstructionOptions
  ) throws(StatsModelError) -> StatsModelOperation {
    let constraint: Constraint =
      try options.taken("Constraint").map { place throws(StatsModelError) in try place.word() }
      ?? .none
    let reference = options.taken("RefLevel")
    if let reference, constraint == .none {
      throw reference.error(
        .unsupported(instead: "without a Constraint of drop_one or mean_zero every level is kept")
      )
    }
    return .factor(
      constraint: constraint,
      reference: try reference?.label(),
      separator: try options.taken("Sep")?.text() ?? "."
    )
  }

  private static func convolution(
    _ options: inout InstructionOptions
  ) throws(StatsModelError) -> StatsModelOperation {
    let model = options.taken("Model")
    let shape = try model?.text().lowercased() ?? "spm"
    if let model, shape == "fir" {
      throw model.error(
        .unsupported(
          instead: "the unit of its delays is not agreed on; use --hrf fir:0,1,2 without a model"
        )
      )
    }
    if let model, shape != "spm", shape != "glover" {
      throw model.error(.wrongValue(expected: "spm or glover"))
    }
    let derivative = try options.taken("Derivative")?.flag() ?? false
    let dispersion = options.taken("Dispersion")
    let hasDispersion = try dispersion?.flag() ?? false
    if let dispersion, hasDispersion, !derivative {
      throw dispersion.error(.unsupported(instead: "set Derivative to true as well"))
    }
    return .convolve(
      response: shape + (derivative ? "+derivative" : "") + (hasDispersion ? "+dispersion" : "")
    )
  }

  private static func replacement(
    _ options: inout InstructionOptions
  ) throws(StatsModelError) -> StatsModelOperation {
    let table = try options.needed("Replace")
    guard case .object(let values) = table.value, !values.isEmpty else {
      throw table.error(.wrongValue(expected: "an object of old and new values"))
    }
    for (key, value) in values.sorted(by: { $0.key < $1.key }) {
      switch value {
      case .number, .string: continue
      default: throw table.at(key, value).error(.wrongValue(expected: "a number or a text"))
      }
    }
    guard let place = options.taken("Attribute") else {
      return .replace(values, attribute: .amplitude)
    }
    let word = try place.text()
    guard let attribute = word == "value" ? .amplitude : Attribute(rawValue: word) else {
      throw place.error(.wrongValue(expected: "one of value, duration, onset"))
    }
    return .replace(values, attribute: attribute)
  }

  private static func assignment(
    _ options: inout InstructionOptions
  ) throws(StatsModelError) -> StatsModelOperation {
    let targets = try options.needed("Target")
    let names = try targets.texts()
    let inputs = try options.needed("Input").texts()
    guard names.count == 1 || names.count == inputs.count else {
      throw targets.error(.wrongValue(expected: "one variable, or one per input"))
    }
    let word = { (place: JSONPlace) throws(StatsModelError) -> Attribute in try place.word() }
    return .assign(
      targets: names.count == 1 ? inputs.map { _ in names[0] } : names,
      from: try options.taken("InputAttr").map(word) ?? .amplitude,
      to: try options.taken("TargetAttr").map(word) ?? .amplitude
    )
  }

  private static func summation(
    _ options: inout InstructionOptions
  ) throws(StatsModelError) -> StatsModelOperation {
    guard let list = options.taken("Weights") else { return .sum(weights: nil) }
    var weights: [Double] = []
    for element in try list.elements() { weights.append(try StatsModelWeight(element).value) }
    let inputs = try options.needed("Input").texts().map { NamePattern($0) }
    guard weights.count == inputs.count || inputs.contains(where: \.hasWildcards) else {
      throw list.error(.wrongValue(expected: "a list of \(inputs.count) weights, one per input"))
    }
    return .sum(weights: weights)
  }
}
