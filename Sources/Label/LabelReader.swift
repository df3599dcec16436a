// SPDX-License-Identifier: Apache-2.0
import CZXing
public import Form
public import Imaging

// Where the label is looked for, dearest last (300 dpi, on the machine that dependencies were
// tried on): a crop costs 0.4 ms, the page at a third of its size 2 ms, the whole page 26 ms. A
// sheet of ours lies in the scanner one of four ways, so its code is in one of four corners.

/// Reads the label of a printed sheet off its page.
public enum LabelReader {
  /// Modules are at least 0.4 mm; 2.5 pixels each are enough for the small picture.
  static let leastPixelsPerModule = 2.5

  /// The label of a page, however it lies.
  ///
  /// - Parameter picture: The page as scanned.
  /// - Returns: `nil` where no code is found whose check value is right.
  public static func read(_ picture: GrayPicture) -> SheetLabel? {
    for corner in Corner.allCases {
      if let label = label(in: picture, corner.area(of: picture)) { return label }
    }
    // A page that is cut off, shifted or photographed: anywhere, in the small picture first.
    let perMM = Double(max(picture.width, picture.height)) / 297
    let factor = (perMM * 0.42 / leastPixelsPerModule).rounded(.down)
    if factor >= 2 {
      let small = AreaMean.shrunk(picture, by: factor)
      if let label = label(in: small, Area(small)) { return label }
    }
    return label(in: picture, Area(picture))
  }

  /// An upright part of a picture, in pixels.
  private struct Area {
    var x: Int
    var y: Int
    var width: Int
    var height: Int

    init(_ picture: GrayPicture) {
      (x, y, width, height) = (0, 0, picture.width, picture.height)
    }

    init(x: Int, y: Int, width: Int, height: Int) {
      (self.x, self.y, self.width, self.height) = (x, y, width, height)
    }
  }

  /// Where the code is when the page lies upright, upside down, or on one of its sides.
  private enum Corner: CaseIterable {
    case upperRight
    case lowerLeft
    case lowerRight
    case upperLeft

    /// A square of a quarter of the shorter side: the code with 2 cm to every side that it may
    /// have been shifted to.
    func area(of picture: GrayPicture) -> Area {
      let side = min(picture.width, picture.height) / 4
      let (right, low) = (picture.width - side, picture.height - side)
      return switch self {
      case .upperRight: Area(x: right, y: 0, width: side, height: side)
      case .lowerLeft: Area(x: 0, y: low, width: side, height: side)
      case .lowerRight: Area(x: right, y: low, width: side, height: side)
      case .upperLeft: Area(x: 0, y: 0, width: side, height: side)
      }
    }
  }

  private static func label(in picture: GrayPicture, _ area: Area) -> SheetLabel? {
    guard area.width >= 21, area.height >= 21 else { return nil }
    var texts = [CChar](repeating: 0, count: 4_096)
    let count = unsafe picture.pixels.withUnsafeBufferPointer { pixels -> Int32 in
      guard let first = pixels.baseAddress else { return 0 }
      let start = unsafe first + area.y * picture.width + area.x
      return unsafe phieu_qr_read(
        start, Int32(area.width), Int32(area.height), Int32(picture.width), &texts, texts.count)
    }
    guard count > 0 else { return nil }
    let bytes = texts.map { UInt8(bitPattern: $0) }
    return bytes.split(separator: 0, maxSplits: Int(count)).prefix(Int(count)).lazy
      .compactMap { SheetLabel(text: String(decoding: $0, as: UTF8.self)) }.first
  }
}
