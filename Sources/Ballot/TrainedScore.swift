// SPDX-License-Identifier: Apache-2.0
// Written by tools/train-digits.py from validation cells; docs/codes.md has the table.

extension CodeScore {
  /// The score as it was fitted.
  public static let trained = CodeScore(weights: [-0.2042, -1.4707, 0.0294, 0.1380, -0.8720])
  /// The lowest score with at most 1 wrong in 1,000 and at most 1 % of what is no digit.
  public static let acceptAt = 0.9915
  /// How often a cell without ink is empty.
  public static let emptyIsRight = 0.9336
  /// How often the line reader is right, by its own figure: below each limit the next share.
  static let symbolTable: [(below: Double, right: Double)] = [
    (0.850, 0.2071), (0.900, 0.3701), (0.930, 0.4586), (0.950, 0.5806), (0.960, 0.6717),
    (0.970, 0.7379), (0.980, 0.8545), (0.985, 0.9121), (0.990, 0.9840), (1.010, 0.9972),
  ]
}
