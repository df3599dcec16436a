// SPDX-License-Identifier: Apache-2.0
import CPango

/// The program's own fonts, Noto Sans in two weights: the same sheet on every machine.
///
/// Not `Sendable`: one thread uses them.
@safe public final class PrintFonts {
  let handle: OpaquePointer

  /// - Throws: ``PrintFailure/noFonts``.
  public init() throws(PrintFailure) {
    guard let handle = unsafe phieu_fonts_open() else { throw .noFonts }
    unsafe self.handle = handle
  }

  deinit { unsafe phieu_fonts_close(handle) }

  /// What words take on paper, in millimetres.
  struct Extent {
    var width: Double
    var height: Double
    /// The height of the first line.
    var line: Double
    var lines: Int
    /// Signs that the fonts do not have.
    var unknown: Int
  }

  /// Measures words.
  func extent(_ text: String, _ style: TextStyle, width: Double? = nil) -> Extent {
    var extent = phieu_extent()
    unsafe withText(text, style, width) { unsafe phieu_text_measure(handle, $0, &extent) }
    return Extent(
      width: extent.width, height: extent.height, line: extent.line, lines: Int(extent.lines),
      unknown: Int(extent.unknown))
  }

  /// The signs of a text that cannot be printed.
  public func missing(in text: String) -> [Character] {
    let style = TextStyle(size: 10)
    guard extent(text, style).unknown > 0 else { return [] }
    var missing: [Character] = []
    for character in text where !missing.contains(character) {
      if extent(String(character), style).unknown > 0 { missing.append(character) }
    }
    return missing
  }

  /// Hands a text to the face.
  func withText(
    _ text: String, _ style: TextStyle, _ width: Double?,
    _ body: (UnsafePointer<phieu_text>) -> Void
  ) {
    unsafe text.withCString { words in
      var paragraph = unsafe phieu_text(
        text: words, points: style.size, bold: style.isBold ? 1 : 0,
        align: style.alignment.rawValue, width: width ?? -1)
      unsafe body(&paragraph)
    }
  }
}
