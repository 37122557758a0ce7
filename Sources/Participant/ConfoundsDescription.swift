import BIDS
import Files
import Realignment

/// What the columns of a run's table of confounds mean, as it is written beside the table.
struct ConfoundsDescription: Encodable {
  let source: String?
  let convention: String
  let frame: String?
  let centre: [Double?]?
  let centreMeaning: String?
  let reference: String?
  let componentSource: String?
  let dvars: String?
  let standardizedDVARS: String?
  let repetitionTime: Double
  let referenceTime: Double
  let keptVolumes: Int
  let volumes: Int

  enum CodingKeys: String, CodingKey {
    case source = "Source"
    case convention = "Convention"
    case frame = "Frame"
    case centre = "Centre"
    case centreMeaning = "CentreMeaning"
    case reference = "Reference"
    case componentSource = "ComponentSource"
    case dvars = "DVARS"
    case standardizedDVARS = "StandardizedDVARS"
    case repetitionTime = "RepetitionTime"
    case referenceTime = "ReferenceTime"
    case keptVolumes = "KeptVolumes"
    case volumes = "Volumes"
  }

  /// Describes the columns that were measured here, or those of the program that measured them before.
  init(of result: RunResult) {
    repetitionTime = result.repetitionTime
    referenceTime = result.referenceTime
    keptVolumes = result.keptVolumes.count
    volumes = result.motion.poses.count
    if let files = result.run.preprocessed {
      source = "\(files.program): its columns, of which these were used or are shown in the report"
      convention = "that of the source; for motion the frame of FSL's MCFLIRT"
      (frame, centre, centreMeaning, reference) = (nil, nil, nil, nil)
      (componentSource, dvars, standardizedDVARS) = (nil, nil, nil)
      return
    }
    source = nil
    convention = "x' = Rz Ry Rx (x - c) + c + t takes a point of the volume to the reference"
    frame = "scanner RAS+; translations in mm, rotations in rad; not MCFLIRT's frame"
    centre = (0..<3).map { rounded(result.headCentre[$0], digits: 6) }
    centreMeaning = "c, the mean position of the brain's voxels in this reference, in mm"
    reference = "the mean of the realigned volumes of this run"
    componentSource = result.noiseSource
    dvars = "dvars is in the image's unit; fMRIPrep's is after scaling the run to a median of 1000"
    standardizedDVARS =
      "as fMRIPrep: the root mean square over voxels of the change, over the mean over voxels of the "
      + "robust standard deviation (interquartile range / 1.349) times sqrt(2 (1 - r)). Unlike there r, "
      + "the correlation of successive volumes, is 1 - (D / S)^2 / 2 by the interquartile ranges D of "
      + "changes and S of values in place of plain moments, and both are of volumes after the dummy "
      + "scans whose pose was found: broken and early volumes do not move the threshold"
  }
}
