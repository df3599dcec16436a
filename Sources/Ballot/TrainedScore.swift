// SPDX-License-Identifier: Apache-2.0
// Written by tools/train-digits.py from validation cells; docs/codes.md has the table.

extension CodeScore {
  /// The score as it was fitted.
  public static let trained = CodeScore(weights: [-0.3973, -1.5338, 0.2078, 0.1006, -0.8295])
  /// The lowest score with at most 2 wrong in 1,000 and at most 1 % of what is no digit, on
  /// validation cells of the levels clean and office.
  public static let acceptAt = 0.9300
  /// How often a cell without ink is empty.
  public static let emptyIsRight = 0.9276
  /// How often the line reader is right, by its own figure: below each limit the next share.
  static let symbolTable: [(below: Double, right: Double)] = [
    (0.850, 0.1275),
    (0.900, 0.3639),
    (0.930, 0.4722),
    (0.950, 0.5896),
    (0.960, 0.7045),
    (0.970, 0.7597),
    (0.980, 0.8845),
    (0.985, 0.9580),
    (0.990, 0.9911),
    (1.010, 0.9982),
  ]
}
