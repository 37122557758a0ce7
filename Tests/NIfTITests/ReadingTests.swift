import Imaging
import NIfTI
import TestData
import Testing

/// nibabel 5.3: shape, mean, value [3, 4, 1] (of the last volume), image of voxel (1, 2, 3).
private let realFiles: [(String, [Int], Double, Double, SIMD3<Double>)] = [
  ("anatomical.nii", [33, 41, 25], 8401.066725794532, 8404, [30, -36, -10]),
  (
    "dcm_qa_stc/Siemens_Rest_fMRI_AP_7.nii", [86, 86, 51, 2], 2647.9250575297724, 274,
    [103.73823752254248, -69.2957742922008, -73.44488746486604]
  ),
  (
    "dcm_qa_stc/Siemens_fMRIcontin_30x30x36_4.nii", [64, 64, 36, 3], 288.8845689561632, 17,
    [93.6962696313858, -64.62713623046875, -22.481685653328896]
  ),
  (
    "example4d.nii.gz", [128, 96, 24, 2], 172.90811496310764, 0,
    [115.8551025390625, -32.84210407733917, -0.08913779258728027]
  ),
  (
    "example_nifti2.nii.gz", [32, 20, 12, 2], 450.963671875, 380,
    [115.8551025390625, -32.84210407733917, -0.08913779258728027]
  ),
  ("functional.nii", [17, 21, 3, 20], 3637.408513675239, 3827.307861149311, [28, -32, 24]),
  (
    "pcasl.nii.gz", [52, 68, 20, 10], 461.57718891402715, 0,
    [-76.27804750204086, -109.6292981505394, -33.103640258312225]
  ),
  (
    "ras.img", [62, 41, 34], 173.83450964965058, 252,
    [-70.99207186698914, -60.5777006149292, -24.432809591293335]
  ),
  (
    "reoriented_anat_moved.nii", [21, 26, 22], 2725.588532230912, 0,
    [-31.297897338867188, -39.97758483886719, -15.599409103393555]
  ),
  ("standard.nii.gz", [4, 5, 7], 54.642857142857146, 255, [1, 6, 6]),
]

@Suite("Reading NIfTI", .enabled(if: SharedData.isPresent))
struct ReadingTests {
  @Test("The manifest lists every variant")
  func manifest() {
    #expect(ManifestEntry.all.count == 39)
    #expect(ManifestEntry.valid.count == 31)
  }

  @Test(
    "Every valid variant has nibabel's shape, affine and values",
    arguments: ManifestEntry.valid
  )
  func variant(entry: ManifestEntry) throws {
    let image = try readSeries(entry.path)
    #expect(image.header.dimensions == entry.shape)
    if let affine = entry.affine { expect(image.series.grid.affine, near: affine) }
    let values = image.series.everyValue
    let finite = values.filter(\.isFinite)
    let found = finite.mean
    if let mean = entry.mean {
      // Volumes are float32: each value is within 2^-24 of the stored one, and so is the mean.
      #expect(abs(found - mean) <= 6e-8 * mean)
    }
    if let std = entry.std {
      let squares = finite.map { ($0 - found) * ($0 - found) }
      #expect(abs(squares.mean.squareRoot() - std) <= 1e-6 * std)
    }
    if let value = entry.lastValue { #expect(image.series.sampleValue == Float(value)) }
  }

  @Test("NaN and infinite voxels arrive as they are")
  func notFinite() throws {
    let folder = ManifestEntry.folder
    let nan = try readSeries(folder + "with_nan.nii.gz").series.everyValue
    // Counted by nibabel, as are the infinite ones: one voxel in 20 volumes.
    #expect(nan.count { $0.isNaN } == 209)
    let inf = try readSeries(folder + "with_inf.nii.gz").series.everyValue
    #expect(inf.count { $0.isInfinite } == 20)
  }

  @Test("Real files of scanners and converters have nibabel's figures", arguments: realFiles)
  func real(
    file: String,
    shape: [Int],
    mean: Double,
    value: Double,
    point: SIMD3<Double>
  ) throws {
    let image = try readSeries(SharedData.root + "/nifti_tests/real/" + file)
    #expect(image.header.dimensions == shape)
    #expect(abs(image.series.everyValue.mean - mean) <= 6e-8 * mean)
    #expect(image.series.sampleValue == Float(value))
    #expect((image.series.grid.affine([1, 2, 3]) - point).length < 1e-5)
  }

  @Test("Volumes are counted, and one is demanded where one is needed")
  func volumes() throws {
    let folder = ManifestEntry.folder
    #expect(try readVolume(folder + "4d_one_volume.nii.gz") == readVolume(folder + "3d.nii.gz"))
    let path = folder + "int16.nii.gz"
    #expect(throws: NIfTIError(path: path, reason: .notOneVolume(count: 20))) {
      try readVolume(path)
    }
  }

  @Test(
    "The repetition time is in seconds whatever its unit",
    arguments: [("tr_msec.nii.gz", 2.0), ("tr_usec.nii.gz", 2.0), ("int16.nii.gz", 2.0)]
  )
  func repetitionTime(file: String, seconds: Double) throws {
    #expect(try readHeader(ManifestEntry.folder + file).repetitionTime == seconds)
  }

  @Test("A repetition time of 0 without a unit is none")
  func noRepetitionTime() throws {
    let header = try readHeader(ManifestEntry.folder + "tr_zero_nounits.nii.gz")
    #expect(header.repetitionTime == nil && header.timeUnit == .unknown)
  }

  @Test("Forms that disagree about left and right are noted, and the sform is used")
  func mirrored() throws {
    let image = try readSeries(ManifestEntry.folder + "q_ne_s.nii.gz")
    #expect(image.header.form == .sform)
    #expect(image.notes == ["sform and qform disagree about left and right; the sform is used"])
    #expect(try readHeader(ManifestEntry.folder + "qform_only.nii.gz").form == .qform)
  }

  @Test("An image without orientation is refused, or taken as RAS+ when asked")
  func noOrientation() throws {
    let path = ManifestEntry.folder + "no_form.nii.gz"
    #expect(throws: NIfTIError(path: path, reason: .noOrientation)) { try readSeries(path) }
    let image = try readSeries(path, assumesRAS: true)
    #expect(image.series.grid.affine([8, 10, 1]) == .zero)
    #expect(image.series.grid.voxelSize == [4, 4, 8])
    #expect(image.notes.count == 1)
  }
}

extension ImageSeries {
  var everyValue: [Double] {
    (0..<volumeCount).flatMap { volume($0).values.map(Double.init) }
  }

  /// The value of voxel (3, 4, 1) in the last volume.
  var sampleValue: Float { volume(volumeCount - 1).values[grid.index(3, 4, 1)] }
}

extension [Double] {
  var mean: Double { reduce(0, +) / Double(count) }
}

/// Compares with the rows of a 4 × 4 matrix that was stored as float32.
func expect(_ affine: Affine, near rows: [[Double]]) {
  for (row, expected) in zip([affine.rows.0, affine.rows.1, affine.rows.2], rows) {
    for i in 0..<4 { #expect(abs(row[i] - expected[i]) < 1e-5) }
  }
}
