import Atlas
import Statistics

/// The groups of the cohort.
enum DemoGroup: String, CaseIterable, Sendable {
  case fibromyalgia = "FM"
  case regionalPain = "CRPS"
  case control = "HC"
}

/// What stimuli do to the regions of one participant.
struct DemoEffects: Sendable {
  /// One region's responses.
  struct Response: Sendable {
    /// The response to strong heat, in % of the local baseline.
    var strong: Double
    /// The response to weak heat, in %.
    var weak: Double
    /// The response to the rating, in %.
    var rating: Double

    /// What one point of the pain rating adds to the response to heat, in %.
    func perPoint(_ condition: HeatParadigm.Condition) -> Double {
      switch condition {
      case .strong: 0.012 * strong
      case .weak: 0.012 * weak
      case .rating: 0
      }
    }

    /// The response to a condition, in %.
    func height(_ condition: HeatParadigm.Condition) -> Double {
      switch condition {
      case .strong: strong
      case .weak: weak
      case .rating: rating
      }
    }
  }

  /// One response for each region of the atlas, in its order.
  let responses: [Response]

  /// Draws a participant's responses around those of the group.
  ///
  /// - Parameters:
  ///   - regions: The regions of the atlas.
  ///   - group: The participant's group.
  ///   - generator: Where the participant's own share is drawn from.
  init(regions: [Region], group: DemoGroup, generator: inout SeededGenerator) {
    let person = 1 + 0.15 * generator.normal()
    responses = regions.map { region in
      let own = person + 0.12 * generator.normal()
      let base = stem(of: region.name)
      let strong = (heatResponses[base] ?? 0) * (groupFactors[group]?[base] ?? 1) * own
      let rating = ratingResponses[region.name] ?? 0
      return Response(strong: strong, weak: 0.5 * strong, rating: rating)
    }
  }
}

/// The responses of controls to strong heat, in %; a region that is not listed has none.
private let heatResponses: [String: Double] = [
  "dorsal_posterior_insula": 1.0, "mid_insula": 0.7, "anterior_insula": 0.9, "S2": 1.0,
  "aMCC": 0.9, "pMCC_SMA": 0.5, "S1_hand": 0.5, "S1_leg": 0.3, "thalamus": 0.7, "putamen": 0.4,
  "cerebellum": 0.5, "PAG_level": 0.5, "vmPFC": -0.4, "PCC": -0.4,
]

/// What a group multiplies them by.
private let groupFactors: [DemoGroup: [String: Double]] = [
  .fibromyalgia: ["dorsal_posterior_insula": 1.6, "anterior_insula": 1.6, "S2": 1.6],
  .regionalPain: ["S1_hand": 2.2, "aMCC": 1.6, "thalamus": 0.4],
]

/// The responses to pressing the rating's buttons with the right hand, in %.
private let ratingResponses: [String: Double] = ["S1_hand_L": 0.6, "cerebellum_R": 0.4]

/// A region's name without its side.
private func stem(of name: String) -> String {
  name.hasSuffix("_L") || name.hasSuffix("_R") ? String(name.dropLast(2)) : name
}
