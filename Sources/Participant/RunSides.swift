import Atlas
import BIDS
import Job

/// The side of the body that contra and ipsi refer to, run by run.
struct RunSides {
  /// The side of every run that has one.
  private(set) var sides: [Entities: ReferenceSide] = [:]

  /// Why some runs have none, a sentence each.
  private(set) var notes: [String] = []

  /// The tables' columns.
  private static let (stimulated, affected) = ("stimulated_side", "affected_side")

  /// Looks up the sides of a participant's runs; none is ever supposed.
  ///
  /// - Parameters:
  ///   - runs: The runs, all with events.
  ///   - request: What was asked.
  /// - Throws: The error of a table, that events and participants' table disagree, or that a side that
  ///   was asked for is not stated.
  init(of runs: [Run], in request: ParticipantRequest) throws {
    for run in runs {
      let choice = request.job.laterality
      let stated =
        choice == .affected
        ? try request.phenotype?.side(in: Self.affected, of: request.participant)
        : try Self.stimulatedSide(of: run, in: request)
      let reference: SideReference = choice == .affected ? .affected : .stimulus
      switch stated {
      case .left: sides[run.entities] = ReferenceSide(reference: reference, side: .left)
      case .right: sides[run.entities] = ReferenceSide(reference: reference, side: .right)
      case .both, nil:
        if choice == .stimulus {
          throw ParticipantError.noSide(
            run: run.entities.name,
            column: Self.stimulated,
            isBoth: stated != nil
          )
        }
        note(on: run, reference, stated, isAsked: choice == .affected)
      }
    }
  }

  /// The side that a run's events state, else the table of participants.
  private static func stimulatedSide(
    of run: Run,
    in request: ParticipantRequest
  ) throws -> StatedSide? {
    let own = try run.eventsPath.flatMap { try EventTable(path: $0).stimulatedSide() }
    let general = try request.phenotype?.side(in: stimulated, of: request.participant)
    if let own, let general, own != general {
      throw ParticipantError.sidesDisagree(
        path: run.eventsPath ?? run.imagePath,
        events: own.rawValue,
        participants: general.rawValue
      )
    }
    return own ?? general
  }

  private mutating func note(
    on run: Run,
    _ reference: SideReference,
    _ stated: StatedSide?,
    isAsked: Bool
  ) {
    let words = reference == .affected ? "affected" : "stimulated"
    if stated == .both {
      notes.append(
        "\(run.entities.name): both sides are \(words), so no region is called contra or ipsi"
      )
    } else if isAsked, notes.isEmpty {
      notes.append(
        "sub-\(run.entities.subject): no \(Self.affected) is stated, so no region is called contra or "
          + "ipsi; the group level gives controls sides with --control-sides"
      )
    }
  }
}
