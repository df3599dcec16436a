// SPDX-License-Identifier: Apache-2.0

/// Written digits sorted by who wrote them, so that one hand fills a whole sheet.
package struct DigitHands: Sendable {
  /// One writer's digits, by value 0 to 9.
  private struct Hand: Sendable {
    var isLines: Bool
    var digits = [[Int]](repeating: [], count: 10)

    /// How many of the ten digits this writer left us.
    var known: Int { digits.count { !$0.isEmpty } }
  }

  private let all: [WrittenDigit]
  private let hands: [Hand]
  /// All digits of a kind (pictures, lines), by value: what a hand lacks is taken from here.
  private let others: [[[Int]]]

  /// A writer of fewer digits is no hand of its own.
  private static let leastKnown = 7

  /// The hands of these digits; with `linesOnly` those alone that were written on a tablet.
  package init(_ digits: WrittenDigits, linesOnly: Bool = false) {
    all = digits.lines + (linesOnly ? [] : digits.pictures)
    var byWriter: [Int: Hand] = [:]
    var others = [[[Int]]](
      repeating: [[Int]](repeating: [], count: 10), count: 2)
    for (index, digit) in all.enumerated() {
      let isLines = if case .lines = digit.shape { true } else { false }
      let writer = digit.writer * 2 + (isLines ? 1 : 0)
      byWriter[writer, default: Hand(isLines: isLines)].digits[digit.digit].append(index)
      others[isLines ? 1 : 0][digit.digit].append(index)
    }
    self.others = others
    hands = byWriter.sorted { $0.key < $1.key }.map(\.value).filter { $0.known >= Self.leastKnown }
  }

  /// How many people there are.
  package var count: Int { hands.count }

  /// A digit of this value in a person's hand, `hand` counted from 0 (any number is taken).
  ///
  /// - Returns: `nil` where nobody wrote this digit.
  func digit(
    _ value: Int, hand number: UInt64, _ chance: inout SeededGenerator
  ) -> WrittenDigit? {
    var from: [Int] = []
    var isLines = true
    if !hands.isEmpty {
      let hand = hands[Int(number % UInt64(hands.count))]
      from = hand.digits[value]
      isLines = hand.isLines
    }
    if from.isEmpty { from = others[isLines ? 1 : 0][value] }
    if from.isEmpty { from = others[isLines ? 0 : 1][value] }
    guard !from.isEmpty else { return nil }
    return all[from[min(from.count - 1, Int(chance.unit() * Double(from.count)))]]
  }
}
