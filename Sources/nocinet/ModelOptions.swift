public import ArgumentParser
public import Job

/// What is fitted to every run.
struct ModelOptions: ParsableArguments {
  @Option(
    name: .customLong("contrast"),
    help: """
      NAME=EXPRESSION, such as faces="face - 0.5*house - 0.5*scene"; rows of an F contrast \
      are separated by commas; repeatable.
      """
  )
  var contrasts: [String] = []

  @OptionGroup
  var events: EventOptions

  @Option(
    help: """
      spm, spm+derivative, spm+derivative+dispersion, glover, glover+derivative, \
      glover+derivative+dispersion, or fir:D,D,... (delays in volumes).
      """
  )
  var hrf = HemodynamicsArgument(hemodynamics: .spm)

  @Option(help: "cosine:SECONDS (periods above are taken out), polynomial:ORDER, or none.")
  var drift = DriftArgument(drift: .cosine(cutoff: 128))

  @Option(
    help: """
      none, 6p, 24p, or columns of the confounds table with commas between them, * and ? allowed; \
      of derivatives also 24p+acompcor5 and 36p.
      """
  )
  var confounds = ConfoundsArgument(confounds: .motion6)

  @Option(
    name: [.customLong("censor-above")],
    help: "Leave out volumes whose framewise displacement exceeds this, in mm."
  )
  var censorAbove: Double?

  @Option(help: "The noise model: ols, ar1, or arma11 (AR(1) under white noise).")
  var noise = Noise.arma11

  /// The model in the job's words.
  var model: Model {
    get throws {
      var model = Model()
      try events.apply(to: &model)
      model.hemodynamics = hrf.hemodynamics
      model.drift = drift.drift
      model.confounds = confounds.confounds
      model.censoringThreshold = censorAbove
      model.noise = noise
      model.contrasts = try contrasts.map(contrastRequest)
      return model
    }
  }

  func validate() throws {
    if let censorAbove, !(censorAbove > 0) {
      throw ValidationError("--censor-above must be above 0 mm, not \(censorAbove)")
    }
    _ = try contrasts.map(contrastRequest)
  }

  private func contrastRequest(_ text: String) throws -> ContrastRequest {
    guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
      throw ValidationError("--contrast takes NAME=EXPRESSION, not '\(text)'")
    }
    let expression = text[text.index(after: equals)...]
    guard expression.contains(where: { !$0.isWhitespace }) else {
      throw ValidationError("--contrast '\(text)' has nothing after the equals sign")
    }
    return ContrastRequest(name: String(text[..<equals]), expression: String(expression))
  }
}

/// The shape of the response as an argument.
struct HemodynamicsArgument: ExpressibleByArgument {
  let hemodynamics: Hemodynamics

  init(hemodynamics: Hemodynamics) { self.hemodynamics = hemodynamics }

  init?(argument: String) {
    switch argument {
    case "spm": hemodynamics = .spm
    case "spm+derivative": hemodynamics = .spmDerivative
    case "spm+derivative+dispersion": hemodynamics = .spmDerivativeDispersion
    case "glover": hemodynamics = .glover
    case "glover+derivative": hemodynamics = .gloverDerivative
    case "glover+derivative+dispersion": hemodynamics = .gloverDerivativeDispersion
    default:
      guard argument.hasPrefix("fir:") else { return nil }
      let words = argument.dropFirst(4).split(separator: ",", omittingEmptySubsequences: false)
      let delays = words.compactMap { Int($0) }
      guard !delays.isEmpty, delays.count == words.count, delays.allSatisfy({ 0..<1000 ~= $0 })
      else { return nil }
      hemodynamics = .finiteImpulseResponse(delays: delays)
    }
  }
}

/// The confounds as an argument.
struct ConfoundsArgument: ExpressibleByArgument {
  let confounds: Confounds

  init(confounds: Confounds) { self.confounds = confounds }

  init?(argument: String) {
    if let preset = Confounds(word: argument) {
      confounds = preset
      return
    }
    // A column's name starts with a letter; 12p is a preset that there is not.
    let names = argument.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard names.allSatisfy({ $0.first.map { !$0.isNumber && !$0.isWhitespace } ?? false }) else {
      return nil
    }
    confounds = .columns(names)
  }
}

/// The drift model as an argument.
struct DriftArgument: ExpressibleByArgument {
  let drift: Drift

  init(drift: Drift) { self.drift = drift }

  init?(argument: String) {
    let words = argument.split(separator: ":", maxSplits: 1).map(String.init)
    switch (words.first, words.dropFirst().first) {
    case ("none", nil): drift = .none
    case ("cosine", nil): drift = .cosine(cutoff: 128)
    case ("cosine", let seconds?):
      guard let cutoff = Double(seconds), cutoff.isFinite, cutoff > 0 else { return nil }
      drift = .cosine(cutoff: cutoff)
    case ("polynomial", let order?):
      guard let order = Int(order), 0...20 ~= order else { return nil }
      drift = .polynomial(order: order)
    default: return nil
    }
  }
}

extension Noise: ExpressibleByArgument {}
