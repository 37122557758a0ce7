/// How often a method finds something in studies without an effect.
struct CohortCalibrationRow: Encodable {
  let method: String
  let design: String
  let noise: String

  /// The share of studies, or of voxels, with a p of at most .05.
  let rate: Double
  let studies: Int

  /// Whether the rate is of whole studies (family-wise) or of single voxels.
  let family: Bool

  /// What is to be said of the rate: `ok`, `conservative` (under .04) or `liberal` (over .0595, the
  /// Bonferroni bound of 24 cells of 5,000 studies).
  let verdict: String

  init(
    method: String,
    design: String,
    noise: String,
    hits: Int,
    studies: Int,
    family: Bool
  ) {
    (self.method, self.design, self.noise) = (method, design, noise)
    (self.studies, self.family) = (studies, family)
    rate = Double(hits) / Double(max(1, studies))
    verdict = rate > 0.0595 ? "liberal" : rate < 0.04 ? "conservative" : "ok"
  }
}
