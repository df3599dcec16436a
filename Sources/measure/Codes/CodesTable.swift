// SPDX-License-Identifier: Apache-2.0
import Ballot
import Foundation
import Simulator

/// The tables of written digits and of whole codes, a row a level.
struct CodesTable {
  static let heading = """
    # Codes written by hand, painted

    Written by `make accuracy` (`measure codes`); never by hand. Strips of four to eight cells are \
    painted by the simulator, isolated, read and decided as the product does it ([codes](codes.md)). \
    The digits are of writers who trained no reader; cells of theirs, painted from another seed, \
    chose the limit of acceptance. *Wrong* is an accepted digit that was not written; *junk* is \
    what no careful person would read as a digit. Codes of five digits, with a check digit (ISO/IEC \
    7064, MOD 11,10) of six, are drawn from those cells at random; the issued list is random and \
    holds the right one. Painted cells warn, they do not prove: `code-form` in \
    [accuracy](accuracy.md) is by another painter.


    """

  private static let digitsHead = [
    "level", "digits", "accepted %", "wrong", "wrong in 1,000", "95 % bound",
    "digits read as empty", "junk accepted", "empty cells read as digits",
  ]
  private static let codesHead =
    ["level"]
    + CodeSort.allCases.flatMap { ["\($0.rawValue): accepted whole %", "wrong of accepted"] }
  private var digits: [[String]] = []
  private var codes: [[String]] = []

  mutating func add(_ wear: StripWear, _ cells: [ReadCell]) {
    let written = cells.filter(\.isDigit)
    let accepted = written.filter { $0.accepted != nil }
    let wrong = accepted.count { $0.accepted != String($0.truth.label) }
    func share(of label: Int) -> String {
      let some = cells.filter { $0.truth.label == label }
      return "\(some.count { $0.accepted != nil }) of \(some.count)"
    }
    let bound = Score.Counts.upper95(wrong, of: accepted.count)
    digits.append([
      wear.rawValue, "\(written.count)",
      Self.number(100 * Double(accepted.count) / Double(max(1, written.count)), 1), "\(wrong)",
      Self.number(1000 * Double(wrong) / Double(max(1, accepted.count)), 2),
      bound.map { Self.number(1000 * $0, 2) } ?? "–", "\(written.count { $0.isLost })",
      share(of: CellTruth.junk),
      share(of: CellTruth.empty),
    ])
    codes.append([wear.rawValue])
  }

  mutating func add(_ wear: StripWear, _ sort: CodeSort, _ fates: [CodeDrawing.Fate]) {
    let accepted = fates.count { $0 != .asked }
    codes[codes.count - 1] += [
      Self.number(100 * Double(accepted) / Double(max(1, fates.count)), 1),
      "\(fates.count { $0 == .wrong }) of \(accepted)",
    ]
  }

  func markdown() -> String {
    markdownTable(Self.digitsHead, digits) + "\n\n" + markdownTable(Self.codesHead, codes) + "\n"
  }

  private static func number(_ value: Double, _ places: Int) -> String {
    String(format: "%.\(places)f", value)
  }
}
