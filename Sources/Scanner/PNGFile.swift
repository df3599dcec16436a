// SPDX-License-Identifier: Apache-2.0
import CPNG
public import Imaging

/// PNG of every kind, by libpng.
enum PNGFile {
  static let name = "PNG"

  static func decode(_ bytes: FileBytes, _ limits: ScanLimits) throws(ScanFailure)
    -> DecodedPicture
  {
    guard let width = bytes.big(16, bytes: 4), let height = bytes.big(20, bytes: 4) else {
      throw .truncated(format: name)
    }
    guard bytes.has("IHDR", at: 12) else { throw .damaged(format: name, detail: "no IHDR") }
    try limits.admit(width: width, height: height, format: name)
    var why = [CChar](repeating: 0, count: PHIEU_PNG_WHY)
    var dpi = [0.0, 0.0]
    let (picture, status) = unsafe grayPicture(width: width, height: height) { gray in
      unsafe bytes.withBytes { file in
        unsafe phieu_png_decode(
          file.baseAddress, file.count, UInt32(width), UInt32(height), gray, &dpi, &why)
      }
    }
    if let picture { return DecodedPicture(picture, dpiX: dpi[0], dpiY: dpi[1]) }
    if status == Int32(PHIEU_PNG_TRUNCATED) { throw .truncated(format: name) }
    throw .damaged(format: name, detail: words(why))
  }

  fileprivate static func encode(
    _ pixels: [UInt8], width: Int, height: Int, channels: Int, bits: Int32 = 8
  ) throws(ScanFailure) -> [UInt8] {
    var why = [CChar](repeating: 0, count: PHIEU_PNG_WHY)
    guard let across = UInt32(exactly: width), let down = UInt32(exactly: height) else {
      throw .tooLarge(width: width, height: height, limit: Int(Int32.max))
    }
    var file: UnsafeMutablePointer<UInt8>?
    var count = 0
    let status = unsafe phieu_png_encode(
      pixels, across, down, Int32(channels), bits, &file, &count, &why)
    defer { unsafe phieu_png_free(file) }
    guard status == Int32(PHIEU_PNG_OK) else {
      throw .damaged(format: name, detail: words(why))
    }
    return unsafe Array(UnsafeBufferPointer(start: file, count: count))
  }
}

/// A gray picture as a PNG file.
///
/// - Parameters:
///   - picture: The picture.
///   - isSmall: Four levels, as small as can be; else all levels, lightly compressed.
/// - Returns: The file's bytes.
/// - Throws: `ScanFailure` with libpng's words (no memory).
public func encodePNG(
  _ picture: GrayPicture, isSmall: Bool = false
) throws(ScanFailure) -> [UInt8] {
  try PNGFile.encode(
    isSmall ? picture.pixels.map { $0 >> 6 } : picture.pixels, width: picture.width,
    height: picture.height, channels: 1, bits: isSmall ? 2 : 8)
}

/// A colour picture as a PNG file, lightly compressed.
///
/// - Throws: `ScanFailure` with libpng's words (no memory).
public func encodePNG(_ picture: RGBPicture) throws(ScanFailure) -> [UInt8] {
  try PNGFile.encode(
    picture.pixels, width: picture.width, height: picture.height, channels: 3)
}
