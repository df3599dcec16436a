// SPDX-License-Identifier: Apache-2.0

/// A JSON value whose keys keep the order in which they are given.
///
/// Foundation's encoders order keys by chance or by alphabet, and escape slashes; the formats
/// of this project are read by people too.
package indirect enum JSONText: Hashable, Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case whole(Int)
  case string(String)
  case list([JSONText])
  case object([Member])

  /// A key and its value.
  package struct Member: Hashable, Sendable {
    package var key: String
    package var value: JSONText

    package init(_ key: String, _ value: JSONText) {
      self.key = key
      self.value = value
    }
  }

  /// The value on one line: no spaces with an empty separator, easier on the eye with a space.
  package func line(space: String = "") -> String {
    var text = ""
    write(to: &text, space: space)
    return text
  }

  private func write(to text: inout String, space: String) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .number(let value): text += value.isFinite ? Self.short(value) : "null"
    case .whole(let value): text += String(value)
    case .string(let value): text += Self.quoted(value)
    case .list(let items):
      text += "["
      for (index, item) in items.enumerated() {
        if index > 0 { text += "," + space }
        item.write(to: &text, space: space)
      }
      text += "]"
    case .object(let members):
      text += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { text += "," + space }
        text += Self.quoted(member.key) + ":" + space
        member.value.write(to: &text, space: space)
      }
      text += "}"
    }
  }

  /// The shortest decimal text that gives the number back, whole numbers without a point.
  package static func short(_ value: Double) -> String {
    if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
    return value.description
  }

  /// The text in quotes, with only what JSON must escape escaped.
  ///
  /// U+2028 and U+2029 are escaped too: a reader that takes them for line ends would tear one
  /// line of a stream in two.
  package static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\0"..<" ", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
