// SPDX-License-Identifier: Apache-2.0
// Written by tools/train-digits.py from validation cells; docs/codes.md has the table.

extension CodeScore {
  /// The score as it was fitted.
  public static let trained = CodeScore(weights: [-0.4, -0.6, -0.3, -0.3, -1.5])
  /// The lowest score with at most 1 wrong in 1,000 and at most 1 % of what is no digit.
  public static let acceptAt = 0.98
  /// How often a cell without ink is empty.
  public static let emptyIsRight = 0.999
  /// How often the line reader is right, by its own figure: below each limit the next share.
  static let symbolTable: [(below: Double, right: Double)] = [(1.01, 0.9)]
}
