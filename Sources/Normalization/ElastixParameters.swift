/// Where a registration starts from.
enum RegistrationStart: String, CaseIterable {
  /// Both images stay where their headers put them.
  case headers

  /// The centres of the two grids are laid on each other.
  case gridCentres = "GeometricalCenter"

  /// The centres of gravity of the two images are laid on each other.
  case centresOfGravity = "CenterOfGravity"
}

/// The parameter files that elastix is given: every setting on which a result depends is stated.
///
/// Mattes mutual information by adaptive stochastic gradient descent (Klein et al. 2010,
/// IEEE Trans. Med. Imaging 29:196) on 4096 random samples per iteration, from a fixed seed.
enum ElastixParameters {
  /// The seed of elastix' random samples; fixed, so that the same images give the same transform.
  static let seed = 20_240_229

  /// Six parameters: mean EPI to T1w.
  static func rigid(from start: RegistrationStart) -> String {
    text(transform: "EulerTransform", resolutions: 3, iterations: 250) + linear(from: start)
  }

  /// Twelve parameters: template to the image of a head.
  static func affine(from start: RegistrationStart) -> String {
    text(transform: "AffineTransform", resolutions: 4, iterations: 300) + linear(from: start)
  }

  /// Cubic B-splines on a grid of 10 mm, on top of the affine map.
  static let spline =
    text(transform: "BSplineTransform", resolutions: 4, iterations: 400) + """
      (FinalGridSpacingInPhysicalUnits 10.0 10.0 10.0)
      (BSplineTransformSplineOrder 3)

      """

  private static func linear(from start: RegistrationStart) -> String {
    let automatic = """
      (AutomaticScalesEstimation "true")
      (AutomaticTransformInitialization "\(start != .headers)")

      """
    guard start != .headers else { return automatic }
    return automatic + "(AutomaticTransformInitializationMethod \"\(start.rawValue)\")\n"
  }

  private static func text(transform: String, resolutions: Int, iterations: Int) -> String {
    """
    (FixedImageDimension 3)
    (MovingImageDimension 3)
    (FixedInternalImagePixelType "float")
    (MovingInternalImagePixelType "float")
    (UseDirectionCosines "true")
    (Registration "MultiResolutionRegistration")
    (FixedImagePyramid "FixedSmoothingImagePyramid")
    (MovingImagePyramid "MovingSmoothingImagePyramid")
    (NumberOfResolutions \(resolutions))
    (Transform "\(transform)")
    (HowToCombineTransforms "Compose")
    (Metric "AdvancedMattesMutualInformation")
    (NumberOfHistogramBins 32)
    (ImageSampler "RandomCoordinate")
    (NumberOfSpatialSamples 4096)
    (NewSamplesEveryIteration "true")
    (Optimizer "AdaptiveStochasticGradientDescent")
    (MaximumNumberOfIterations \(iterations))
    (RandomSeed \(seed))
    (Interpolator "LinearInterpolator")
    (ResampleInterpolator "FinalBSplineInterpolator")
    (FinalBSplineInterpolationOrder 1)
    (Resampler "DefaultResampler")
    (DefaultPixelValue 0)
    (ErodeMask "false")
    (WriteResultImage "false")
    (ResultImageFormat "mhd")
    (DefaultOutputPrecision 15)

    """
  }
}
