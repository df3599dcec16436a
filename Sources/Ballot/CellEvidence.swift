// SPDX-License-Identifier: Apache-2.0

/// What two readers saw in one cell of a code: scores and the ink behind them, never a decision.
public struct CellEvidence: Hashable, Sendable, Codable {
  /// Ink that belongs to the cell, in square millimetres; 0 where it is empty.
  public var inkMM2: Double
  /// How much darker than the paper its strokes are, in levels of 255.
  public var strength: Double
  /// Ink in the cell that was taken for dirt, print or the back shining through, in mm².
  public var dirtMM2: Double
  /// Whether the ink was cut from a piece that reaches into another cell.
  public var isCut: Bool
  /// What the line reader says: a digit, `#` for no digit; `nil` where it could not tell.
  public var symbol: String?
  /// The line reader's own figure from 0 to 1; no probability.
  public var symbolConfidence: Double
  /// What else the line reader thought of, likeliest first.
  public var others: [String]
  /// The networks' probability of each digit, 0 to 9; empty where they did not look.
  public var digits: [Double]
  /// The networks' probability that it is no digit.
  public var junk: Double

  public init(
    inkMM2: Double, strength: Double = 0, dirtMM2: Double = 0, isCut: Bool = false,
    symbol: String? = nil, symbolConfidence: Double = 0, others: [String] = [],
    digits: [Double] = [], junk: Double = 0
  ) {
    self.inkMM2 = inkMM2
    self.strength = strength
    self.dirtMM2 = dirtMM2
    self.isCut = isCut
    self.symbol = symbol
    self.symbolConfidence = symbolConfidence
    self.others = others
    self.digits = digits
    self.junk = junk
  }

  /// The network's likeliest digit; `nil` where it did not look.
  public var best: Int? {
    digits.indices.max { digits[$0] < digits[$1] }
  }

  /// True where both readers name the same digit.
  public var agrees: Bool {
    guard let best else { return false }
    return symbol == String(best) && digits[best] > junk
  }
}

extension PageEvidence {
  /// Adds what was seen in codes' cells, by question.
  public mutating func note(_ written: [String: [CellEvidence]]) {
    for index in questions.indices {
      if let cells = written[questions[index].question] { questions[index].written = cells }
    }
  }
}

extension Answer {
  /// The value of a code whose cells hold these characters: one string, in which an empty cell
  /// before a written one is a space, so that every character keeps its place.
  public static func codeValue(_ cells: [String]) -> String {
    let written = cells.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? 0
    return cells.prefix(written).map { $0.isEmpty ? " " : $0 }.joined()
  }
}
