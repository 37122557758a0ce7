import Glibc
import Imaging
import Statistics

/// A run before it is measured: where the head is and what each region does, volume by volume.
struct SimulatedRun: Sendable {
  let acquisition: SimulatedAcquisition
  let paradigm: HeatParadigm
  let motion: HeadMotion
  let activation: Activation
  /// For each region the course of its response, in %, volume by volume.
  let courses: [[Double]]
  let seed: UInt64

  /// Draws the stimuli and the motion of a run.
  ///
  /// - Parameters:
  ///   - acquisition: How the run is measured.
  ///   - activation: Where regions respond.
  ///   - effects: How strongly.
  ///   - seed: The seed of all that is drawn.
  init(
    _ acquisition: SimulatedAcquisition,
    activation: Activation,
    effects: DemoEffects,
    seed: UInt64
  ) {
    var generator = SeededGenerator(seed: seed)
    let length = Double(acquisition.volumeCount) * acquisition.repetitionTime
    let paradigm = HeatParadigm(length: length, generator: &generator)
    self.acquisition = acquisition
    self.activation = activation
    self.paradigm = paradigm
    self.seed = seed
    motion = HeadMotion(
      volumeCount: acquisition.volumeCount,
      centre: acquisition.grid.centre,
      generator: &generator
    )
    let times = (0..<acquisition.volumeCount).map {
      (Double($0) + 0.5) * acquisition.repetitionTime
    }
    courses = effects.responses.map { response in
      times.map { paradigm.response(response, at: $0) }
    }
  }

  /// Samples the run, the same for any number of threads.
  func measured(threads: Int) -> ImageSeries {
    let grid = acquisition.grid
    let count = grid.voxelCount * acquisition.volumeCount
    let maps = (0..<acquisition.volumeCount).map(motion.scannerToHead)
    let samples = [Int16](unsafeUninitializedCapacity: count) { buffer, filled in
      buffer.initialize(repeating: 0)
      filled = count
      guard let base = buffer.baseAddress else { return }
      let pointer = SlabPointer(base)
      // Every slice draws its own noise, whichever thread takes it.
      forEachSlab(grid.dimensions.z, threads: threads) { slice in
        var sampler = SliceSampler(run: self, slice: slice)
        for (volume, map) in maps.enumerated() {
          let start = grid.index(0, 0, slice) + volume * grid.voxelCount
          sampler.sample(volume, scannerToHead: map, into: pointer.base + start)
        }
      }
    }
    let bytes = samples.withUnsafeBytes { Array($0) }
    return ImageSeries(
      grid: grid,
      volumeCount: acquisition.volumeCount,
      encoding: .int16,
      bytes: bytes
    )
  }
}

/// One slice of a run, measured volume after volume, with the memory of its noise.
private struct SliceSampler {
  private struct Voxel {
    let position: SIMD3<Double>
    let balls: [Int]
    let isFar: Bool
    var noise: Double
  }

  private let run: SimulatedRun
  private var voxels: [Voxel]
  private var generator: SeededGenerator

  init(run: SimulatedRun, slice: Int) {
    let grid = run.acquisition.grid
    var generator = SeededGenerator(seed: run.seed &* 1_000_003 &+ UInt64(slice) &+ 1)
    let first = grid.index(0, 0, slice)
    voxels = (0..<grid.dimensions.x * grid.dimensions.y).map { i in
      let position = grid.position(ofVoxel: first + i)
      return Voxel(
        position: position,
        balls: run.activation.balls(near: position),
        isFar: Head.isFar(position),
        noise: generator.normal()
      )
    }
    self.run = run
    self.generator = generator
  }

  mutating func sample(
    _ volume: Int,
    scannerToHead: Affine,
    into samples: UnsafeMutablePointer<Int16>
  ) {
    let acquisition = run.acquisition
    let memory = acquisition.noiseMemory
    let fresh = (1 - memory * memory).squareRoot()
    let phase = Double(volume) / Double(acquisition.volumeCount)
    let drift = acquisition.drift * (phase - 0.5 + 0.4 * cos(2 * .pi * phase))
    for i in voxels.indices {
      var value = acquisition.whiteNoise * generator.normal()
      if !voxels[i].isFar {
        voxels[i].noise = memory * voxels[i].noise + fresh * generator.normal()
        let point = scannerToHead(voxels[i].position)
        let brightness = Head.brightness(at: point)
        var percent = drift * (1 + voxels[i].position.x / 200)
        percent += acquisition.noise * voxels[i].noise
        for ball in voxels[i].balls {
          percent += run.courses[ball][volume] * run.activation.balls[ball].share(at: point)
        }
        value += brightness * (1 + percent / 100)
      }
      // Scanners keep the magnitude.
      samples[i] = Int16(min(32767, abs(value).rounded()))
    }
  }
}

extension HeatParadigm {
  /// A region's response to all trials at a time, in %.
  fileprivate func response(_ response: DemoEffects.Response, at time: Double) -> Double {
    let means = Dictionary(
      uniqueKeysWithValues: Condition.allCases.map { ($0, meanPain(of: $0)) }
    )
    return trials.reduce(0) { sum, trial in
      let centred = trial.pain.map { $0 - (means[trial.condition] ?? 0) } ?? 0
      let height =
        response.height(trial.condition) + centred * response.perPoint(trial.condition)
      return sum + height * responseShape(at: time, onset: trial.onset, duration: trial.duration)
    }
  }
}
