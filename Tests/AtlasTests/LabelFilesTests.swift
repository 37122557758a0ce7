import Atlas
import Imaging
import TestData
import Testing

/// Files with their number of labels and the voxels of one of them, as nibabel counts them.
private let counted: [(file: String, space: String?, labels: Int)] = [
  ("mni2009c_2mm_xcpEngine/7YeoMNI.nii.gz", "MNI152NLin2009cAsym", 7),
  ("mni2009c_2mm_xcpEngine/schaefer100x7MNI.nii.gz", "MNI152NLin2009cAsym", 100),
  ("mni2009c_2mm_xcpEngine/schaefer200x7MNI.nii.gz", "MNI152NLin2009cAsym", 200),
  ("mni2009c_2mm_xcpEngine/schaefer400x7MNI.nii.gz", "MNI152NLin2009cAsym", 400),
  ("mni6_2mm_neuroparc/AAL_space-MNI152NLin6_res-2x2x2.nii.gz", nil, 116),
  ("mni6_2mm_neuroparc/Brodmann_space-MNI152NLin6_res-2x2x2.nii.gz", nil, 41),
  (
    "mni6_2mm_neuroparc/HarvardOxfordcort-maxprob-thr25_space-MNI152NLin6_res-2x2x2.nii.gz", nil,
    48
  ),
  (
    "mni6_2mm_neuroparc/HarvardOxfordsub-maxprob-thr25_space-MNI152NLin6_label_all_res-2x2x2.nii.gz",
    nil, 21
  ),
  ("mni6_2mm_neuroparc/Schaefer200_space-MNI152NLin6_res-2x2x2.nii.gz", nil, 200),
  ("mni6_2mm_neuroparc/Schaefer400_space-MNI152NLin6_res-2x2x2.nii.gz", nil, 400),
  ("mni6_2mm_neuroparc/Yeo-7_space-MNI152NLin6_res-2x2x2.nii.gz", nil, 7),
  ("tian/Tian_Subcortex_S1_3T.nii.gz", "MNI152NLin6Asym", 16),
  ("tian/Tian_Subcortex_S1_3T_2009cAsym.nii.gz", nil, 16),
  ("tian/Tian_Subcortex_S2_3T.nii.gz", "MNI152NLin6Asym", 32),
  ("tian/Tian_Subcortex_S2_3T_2009cAsym.nii.gz", nil, 32),
]

@Suite("Published label files", .enabled(if: SharedData.isPresent))
struct LabelFilesTests {
  private func load(_ file: String, _ space: String? = nil) throws -> RegionAtlas {
    try loadAtlas(SharedData.root + "/atlas/" + file + (space.map { ":space=" + $0 } ?? ""))
  }

  @Test("Each loads with the labels that nibabel counts", arguments: counted)
  func counts(file: String, space: String?, labels: Int) throws {
    let atlas = try load(file, space)
    #expect(Set(atlas.labels.labels).subtracting([0]).count == labels)
    #expect(atlas.regions.count >= labels)
    #expect(atlas.space.hasPrefix("MNI152NLin"))
    #expect(Set(atlas.regions.map(\.name)).count == atlas.regions.count)
  }

  @Test("A file that does not tell its space is refused")
  func unknownSpace() {
    let error = #expect(throws: AtlasError.self) {
      try load("mni2009c_2mm_xcpEngine/schaefer100x7MNI.nii.gz")
    }
    #expect(error?.reason == .unknownSpace)
  }

  @Test("Labels above 127 keep their own names and voxels")
  func schaefer() throws {
    let atlas = try load(
      "mni2009c_2mm_xcpEngine/schaefer400x7MNI.nii.gz",
      "MNI152NLin2009cAsym"
    )
    // Lines 200, 201 and 400 of the list; voxel counts by nibabel.
    #expect(atlas.regions[199].name == "LH_Default_PCC_11")
    #expect(atlas.regions[200].name == "RH_Vis_1")
    #expect(atlas.regions[399].name == "RH_Default_PCC_9")
    #expect(atlas.labels.labels.count { $0 == 400 } == 261)
    #expect(atlas.labels.labels.count { $0 == 201 } == 351)
    #expect(atlas.regions.count { $0.hemisphere == .left } == 200)
    #expect(atlas.regions.count { $0.hemisphere == .right } == 200)
    #expect(atlas.notes.isEmpty)
  }

  @Test("In a list that begins with the right side, left is left")
  func tian() throws {
    let atlas = try load("tian/Tian_Subcortex_S2_3T_2009cAsym.nii.gz")
    let region = try #require(atlas.regions.first { $0.label == 22 })
    #expect(region.name == "THA-VP-lh")
    #expect(region.hemisphere == .left)
    let grid = atlas.labels.grid
    for (index, label) in atlas.labels.labels.enumerated() where label == 22 {
      #expect(grid.position(ofVoxel: index).x < 0)
    }
  }

  @Test("A published file whose names have the sides exchanged is noticed")
  func exchanged() throws {
    let file = "HarvardOxfordsub-maxprob-thr25_space-MNI152NLin6_res-2x2x2.nii.gz"
    let atlas = try load("mni6_2mm_neuroparc/" + file)
    // By nibabel: of 21 labels, the 20 whose names tell a side lie on the other one.
    #expect(atlas.notes.first?.contains("20 regions") == true)
    #expect(atlas.regions.allSatisfy { $0.hemisphere == .none })
    #expect(atlas.regions.count(where: \.isBrainstem) == 1)
  }

  @Test("Labels whose name is null carry their number")
  func nullNames() throws {
    let atlas = try load("mni6_2mm_neuroparc/Schaefer400_space-MNI152NLin6_res-2x2x2.nii.gz")
    #expect(atlas.regions.last?.name == "region-400")
    #expect(atlas.regions.first?.hemisphere == .left)
    #expect(atlas.name == "Schaefer400")
  }
}
