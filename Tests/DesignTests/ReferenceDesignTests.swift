import Algebra
import Design
import Job
import TestData
import Testing

/// A design of the shared reference: its folder, its file, its response and its drift.
struct ReferenceDesign: CustomTestStringConvertible {
  let folder: String
  let file: String
  var hemodynamics = Hemodynamics.spm
  var drift = Drift.none
  var events = "events.tsv"

  var testDescription: String { "\(folder)/\(file)" }

  static let all = [
    ReferenceDesign(folder: "02_design_spm", file: "design_nodrift"),
    ReferenceDesign(folder: "02_design_spm", file: "design_cosine", drift: .cosine(cutoff: 100)),
    ReferenceDesign(folder: "02_design_spm", file: "design_poly3", drift: .polynomial(order: 3)),
    ReferenceDesign(
      folder: "03_design_spm_derivative",
      file: "design_nodrift",
      hemodynamics: .spmDerivative
    ),
    ReferenceDesign(
      folder: "04_design_spm_derivative_dispersion",
      file: "design_nodrift",
      hemodynamics: .spmDerivativeDispersion
    ),
    ReferenceDesign(folder: "05_design_glover", file: "design_glover", hemodynamics: .glover),
    ReferenceDesign(
      folder: "05_design_glover",
      file: "design_glover_derivative",
      hemodynamics: .gloverDerivative
    ),
    ReferenceDesign(
      folder: "05_design_glover",
      file: "design_glover_derivative_dispersion",
      hemodynamics: .gloverDerivativeDispersion
    ),
    ReferenceDesign(
      folder: "06_design_fir",
      file: "design_fir",
      hemodynamics: .finiteImpulseResponse(delays: [0, 1, 2, 3, 4, 5])
    ),
    ReferenceDesign(folder: "09_parametric_modulation", file: "design_spm"),
    ReferenceDesign(folder: "10_edge_events", file: "design_spm"),
    ReferenceDesign(
      folder: "10_edge_events",
      file: "design_glover_cos",
      hemodynamics: .glover,
      drift: .cosine(cutoff: 128)
    ),
    ReferenceDesign(folder: "10b_frame_time_shift", file: "design_spm"),
    ReferenceDesign(
      folder: "11_spm_golden",
      file: "nilearn_design_block1",
      events: "events_block1.tsv"
    ),
    ReferenceDesign(
      folder: "11_spm_golden",
      file: "nilearn_design_block10",
      events: "events_block10.tsv"
    ),
    ReferenceDesign(
      folder: "18_firstlevel_nifti_ols",
      file: "design",
      drift: .cosine(cutoff: 100)
    ),
  ]

  /// The frame times, or those of its volumes of 2 s or 1 s where the case names no file.
  func frameTimes(_ table: ReferenceTable) throws -> [Double] {
    let volumes = table.rows.count
    switch folder {
    case "06_design_fir", "18_firstlevel_nifti_ols":
      return Design.frameTimes(volumeCount: volumes, repetitionTime: 2, referenceTime: 0)
    case "11_spm_golden":
      return Design.frameTimes(volumeCount: volumes, repetitionTime: 1, referenceTime: 0)
    default:
      return try ReferenceTable("\(folder)/frame_times.tsv")["frame_time"]
    }
  }

  func design(_ table: ReferenceTable) throws -> DesignMatrix {
    let times = try frameTimes(table)
    return try makeDesign(
      DesignRequest(
        conditions: try ReferenceTable("\(folder)/\(events)").conditions,
        frameTimes: times,
        repetitionTime: times[1] - times[0],
        hemodynamics: hemodynamics,
        drift: drift
      )
    )
  }
}

@Suite("Designs against a peer's", .enabled(if: SharedData.isPresent))
struct ReferenceDesignTests {
  // The peer writes 12 digits; the contract is 1e-6 of the column's peak, met to 1e-10.
  @Test("Every column agrees with the peer's", arguments: ReferenceDesign.all)
  func columns(reference: ReferenceDesign) throws {
    let table = try ReferenceTable("\(reference.folder)/\(reference.file).tsv")
    let design = try reference.design(table)
    #expect(design.columns.count == table.names.count)
    for (place, name) in table.names.enumerated() {
      let expected = table[name]
      let peak = expected.reduce(0) { max($0, abs($1)) }
      let column = design.matrix.column(place)
      let miss = zip(column, expected).reduce(0) { max($0, abs($1.0 - $1.1)) }
      #expect(miss <= 1e-10 * peak, "\(name)")
      #expect(abs(design.columns[place].peakHeight - peak) <= 1e-10 * peak)
    }
  }

  // The case accepts a relative squared error of 0.1: SPM samples 16 times a volume and shifts by half
  // of its own steps, which a 1 s event shows most.
  @Test("Regressors agree with SPM's own", arguments: ["block1", "block10"])
  func spm(block: String) throws {
    let table = try ReferenceTable("11_spm_golden/spm_design_\(block).tsv")
    let reference = ReferenceDesign(
      folder: "11_spm_golden",
      file: "",
      events: "events_\(block).tsv"
    )
    let design = try reference.design(table)
    for place in 0..<3 {
      let expected = table["c\(place)"]
      let column = design.matrix.column(place)
      let miss = zip(column, expected).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      let length = expected.reduce(0) { $0 + $1 * $1 }
      #expect(miss / length < 0.1)
    }
  }

  @Test(
    "Drift agrees with the peer's",
    arguments: [
      ("07_drift_cosine/n100_tr2.0_hp0.01000", 2.0, Drift.cosine(cutoff: 100)),
      ("07_drift_cosine/n240_tr2.0_hp0.00781", 2, .cosine(cutoff: 128)),
      ("07_drift_cosine/n400_tr0.8_hp0.01000", 0.8, .cosine(cutoff: 100)),
      ("07_drift_cosine/n57_tr2.5_hp0.01111", 2.5, .cosine(cutoff: 90)),
      ("07_drift_cosine/n128_tr1.0_hp0.01587", 1, .cosine(cutoff: 63)),
      ("08_drift_polynomial/n100_order0", 2, .polynomial(order: 0)),
      ("08_drift_polynomial/n100_order1", 2, .polynomial(order: 1)),
      ("08_drift_polynomial/n100_order3", 2, .polynomial(order: 3)),
      ("08_drift_polynomial/n57_order5", 2.5, .polynomial(order: 5)),
    ]
  )
  func drift(file: String, repetitionTime: Double, drift: Drift) throws {
    let table = try ReferenceTable(file + ".tsv")
    let design = try makeDesign(
      DesignRequest(
        conditions: [],
        frameTimes: frameTimes(
          volumeCount: table.rows.count,
          repetitionTime: repetitionTime,
          referenceTime: 0
        ),
        repetitionTime: repetitionTime,
        hemodynamics: .spm,
        drift: drift
      )
    )
    #expect(design.names == table.names)
    for (place, name) in table.names.enumerated() {
      let pairs = zip(design.matrix.column(place), table[name])
      // 12 digits of numbers up to 1.
      #expect(pairs.allSatisfy { abs($0 - $1) < 1e-12 + 1e-11 * abs($1) }, "\(name)")
    }
  }
}
