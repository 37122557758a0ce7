import FoundationEssentials
import Imaging
import Job
import NIfTI
import Normalization
import TestData
import Testing

@Suite("A real head", .enabled(if: SharedData.isPresent))
struct RealHeadTests {
  /// An early volume of the run: as good a reference as any for the way to the template.
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

    // Native peaks of houses over faces (nilearn 0.14.1, OLS, 6 mm) against the parahippocampal place
    // area of Epstein and Kanwisher 1998; 16 mm is the spread over people and studies. Unmapped,
    // they lie 30 mm off.
    let right = try #require(result.nativeToTemplate([33.7, -7.5, -10.7]))
    let left = try #require(result.nativeToTemplate([-23.4, -16.4, -8.6]))
    #expect((right - [20, -39, -5]).length < 16)
    #expect((left - [-28, -39, -6]).length < 16)

    // Both frames have the person's right at +x, the front at +y and the top at +z.
    let centre = try #require(result.templateToNative([0, -20, 10]))
    for (axis, step) in [SIMD3<Double>(40, 0, 0), [0, 40, 0], [0, 0, 40]].enumerated() {
      let moved = try #require(result.templateToNative([0, -20, 10] + step)) - centre
      #expect(moved[axis] > 30)
      #expect(abs(moved.length - 40) < 8)
    }
  }
}
