import Atlas
import Imaging
import Testing

@Suite("Spaces of atlas and template")
struct TemplateSpaceTests {
  private func atlas(in space: String) throws -> RegionAtlas {
    let grid = try #require(Grid(dimensions: [1, 1, 1], affine: .identity))
    let labels = LabelVolume(grid: grid, labels: [1])
    return RegionAtlas(name: "a", space: space, labels: labels, regions: [], source: "a")
  }

  @Test(
    "The same space under another spelling is the same",
    arguments: [
      ("MNI152NLin6", "MNI152NLin6Asym"), ("2009cAsym", "MNI152NLin2009cAsym"),
      ("Colin27", "MNIColin27"), ("myTemplate", "myTemplate"),
    ]
  )
  func same(own: String, template: String) throws {
    #expect(
      try checkSpace(of: atlas(in: own), against: template, allowsMismatch: false) == nil
    )
  }

  @Test("Another member of the MNI152 family is taken, and that is said")
  func family() throws {
    let atlas = try atlas(in: "MNI152NLin6Asym")
    let note = try checkSpace(of: atlas, against: "MNI152NLin2009cAsym", allowsMismatch: false)
    #expect(note?.contains("a few mm") == true)
  }

  @Test(
    "A different brain is refused, and taken only when that was accepted",
    arguments: ["MNIColin27", "MNI305", "fsaverage", "T1w"]
  )
  func different(template: String) throws {
    let atlas = try atlas(in: "MNI152NLin6Asym")
    let reason = AtlasError.Reason.otherSpace(atlas: "MNI152NLin6Asym", template: template)
    #expect(throws: AtlasError(path: "a", reason: reason)) {
      try checkSpace(of: atlas, against: template, allowsMismatch: false)
    }
    let note = try checkSpace(of: atlas, against: template, allowsMismatch: true)
    #expect(note?.contains("accepted by hand") == true)
  }
}
