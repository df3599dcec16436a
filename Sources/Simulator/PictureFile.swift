// SPDX-License-Identifier: Apache-2.0
internal import CPicture
import Foundation

/// A finished scan: bytes of gray or of red, green and blue, rows from the top.
public struct PaintedPicture: Sendable {
  public let width: Int
  public let height: Int
  /// 1 or 3.
  public let channels: Int
  public var pixels: [UInt8]
  /// Black and white only.
  public let oneBit: Bool
  /// What the file says, not what is true; 0 leaves the tag out.
  public var taggedDPI: Double
  public var format: Format

  package init(
    width: Int, height: Int, channels: Int, pixels: [UInt8], oneBit: Bool, taggedDPI: Double,
    format: Format
  ) {
    self.width = width
    self.height = height
    self.channels = channels
    self.pixels = pixels
    self.oneBit = oneBit
    self.taggedDPI = taggedDPI
    self.format = format
  }

  /// How it is written.
  public enum Format: Sendable {
    case png
    case jpeg(quality: Int)
    /// G4 where it is 1-bit, else LZW.
    case tiff

    /// The file name's ending.
    public var suffix: String {
      switch self {
      case .png: "png"
      case .jpeg: "jpg"
      case .tiff: "tif"
      }
    }
  }

  /// Gray of one pixel, 0 black to 255 white; the nearest one where it lies outside.
  func gray(_ x: Int, _ y: Int) -> Double {
    let at = (min(max(y, 0), height - 1) * width + min(max(x, 0), width - 1)) * channels
    guard channels == 3 else { return Double(pixels[at]) }
    return 0.299 * Double(pixels[at]) + 0.587 * Double(pixels[at + 1])
      + 0.114 * Double(pixels[at + 2])
  }
}

/// A picture file that could not be read or written.
public struct PictureFault: Error, CustomStringConvertible {
  public var path: String
  public var reason: String
  public var description: String { "\(path): \(reason)" }
}

/// Picture files through libraries of the simulator's own.
public enum PictureFile {
  /// Keeps freed memory for the next page, for as long as the program runs: a page's pictures of
  /// 35 MB each would otherwise be taken from the system and cleared anew every time, a fifth of
  /// what painting costs.
  public static func keepFreedMemory() { picture_keep_freed_memory() }

  /// Reads a PNG as light, 0 black to 1 white. At most 50 million pixels.
  package static func readPNG(_ path: String) throws(PictureFault) -> Raster {
    var (width, height): (UInt32, UInt32) = (0, 0)
    var bytes: UnsafeMutablePointer<UInt8>?
    let (status, why) = unsafe withReason { why in
      unsafe picture_read_png(path, 50_000_000, &width, &height, &bytes, why)
    }
    guard status == 0, let bytes = unsafe bytes else {
      throw PictureFault(path: path, reason: why)
    }
    defer { unsafe free(bytes) }
    let count = Int(width) * Int(height)
    return Raster(
      width: Int(width), height: Int(height),
      bytes: unsafe Array(UnsafeBufferPointer(start: bytes, count: count)))
  }

  /// Writes a picture in its format.
  public static func write(_ picture: PaintedPicture, to path: String) throws(PictureFault) {
    let (width, height) = (UInt32(picture.width), UInt32(picture.height))
    let (channels, oneBit) = (Int32(picture.channels), Int32(picture.oneBit ? 1 : 0))
    let (status, why) = unsafe withReason { why in
      switch picture.format {
      case .png:
        unsafe picture_write_png(
          path, picture.pixels, width, height, channels, oneBit, picture.taggedDPI, 3, why)
      case .jpeg(let quality):
        unsafe picture_write_jpeg(
          path, picture.pixels, width, height, channels, Int32(quality), picture.taggedDPI, why)
      case .tiff:
        unsafe picture_write_tiff(
          path, picture.pixels, width, height, channels, oneBit, picture.taggedDPI, why)
      }
    }
    guard status == 0 else { throw PictureFault(path: path, reason: why) }
  }

  /// The picture as it is after having been saved as a JPEG of this quality.
  static func savedBefore(
    _ picture: PaintedPicture, quality: Int
  ) throws(PictureFault) -> PaintedPicture {
    var result = picture
    let (width, height) = (UInt32(picture.width), UInt32(picture.height))
    let (status, why) = unsafe withReason { why in
      unsafe picture_jpeg_again(
        &result.pixels, width, height, Int32(picture.channels), Int32(quality), why)
    }
    guard status == 0 else { throw PictureFault(path: "a JPEG in memory", reason: why) }
    return result
  }

  private static func withReason(
    _ work: (UnsafeMutablePointer<CChar>?) -> Int32
  ) -> (Int32, String) {
    var why = [CChar](repeating: 0, count: 128)
    let status = unsafe why.withUnsafeMutableBufferPointer { unsafe work($0.baseAddress) }
    let text = why.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return (status, String(decoding: text, as: UTF8.self))
  }
}
