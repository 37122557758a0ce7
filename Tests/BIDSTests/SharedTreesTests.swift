import BIDS
import TestData
import Testing

// The expected counts were taken from the trees with find and awk.
@Suite("Published datasets", .enabled(if: SharedData.isPresent))
struct SharedTreesTests {
  private func tree(_ name: String) throws -> Dataset {
    try Dataset(root: SharedData.root + "/bids_trees/" + name)
  }

  @Test(
    "Every participant and every run with an image is found",
    arguments: [
      ("bids-examples/7t_trt", 22, 132), ("bids-examples/ds007", 20, 118),
      ("bids-examples/ds114", 10, 100), ("bids-examples/ds005", 16, 48),
      ("bids-examples/synthetic", 5, 30), ("bids-examples/volume_timing", 1, 6),
    ]
  )
  func runs(name: String, participants: Int, runs: Int) throws {
    let dataset = try tree(name)
    #expect(dataset.participants.count == participants)
    var found: [Run] = []
    for participant in dataset.participants { found += try dataset.runs(of: participant) }
    #expect(found.count == runs)
    #expect(Set(found.map(\.imagePath)).count == runs)
  }

  @Test(
    "Runs of which only events and sidecars were published are listed without an image",
    arguments: [
      ("ds000140", 33, 297), ("ds003836", 35, 170), ("ds004144", 66, 131),
      ("ds004746_subset", 12, 48), ("ds005883", 39, 39),
    ]
  )
  func withoutImage(name: String, participants: Int, runs: Int) throws {
    let dataset = try tree(name)
    #expect(dataset.participants.count == participants)
    var found: [Run] = []
    for participant in dataset.participants {
      #expect(throws: BIDSError.self) { try dataset.runs(of: participant) }
      found += try dataset.runsWithoutImage(of: participant)
    }
    #expect(found.count == runs)
  }
}

extension SharedTreesTests {
  @Test("Every events file can be read")
  func events() throws {
    var (files, duplicated): (Int, [String]) = (0, [])
    for name in ["ds000140", "ds003836", "ds004144", "ds004746_subset", "ds005883"] {
      let dataset = try tree(name)
      for participant in dataset.participants {
        for run in try dataset.runsWithoutImage(of: participant) {
          guard let path = run.eventsPath else { continue }
          let table = try EventTable(path: path)
          #expect(!table.events.isEmpty)
          #expect(table.events.map(\.onset) == table.events.map(\.onset).sorted())
          duplicated += table.notes.filter { $0.contains("both named") }
          files += 1
        }
      }
    }
    #expect(files == 297 + 170 + 63 + 48 + 39)
    #expect(duplicated.count == 1)
  }

  @Test("The repetition time is inherited from the dataset's sidecar and from the run's own")
  func inheritedRepetitionTimes() throws {
    #expect(try tree("ds000140").runsWithoutImage(of: "01")[0].sidecar.repetitionTime == 2)
    let own = try tree("ds005883").runsWithoutImage(of: "01")[0]
    #expect(own.sidecar.repetitionTime == 2.68)
    #expect(own.sidecar.sources.count == 1)
    let tsl = try tree("ds003836").runsWithoutImage(of: "06")
    #expect(tsl.map(\.entities.run) == ["01", "02", "03", "04", "05"])
    #expect(tsl.allSatisfy { $0.sidecar.sliceTiming?.isEmpty == false })
  }

  @Test("Versions of a run in several spaces are chosen by space, and refused without one")
  func derivatives() throws {
    let dataset = try tree("bids-examples/ds000001-fmriprep")
    #expect(dataset.isDerivative)
    let participant = dataset.participants[0]
    let runs = try dataset.runs(of: participant, space: "MNI152NLin2009cAsym")
    #expect(runs.map(\.entities.run) == ["1", "2", "3"])
    #expect(runs.allSatisfy { $0.entities.description == "preproc" })
  }
}
