import Atlas
import FoundationEssentials
import Imaging
import NIfTI
import TestData
import Testing

/// Case 20: the mean series of four labels of a small image, written with 12 digits.
@Suite("Region means of a peer", .enabled(if: SharedData.isPresent))
struct RegionMeanCaseTests {
  private let folder = SharedData.references + "/20_roi_means"

  @Test(
    "A region's mean series is the peer's, in the whole image and inside a mask",
    arguments: [("mean", 4), ("mean_masked", 3)]
  )
  func means(file: String, regionCount: Int) throws {
    let image = try readSeries("\(folder)/bold.nii.gz").series
    let labels = try readLabels("\(folder)/labels.nii.gz").labels
    let inside = try readVolume("\(folder)/mask.nii.gz").values
    let mask = Mask(grid: image.grid) { file == "mean" || inside[$0] > 0 }
    var series = MaskedSeries(zerosIn: mask, volumeCount: image.volumeCount)
    for volume in 0..<image.volumeCount {
      let values = image.volume(volume).values
      for (place, index) in mask.indices.enumerated() {
        series.strips[series.offset(ofVoxel: place, volume: volume)] = values[index]
      }
    }
    let text = try String(contentsOfFile: "\(folder)/\(file).tsv", encoding: .utf8)
    let lines = text.split(separator: "\n").map { $0.split(separator: "\t") }
    #expect(lines[0].count == regionCount)
    for (column, name) in lines[0].enumerated() {
      let label = try #require(Int(name.dropFirst("label_".count)))
      let places = mask.indices.indices.filter { labels[mask.indices[$0]] == Int32(label) }
      // A baseline of 100 makes a percentage the value itself.
      let mean = meanPercentSeries(
        RegionWeights(
          region: Region(label: label, name: String(name)),
          voxels: places.map { (place: $0, weight: 1) },
          coverage: 1
        ),
        series: series,
        baseline: [Double](repeating: 100, count: mask.count)
      )
      for (volume, own) in mean.enumerated() {
        let expected = try #require(Double(lines[volume + 1][column]))
        #expect(abs(own - expected) < 1e-6)
      }
    }
  }
}
