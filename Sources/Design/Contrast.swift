public import Algebra

/// A question to a run's estimates.
public struct Contrast: Equatable, Sendable {
  /// How the question is tested.
  public enum Kind: String, Equatable, Sendable {
    /// One weighted sum, by a t.
    case t

    /// Several at once, by an F.
    case f
  }

  /// Its name.
  public let name: String

  /// The expression it was made from.
  public let expression: String

  /// How it is tested.
  public let kind: Kind

  /// *rows* × *columns of the design*; one row for a t.
  public let weights: Matrix

  /// The sum of the positive weights of a t; `nil` for an F.
  ///
  /// Where it is not 1, the effect is a sum or part of the conditions' effects, not their mean.
  public let weightSum: Double?

  /// Creates a contrast.
  ///
  /// - Parameters:
  ///   - name: Its name.
  ///   - expression: The expression it was made from.
  ///   - kind: How it is tested.
  ///   - weights: *rows* × *columns of the design*.
  public init(name: String, expression: String, kind: Kind, weights: Matrix) {
    self.name = name
    self.expression = expression
    self.kind = kind
    self.weights = weights
    weightSum = kind == .t ? weights.elements.reduce(0) { $0 + max(0, $1) } : nil
  }
}
