import GLM
import Imaging
import Normalization
import Statistics

extension SessionAnalysis {
  /// Takes a contrast's maps to the template's grid.
  ///
  /// Effect and standard error are resampled, each linearly with weights normalised inside the
  /// mask; t is formed anew from them. An F, which has neither, is carried by its z.
  ///
  /// - Parameters:
  ///   - estimate: A contrast on the session's grid.
  ///   - space: The session's space.
  /// - Returns: The maps on the template's grid, NaN out of view.
  func templateMaps(of estimate: ContrastEstimate, in space: SessionSpace) -> TemplateMaps {
    let way = space.normalization
    let resampled = { (map: MaskedMap) in
      resampleStatistic(
        map,
        onto: way.templateGrid,
        by: way.templateToNative,
        threads: request.threads
      )
    }
    guard let effect = estimate.effect, let variance = estimate.variance else {
      let z = resampled(estimate.z)
      return TemplateMaps(
        effect: nil,
        variance: nil,
        statistic: resampled(estimate.statistic),
        z: z,
        p: z.mapped { twoSidedP(z: $0) }
      )
    }
    let error = MaskedMap(mask: variance.mask, values: variance.values.map { $0.squareRoot() })
    let moved = (effect: resampled(effect), error: resampled(error))
    let t = Volume(
      grid: moved.effect.grid,
      values: zip(moved.effect.values, moved.error.values).map { $0 / $1 }
    )
    let distribution = StudentT(degreesOfFreedom: estimate.degreesOfFreedom)
    let results = t.values.map {
      $0.isFinite ? distribution.pAndZ(Double($0)) : (p: .nan, z: .nan)
    }
    return TemplateMaps(
      effect: moved.effect,
      variance: moved.error.mapped { $0 * $0 },
      statistic: t,
      z: Volume(grid: t.grid, values: results.map { Float($0.z) }),
      p: Volume(grid: t.grid, values: results.map { Float($0.p) })
    )
  }
}

extension Volume {
  /// Returns the image with every finite value replaced.
  fileprivate func mapped(_ change: (Double) -> Double) -> Volume {
    Volume(grid: grid, values: values.map { $0.isFinite ? Float(change(Double($0))) : .nan })
  }
}
