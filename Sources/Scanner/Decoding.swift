// SPDX-License-Identifier: Apache-2.0
import Imaging

/// A gray picture whose pixels C fills. `body` gets `width * height` bytes and returns a status;
/// the picture is made where the status is 0.
///
/// The size must have been admitted by the limits.
@unsafe func grayPicture(
  width: Int, height: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Int32
) -> (picture: GrayPicture?, status: Int32) {
  var status: Int32 = -1
  let pixels = unsafe [UInt8](unsafeUninitializedCapacity: width * height) { buffer, count in
    guard let start = buffer.baseAddress else { return }
    status = unsafe body(start)
    count = status == 0 ? width * height : 0
  }
  guard status == 0 else { return (nil, status) }
  return (GrayPicture(width: width, height: height, pixels: pixels), status)
}

/// Words that C left in a buffer: up to the zero, without anything that a terminal would obey.
func words(_ buffer: [CChar]) -> String {
  let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
  return tame(String(decoding: bytes, as: UTF8.self))
}

/// Only what can be printed, and not without end: libraries quote from damaged files.
func tame(_ text: String) -> String {
  String(
    String.UnicodeScalarView(
      text.unicodeScalars.prefix(200).map { (" "..."~").contains($0) ? $0 : "?" }))
}
