import Files
import Imaging
import NIfTI
import TestData
import Testing

@Suite("Writing a run volume by volume")
struct SeriesStreamingTests {
  private func write(to path: String, threads: Int, count: Int = 11) throws -> [Volume] {
    let grid = try #require(WritingTests.grid)
    let volumes = (0..<count).map { volume in
      Volume(
        grid: grid,
        values: (0..<grid.voxelCount).map { Float(volume * 100 + $0) / 7 }
      )
    }
    try writeVolumes(
      count,
      on: grid,
      to: path,
      repetitionTime: 1.3,
      spaceIsTemplate: false,
      description: "moving",
      threads: threads
    ) { volumes[$0] }
    return volumes
  }

  @Test("All volumes come back to the bit", arguments: ["/x.nii.gz", "/x.nii"])
  func back(name: String) throws {
    let path = try SharedData.temporaryFolder() + name
    let volumes = try write(to: path, threads: 2)
    let image = try readSeries(path)
    #expect(image.header.repetitionTime == Double(Float(1.3)))
    #expect(image.series.volumeCount == volumes.count && image.notes.isEmpty)
    for (place, volume) in volumes.enumerated() {
      #expect(image.series.volume(place).values == volume.values)
    }
  }

  @Test("The bytes are the same for any number of threads")
  func threads() throws {
    let folder = try SharedData.temporaryFolder()
    for threads in [1, 3] { _ = try write(to: "\(folder)/\(threads).nii.gz", threads: threads) }
    #expect(try readBytes(folder + "/1.nii.gz") == readBytes(folder + "/3.nii.gz"))
  }
}
