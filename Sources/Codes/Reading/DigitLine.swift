// SPDX-License-Identifier: Apache-2.0
package import Imaging

// Cells are read in lines: white, 36 pixels high, a small black dot (the guard) before the first
// cell, between all and after the last. The dots keep the reader from joining or losing digits,
// and they tell which symbol belongs to which cell. tools/train-digits.py writes the same lines.

/// A line of isolated digits with guard dots.
package enum DigitLine {
  /// White on each side of a dot, the dot's side, and the row it begins at, in pixels.
  private static let (gap, dot, dotRow) = (7, 4, 28)
  /// How many cells are read at once: more save little and lose more when a line goes wrong.
  package static let mostCells = 8

  /// The line's picture, 0 black.
  package static func picture(_ digits: [GrayPicture]) -> GrayPicture {
    let between = 2 * gap + dot
    let width = digits.reduce(between) { $0 + $1.width + between }
    var line = GrayPicture(width: width, height: CellPictures.lineHeight)
    var x = 0
    func guardDot() {
      for v in 0..<dot { for u in 0..<dot { line[x + gap + u, dotRow + v] = 0 } }
      x += between
    }
    guardDot()
    for digit in digits {
      for v in 0..<digit.height {
        for u in 0..<digit.width { line[x + u, v] = 255 - digit[u, v] }
      }
      x += digit.width
      guardDot()
    }
    return line
  }

  /// The symbol of each of so many cells.
  ///
  /// Strict: there must be one dot more than cells, else nothing is believed; a cell with none or
  /// several symbols between its dots is `nil`.
  package static func cells(_ symbols: [LineSymbol], count: Int) -> [LineSymbol?] {
    let parts = symbols.split(separator: ".", omittingEmpty: false)
    // Before the first dot and after the last there is nothing.
    guard parts.count == count + 2, parts.first?.isEmpty == true, parts.last?.isEmpty == true
    else { return Array(repeating: nil, count: count) }
    return parts.dropFirst().dropLast().map { $0.count == 1 ? $0.first : nil }
  }
}

extension [LineSymbol] {
  fileprivate func split(separator: String, omittingEmpty: Bool) -> [[LineSymbol]] {
    split(omittingEmptySubsequences: omittingEmpty) { $0.text == separator }.map { Array($0) }
  }
}
