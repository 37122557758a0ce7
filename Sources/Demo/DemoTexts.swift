import Files

/// The texts of the dataset that say what it is.
enum DemoTexts {
  static let description = """
    {
      "Name": "nocinet demo: heat pain in fibromyalgia, CRPS and controls, simulated",
      "BIDSVersion": "1.9.0",
      "DatasetType": "raw",
      "License": "CC0",
      "GeneratedBy": [{"Name": "nocinet demo"}]
    }

    """

  static let aboutDataset = """
    Simulated heat-pain runs with known truth, made by `nocinet demo`. Nobody was scanned.

    The heads are drawn from geometry in MNI152NLin6Asym, so the runs need no normalization
    (`--normalization none --space MNI152NLin6Asym`). Each volume is taken all at once in the middle
    of its repetition time. What is true is in the folder `truth` beside this one.

    """

  static let aboutTruth = """
    What is true about the dataset beside this folder.

    region_effects.tsv: the mean of each region's response, in % of the local baseline, for a unit
    boxcar convolved with SPM's double gamma of unit integral; contrasts `..._by_pain_rating` are in
    % per point of the rating, which is centred within run and condition.
    *_motion.tsv: the head point x is at the scanner point y = Rz Ry Rx (x - c) + c + t, in RAS mm and
    rad, c the `centre` in the .json. Volume 0 is not the identity: compare relative to it.

    """

  static let participantColumns = """
    {
      "group": {
        "Description": "diagnosis",
        "Levels": {
          "FM": "fibromyalgia",
          "CRPS": "complex regional pain syndrome",
          "HC": "healthy control"
        }
      },
      "age": {"Units": "years"},
      "sex": {"Levels": {"F": "female", "M": "male"}}
    }

    """

  static let eventColumns = """
    {
      "trial_type": {
        "Levels": {
          "heat_high": "10 s of strong heat",
          "heat_low": "10 s of weak heat",
          "rating": "rating the pain by buttons under the right hand"
        }
      },
      "pain_rating": {"Description": "pain of the heat, 0 none to 100 worst"}
    }

    """

  static func sidecar(of acquisition: SimulatedAcquisition) -> String {
    """
    {
      "TaskName": "heat",
      "RepetitionTime": \(number(acquisition.repetitionTime)),
      "StartTime": \(number(acquisition.repetitionTime / 2)),
      "Manufacturer": "simulated"
    }

    """
  }

  static func motionConvention(centre: SIMD3<Double>) -> String {
    """
    {
      "convention": "y = Rz Ry Rx (x-c) + c + t, world mm (RAS), radians, head -> scanner",
      "centre": [\(number(centre.x)), \(number(centre.y)), \(number(centre.z))]
    }

    """
  }
}
