import Atlas
import BIDS
import Files
import Job
import Normalization
import Participant

/// Returns what was done in sentences for a paper, with the items that COBIDAS asks for.
///
/// - Parameters:
///   - session: What was found.
///   - job: What was asked.
///   - version: The version of nocinet.
/// - Returns: One paragraph per topic.
func methodsParagraphs(of session: SessionResult, job: Job, version: String) -> [String] {
  [
    preprocessing(of: session, job: job, version: version),
    normalization(of: session, job: job),
    model(of: session, job: job),
    inference(of: session, job: job),
    notDone(session, job),
  ]
}

private func preprocessing(of session: SessionResult, job: Job, version: String) -> String {
  let asked = job.preprocessing
  let dummies =
    switch asked.dummyScans {
    case .count(0): "No volume was left out at the start."
    case .count(let count): "The first \(count) volumes of every run were left out."
    case .automatic:
      "Volumes at the start that are brighter than the run were left out ("
        + session.runs.map { "\($0.dummyScans)" }.joined(separator: ", ") + " by run)."
    }
  let smoothing =
    asked.smoothing == 0
    ? "Voxel maps were not smoothed."
    : "For the voxel maps the series were smoothed inside the brain mask (Gaussian, FWHM "
      + "\(fixed(asked.smoothing, digits: 1)) mm, normalized by the mask); region series were not."
  let timing = Set(session.runs.map(\.sliceTiming)).sorted().joined(separator: "; ")
  if let files = session.runs.first?.run.preprocessed {
    return
      "Analysed with nocinet \(version). The runs were prepared by \(files.program): its images in "
      + "\(files.space), its brain masks and its confounds were taken as they are, so neither head motion "
      + "nor the way to the template was estimated here, and nothing was resampled. \(dummies) Slice "
      + "timing: \(timing). \(smoothing)"
  }
  return
    "Analysed with nocinet \(version). \(dummies) Head motion was estimated with six rigid-body "
    + "parameters against the mean of the realigned volumes (Gauss-Newton on B-splines, of degree 7 in the last pass); all "
    + "runs of a session share one grid. Mask voxels were resampled once (7th-order B-spline). "
    + "Slice timing: \(timing). \(smoothing)"
}

private func normalization(of session: SessionResult, job: Job) -> String {
  let way = session.normalization
  if let files = session.runs.first?.run.preprocessed {
    return
      "The model was fitted on the grid of \(files.program)'s images in \(way.space); atlas labels "
      + "were pulled to it."
  }
  let start =
    way.isIdentity
    ? "The data were taken to be in \(way.space) space already."
    : "The way to \(way.space): \(way.method)."
  return start + " The model was fitted on the native grid; atlas labels were pulled to it, and "
    + "contrast maps (effect and standard error) were resampled linearly to the template's grid."
}

private func model(of session: SessionResult, job: Job) -> String {
  let model = job.model
  var words =
    (model.statsModel.map { "The conditions of the BIDS Stats Model \($0.name)" }
      ?? "Events of column \(model.conditionColumn)")
    + " were modelled as boxcars convolved with "
    + "\(model.hemodynamics.words) (unit integral). Drift: \(model.drift.words). "
  words += model.onsetOffset.words ?? ""
  words += "Confounds: \(model.confounds.words). "
  if let threshold = model.censoringThreshold {
    words +=
      "Volumes with a framewise displacement above \(fixed(threshold, digits: 2)) mm were "
      + "left out of the fit; the noise's memory runs on across the gap. "
  }
  if !model.modulators.isEmpty {
    let names = model.modulators.map(\.words).joined(separator: "; ")
    words += "Modulators: \(names). "
  }
  return words + "Noise: \(model.noise.words)."
}

private func inference(of session: SessionResult, job: Job) -> String {
  "Effects are % signal change: 100 times the estimate over the voxel's mean in time. p values are "
    + "two-sided for t and upper-tailed for F; df = volumes kept minus the design's rank. Runs were "
    + "combined by precision-weighted fixed effects. Maps are shown at a false discovery rate of 5 % "
    + "(Benjamini-Hochberg over the brain mask, per contrast). Region estimates come from one fit of "
    + "the region's mean % series. \(sides(of: session))Seed \(job.seed)."
}

