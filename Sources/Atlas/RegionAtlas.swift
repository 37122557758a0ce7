public import Imaging

/// Which half of the brain a region lies in, as its table spells it.
public enum Hemisphere: String, CaseIterable, Sendable {
  /// The person's left.
  case left = "L"

  /// The person's right.
  case right = "R"

  /// Around the midline, or both sides of it.
  case midline = "M"

  /// Not stated, and not clear from where the region lies.
  case none = "n/a"
}

/// A ball around a point of a template space.
public struct Sphere: Equatable, Sendable {
  /// The centre, in mm, RAS+, in the atlas' space.
  public let centre: SIMD3<Double>

  /// The radius, in mm.
  public let radius: Double

  /// Creates a ball.
  ///
  /// - Parameters:
  ///   - centre: The centre, in mm, RAS+, in the atlas' space.
  ///   - radius: The radius, in mm.
  public init(centre: SIMD3<Double>, radius: Double) {
    self.centre = centre
    self.radius = radius
  }
}

/// One region of an atlas.
public struct Region: Equatable, Sendable {
  /// The value of its voxels in the label image; above 0.
  public let label: Int

  /// Its name, unique in its atlas.
  public let name: String

  /// Which half of the brain it lies in.
  public let hemisphere: Hemisphere

  /// Whether it belongs to the brainstem, where more of it must be in view to count.
  public let isBrainstem: Bool

  /// Where the region comes from, such as a study and its doi.
  public let source: String?

  /// The ball it is, where it is one.
  public let sphere: Sphere?

  /// Creates a region.
  ///
  /// - Parameters:
  ///   - label: The value of its voxels in the label image; above 0.
  ///   - name: Its name, unique in its atlas.
  ///   - hemisphere: Which half of the brain it lies in.
  ///   - isBrainstem: Whether it belongs to the brainstem.
  ///   - source: Where the region comes from.
  ///   - sphere: The ball it is, where it is one.
  public init(
    label: Int,
    name: String,
    hemisphere: Hemisphere = .none,
    isBrainstem: Bool = false,
    source: String? = nil,
    sphere: Sphere? = nil
  ) {
    self.label = label
    self.name = name
    self.hemisphere = hemisphere
    self.isBrainstem = isBrainstem
    self.source = source
    self.sphere = sphere
  }
}

/// A set of named regions in a template space.
///
/// Every region of the table of names is here, also one without a single voxel: an empty region is
/// a row of the results, not an error.
public struct RegionAtlas: Sendable {
  /// Its name, as tables give it.
  public let name: String

  /// The name of the template space its voxels lie in, such as `MNI152NLin6Asym`.
  public let space: String

  /// Which region each voxel belongs to.
  public let labels: LabelVolume

  /// The regions, by ascending label.
  public let regions: [Region]

  /// What a reader should know about how it was read, one sentence each.
  public let notes: [String]

  /// The file it comes from, or what is said of a built-in one.
  public let source: String

  /// Creates an atlas.
  ///
  /// - Parameters:
  ///   - name: Its name, as tables give it.
  ///   - space: The name of its template space.
  ///   - labels: Which region each voxel belongs to.
  ///   - regions: The regions, by ascending label.
  ///   - notes: What a reader should know about how it was read.
  ///   - source: The file it comes from, or what is said of a built-in one.
  public init(
    name: String,
    space: String,
    labels: LabelVolume,
    regions: [Region],
    notes: [String] = [],
    source: String
  ) {
    self.name = name
    self.space = space
    self.labels = labels
    self.regions = regions
    self.notes = notes
    self.source = source
  }

  /// The name as file names carry it: letters and digits only.
  public var fileLabel: String {
    let kept = name.unicodeScalars.filter { $0.properties.isAlphabetic || $0.isDigit }
    return String(String.UnicodeScalarView(kept.filter(\.isASCII)))
  }
}

extension Unicode.Scalar {
  /// Whether this is one of the digits 0 to 9.
  var isDigit: Bool { self >= "0" && self <= "9" }
}
