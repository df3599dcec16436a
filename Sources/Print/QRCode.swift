// SPDX-License-Identifier: Apache-2.0
import CQREncode

/// A QR code as squares.
struct QRCode {
  /// Modules along one side.
  let side: Int
  /// `side * side` bytes, row by row; the lowest bit is 1 where a module is dark.
  let modules: [UInt8]

  /// Error correction of a quarter (Q) of the code: stamps and staples come where they like.
  ///
  /// - Returns: `nil` where the text is too long.
  init?(_ text: String) {
    // Codes of more than 41 modules would be too fine for a scanner of 150 dpi.
    guard let code = unsafe QRcode_encodeString8bit(text, 0, QR_ECLEVEL_Q) else { return nil }
    defer { unsafe QRcode_free(code) }
    side = unsafe Int(code.pointee.width)
    guard side <= 41 else { return nil }
    modules = unsafe Array(UnsafeBufferPointer(start: code.pointee.data, count: side * side))
  }
}
