// SPDX-License-Identifier: Apache-2.0

// How sure an answer must be follows from how many silent errors are wanted. What a limit lets
// through is what the readers' own probabilities say of it: the sum of 1 − p over the answers that
// it accepts. On painted ballots that sum is larger than what is seen (docs/accuracy-own.md), so
// that a form that asks for a rate gets it, as far as painted ballots can show.

extension Rules {
  /// Of accepted answers to marked questions of painted office ballots, what share the readers'
  /// own probabilities let expect to be wrong, where answers must be surer than usual by a factor:
  /// `measure decide --rates`, 2,015 pages of two draws (seeds 101 and 103).
  package static let silentRates: [(factor: Double, expected: Double)] = [
    (1, 0.001_105), (0.5, 0.000_779), (0.25, 0.000_545), (0.1, 0.000_343), (0.05, 0.000_244),
    (0.02, 0.000_145), (0.01, 0.000_094), (0.003, 0.000_036), (0.001, 0.000_014),
  ]

  /// The usual rules, or those under which no more than a share of the accepted answers is
  /// expected to be wrong: the strictest there are where even these let expect more.
  ///
  /// - Parameter silentRate: A form's wanted share of silent errors; `nil` where it names none.
  public init(silentRate: Double?) {
    self.init()
    guard let silentRate else { return }
    let fitting = Self.silentRates.first { $0.expected <= silentRate } ?? Self.silentRates.last
    self = surer(by: fitting?.factor ?? 1)
  }

  /// The same rules with answers that must be surer: their doubts are worth this factor, below 1.
  package func surer(by factor: Double) -> Rules {
    var result = self
    result.acceptAt = 1 - (1 - acceptAt) * factor
    result.otherDoubt *= factor
    result.blankDoubt *= factor
    return result
  }
}
