import Atlas
import Testing

@Suite("Sides of the brain seen from a side of the body")
struct LateralityTests {
  /// A row of a region with an effect and an error.
  private func row(
    _ region: String,
    _ hemisphere: Hemisphere,
    effect: Double? = 1,
    error: Double? = 0.5
  ) -> RegionRow {
    var row = RegionRow(
      participantID: "sub-01",
      session: nil,
      task: "heat",
      run: nil,
      contrast: "pain",
      atlas: "a",
      weights: RegionWeights(
        region: Region(label: 1, name: region, hemisphere: hemisphere),
        voxels: [(place: 0, weight: 1), (place: 1, weight: 1)],
        coverage: hemisphere == .left ? 0.9 : 0.7
      ),
      space: "MNI152NLin6Asym",
      unit: "%"
    )
    (row.effect, row.standardError, row.t, row.p) = (effect, error, 2, 0.05)
    (row.peakZ, row.peak) = (3, [1, 2, 3])
    return row
  }

  private let left = ReferenceSide(reference: .stimulus, side: .left)
  private let right = ReferenceSide(reference: .affected, side: .right)

  @Test("The half opposite to the body's side is contra; neither half of the midline is")
  func laterality() {
    #expect(left.laterality(of: .left) == .ipsi && left.laterality(of: .right) == .contra)
    #expect(right.laterality(of: .left) == .contra && right.laterality(of: .right) == .ipsi)
    #expect(left.laterality(of: .midline) == nil && left.laterality(of: .none) == nil)
  }

  @Test(
    "Names lose the word of their side, wherever it stands",
    arguments: [
      ("S1_hand_L", "S1_hand_contra"), ("LH_Vis_1", "Vis_1_contra"),
      ("Left Amygdala", "Amygdala_contra"), ("THA-VP-lh", "THA_VP_contra"),
    ]
  )
  func names(name: String, expected: String) {
    #expect(Region(label: 1, name: name, hemisphere: .left).name(.contra) == expected)
  }

  @Test("Pairs are named with all their numbers; what has no partner, or no side, is not")
  func pairs() {
    let rows = [
      row("S1_L", .left, effect: 2), row("S1_R", .right, effect: 1), row("PAG", .midline),
      row("OFC_L", .left), row("MT_R", .none),
    ]
    let named = lateralRows(of: rows, from: right)
    #expect(named.map(\.region) == ["S1_contra", "S1_ipsi"])
    #expect(named.map(\.effect) == [2, 1] && named.map(\.hemisphere) == [.left, .right])
    #expect(named.map(\.reference) == [.affected, .affected])
    #expect(named.map(\.referenceSide) == [.right, .right])
    // What is named already is not named once more.
    #expect(lateralRows(of: rows + named, from: left).map(\.effect) == [2, 1])
  }

  @Test("Two regions of one name in other runs, tasks, contrasts or atlases are no pair")
  func otherRows() {
    var other = row("S1_R", .right)
    other.run = "2"
    #expect(lateralRows(of: [row("S1_L", .left), other], from: left).isEmpty)
    other = row("S1_R", .right)
    other.contrast = "warmth"
    #expect(lateralRows(of: [row("S1_L", .left), other], from: left).isEmpty)
  }

  @Test("The mean of both sides has the mean effect, no place, and the largest possible error")
  func mean() {
    let rows = [
      row("S1_L", .left, effect: 2, error: 0.5), row("S1_R", .right, effect: 1, error: 0.3),
    ]
    let both = meanOfSidesRows(of: rows, reference: .affected)
    #expect(both.map(\.region) == ["S1_contra", "S1_ipsi"])
    // Of two numbers of errors a and b, however they go together, the mean's is at most (a + b) / 2.
    #expect(both.allSatisfy { $0.effect == 1.5 && $0.standardError == 0.4 })
    #expect(both.allSatisfy { $0.t == nil && $0.p == nil && $0.peak == nil && $0.peakZ == nil })
    #expect(both.allSatisfy { $0.coverage == 0.7 && $0.hemisphere == .none })
    let unknown = meanOfSidesRows(
      of: [row("S1_L", .left, effect: nil), row("S1_R", .right)],
      reference: .affected
    )
    #expect(unknown.allSatisfy { $0.effect == nil })
  }
}
