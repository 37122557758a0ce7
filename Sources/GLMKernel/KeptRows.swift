/// The rows of a design that are kept, and how they follow one another in time.
public struct KeptRows: Equatable, Sendable {
  /// Two consecutive kept rows of one run with censored rows between them.
  public struct Link: Equatable, Sendable {
    /// The place of the earlier row among the kept ones.
    public let from: Int

    /// The place of the later row among the kept ones.
    public let to: Int

    /// The distance in time, in volumes; at least 2.
    public let gap: Int
  }

  /// The kept rows, ascending, counted from 0 in the whole design.
  public let rows: [Int]

  /// The run of each kept row.
  public let runs: [Int]

  /// Stretches of kept rows without a gap, as places among the kept ones.
  public let segments: [Range<Int>]

  /// What joins the segments of one run.
  public let links: [Link]

  /// Finds the segments and the links.
  ///
  /// - Parameters:
  ///   - kept: The kept rows, ascending.
  ///   - rowCount: The number of rows of the whole design.
  ///   - runStarts: The first row of every run, ascending from 0.
  /// - Throws: ``KernelError`` where the rows or the starts are out of order or range.
  public init(_ kept: [Int], of rowCount: Int, runStarts: [Int]) throws(KernelError) {
    guard runStarts.first == 0, isAscending(runStarts), runStarts.allSatisfy({ $0 < rowCount })
    else { throw .runStarts }
    guard isAscending(kept), kept.allSatisfy({ $0 >= 0 && $0 < rowCount }) else { throw .keptRows }
    var runs: [Int] = []
    var run = 0
    for row in kept {
      while run + 1 < runStarts.count, runStarts[run + 1] <= row { run += 1 }
      runs.append(run)
    }
    var segments: [Range<Int>] = []
    var links: [Link] = []
    var start = 0
    for place in kept.indices {
      let next = place + 1
      let isLast = next == kept.count
      if !isLast, runs[next] == runs[place], kept[next] == kept[place] + 1 { continue }
      segments.append(start..<next)
      start = next
      if !isLast, runs[next] == runs[place] {
        links.append(Link(from: place, to: next, gap: kept[next] - kept[place]))
      }
    }
    self.rows = kept
    self.runs = runs
    self.segments = segments
    self.links = links
  }

  /// The number of kept rows.
  public var count: Int { rows.count }

  /// The places of the first and last rows of the segments; twice where a segment has one row.
  public var edges: [Int] { segments.flatMap { [$0.lowerBound, $0.upperBound - 1] } }

  /// Returns the pairs of kept rows of one run that lie a true time apart.
  ///
  /// - Parameter lag: The distance in volumes, at least 0.
  /// - Returns: The places of the earlier and the later row of each pair.
  public func pairs(atLag lag: Int) -> [(earlier: Int, later: Int)] {
    var result: [(earlier: Int, later: Int)] = []
    var later = 0
    for earlier in rows.indices {
      while later < rows.count, rows[later] < rows[earlier] + lag { later += 1 }
      guard later < rows.count else { break }
      if rows[later] == rows[earlier] + lag, runs[later] == runs[earlier] {
        result.append((earlier, later))
      }
    }
    return result
  }
}

private func isAscending(_ numbers: [Int]) -> Bool {
  zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }
}
