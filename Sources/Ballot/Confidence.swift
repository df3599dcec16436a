// SPDX-License-Identifier: Apache-2.0
import Foundation

/// How probable it is that a question's likeliest answer is right: a logistic regression over
/// what speaks for and against it (`QuestionFigures`).
///
/// The product of the targets' probabilities alone takes their doubts as independent, which they
/// are not: a screen of dots makes all of a row a little doubtful, and ink that nobody explains
/// makes a blank answer more doubtful than any target says. It is stored with a reading's rules.
public struct Confidence: Hashable, Sendable, Codable {
  /// What it begins with, in log odds.
  public var start: Double
  /// A weight for each of `QuestionFigures.names`.
  public var weights: [Double]

  public init(start: Double, weights: [Double]) {
    self.start = start
    self.weights = weights
  }

  /// What the targets' probabilities say, and nothing else.
  public static let product = Confidence(
    start: 0, weights: [1] + [Double](repeating: 0, count: QuestionFigures.names.count - 1))

  /// The probability that the answer is right, from 0 to 1.
  func probability(_ figures: QuestionFigures) -> Double {
    let sum = zip(weights, figures.values).reduce(start) { $0 + $1.0 * $1.1 }
    return 1 / (1 + exp(-sum))
  }
}
