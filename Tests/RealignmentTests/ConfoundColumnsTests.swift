import Glibc
import Imaging
import Realignment
import Testing

@Suite("Columns of outliers, of the start, and of noise")
struct OutlierColumnsTests {
  @Test("Each volume that moved or changed too much has a column of its own")
  func outliers() {
    let table = ConfoundsTable(
      names: ["framewise_displacement", "std_dvars"],
      columns: [[0, 0.5, 0.51, 0.1, 0.2], [0, 1, 1, 1.5, 1.6]]
    )
    let volumes = motionOutliers(in: table)
    #expect(volumes == [2, 4])
    let columns = indicatorColumns(volumes, named: "motion_outlier_", of: 5)
    #expect(columns.names == ["motion_outlier_00", "motion_outlier_01"])
    #expect(columns.columns == [[0, 0, 1, 0, 0], [0, 0, 0, 0, 1]])
    #expect(indicatorColumns([], named: "x", of: 5).columns.isEmpty)
  }

  @Test("Bright volumes at the start of a run are counted before anything is known of it")
  func startOfRun() {
    let (phantom, grid) = (Phantom(), TestGrid.plain.grid)
    // T1 saturation: 1 + exp(-t TR / T1) with TR 2 s and T1 1.4 s, on a level that wanders by 0.05 %.
    var random = Lehmer(state: 3)
    let volumes = (0..<24).map { volume -> Volume in
      let gain = 1 + 0.3 * pow(0.24, Double(volume)) + 5e-4 * random.noise()
      return phantom.volume(on: grid, moved: .identity, gain: gain)
    }
    // 30 %, 7.2 %, 1.7 % and 0.4 % are over 3.5 x 0.05 %; 0.1 % is not.
    #expect(nonSteadyVolumeCount(of: makeSeries(volumes)) == 4)
    #expect(nonSteadyVolumeCount(of: makeSeries(Array(volumes.dropFirst(8)))) == 0)
    #expect(nonSteadyVolumeCount(of: makeSeries(Array(volumes.prefix(9)))) == 0)
  }

  @Test("Bright volumes at the start are counted; an even signal and one spike later are not")
  func start() {
    let even = (0..<60).map { 1000 + Double($0 * 7 % 5) }
    #expect(nonSteadyVolumeCount(even) == 0)
    // Longitudinal relaxation: T1 1.3 s, TR 2 s, 90 degrees, from full magnetization.
    let relaxing = even.indices.map { even[$0] * (1 + 0.3 * exp(-2 * Double($0) / 1.3)) }
    // 30 %, 6.4 % and 1.4 % above a signal that varies by 0.15 %; then 0.3 % and less.
    #expect(nonSteadyVolumeCount(relaxing) == 3)
    var spike = even
    spike[7] = 1200
    #expect(nonSteadyVolumeCount(spike) == 0)
    #expect(nonSteadyVolumeCount([Double](repeating: 5, count: 30)) == 0)
    #expect(nonSteadyVolumeCount([9, 1, 1]) == 0)
  }

  @Test("Voxels of a tissue keep their distance from other tissue and from the brain's edge")
  func certain() throws {
    let grid = TestGrid.plain.grid
    let distance = { (index: Int) in grid.position(ofVoxel: index).length }
    let mask = Mask(grid: grid) { distance($0) < 40 }
    var probability = Volume(
      grid: grid,
      values: (0..<grid.voxelCount).map { distance($0) < 38 ? 0.96 : 0.94 }
    )
    probability.values[grid.index(0, 0, 0)] = .nan
    func found(margin: Double, depth: Double) -> [Double] {
      certainPlaces(of: probability, in: mask, margin: margin, depth: depth)
        .map { distance(mask.indices[$0]) }
    }
    let all = found(margin: 0, depth: 0)
    #expect(all.count == mask.indices.count { distance($0) < 38 })
    // The nearest voxel of a sphere's outside lies up to a voxel's diagonal, 7 mm, beyond it.
    for (margin, depth) in [(8.0, 0.0), (0, 10)] {
      let inner = found(margin: margin, depth: depth)
      let edge = margin > 0 ? 38 - margin : 40 - depth
      #expect(try #require(inner.max()) < edge + 7 && inner.count < all.count)
      #expect(inner.count > mask.indices.count { distance($0) < edge - 0.1 } - 1)
    }
  }