/// What contra and ipsi refer to, in a sentence; nothing where no region is named so.
private func sides(of session: SessionResult) -> String {
  guard let side = session.runs.lazy.compactMap(\.referenceSide).first else { return "" }
  return "Regions that lie in pairs are also named contra and ipsi to \(side.reference.words). "
}

private func notDone(_ session: SessionResult, _ job: Job) -> String {
  if let files = session.runs.first?.run.preprocessed {
    return
      "Not done here: whatever \(files.program) did or left, such as the correction of distortions, which "
      + "its own report says."
  }
  let slices =
    job.preprocessing.sliceTiming == .interpolate ? "" : ", temporal interpolation of slices"
  return "Not done: distortion correction, combination of echoes\(slices)."
}

extension Hemodynamics {
  fileprivate var words: String {
    switch self {
    case .spm: "SPM's double-gamma response"
    case .spmDerivative: "SPM's double-gamma response and its time derivative"
    case .spmDerivativeDispersion:
      "SPM's double-gamma response, its time and dispersion derivatives"
    case .glover: "Glover's double-gamma response"
    case .gloverDerivative: "Glover's double-gamma response and its time derivative"
    case .gloverDerivativeDispersion:
      "Glover's double-gamma response, its time and dispersion derivatives"
    case .finiteImpulseResponse(let delays):
      "a finite impulse response at delays \(delays.map(String.init).joined(separator: ", ")) volumes"
    }
  }
}

extension Drift {
  fileprivate var words: String {
    switch self {
    case .none: "none"
    case .cosine(let cutoff): "cosines of periods longer than \(fixed(cutoff, digits: 0)) s"
    case .polynomial(let order): "polynomials up to order \(order)"
    }
  }
}

extension Confounds {
  fileprivate var words: String {
    switch self {
    case .none: "none"
    case .motion6: "the six motion parameters"
    case .motion24: "the six motion parameters, their backward differences, and the squares of both"
    case .motion24Components(let count):
      "the six motion parameters, their backward differences, and the squares of both; the first "
        + "\(count) components of noise in white matter and cerebrospinal fluid together (aCompCor)"
    case .signals36:
      "the six motion parameters and the mean signals of cerebrospinal fluid, white matter and the "
        + "whole brain, the backward differences of these nine, and the squares of all eighteen"
    case .columns(let names): names.joined(separator: ", ")
    }
  }
}

extension Modulator {
  fileprivate var words: String {
    let target = condition.map { "of \($0)" } ?? "of every condition with values"
    let centre =
      switch centring {
      case .run: "centred within run"
      case .participant: "centred over the participant's runs of the task"
      case .none: "not centred"
      }
    let unit = scaling == .raw ? "in its own unit" : "per standard deviation"
    let place = source == .own ? "" : ", taken from the next row that has a value"
    let orthogonal =
      isOrthogonalized
      ? "orthogonalized to the condition and its modulators before it" : "not orthogonalized"
    return "\(column) \(target)\(place), \(centre), \(unit), \(orthogonal)"
  }
}

extension OnsetOffset {
  fileprivate var words: String? {
    switch self {
    case .none: nil
    case .auto:
      "The time at which each run began on the clock of its events was taken off its onsets. "
    case .seconds(let seconds): "\(fixed(seconds, digits: 3)) s were taken off every onset. "
    case .runs: "What a table of offsets states for each run was taken off its onsets. "
    }
  }
}

extension Noise {
  fileprivate var words: String {
    switch self {
    case .ols: "none modelled (ordinary least squares)"
    case .ar1:
      "first-order autoregression per voxel, its coefficient found from residual correlations that "
        + "are averaged over neighbours inside the mask and compared with those expected under the "
        + "design, exactly prewhitened"
    case .arma11:
      "first-order autoregression with white noise per voxel, memory and share found from residual "
        + "correlations that are averaged over neighbours inside the mask and compared with those "
        + "expected under the design, exactly prewhitened"
    }
  }
}
