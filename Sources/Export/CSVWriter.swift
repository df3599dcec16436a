// SPDX-License-Identifier: Apache-2.0

/// Comma-separated values after RFC 4180: UTF-8 with a byte order mark, so that office programs
/// see Vietnamese, and CRLF at the end of every line.
enum CSVWriter {
  /// What a file begins with.
  static let byteOrderMark = "\u{FEFF}"

  /// One line with its end.
  static func line(_ cells: [String]) -> String {
    cells.map(cell).joined(separator: ",") + "\r\n"
  }

  /// A cell, quoted where it must be.
  ///
  /// A text that an office program would run as a formula gets an apostrophe in front (OWASP,
  /// *CSV Injection*). Numbers are not told apart: a cell that begins with `-` is guarded too.
  static func cell(_ text: String) -> String {
    let guarded = beginsLikeFormula(text) ? "'" + text : text
    let mustQuote = guarded.unicodeScalars.contains {
      $0 == "," || $0 == "\"" || $0 == "\r" || $0 == "\n"
    }
    let hasOuterSpace = guarded.first?.isWhitespace == true || guarded.last?.isWhitespace == true
    guard mustQuote || hasOuterSpace else { return guarded }
    return "\"" + guarded.replacing("\"", with: "\"\"") + "\""
  }

  /// Signs that begin a formula, those of full width with them: some office programs take them
  /// for the narrow ones. A NUL or spaces in front do not hide a sign.
  private static func beginsLikeFormula(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first else { return false }
    if first == "\t" || first == "\r" || first == "\n" { return true }
    let sign = text.unicodeScalars.first { !($0.properties.isWhitespace || $0 == "\0") }
    guard let sign else { return false }
    return "=+-@＝＋－＠".unicodeScalars.contains(sign)
  }
}
