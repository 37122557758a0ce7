import ArgumentParser
import BIDS
import Job

/// A model from a file instead of flags.
struct StatsModelOptions: ParsableArguments {
  @Option(
    name: [.customLong("model"), .customShort("m")],
    help: """
      A BIDS Stats Model (x_smdl.json) instead of --contrast, --condition-column, --modulators, \
      --hrf, --drift and --confounds; see nocinet model check.
      """
  )
  var file: String?

  /// Returns the job with the model of the file, if there is one.
  ///
  /// - Parameter job: The job as the other options have it.
  /// - Returns: The job; the same where there is no file.
  /// - Throws: What stands in the way of ``Job/following(_:file:)``.
  func applied(to job: Job) throws -> Job {
    guard let file else { return job }
    return try job.following(StatsModel(path: file), file: file)
  }
}

extension Job {
  /// Returns the job with a Stats Model, and only what the model lets take part.
  ///
  /// - Parameters:
  ///   - statsModel: The model.
  ///   - file: Its file, for messages.
  /// - Returns: The job.
  /// - Throws: `StatsModelError`, or ``SelectionConflict`` where the job asks for what the model leaves
  ///   out.
  func following(_ statsModel: StatsModel, file: String) throws -> Job {
    var asked = self
    asked.model = try Model(following: statsModel, path: file)
    asked.model.noise = model.noise
    asked.model.onsetOffset = model.onsetOffset
    asked.model.censoringThreshold = model.censoringThreshold
    let parts: [(WritableKeyPath<Selection, [String]>, Entity)] = [
      (\.participants, .subject), (\.sessions, .session), (\.tasks, .task), (\.runs, .run),
    ]
    for (part, entity) in parts {
      guard let labels = statsModel.input[entity] else { continue }
      let wanted = selection[keyPath: part]
      for label in wanted where !labels.contains(where: { means($0, label, entity) }) {
        throw SelectionConflict(file: file, entity: entity, label: label, labels: labels)
      }
      if wanted.isEmpty { asked.selection[keyPath: part] = labels }
    }
    return asked
  }
}

/// Whether two labels mean the same; those of runs may differ in zeros in front.
private func means(_ left: String, _ right: String, _ entity: Entity) -> Bool {
  if left == right { return true }
  guard entity == .run, let first = Int(left), let second = Int(right) else { return false }
  return first == second
}

/// An option that asks for what a model's file leaves out.
struct SelectionConflict: Error, CustomStringConvertible {
  /// The model's file.
  let file: String

  /// What is selected.
  let entity: Entity

  /// What the option asks for.
  let label: String

  /// What the file lets take part.
  let labels: [String]

  /// One sentence for the person who ran the command.
  var description: String {
    "\(file): Input lets \(entity.rawValue)-\(labels.joined(separator: ", \(entity.rawValue)-")) take "
      + "part, but \(entity.rawValue)-\(label) is asked for; change one of them"
  }
}
