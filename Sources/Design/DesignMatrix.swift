public import Algebra

/// What a column of a design stands for.
public enum ColumnRole: Equatable, Sendable {
  /// The response to a condition.
  case stimulus(condition: String)

  /// How the response to a condition changes with a modulator.
  case modulator(condition: String)

  /// A derivative of the response to a condition.
  case derivative(of: String)

  /// The response to a condition or modulator some volumes later.
  case delay(of: String, volumes: Int)

  /// A confound.
  case confound

  /// Slow drift.
  case drift

  /// The constant.
  case constant

  /// Whether a contrast may name the column.
  var isOfInterest: Bool {
    switch self {
    case .stimulus, .modulator, .derivative, .delay: true
    case .confound, .drift, .constant: false
    }
  }
}

/// A column of a design.
public struct DesignColumn: Equatable, Sendable {
  /// Its name, which no other column has.
  public let name: String

  /// What it stands for.
  public let role: ColumnRole

  /// Its largest magnitude over all volumes; 1 is the plateau of a long block.
  public let peakHeight: Double

  /// Creates a column.
  ///
  /// - Parameters:
  ///   - name: Its name.
  ///   - role: What it stands for.
  ///   - peakHeight: Its largest magnitude.
  public init(name: String, role: ColumnRole, peakHeight: Double) {
    self.name = name
    self.role = role
    self.peakHeight = peakHeight
  }
}

/// The design of one run.
///
/// The order of the columns: stimuli, each followed by its derivatives; modulators; confounds; drift;
/// the constant.
public struct DesignMatrix: Equatable, Sendable {
  /// The columns.
  public let columns: [DesignColumn]

  /// *volumes* × *columns*; censored volumes included.
  public let matrix: Matrix

  /// What was left out or is worth knowing, in sentences.
  public let notes: [String]

  /// The names of the columns.
  public var names: [String] { columns.map(\.name) }

  /// Creates a design.
  ///
  /// - Parameters:
  ///   - columns: The columns.
  ///   - matrix: *volumes* × *columns*.
  ///   - notes: What is worth knowing.
  public init(columns: [DesignColumn], matrix: Matrix, notes: [String] = []) {
    precondition(columns.count == matrix.columnCount, "every column needs a name")
    self.columns = columns
    self.matrix = matrix
    self.notes = notes
  }
}
