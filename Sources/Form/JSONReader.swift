// SPDX-License-Identifier: Apache-2.0

/// Reads JSON (RFC 8259) into nodes with their places.
///
/// Foundation's reader keeps neither places nor the second of two equal keys: half a form could
/// get lost in silence. This one is strict, keeps both, and is compared with Foundation's in the
/// tests.
package struct JSONReader {
  /// Deeper than this no form goes; bounds the recursion.
  package static let deepest = 32

  private let bytes: [UInt8]
  private var at = 0
  private var place = FilePlace.start
  private var depth = 0

  /// Reads a whole file.
  ///
  /// - Parameter text: The file's text, without a byte order mark.
  /// - Returns: The file's value.
  /// - Throws: The first problem; equal keys are left to who reads the nodes.
  package static func read(_ text: String) throws(FormProblem) -> FileNode {
    var reader = JSONReader(bytes: Array(text.utf8))
    reader.skipSpace()
    let node = try reader.value()
    reader.skipSpace()
    guard reader.at == reader.bytes.count else { throw reader.expected(.endOfFile) }
    return node
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func advance() {
    let byte = bytes[at]
    at += 1
    if byte == UInt8(ascii: "\n") {
      place = FilePlace(line: place.line + 1, column: 1)
    } else if byte & 0xC0 != 0x80 {
      place.column += 1
    }
  }

  private mutating func take(_ byte: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: byte) else { return false }
    advance()
    return true
  }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      advance()
    }
  }

  private func expected(_ what: FormProblem.Expected) -> FormProblem {
    let rest = String(decoding: bytes[at..<min(at + 64, bytes.count)], as: UTF8.self)
    let found = rest.prefix { !$0.isNewline }.prefix(12)
    return FormProblem(place: place, path: "", fault: .expected(what, found: String(found)))
  }

  private mutating func value() throws(FormProblem) -> FileNode {
    let start = place
    guard let next else { throw expected(.value) }
    switch next {
    case UInt8(ascii: "{"): return FileNode(place: start, content: try object())
    case UInt8(ascii: "["): return FileNode(place: start, content: try list())
    case UInt8(ascii: "\""):
      return FileNode(place: start, content: .scalar(try string(), .quoted))
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return FileNode(place: start, content: .scalar(try number(), .number))
    default:
      for word in ["true", "false", "null"] where bytes[at...].starts(with: word.utf8) {
        for _ in word.utf8 { advance() }
        return FileNode(place: start, content: .scalar(word, .word))
      }
      throw expected(.value)
    }
  }

  private mutating func enter() throws(FormProblem) {
    depth += 1
    guard depth <= Self.deepest else {
      throw FormProblem(place: place, path: "", fault: .tooDeep(limit: Self.deepest))
    }
    advance()
    skipSpace()
  }

  private mutating func object() throws(FormProblem) -> FileNode.Content {
    try enter()
    defer { depth -= 1 }
    var entries: [FileNode.Entry] = []
    if take("}") { return .mapping(entries) }
    while true {
      let keyPlace = place
      guard next == UInt8(ascii: "\"") else { throw expected(.token("\"")) }
      let key = try string()
      skipSpace()
      guard take(":") else { throw expected(.token(":")) }
      skipSpace()
      entries.append(FileNode.Entry(key: key, place: keyPlace, value: try value()))
      skipSpace()
      if take("}") { return .mapping(entries) }
      guard take(",") else { throw expected(.token(", }")) }
      skipSpace()
    }
  }

  private mutating func list() throws(FormProblem) -> FileNode.Content {
    try enter()
    defer { depth -= 1 }
    var items: [FileNode] = []
    if take("]") { return .list(items) }
    while true {
      items.append(try value())
      skipSpace()
      if take("]") { return .list(items) }
      guard take(",") else { throw expected(.token(", ]")) }
      skipSpace()
    }
  }

  private mutating func number() throws(FormProblem) -> String {
    let start = at
    _ = take("-")
    if !take("0") { try digits() }
    if take(".") { try digits() }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      try digits()
    }
    return String(decoding: bytes[start..<at], as: UTF8.self)
  }

  private mutating func digits() throws(FormProblem) {
    let start = at
    while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { advance() }
    guard at > start else { throw expected(.digit) }
  }

  private mutating func string() throws(FormProblem) -> String {
    advance()
    var text: [UInt8] = []
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        advance()
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        text += String(try escape()).utf8
      case 0..<0x20:
        throw expected(.token("\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))"))
      default:
        text.append(byte)
        advance()
      }
    }
    throw expected(.token("\""))
  }

  private mutating func escape() throws(FormProblem) -> Unicode.Scalar {
    advance()
    let short: [UInt8: Unicode.Scalar] = [
      UInt8(ascii: "\""): "\"", UInt8(ascii: "\\"): "\\", UInt8(ascii: "/"): "/",
      UInt8(ascii: "b"): "\u{8}", UInt8(ascii: "f"): "\u{C}", UInt8(ascii: "n"): "\n",
      UInt8(ascii: "r"): "\r", UInt8(ascii: "t"): "\t",
    ]
    if let byte = next, let scalar = short[byte] {
      advance()
      return scalar
    }
    guard take("u") else { throw expected(.escape) }
    var code = try hexCode()
    if (0xD800..<0xDC00).contains(code) {
      guard take("\\"), take("u") else { throw expected(.escape) }
      let low = try hexCode()
      guard (0xDC00..<0xE000).contains(low) else { throw expected(.escape) }
      code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(code) else { throw expected(.escape) }
    return scalar
  }

  private mutating func hexCode() throws(FormProblem) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue,
        byte < 0x80
      else { throw expected(.escape) }
      code = code << 4 + UInt32(digit)
      advance()
    }
    return code
  }
}
