/// Figures of programs that cannot be installed here, as published for runs of this size.
///
/// They were taken on another machine of the same kind, so a ratio to them is an orientation and not
/// a measurement.
enum PublishedFigures {
  /// One figure, and whose it is.
  struct Figure {
    let program: String
    let value: Double
  }

  /// AFNI 3dvolreg with heptic interpolation, estimate and output, CPU s; it has one thread.
  static let estimateAndReslice = Figure(program: "AFNI 3dvolreg heptic (published)", value: 13.3)

  /// AFNI 3dvolreg at 1 % noise, motion of up to 1 mm and 1.6 degrees, RMS over the brain, mm.
  static let noiseError = Figure(program: "AFNI 3dvolreg (published)", value: 0.0100)

  /// The same without noise, mm.
  static let cleanError = Figure(program: "AFNI 3dvolreg (published)", value: 0.0053)

  /// nipy on a run with spikes and interleaved slices, mean displacement, mm.
  static let spikesError = Figure(program: "nipy (published)", value: 0.036)

  /// AFNI's steps from a run to a table of regions, wall s on two cores.
  static let wholeRun = Figure(program: "AFNI (published)", value: 25)

  /// nilearn without motion correction on 96 x 96 x 60 x 400, wall s.
  static let largeRun = Figure(
    program: "nilearn without motion correction (published)",
    value: 31.4
  )

  /// The memory of that, MiB.
  static let largeRunPeak = Figure(
    program: "nilearn without motion correction (published)",
    value: 3.8 * 1024
  )

  /// nilearn's largest t of 36 maps at 3 mm, ms per permutation.
  static let largestT = Figure(program: "nilearn (published)", value: 7)

  /// nilearn's threshold-free enhancement of the same, ms per permutation.
  static let enhancement = Figure(program: "nilearn (published)", value: 670)

  /// FSL randomise's of 20 maps at 2 mm, s for 5000 permutations.
  static let fineEnhancement = Figure(program: "FSL randomise, n 20 (published)", value: 1100)

  /// FSL FLAME 1 on 20 maps at 2 mm, s.
  static let mixedEffects = Figure(program: "FSL FLAME 1 (published)", value: 29.6)

  /// The memory of that, MiB.
  static let mixedEffectsPeak = Figure(program: "FSL FLAME 1 (published)", value: 464)
}

extension BenchmarkRow {
  /// A quantity beside a published figure.
  init(name: String, value: Double, unit: String, published: PublishedFigures.Figure) {
    self.init(
      name: name,
      value: value,
      unit: unit,
      peer: published.program,
      peerValue: published.value
    )
  }
}
