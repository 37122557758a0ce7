/// A finding of a run, of a participant, or of the dataset.
struct LocatedFinding {
  let finding: Finding
  let participant: String?
  let run: String?
}

/// Puts together what differs in numbers, quotes and places alone.
///
/// - Parameter located: The findings.
/// - Returns: Each cause once, worst first, then what is true of most.
func grouped(_ located: [LocatedFinding]) -> [GroupedFinding] {
  var groups: [Pattern: GroupedFinding] = [:]
  var order: [Pattern] = []
  var seen: [Pattern: (runs: Set<String>, participants: Set<String>)] = [:]
  for item in located {
    let finding = item.finding
    let pattern = Pattern(finding)
    if groups[pattern] == nil { order.append(pattern) }
    var group =
      groups[pattern]
      ?? GroupedFinding(
        severity: finding.severity,
        cause: finding.cause,
        sentence: finding.sentence,
        weight: finding.weight,
        isExample: false,
        places: [],
        runs: [],
        participants: []
      )
    if finding.sentence != group.sentence { group.isExample = true }
    if let weight = finding.weight, weight > group.weight ?? weight {
      (group.sentence, group.weight) = (finding.sentence, weight)
    }
    if let place = finding.place { group.places.append(place) }
    if let run = item.run, seen[pattern, default: ([], [])].runs.insert(run).inserted {
      group.runs.append(run)
    }
    if let label = item.participant,
      seen[pattern, default: ([], [])].participants.insert(label).inserted
    {
      group.participants.append(label)
    }
    groups[pattern] = group
  }
  return order.compactMap { groups[$0] }.enumerated()
    .sorted { first, second in
      let (a, b) = (first.element, second.element)
      if a.severity != b.severity { return a.severity < b.severity }
      if a.participants.count != b.participants.count {
        return a.participants.count > b.participants.count
      }
      return first.offset < second.offset
    }
    .map(\.element)
}

/// What two findings share that are put together: all but numbers and what stands in quotes.
private struct Pattern: Hashable {
  let severity: Finding.Severity
  let cause: String
  let words: [UInt8]

  init(_ finding: Finding) {
    severity = finding.severity
    cause = finding.cause
    var words: [UInt8] = []
    var isQuoted = false
    for byte in finding.sentence.utf8 {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      let isPoint = byte == UInt8(ascii: ".") && words.last == UInt8(ascii: "#")
      if isQuoted && byte != UInt8(ascii: "\"") { continue }
      if isDigit || isPoint {
        if words.last != UInt8(ascii: "#") { words.append(UInt8(ascii: "#")) }
      } else {
        words.append(byte)
      }
    }
    self.words = words
  }
}
