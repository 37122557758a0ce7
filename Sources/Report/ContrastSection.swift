public import Imaging

/// What the report says of one contrast.
public struct ContrastSection: Sendable {
  /// Its name.
  public var name: String

  /// The weighted sum of conditions it stands for.
  public var expression: String

  /// The unit of its effects.
  public var unit: String

  /// The image the map lies on: the mean image or the template.
  public var background: Volume?

  /// The z statistic; NaN outside the mask.
  public var statistic: Volume?

  /// The |z| from which voxels are shown; `nil` where none passed.
  public var threshold: Double?

  /// What the threshold stands for, such as `FDR 5 % over the mask`.
  public var thresholdMeaning: String

  /// The space of the pictures, such as `scanner` or a template's name.
  public var pictureSpace: String

  /// The strongest places of the map.
  public var peaks: [PeakLine] = []

  /// The regions.
  public var regions: [RegionLine] = []

  /// What the reader must know of this contrast, a sentence each.
  public var notes: [String] = []

  /// Creates a section without pictures and tables.
  ///
  /// - Parameters:
  ///   - name: The contrast's name.
  ///   - expression: The weighted sum of conditions it stands for.
  ///   - unit: The unit of its effects.
  ///   - background: The image the map lies on: the mean image or the template.
  ///   - statistic: The z statistic; NaN outside the mask.
  ///   - threshold: The |z| from which voxels are shown; `nil` where none passed.
  ///   - thresholdMeaning: What the threshold stands for, such as `FDR 5 % over the mask`.
  ///   - pictureSpace: The space of the pictures, such as `scanner` or a template's name.
  public init(
    name: String,
    expression: String,
    unit: String,
    background: Volume? = nil,
    statistic: Volume? = nil,
    threshold: Double?,
    thresholdMeaning: String,
    pictureSpace: String
  ) {
    self.name = name
    self.expression = expression
    self.unit = unit
    self.background = background
    self.statistic = statistic
    self.threshold = threshold
    self.thresholdMeaning = thresholdMeaning
    self.pictureSpace = pictureSpace
  }
}

/// One strong place of a map.
public struct PeakLine: Equatable, Sendable {
  /// The region it lies in or near; empty where unknown.
  public var place: String

  /// Its z statistic.
  public var z: Double

  /// Its position in template space, in mm, where known.
  public var position: SIMD3<Double>?

  /// Its position in scanner space, in mm; `nil` of a map over sessions.
  public var nativePosition: SIMD3<Double>?

  /// The number of voxels of its cluster, where counted.
  public var clusterVoxels: Int?

  /// Creates a line.
  ///
  /// - Parameters:
  ///   - place: The region it lies in or near; empty where unknown.
  ///   - z: Its z statistic.
  ///   - position: Its position in template space, in mm, where known.
  ///   - nativePosition: Its position in scanner space, in mm, where there is one.
  ///   - clusterVoxels: The number of voxels of its cluster, where counted.
  public init(
    place: String,
    z: Double,
    position: SIMD3<Double>?,
    nativePosition: SIMD3<Double>?,
    clusterVoxels: Int? = nil
  ) {
    self.place = place
    self.z = z
    self.position = position
    self.nativePosition = nativePosition
    self.clusterVoxels = clusterVoxels
  }
}
