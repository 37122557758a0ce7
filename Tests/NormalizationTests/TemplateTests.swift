import Files
import FoundationEssentials
import Job
import Normalization
import TestData
import Testing

@Suite("Looking the template up")
struct TemplateTests {
  /// A folder with empty files of the given names.
  private func folder(_ names: [String]) throws -> String {
    let folder = try SharedData.temporaryFolder("nocinet-template")
    for name in names { try writeAtomically([UInt8](), to: "\(folder)/\(name)") }
    return folder
  }

  private func asked(template: String? = nil, space: String? = nil) -> Normalization {
    var asked = Normalization()
    asked.template = template
    asked.space = space
    return asked
  }

  @Test("A stated file comes first; its name tells the space, and its brain mask lies beside it")
  func stated() throws {
    let home = try folder([
      "tpl-MNI152NLin2009cAsym_res-02_T1w.nii.gz",
      "tpl-MNI152NLin2009cAsym_res-02_desc-brain_mask.nii.gz",
      "tpl-MNI152NLin6Asym_res-02_T1w.nii.gz",
    ])
    let path = "\(home)/tpl-MNI152NLin2009cAsym_res-02_T1w.nii.gz"
    let (template, notice) = try findTemplate(
      request: asked(template: path),
      environment: ["TEMPLATEFLOW_HOME": home]
    )
    #expect(template.path == path)
    #expect(template.space == "MNI152NLin2009cAsym")
    #expect(
      template.brainMaskPath == "\(home)/tpl-MNI152NLin2009cAsym_res-02_desc-brain_mask.nii.gz"
    )
    #expect(notice == nil)
  }

  @Test("Maps of tissue are those that TemplateFlow names for the same template and resolution")
  func tissues() throws {
    let stem = "tpl-MNI152NLin2009cAsym_res-02"
    let home = try folder([
      stem + "_T1w.nii.gz", stem + "_label-WM_probseg.nii.gz",
      "tpl-MNI152NLin2009cAsym_res-01_label-CSF_probseg.nii.gz",
    ])
    let template = Template(path: "\(home)/\(stem)_T1w.nii.gz", space: "x", brainMaskPath: nil)
    #expect(template.tissuePath("WM") == "\(home)/\(stem)_label-WM_probseg.nii.gz")
    #expect(template.tissuePath("CSF") == nil)
    let other = Template(path: home + "/ch2.nii.gz", space: "MNIColin27", brainMaskPath: nil)
    #expect(other.tissuePath("WM") == nil)
  }

  @Test("A stated file of unknown space is refused, unless the space is stated too")
  func unknownSpace() throws {
    let path = try folder(["head.nii.gz"]) + "/head.nii.gz"
    #expect(throws: NormalizationError.templateSpaceUnknown(path: path)) {
      try findTemplate(request: asked(template: path), environment: [:])
    }
    let found = try findTemplate(request: asked(template: path, space: "Ours"), environment: [:])
    #expect(found.template == Template(path: path, space: "Ours", brainMaskPath: nil))
  }

  @Test("A stated space that contradicts the file's name is refused, and a missing file is named")
  func contradiction() throws {
    let path = try folder(["tpl-MNI152NLin6Asym_T1w.nii"]) + "/tpl-MNI152NLin6Asym_T1w.nii"
    #expect(
      throws: NormalizationError.templateSpaceContradiction(
        path: path,
        named: "MNI152NLin6Asym",
        stated: "MNIColin27"
      )
    ) {
      try findTemplate(request: asked(template: path, space: "MNIColin27"), environment: [:])
    }
    #expect(throws: NormalizationError.templateFileMissing(path: "/nowhere/t.nii")) {
      try findTemplate(request: asked(template: "/nowhere/t.nii"), environment: [:])
    }
  }

  @Test("TemplateFlow comes before FSL, FSL before Colin27, and Colin27 comes with a notice")
  func order() throws {
    let flow = try folder([
      "tpl-MNI152NLin6Asym/tpl-MNI152NLin6Asym_res-02_T1w.nii.gz",
      "tpl-MNI152NLin2009cAsym/tpl-MNI152NLin2009cAsym_res-02_T1w.nii.gz",
    ])
    let fsl = try folder([
      "data/standard/MNI152_T1_2mm.nii.gz", "data/standard/MNI152_T1_2mm_brain_mask.nii.gz",
    ])
    let colin = try folder(["ch2.nii.gz", "ch2bet.nii.gz"])
    func find(_ environment: [String: String], space: String? = nil) throws -> (Template, String?) {
      try findTemplate(request: asked(space: space), environment: environment, lastResort: colin)
    }
    let both = ["TEMPLATEFLOW_HOME": flow, "FSLDIR": fsl]
    let first = try find(both)
    #expect(first.0.path.hasPrefix(flow) && first.0.space == "MNI152NLin6Asym" && first.1 == nil)
    #expect(try find(both, space: "MNI152NLin2009cAsym").0.space == "MNI152NLin2009cAsym")

    let second = try find(["FSLDIR": fsl])
    #expect(second.0.path == "\(fsl)/data/standard/MNI152_T1_2mm.nii.gz")
    #expect(second.0.space == "MNI152NLin6Asym" && second.1 == nil)
    #expect(second.0.brainMaskPath == "\(fsl)/data/standard/MNI152_T1_2mm_brain_mask.nii.gz")

    let last = try find([:])
    #expect(last.0.space == "MNIColin27" && last.0.brainMaskPath == "\(colin)/ch2bet.nii.gz")
    #expect(try #require(last.1).contains("Colin27"))
  }

  @Test("Where none is found, or none of the space that was asked for, the error says what to try")
  func none() throws {
    #expect(throws: NormalizationError.templateMissing(space: nil)) {
      try findTemplate(request: asked(), environment: [:], lastResort: "/nowhere")
    }
    let colin = try folder(["ch2.nii.gz"])
    let error = #expect(throws: NormalizationError.self) {
      try findTemplate(
        request: asked(space: "MNI152NLin6Asym"),
        environment: [:],
        lastResort: colin
      )
    }
    #expect(error == .templateMissing(space: "MNI152NLin6Asym"))
    #expect(error?.description.contains("--template FILE") == true)
  }
}
