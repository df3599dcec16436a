// SPDX-License-Identifier: Apache-2.0

extension String {
  /// The text as it may be shown on a terminal: control characters, which a file's name or a
  /// form may bring, are spelled out and never obeyed. Marks that change the direction of
  /// writing count as such.
  public var shown: String {
    var result = ""
    for scalar in unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate:
        result += "\\u{" + String(scalar.value, radix: 16) + "}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// How many cells of a terminal the text takes: two for East Asian wide characters and emoji,
  /// none for marks that join what stands before them.
  public var terminalWidth: Int { reduce(0) { $0 + $1.terminalWidth } }

  /// The text cut to so many cells, with `…` where something was cut.
  public func cut(toWidth width: Int) -> String {
    guard terminalWidth > width else { return self }
    var result = ""
    var used = 0
    for character in self {
      guard used + character.terminalWidth < width else { break }
      result.append(character)
      used += character.terminalWidth
    }
    return width > 0 ? result + "…" : ""
  }
}

extension Character {
  /// Cells of a terminal that the character takes (Unicode Standard Annex 11, roughly).
  var terminalWidth: Int {
    guard let first = unicodeScalars.first else { return 0 }
    switch first.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default:
      return first.properties.generalCategory == .nonspacingMark ? 0 : 1
    }
  }
}
