// SPDX-License-Identifier: Apache-2.0
internal import CTesseract
package import Imaging

/// What Tesseract says of one cell.
package struct LineSymbol: Hashable, Sendable {
  /// A digit, or `#` for what is no digit.
  package var text: String
  /// From 0 to 1; no probability.
  package var confidence: Double
  /// Other digits it thought of, likeliest first.
  package var others: [String] = []
  /// Its left end in the line, in pixels.
  package var left = 0

  package init(text: String, confidence: Double, others: [String] = [], left: Int = 0) {
    self.text = text
    self.confidence = confidence
    self.others = others
    self.left = left
  }
}

/// Tesseract with one model. One engine a worker: not `Sendable`.
@safe package final class LineEngine {
  private let handle: OpaquePointer

  /// More symbols than this in a line are nonsense.
  private static let mostSymbols = 128

  /// An engine with this program's own model of handwritten digits; `nil` where Tesseract
  /// refuses it.
  package static func handwriting() -> LineEngine? {
    guard let handle = unsafe phieu_tesseract_hwdigits() else { return nil }
    return unsafe LineEngine(handle)
  }

  /// An engine with the system's data of a language, reading lines of these characters alone;
  /// `nil` where the data is not installed.
  package static func stock(_ language: String, of characters: String) -> LineEngine? {
    guard let handle = unsafe phieu_tesseract_stock(nil, language, characters) else { return nil }
    return unsafe LineEngine(handle)
  }

  private init(_ handle: OpaquePointer) { unsafe self.handle = handle }

  deinit { unsafe phieu_tesseract_free(handle) }

  /// The symbols of a line from left to right; `nil` where Tesseract failed.
  package func symbols(_ line: GrayPicture) -> [LineSymbol]? {
    var found = [phieu_symbol](
      repeating: phieu_symbol(), count: Self.mostSymbols)
    let count = unsafe line.pixels.withUnsafeBufferPointer { bytes in
      unsafe found.withUnsafeMutableBufferPointer { found in
        unsafe phieu_tesseract_read(
          handle, bytes.baseAddress, Int32(line.width), Int32(line.height), found.baseAddress,
          Int32(Self.mostSymbols))
      }
    }
    guard count >= 0, count <= Self.mostSymbols else { return nil }
    return found.prefix(Int(count)).map { symbol in
      LineSymbol(
        text: Self.text(symbol.text), confidence: Double(symbol.confidence) / 100,
        others: Self.text(symbol.others).map { String($0) }, left: Int(symbol.left))
    }
  }

  private static func text(
    _ bytes: (CChar, CChar, CChar, CChar, CChar, CChar, CChar, CChar)
  ) -> String {
    let all = [bytes.0, bytes.1, bytes.2, bytes.3, bytes.4, bytes.5, bytes.6, bytes.7]
    return String(decoding: all.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
