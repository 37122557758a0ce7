/// A fact, by name.
struct FactView {
  let name: String
  let value: String
}

/// A run as the template wants it.
struct RunView {
  let name: String
  let facts: [FactView]
  let hasNotes: Bool
  let notes: [String]
  let motion: String?
  let carpet: String?
  let design: String?
  let checks: TableView?

  /// Draws and words a run.
  init(_ run: RunSection) throws(ReportError) {
    name = run.name
    facts = runFacts(run)
    hasNotes = !run.notes.isEmpty
    notes = run.notes
    motion = run.motion.map { drawMotion($0, of: run) }
    if let carpet = run.carpet {
      self.carpet = try drawCarpet(carpet, of: run)
    } else {
      carpet = nil
    }
    if let design = run.design {
      self.design = try drawDesign(design, of: run.name)
    } else {
      design = nil
    }
    checks = checkTable(of: run)
  }
}

private func runFacts(_ run: RunSection) -> [FactView] {
  let left = run.censoredVolumes.count
  let share = NumberWords.percent(Double(left) / Double(max(1, run.volumeCount)))
  let time = "\(NumberWords.decimal(run.repetitionTime, 3)) s (\(run.repetitionTimeSource))"
  var facts = [
    FactView(name: "Repetition time", value: time),
    FactView(name: "Reference time", value: run.referenceTime),
    FactView(name: "Volumes", value: "\(run.volumeCount)"),
    FactView(name: "Left out", value: left == 0 ? "none" : "\(left) (\(share))"),
  ]
  if let motion = run.motion {
    let mean = NumberWords.decimal(motion.meanDisplacement, 3)
    let largest = NumberWords.decimal(motion.largestDisplacement, 2)
    facts.append(
      FactView(name: "Framewise displacement", value: "mean \(mean) mm, largest \(largest) mm")
    )
  }
  return facts + run.quality.map { FactView(name: $0.name, value: $0.value) }
}

private func checkTable(of run: RunSection) -> TableView? {
  guard !run.checks.isEmpty else { return nil }
  let table = ReportTable(
    caption: "Checks of the model. Drift and confounds should take less than 20 % of a "
      + "regressor’s variance, and inflate a contrast’s variance less than fivefold.",
    columns: [
      .init("Contrast"), .init("Variance taken", isNumeric: true),
      .init("Variance inflation", isNumeric: true), .init("df", isNumeric: true),
      .init("To mind"),
    ],
    rows: run.checks.map { check in
      [
        check.contrast, NumberWords.percent(check.removedShare),
        NumberWords.decimal(check.varianceInflation, 2),
        NumberWords.degrees(check.numeratorDegreesOfFreedom, check.degreesOfFreedom),
        check.problem ?? "",
      ]
    }
  )
  let strong = run.checks.indices.filter { run.checks[$0].problem != nil }
  return TableView(table, strong: Set(strong))
}