  @Test("The mean over voxels is a column; without voxels there is none")
  func mean() {
    let mask = Mask(grid: TestGrid.plain.grid) { $0 < 20 }
    var series = MaskedSeries(zerosIn: mask, volumeCount: 2)
    for place in 0..<20 {
      series.strips[series.offset(ofVoxel: place, volume: 1)] = Float(place)
    }
    let table = meanColumn(of: series, in: [1, 4, 19], named: "csf")
    #expect(table["csf"] == [0, 8])
    #expect(meanColumn(of: series, in: [], named: "csf").names.isEmpty)
  }

  @Test("A course that all voxels share in different amounts is the first component")
  func component() throws {
    let grid = try #require(Grid(dimensions: [5, 4, 3], affine: .identity))
    let mask = Mask(grid: grid) { _ in true }
    var series = MaskedSeries(zerosIn: mask, volumeCount: 64)
    // A wave of 12 s at TR 1 s, whole periods of which are kept, and little of another of 4 s.
    let wave = (0..<64).map { cos(2 * .pi * Double($0) / 12) }
    for place in 0..<mask.count {
      for volume in 0..<64 {
        let value =
          500 + Double(place) + (1 + Double(place % 7)) * wave[volume]
          + 0.1 * Double(place % 3) * cos(.pi * Double(volume) / 2) + 0.005 * Double(volume)
        series.strips[series.offset(ofVoxel: place, volume: volume)] = Float(value)
      }
    }
    let kept = Array(4..<64)
    let table = componentColumns(
      of: series,
      in: Array(0..<mask.count),
      kept: kept,
      repetitionTime: 1,
      named: "c_comp_cor_"
    )
    #expect(table.names.first == "c_comp_cor_00")
    let first = try #require(table["c_comp_cor_00"])
    #expect(first[0..<4] == [0, 0, 0, 0])
    let variance = kept.reduce(0) { $0 + first[$1] * first[$1] } / 60
    #expect(abs(variance - 1) < 1e-9)
    let product = kept.reduce(0) { $0 + first[$1] * wave[$1] } / 60
    let size = (kept.reduce(0) { $0 + wave[$1] * wave[$1] } / 60).squareRoot()
    // By numpy's singular value decomposition of the same courses in float64; the strips hold values
    // of 500 to 6e-5, which 60 voxels average.
    #expect(abs(abs(product) / size - 0.990867236) < 1e-5)
    #expect(abs(abs(first[4]) - 0.0605309527 * 60.0.squareRoot()) < 1e-4)
    #expect(abs(abs(first[6]) - 0.1664767638 * 60.0.squareRoot()) < 1e-4)
  }

