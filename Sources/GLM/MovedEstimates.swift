internal import Design
public import Imaging
internal import Statistics

extension ContrastEstimate {
  /// Returns the estimate on another grid, its statistic formed anew there.
  ///
  /// Of a t contrast the effect and the standard error move, of an F contrast the effects and their
  /// covariances; t, F, z and p follow from them.
  ///
  /// - Parameters:
  ///   - grid: The grid that `move` gives images on.
  ///   - move: Takes a map to that grid; NaN where it does not reach.
  /// - Returns: The estimate where every part has a value.
  public func moved(to grid: Grid, by move: (MaskedMap) -> Volume) -> ContrastEstimate {
    let parts =
      joint.map { $0.effects + $0.covariance }
      ?? [effect, variance.map { $0.mapped { $0.squareRoot() } }].compactMap(\.self)
    let volumes = parts.map(move)
    let mask = Mask(grid: grid) { index in volumes.allSatisfy { $0.values[index].isFinite } }
    let maps = volumes.map { volume in
      MaskedMap(mask: mask, values: mask.indices.map { Double(volume.values[$0]) })
    }
    guard let joint else {
      return ContrastEstimate(
        contrast,
        effect: maps[0],
        variance: maps[1].mapped { $0 * $0 },
        degreesOfFreedom: degreesOfFreedom
      )
    }
    return ContrastEstimate(
      contrast,
      joint: JointMaps(
        rows: joint.rows,
        effects: Array(maps.prefix(joint.rows.count)),
        covariance: Array(maps.dropFirst(joint.rows.count))
      ),
      degreesOfFreedom: degreesOfFreedom
    )
  }

  /// Returns the estimate over a larger mask of the same grid, with NaN where it has no value.
  ///
  /// - Parameter mask: The mask.
  /// - Returns: The same numbers on that mask.
  public func spread(over mask: Mask) -> ContrastEstimate {
    func spread(_ map: MaskedMap) -> MaskedMap {
      MaskedMap(
        mask: mask,
        values: mask.indices.map { index in
          let place = Int(map.mask.places[index])
          return place < 0 ? .nan : map.values[place]
        }
      )
    }
    return ContrastEstimate(
      contrast: contrast,
      effect: effect.map(spread),
      variance: variance.map(spread),
      statistic: spread(statistic),
      z: spread(z),
      p: spread(p),
      degreesOfFreedom: degreesOfFreedom,
      numeratorDegreesOfFreedom: numeratorDegreesOfFreedom,
      joint: joint.map {
        JointMaps(
          rows: $0.rows,
          effects: $0.effects.map(spread),
          covariance: $0.covariance.map(spread)
        )
      }
    )
  }

  /// Forms t, z and p of a t contrast from its effect and that effect's variance.
  init(_ contrast: Contrast, effect: MaskedMap, variance: MaskedMap, degreesOfFreedom df: Double) {
    var t = effect
    for place in t.values.indices { t.values[place] /= variance.values[place].squareRoot() }
    let tails = t.values.map(StudentT(degreesOfFreedom: df).pAndZ)
    self.init(
      contrast: contrast,
      effect: effect,
      variance: variance,
      statistic: t,
      z: MaskedMap(mask: t.mask, values: tails.map(\.z)),
      p: MaskedMap(mask: t.mask, values: tails.map(\.p)),
      degreesOfFreedom: df,
      numeratorDegreesOfFreedom: nil,
      joint: nil
    )
  }

  /// Forms F, z and p of an F contrast from its effects and their covariance.
  init(_ contrast: Contrast, joint: JointMaps, degreesOfFreedom df: Double) {
    let mask = joint.effects[0].mask
    let numerator = Double(joint.rows.count)
    let f = mask.indices.indices.map { joint.effects(at: $0).statistic }
    let tails = f.map(FDistribution(numerator: numerator, denominator: df).pAndZ)
    self.init(
      contrast: contrast,
      effect: nil,
      variance: nil,
      statistic: MaskedMap(mask: mask, values: f),
      z: MaskedMap(mask: mask, values: tails.map(\.z)),
      p: MaskedMap(mask: mask, values: tails.map(\.p)),
      degreesOfFreedom: df,
      numeratorDegreesOfFreedom: numerator,
      joint: joint
    )
  }
}

extension MaskedMap {
  /// Returns the map with every value replaced.
  fileprivate func mapped(_ change: (Double) -> Double) -> MaskedMap {
    MaskedMap(mask: mask, values: values.map(change))
  }
}
