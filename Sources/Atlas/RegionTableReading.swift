extension RegionTable {
  /// Reads the rows of a table's text.
  ///
  /// - Parameters:
  ///   - text: The table.
  ///   - path: What an error names.
  /// - Returns: The rows.
  /// - Throws: ``AtlasError`` where a column is missing or a cell is no number.
  public static func rows(_ text: String, path: String) throws(AtlasError) -> [RegionRow] {
    let table = SeparatedText(text, separator: ",")
    var places: [String: Int] = [:]
    for column in columns where column != "flags" {
      guard let place = table.columns.firstIndex(of: column) else {
        throw AtlasError(path: path, reason: .missingColumn(column))
      }
      places[column] = place
    }
    places["flags"] = table.columns.firstIndex(of: "flags")
    var rows: [RegionRow] = []
    for (line, cells) in table.rows {
      guard cells.count == table.columns.count else {
        let problem = "\(cells.count) cells where the first line has \(table.columns.count)"
        throw AtlasError(path: path, reason: .line(line, problem: problem))
      }
      rows.append(try TableLine(path: path, line: line, cells: cells, places: places).row())
    }
    return rows
  }
}

/// One line of a region table, by column.
private struct TableLine {
  let path: String
  let line: Int
  let cells: [String]
  let places: [String: Int]

  func row() throws(AtlasError) -> RegionRow {
    guard let hemisphere = Hemisphere(rawValue: text("hemisphere") ?? "n/a") else {
      throw problem("the hemisphere '\(text("hemisphere") ?? "")' is none of L, R, M, n/a")
    }
    guard let voxels = try number("voxels") else { throw problem("'voxels' is n/a") }
    let region = Region(label: 0, name: text("region") ?? "n/a", hemisphere: hemisphere)
    var row = RegionRow(
      participantID: text("participant_id") ?? "n/a",
      session: text("session"),
      task: text("task"),
      run: text("run"),
      contrast: text("contrast") ?? "n/a",
      atlas: text("atlas") ?? "n/a",
      weights: RegionWeights(region: region, voxels: [], coverage: .nan),
      space: text("space") ?? "n/a",
      unit: text("unit") ?? "n/a"
    )
    row.voxels = voxels
    row.coverage = try number("coverage")
    row.effect = try number("effect")
    row.standardError = try number("standard_error")
    row.t = try number("t")
    row.f = try number("f")
    row.numeratorDegreesOfFreedom = try number("df_numerator")
    row.degreesOfFreedom = try number("df")
    row.z = try number("z")
    row.p = try number("p")
    row.weightSum = try number("weight_sum")
    row.runCount = try count("run_count")
    row.meanVoxelEffect = try number("mean_voxel_effect")
    row.shareFDR05 = try number("share_fdr05")
    row.peakZ = try number("peak_z")
    row.peak = try position("peak_")
    row.peakNative = try position("peak_native_")
    row.laterality = try word("laterality")
    row.reference = try word("side_of")
    row.referenceSide = try word("side")
    row.flags = (text("flags") ?? "").split(separator: ";").compactMap {
      RegionFlag(rawValue: String($0))
    }
    return row
  }

  private func problem(_ sentence: String) -> AtlasError {
    AtlasError(path: path, reason: .line(line, problem: sentence))
  }

  private func text(_ column: String) -> String? {
    guard let place = places[column], cells[place] != "n/a" else { return nil }
    return cells[place]
  }

  private func word<Word: RawRepresentable<String>>(
    _ column: String
  ) throws(AtlasError) -> Word? {
    guard let text = text(column) else { return nil }
    guard let word = Word(rawValue: text) else {
      throw problem("'\(column)' is '\(text)', which means nothing there")
    }
    return word
  }

  private func number(_ column: String) throws(AtlasError) -> Double? {
    guard let text = text(column) else { return nil }
    guard let value = Double(text), !value.isNaN else {
      throw problem("'\(column)' is '\(text)', neither a number nor n/a")
    }
    return value
  }

  private func count(_ column: String) throws(AtlasError) -> Int? {
    guard let value = try number(column) else { return nil }
    guard let count = Int(exactly: value) else {
      throw problem("'\(column)' is '\(value)', no whole number")
    }
    return count
  }

  private func position(_ prefix: String) throws(AtlasError) -> SIMD3<Double>? {
    guard let x = try number(prefix + "x_mm"), let y = try number(prefix + "y_mm"),
      let z = try number(prefix + "z_mm")
    else { return nil }
    return [x, y, z]
  }
}
