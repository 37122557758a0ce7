import FoundationEssentials
import Imaging
import Job
import NIfTI
import Normalization
import TestData
import Testing

@Suite("A real head", .enabled(if: SharedData.isPresent))
struct RealHeadTests {
  /// The first volume of the run: as good a reference as any for the way to the template.
  private func request() throws -> NormalizationRequest {
    let subject = SharedData.root + "/bold/ds-oneback/sub-01"
    let series = try readSeries("\(subject)/func/sub-01_task-oneback_run-1_bold.nii.gz").series
    let reference = series.volume(2)
    var asked = Normalization()
    asked.template = SharedData.root + "/templates/tpl-MNI152NLin6Asym_res-02_T1w.nii.gz"
    let folder = try SharedData.temporaryFolder("nocinet-head")
    return NormalizationRequest(
      method: .t1w,
      reference: reference,
      mask: brainMask(of: reference),
      t1wPath: "\(subject)/anat/sub-01_T1w.nii.gz",
      template: try findTemplate(request: asked, environment: [:]).template,
      keptFolder: "\(folder)/kept",
      workFolder: "\(folder)/work"
    )
  }

  @Test("The EPI's brain covers the template's, space is not folded, there and back is 0.1 mm")
  func check() throws {
    let request = try request()
    let result = try normalize(request)
    let check = try #require(result.check)
    #expect(result.space == "MNI152NLin6Asym")
    #expect(check.problems == [])
    #expect(try #require(check.maskOverlap) > 0.9)
    #expect(check.inverseConsistency < 0.1)
    #expect(check.minimumJacobian > 0 && check.foldedShare == 0)

    // Read off the EPI by eye with another viewer's coordinates would be subjective; what is certain
    // is that both frames have the subject's right at +x, its front at +y and its top at +z.
    let centre = try #require(result.templateToNative([0, -20, 10]))
    for (axis, step) in [SIMD3<Double>(40, 0, 0), [0, 40, 0], [0, 0, 40]].enumerated() {
      let moved = try #require(result.templateToNative([0, -20, 10] + step)) - centre
      #expect(moved[axis] > 30)
      #expect(abs(moved.length - 40) < 8)
    }
  }
}
