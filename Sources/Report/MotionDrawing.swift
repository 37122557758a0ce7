/// Draws how the head moved: translations, rotations and framewise displacement over volumes.
///
/// - Parameters:
///   - motion: The trace.
///   - run: The run it belongs to.
/// - Returns: An SVG element.
func drawMotion(_ motion: MotionTrace, of run: RunSection) -> String {
  let threshold = motion.threshold.flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
  var plot = MotionPlot(motion: motion, run: run)
  let axes = ["x", "y", "z"]
  plot.addPanel(
    title: "Translation, mm",
    least: -0.5...0.5,
    traces: (0..<3).map { axis in (axes[axis], motion.translations.map { $0[axis] }) }
  )
  plot.addPanel(
    title: "Rotation, degrees",
    least: -0.5...0.5,
    traces: (0..<3).map { axis in (axes[axis], motion.rotations.map { $0[axis] }) }
  )
  plot.addPanel(
    title: "Framewise displacement, mm",
    least: 0...max(0.5, (threshold ?? 0) * 1.2),
    traces: [("", motion.displacements)],
    threshold: threshold
  )
  return plot.finished()
}

/// Panels of traces one below the other, on one axis of volumes.
private struct MotionPlot {
  private let run: RunSection
  private let panelHeight = 92.0
  private let gap = 34.0
  private let volumes: Axis
  private var drawing: Drawing
  private var top = 24.0

  init(motion: MotionTrace, run: RunSection) {
    self.run = run
    let last = Double(max(1, run.volumeCount - 1))
    volumes = Axis(range: 0...last, start: 44, end: 716)
    let largest = NumberWords.decimal(motion.largestDisplacement, 2)
    let mean = NumberWords.decimal(motion.meanDisplacement, 2)
    drawing = Drawing(
      width: 740,
      height: 3 * 126 + 28,
      description: "Head motion of \(run.name) over \(run.volumeCount) volumes: framewise "
        + "displacement \(mean) mm on average, \(largest) mm at most, "
        + "\(run.censoredVolumes.count) volumes left out."
    )
  }

  mutating func addPanel(
    title: String,
    least: ClosedRange<Double>,
    traces: [(name: String, values: [Double])],
    threshold: Double? = nil
  ) {
    let range = paddedRange(of: traces.flatMap(\.values), atLeast: least)
    let heights = Axis(range: range, start: top + panelHeight, end: top)
    drawing.text(title, x: volumes.start, y: top - 8, kind: "title")
    markCensored()
    let digits = heights.digits(about: 4)
    for tick in heights.ticks(about: 4) {
      let y = heights.place(tick)
      drawing.line(volumes.start, y, volumes.end, y, kind: tick == 0 ? "axis" : "grid")
      let text = NumberWords.decimal(tick, digits)
      drawing.text(text, x: volumes.start - 6, y: y + 4, kind: "tick", anchor: .end)
    }
    if let threshold, threshold.isFinite {
      let y = heights.place(threshold)
      drawing.line(volumes.start, y, volumes.end, y, kind: "threshold")
      let text = "threshold \(NumberWords.decimal(threshold, 2)) mm"
      drawing.text(text, x: volumes.end, y: y - 4, kind: "alert", anchor: .end)
    }
    for (index, trace) in traces.enumerated() {
      let points = thinned(trace.values).map {
        SIMD2(volumes.place(Double($0)), heights.place(trace.values[$0]))
      }
      drawing.trace(points, kind: "trace trace\(index)")
      addKey(trace.name, index: index, of: traces.count)
    }
    top += panelHeight + gap
  }

  /// Marks the volumes that were left out, through the height of a panel.
  private mutating func markCensored() {
    let width = max(1.5, volumes.place(1) - volumes.place(0))
    for volume in run.censoredVolumes where volume >= 0 && volume < run.volumeCount {
      let x = volumes.place(Double(volume)) - width / 2
      drawing.rectangle(x: x, y: top, width: width, height: panelHeight, kind: "censored")
    }
  }

  private mutating func addKey(_ name: String, index: Int, of count: Int) {
    guard !name.isEmpty else { return }
    let x = volumes.end - 34 * Double(count - index)
    drawing.line(x, top - 12, x + 14, top - 12, kind: "trace trace\(index)")
    drawing.text(name, x: x + 18, y: top - 8, kind: "label")
  }

  func finished() -> String {
    var drawing = drawing
    let bottom = top - gap
    for tick in volumes.ticks(about: 8) {
      let x = volumes.place(tick)
      drawing.line(x, bottom, x, bottom + 4, kind: "axis")
      let text = NumberWords.decimal(tick, 0)
      drawing.text(text, x: x, y: bottom + 17, kind: "tick", anchor: .middle)
    }
    let seconds = NumberWords.decimal(run.repetitionTime, 3)
    let title = "Volume, counted from 0; one every \(seconds) s"
    let middle = (volumes.start + volumes.end) / 2
    drawing.text(title, x: middle, y: bottom + 34, kind: "label", anchor: .middle)
    return drawing.svg
  }
}

/// The places of values that a drawing can show: of many, the extremes of each short stretch.
private func thinned(_ values: [Double], stretches: Int = 600) -> [Int] {
  guard values.count > 2 * stretches else { return Array(values.indices) }
  var places: [Int] = []
  for stretch in 0..<stretches {
    let part = stretch * values.count / stretches..<(stretch + 1) * values.count / stretches
    guard let low = part.min(by: { values[$0] < values[$1] }),
      let high = part.max(by: { values[$0] < values[$1] })
    else { continue }
    places += low == high ? [low] : [min(low, high), max(low, high)]
  }
  return places
}
