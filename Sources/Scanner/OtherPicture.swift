// SPDX-License-Identifier: Apache-2.0
import CLeptonica
import Imaging

/// The formats that Leptonica decodes for us: seldom a scanner's, now and then a phone's.
///
/// Leptonica and the libraries behind it take memory as the header says, so that the header is
/// read here first.
enum OtherPicture: String {
  case bmp = "BMP"
  case pnm = "PNM"
  case gif = "GIF"
  case webp = "WebP"
  case jpeg2000 = "JPEG 2000"

  /// `nil` where the bytes begin like none of them.
  init?(_ bytes: FileBytes) {
    if bytes.has("GIF87a") || bytes.has("GIF89a") {
      self = .gif
    } else if bytes.has("RIFF"), bytes.has("WEBP", at: 8) {
      self = .webp
    } else if bytes.has("jP  ", at: 4) || bytes.big(0, bytes: 4) == 0xFF4F_FF51 {
      self = .jpeg2000
    } else if bytes.has("BM"), [12, 40, 52, 56, 64, 108, 124].contains(bytes.little(14, bytes: 4)) {
      self = .bmp
    } else if bytes[0] == UInt8(ascii: "P"), let kind = bytes[1],
      (UInt8(ascii: "1")...UInt8(ascii: "6")).contains(kind), let space = bytes[2],
      PNMHeader.isSpace(space)
    {
      self = .pnm
    } else {
      return nil
    }
  }

  static func decode(_ bytes: FileBytes, _ format: OtherPicture, _ limits: ScanLimits)
    throws(ScanFailure) -> DecodedPicture
  {
    let name = format.rawValue
    let header = try format.header(bytes, limits)
    try limits.admit(width: header.width, height: header.height, format: name)
    guard header.row * header.height <= bytes.count - header.start else {
      throw .truncated(format: name)
    }
    let read = unsafe bytes.withBytes { unsafe phieu_pix_read($0.baseAddress, $0.count) }
    guard let pix = unsafe read else { throw .damaged(format: name, detail: "") }
    defer { unsafe phieu_pix_free(pix) }
    var width: Int32 = 0
    var height: Int32 = 0
    var dpiX: Int32 = 0
    var dpiY: Int32 = 0
    unsafe phieu_pix_facts(pix, &width, &height, &dpiX, &dpiY)
    try limits.admit(width: Int(width), height: Int(height), format: name)
    let (picture, _) = unsafe grayPicture(width: Int(width), height: Int(height)) { gray in
      unsafe phieu_pix_gray(pix, gray)
    }
    guard let picture else { throw .unsupported(format: name, detail: "") }
    return DecodedPicture(picture, dpiX: Double(dpiX), dpiY: Double(dpiY))
  }

  /// What a header tells: a size, and for uncompressed formats where the rows begin and how many
  /// bytes each has at least.
  struct Header {
    var width: Int
    var height: Int
    var start = 0
    var row = 0
  }

  private func header(_ bytes: FileBytes, _ limits: ScanLimits) throws(ScanFailure) -> Header {
    switch self {
    case .bmp: try bmpHeader(bytes)
    case .pnm: try PNMHeader(bytes, limits).header
    case .gif: try GIFFrames.header(bytes, limits)
    case .webp: try webpHeader(bytes)
    case .jpeg2000: try jpeg2000Header(bytes)
    }
  }

  private func bmpHeader(_ bytes: FileBytes) throws(ScanFailure) -> Header {
    guard let start = bytes.little(10, bytes: 4), let across = bytes.little(18, bytes: 4),
      let down = bytes.little(22, bytes: 4), let bits = bytes.little(28, bytes: 2),
      let compression = bytes.little(30, bytes: 4)
    else { throw .truncated(format: rawValue) }
    guard bytes.little(14, bytes: 4) != 12, compression == 0 || compression == 3 else {
      throw .unsupported(format: rawValue, detail: "compression \(compression)")
    }
    guard [1, 2, 4, 8, 24, 32].contains(bits) else {
      throw .unsupported(format: rawValue, detail: "\(bits) bits")
    }
    // Rows may go from the top: the height is negative then.
    let height = Int(Int32(truncatingIfNeeded: down).magnitude)
    return Header(
      width: across, height: height, start: start, row: (across * bits + 31) / 32 * 4)
  }

  private func webpHeader(_ bytes: FileBytes) throws(ScanFailure) -> Header {
    // The container's length: whatever is missing at the end was part of the picture.
    guard let length = bytes.little(4, bytes: 4), length + 8 <= bytes.count else {
      throw .truncated(format: rawValue)
    }
    if bytes.has("VP8X", at: 12), let width = bytes.little(24, bytes: 3),
      let height = bytes.little(27, bytes: 3)
    {
      return Header(width: width + 1, height: height + 1)
    }
    if bytes.has("VP8L", at: 12), let packed = bytes.little(21, bytes: 4) {
      return Header(width: (packed & 0x3FFF) + 1, height: (packed >> 14 & 0x3FFF) + 1)
    }
    if bytes.has("VP8 ", at: 12), let width = bytes.little(26, bytes: 2),
      let height = bytes.little(28, bytes: 2)
    {
      return Header(width: width & 0x3FFF, height: height & 0x3FFF)
    }
    throw .damaged(format: rawValue, detail: "")
  }

  /// The size in the codestream (SIZ), which is what OpenJPEG goes by.
  private func jpeg2000Header(_ bytes: FileBytes) throws(ScanFailure) -> Header {
    var stream = 0
    if bytes.big(0, bytes: 2) != 0xFF4F {
      while !bytes.has("jp2c", at: stream + 4) {
        guard let length = bytes.big(stream, bytes: 4), length >= 8 else {
          throw .truncated(format: rawValue)
        }
        stream += length
      }
      stream += bytes.big(stream, bytes: 4) == 1 ? 16 : 8
    }
    guard bytes.big(stream, bytes: 4) == 0xFF4F_FF51,
      let right = bytes.big(stream + 8, bytes: 4), let bottom = bytes.big(stream + 12, bytes: 4),
      let left = bytes.big(stream + 16, bytes: 4), let top = bytes.big(stream + 20, bytes: 4),
      let components = bytes.big(stream + 40, bytes: 2)
    else { throw .truncated(format: rawValue) }
    guard components <= 4 else {
      throw .unsupported(format: rawValue, detail: "\(components) components")
    }
    return Header(width: right - left, height: bottom - top)
  }
}
