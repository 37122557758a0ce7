import Algebra
import Glibc

extension ExchangeUnits {
  /// Returns a number for each unit, the same for units whose members have the same rows of the design.
  func kinds(_ model: GroupModel) -> [Int] {
    var known: [[Double]: Int] = [:]
    return members.map { members in
      let rows = members.flatMap(model.design.row)
      let next = known.count
      return known[rows, default: next] == next
        ? {
          known[rows] = next; return next
        }() : known[rows, default: next]
    }
  }

  /// Returns how many exchanges differ, as a number that may be too large to count to.
  func exchangeCount(_ kinds: [Int]) -> Double {
    var logarithm = 0.0
    for members in classes {
      logarithm += lgamma(Double(members.count) + 1)
      for same in Dictionary(grouping: members, by: { kinds[$0] }).values {
        logarithm -= lgamma(Double(same.count) + 1)
      }
    }
    return exp(logarithm).rounded()
  }

  /// Returns all exchanges that differ, the one that leaves all in place first.
  ///
  /// What differs is which kind of place each unit comes to.
  func allExchanges(_ kinds: [Int]) -> [[Int32]] {
    var list = [(0..<members.count).map { Int32($0) }]
    for units in classes {
      // Every way to deal the kinds out to this class' units, in the order of the alphabet.
      var dealt = units.map { kinds[$0] }.sorted()
      var ways: [[Int]] = []
      repeat { ways.append(dealt) } while advance(&dealt)
      let own = units.map { kinds[$0] }
      if let first = ways.firstIndex(of: own) { ways.swapAt(0, first) }
      list = list.flatMap { start in
        ways.map { way in
          var result = start
          var placesOf = Dictionary(grouping: units.indices, by: { own[$0] })
          for (unit, kind) in zip(units, way) {
            // The unit goes to the next free place of its new kind, to its own where it may stay.
            guard let place = placesOf[kind]?.removeFirst() else { continue }
            result[units[place]] = Int32(unit)
          }
          return result
        }
      }
    }
    return list
  }

  /// Returns drawn exchanges, the one that leaves all in place first.
  func exchanges(_ count: Int, seed: UInt64) -> [[Int32]] {
    var numbers = SeededGenerator(seed: seed)
    let identity = (0..<members.count).map { Int32($0) }
    return (0..<max(2, count)).map { index in
      guard index > 0 else { return identity }
      var result = identity
      for units in classes {
        var shuffled = units
        for last in stride(from: units.count - 1, to: 0, by: -1) {
          shuffled.swapAt(last, numbers.index(below: last + 1))
        }
        for (place, unit) in zip(units, shuffled) { result[place] = Int32(unit) }
      }
      return result
    }
  }

  /// Returns all flips, none first.
  func allFlips() -> [[Bool]] {
    (0..<(1 << members.count)).map { bits in members.indices.map { bits >> $0 & 1 == 1 } }
  }

  /// Returns drawn flips, none first.
  func flips(_ count: Int, seed: UInt64) -> [[Bool]] {
    var numbers = SeededGenerator(seed: seed)
    return (0..<max(2, count)).map { index in
      members.map { _ in index > 0 && numbers.next() >> 63 == 1 }
    }
  }
}

/// Takes a list to the next in the order of the alphabet, or returns that it was the last.
private func advance(_ list: inout [Int]) -> Bool {
  guard var pivot = list.indices.dropLast().last(where: { list[$0] < list[$0 + 1] }),
    let larger = list.lastIndex(where: { $0 > list[pivot] })
  else { return false }
  list.swapAt(pivot, larger)
  pivot += 1
  list[pivot...].reverse()
  return true
}
