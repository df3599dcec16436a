// SPDX-License-Identifier: Apache-2.0

/// The words of a PDF's content stream (ISO 32000-1, 7.2 and 7.8.2). Strings, arrays and
/// dictionaries are passed over: nothing here asks what is in them.
struct PDFTokens {
  enum Token: Equatable {
    case number(Double)
    /// With its slash.
    case name(String)
    case `operator`(String)
    case other
  }

  private let content: [UInt8]
  private var place = 0
  /// Whether all was well formed so far.
  private(set) var isFine = true

  init(_ content: [UInt8]) {
    self.content = content
  }

  /// The next word; `nil` at the end or where nothing makes sense.
  mutating func next() -> Token? {
    skipSpace()
    guard place < content.count else { return nil }
    switch content[place] {
    case UInt8(ascii: "("): return skipString()
    case UInt8(ascii: "<"), UInt8(ascii: "["): return skipNested()
    case UInt8(ascii: "/"):
      place += 1
      return .name("/" + word())
    case UInt8(ascii: ")"), UInt8(ascii: ">"), UInt8(ascii: "]"), UInt8(ascii: "{"),
      UInt8(ascii: "}"):
      isFine = false
      return nil
    default:
      let word = word()
      return Self.number(word).map { .number($0) } ?? .operator(word)
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte) && byte != 0x0B || byte == 0
  }

  private static func isDelimiter(_ byte: UInt8) -> Bool {
    "()<>[]{}/%".utf8.contains(byte)
  }

  private mutating func skipSpace() {
    var comment = false
    while place < content.count {
      let byte = content[place]
      if comment {
        comment = byte != 0x0A && byte != 0x0D
      } else if byte == UInt8(ascii: "%") {
        comment = true
      } else if !Self.isSpace(byte) {
        return
      }
      place += 1
    }
  }

  private mutating func word() -> String {
    let start = place
    while place < content.count, !Self.isSpace(content[place]), !Self.isDelimiter(content[place]) {
      place += 1
    }
    return String(decoding: content[start..<place], as: UTF8.self)
  }

  /// A number as PDF writes it: `12`, `-.5`, `+3.`; no exponents.
  private static func number(_ word: String) -> Double? {
    guard word.utf8.allSatisfy({ "+-.0123456789".utf8.contains($0) }) else { return nil }
    let trimmed = word.hasSuffix(".") ? String(word.dropLast()) : word
    return Double(trimmed)
  }

  private mutating func skipString() -> Token? {
    var depth = 0
    while place < content.count {
      let byte = content[place]
      place += byte == UInt8(ascii: "\\") ? 2 : 1
      if byte == UInt8(ascii: "(") { depth += 1 }
      if byte == UInt8(ascii: ")") { depth -= 1 }
      if depth == 0 { return .other }
    }
    isFine = false
    return nil
  }

  /// Past a hexadecimal string, an array or a dictionary, with what is nested in it.
  private mutating func skipNested() -> Token? {
    var depth = 0
    while place < content.count {
      switch content[place] {
      case UInt8(ascii: "("):
        guard skipString() != nil else { return nil }
        if depth == 0 { return .other }
        continue
      case UInt8(ascii: "<"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: ">"), UInt8(ascii: "]"): depth -= 1
      default: break
      }
      place += 1
      if depth == 0 { return .other }
    }
    isFine = false
    return nil
  }
}
