import Files
import Imaging
import NIfTI
import Statistics

/// One participant of the cohort.
struct DemoParticipant {
  let label: String
  let group: DemoGroup
  let effects: DemoEffects
  private let age: Int
  private let sex: String
  private let seed: UInt64

  init(number: Int, group: DemoGroup, effects: DemoEffects, generator: inout SeededGenerator) {
    label = number < 10 ? "0\(number)" : "\(number)"
    self.group = group
    self.effects = effects
    age = 28 + generator.index(below: 30)
    sex = generator.uniform() < 0.7 ? "F" : "M"
    seed = generator.next()
  }

  /// The line of `participants.tsv`.
  var row: String { "sub-\(label)\t\(group.rawValue)\t\(age)\t\(sex)" }

  /// The true effect of every contrast in every region, in % of the local baseline.
  func trueEffects(regions: [String], shares: [[Double]]) -> [TrueEffect] {
    typealias Effect = (DemoEffects.Response) -> Double
    let contrasts: [(String, Effect)] =
      HeatParadigm.Condition.allCases.map { condition in
        (condition.rawValue, { $0.height(condition) })
      }
      + [HeatParadigm.Condition.strong, .weak].map { condition in
        (condition.rawValue + "_by_pain_rating", { $0.perPoint(condition) })
      }
    return regions.indices.flatMap { region in
      contrasts.map { name, height in
        let effect = zip(shares[region], effects.responses).reduce(0) { $0 + $1.0 * height($1.1) }
        return TrueEffect(
          participant: label,
          group: group.rawValue,
          region: regions[region],
          contrast: name,
          effect: effect
        )
      }
    }
  }

  /// Writes images, events and true motion of every run.
  func writeRuns(_ request: DemoRequest, _ activation: Activation) throws(DemoError) {
    guard let acquisition = SimulatedAcquisition.demo else { return }
    for number in 1...request.runsPerParticipant {
      let run = SimulatedRun(
        acquisition,
        activation: activation,
        effects: effects,
        seed: seed &+ UInt64(number)
      )
      let part = request.runsPerParticipant > 1 ? "_run-\(number)" : ""
      let name = "sub-\(label)/func/sub-\(label)_task-heat\(part)"
      try write(run, to: request.datasetFolder + "/" + name, threads: request.threads)
      try writeMotion(of: run, to: request.truthFolder + "/" + name)
    }
  }

  private func write(_ run: SimulatedRun, to stem: String, threads: Int) throws(DemoError) {
    do throws(NIfTIError) {
      try writeSeries(
        run.measured(threads: threads),
        to: stem + "_bold.nii.gz",
        repetitionTime: run.acquisition.repetitionTime,
        spaceIsTemplate: true,
        description: "nocinet demo"
      )
    } catch {
      throw .image(error)
    }
    do throws(FileError) {
      try writeAtomically(run.paradigm.table, to: stem + "_events.tsv")
      try writeAtomically(DemoTexts.sidecar(of: run.acquisition), to: stem + "_bold.json")
    } catch {
      throw .file(error)
    }
  }

  private func writeMotion(of run: SimulatedRun, to stem: String) throws(DemoError) {
    do throws(FileError) {
      try writeAtomically(run.motion.table, to: stem + "_motion.tsv")
      let text = DemoTexts.motionConvention(centre: run.motion.centre)
      try writeAtomically(text, to: stem + "_motion.json")
    } catch {
      throw .file(error)
    }
  }
}
