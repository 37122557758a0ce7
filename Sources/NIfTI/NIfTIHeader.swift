public import Imaging

/// What the header of a NIfTI file says.
public struct NIfTIHeader: Equatable, Sendable {
  /// The unit of the fourth dimension.
  public enum TimeUnit: Equatable, Sendable {
    /// The header names none.
    case unknown

    case seconds, milliseconds, microseconds

    /// A unit that is no time, such as Hz.
    case notTime
  }

  /// Which of the two forms says how the voxels lie in space.
  public enum Form: String, Equatable, Sendable {
    case sform, qform
  }

  /// 1 or 2.
  public let version: Int

  /// The lengths of the stated dimensions, 1 to 7 of them.
  public let dimensions: [Int]

  /// How the voxels are encoded.
  public let datatype: Datatype

  /// Voxel indices to millimetres, RAS+; `nil` where neither form says.
  public let affine: Affine?

  /// The form ``affine`` comes from.
  public let form: Form?

  /// The space the sform leads to: 0 none, 1 scanner, 2 aligned, 3 Talairach, 4 MNI152.
  public let sformCode: Int

  /// The space the qform leads to, with the same codes.
  public let qformCode: Int

  /// The distances between voxel centres as the header states them apart from the forms, in mm.
  public let voxelSize: SIMD3<Double>

  /// The time from one volume to the next, in s; `nil` where the header states none.
  public let repetitionTime: Double?

  /// The unit the repetition time was stored in; where unknown, it was taken to be seconds.
  public let timeUnit: TimeUnit

  /// What stored values are multiplied by.
  public let slope: Double

  /// What is added after the multiplication.
  public let intercept: Double

  /// The header's free text.
  public let description: String

  /// What the values mean, as a code of the standard; 0 for nothing special.
  public let intentCode: Int

  /// What is odd but was not refused, a sentence each: above all forms that disagree.
  public let notes: [String]

  /// Whether the file is in the other byte order than the machine.
  let isSwapped: Bool

  /// The byte of the voxel file at which the voxels begin.
  let voxelOffset: Int

  /// Whether the voxels are in a file of their own.
  let isPair: Bool

  /// The number of voxels along the three axes of space.
  public var spatialDimensions: SIMD3<Int> {
    func length(_ axis: Int) -> Int { axis < dimensions.count ? dimensions[axis] : 1 }
    return [length(0), length(1), length(2)]
  }

  /// The number of volumes: the length of the fourth dimension, or 1.
  public var volumeCount: Int { dimensions.count > 3 ? dimensions[3] : 1 }

  /// The code of the space that ``affine`` leads to, 0 where there is none.
  public var spaceCode: Int {
    switch form {
    case .sform: sformCode
    case .qform: qformCode
    case nil: 0
    }
  }
}