  @Test("Components of many voxels hold courses that a few voxels would hardly tell")
  func manyVoxels() throws {
    let (voxelCount, volumeCount) = (1500, 240)
    let grid = try #require(Grid(dimensions: [15, 10, 10], affine: .identity))
    var series = MaskedSeries(zerosIn: Mask(grid: grid) { _ in true }, volumeCount: volumeCount)
    var random = Lehmer(state: 23)
    let sources = (0..<3).map { _ in (0..<volumeCount).map { _ in random.noise() } }
    // Three sources of 8 % of the variance together.
    for voxel in 0..<voxelCount {
      let weights = sources.map { _ in (0.08 / 3).squareRoot() * random.noise() }
      for volume in 0..<volumeCount {
        let shared = zip(weights, sources).reduce(0) { $0 + $1.0 * $1.1[volume] }
        series.strips[series.offset(ofVoxel: voxel, volume: volume)] =
          Float(500 + shared + 0.92.squareRoot() * random.noise())
      }
    }
    let tables = [1, 2].map { threads in
      componentColumns(
        of: series,
        in: Array(0..<voxelCount),
        kept: Array(0..<volumeCount),
        repetitionTime: 0.1,
        named: "c_",
        threads: threads
      )
    }
    #expect(tables[0].columns == tables[1].columns && tables[0].columns.count == 5)
    let count = Double(volumeCount)
    for (place, column) in tables[0].columns.enumerated() {
      for other in tables[0].columns[place...] {
        let product = zip(column, other).reduce(0) { $0 + $1.0 * $1.1 } / count
        #expect(abs(product - (column == other ? 1 : 0)) < 1e-9)
      }
    }
    // Squared cosine between a source and its component where eigenvalues stand out of noise: Paul
    // (2007), Statistica Sinica 17, theorem 4: (1 - g / x^2) / (1 + g / x) with g = 240 / 1500 and x
    // = 0.08 / 3 / (0.92 / 240): .974 (.745 of 120 voxels). Weights of 8 % vary by voxel, and the variance
    // that voxels are scaled to with them.
    for source in sources {
      let mean = source.reduce(0, +) / count
      let size = source.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let explained = tables[0].columns.reduce(0.0) { sum, column in
        let product = zip(column, source).reduce(0) { $0 + $1.0 * ($1.1 - mean) }
        return sum + product * product / count / size
      }
      #expect(abs(explained - 0.974) < 0.02, "\(explained)")
    }
  }
}

@Suite("MCFLIRT's frame")
struct MCFLIRTParametersTests {
  private let motion = RigidMotion(translation: [1.2, -0.7, 2.1], rotation: [0.03, -0.05, 0.08])
  private let centre = SIMD3(4.0, -20, 12)

  @Test("The parameters say the motion again, on any grid", arguments: TestGrid.allCases)
  func thereAndBack(kind: TestGrid) {
    let map = motion.affine(about: centre)
    let parameters = MCFLIRTParameters(map, on: kind.grid, centreOfGravity: [2, 3, -5])
    let again = parameters.volumeToReference(on: kind.grid, centreOfGravity: [2, 3, -5])
    for point: SIMD3<Double> in [[0, 0, 0], [50, -30, 20], [-40, 60, 10]] {
      #expect((again(point) - map(point)).length < 1e-10)
    }
  }

  // FSL's x runs to the left in both storages, so a shift to the right is negative, and a
  // right-handed turn about x in RAS+ is left-handed there; FSL's own turns are left-handed.
  @Test("Signs by hand: plain and x-flipped storage give the same, FSL's x to the left")
  func signs() {
    let shift = RigidMotion(translation: [1, 2, 3], rotation: .zero).affine(about: .zero)
    let turn = RigidMotion(translation: .zero, rotation: [0.1, 0, 0]).affine(about: centre)
    let spin = RigidMotion(translation: .zero, rotation: [0, 0, 0.1]).affine(about: centre)
    for kind in [TestGrid.plain, .flipped] {
      let moved = MCFLIRTParameters(shift, on: kind.grid, centreOfGravity: centre)
      #expect((moved.translation - [-1, 2, 3]).length < 1e-12)
      let turned = MCFLIRTParameters(turn, on: kind.grid, centreOfGravity: centre)
      #expect((turned.rotation - [-0.1, 0, 0]).length < 1e-12)
      #expect(turned.translation.length < 1e-12)
      let spun = MCFLIRTParameters(spin, on: kind.grid, centreOfGravity: centre)
      #expect((spun.rotation - [0, 0, 0.1]).length < 1e-12)
    }
  }

  @Test("An oblique grid turns the axes with it")
  func oblique() {
    let grid = TestGrid.oblique.grid
    // One voxel along the stored y axis is 4.2 mm along FSL's y.
    let step = grid.affine.column(1)
    let shift = RigidMotion(translation: step, rotation: .zero).affine(about: .zero)
    let moved = MCFLIRTParameters(shift, on: grid, centreOfGravity: centre)
    #expect((moved.translation - [0, 4.2, 0]).length < 1e-9)
  }
}
