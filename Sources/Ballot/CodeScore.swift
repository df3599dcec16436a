// SPDX-License-Identifier: Apache-2.0
import Foundation

/// How sure it is that a digit named by both readers is right: one logistic score of what both
/// say.
///
/// Fitted by `tools/train-digits.py` on cells of writers that trained neither reader; docs/codes.md
/// has the table.
public struct CodeScore: Hashable, Sendable, Codable {
  /// Of log(1 − cT), log(1 − p₁), log p₂ and log pJunk; the last one is added.
  public var weights: [Double]

  public init(weights: [Double]) { self.weights = weights }

  /// Tesseract never says more than this.
  private static let mostSymbolConfidence = 0.995
  /// Logarithms are taken of at least this.
  private static let least = 1e-6

  /// The probability that both are right; 0 where they do not agree.
  public func probability(_ cell: CellEvidence) -> Double {
    guard cell.agrees, let best = cell.best, weights.count == 5 else { return 0 }
    let figures = Self.figures(
      symbolConfidence: cell.symbolConfidence, first: cell.digits[best],
      second: cell.digits.enumerated().filter { $0.offset != best }.map(\.element).max() ?? 0,
      junk: cell.junk)
    let sum = zip(weights, figures + [1]).reduce(0) { $0 + $1.0 * $1.1 }
    return 1 / (1 + exp(-sum))
  }

  /// What the score is made of.
  package static func figures(
    symbolConfidence: Double, first: Double, second: Double, junk: Double
  ) -> [Double] {
    func log(_ value: Double) -> Double { Foundation.log(max(least, value)) }
    return [
      log(1 - min(symbolConfidence, mostSymbolConfidence)), log(1 - first), log(second), log(junk),
    ]
  }
}

extension CodeScore {
  /// How often the line reader is right where it gives this figure.
  static func symbolIsRight(_ confidence: Double) -> Double {
    symbolTable.first { confidence < $0.below }?.right ?? 0
  }
}
