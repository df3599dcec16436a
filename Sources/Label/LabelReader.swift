// SPDX-License-Identifier: Apache-2.0
import CZXing
public import Form
public import Imaging

// Where the label is looked for, dearest last (300 dpi, on the machine that dependencies were
// tried on): a crop costs 0.4 ms, the page at a third of its size 2 ms, the whole page 26 ms. A
// sheet of ours lies in the scanner one of four ways, so its code is in one of four corners. Last
// the corners enlarged: of 27 codes on hard painted pages that nothing else gave, 11 come so.

/// Reads the label of a printed sheet off its page.
public enum LabelReader {
  /// Modules are at least 0.4 mm; 2.5 pixels each are enough for the small picture.
  static let leastPixelsPerModule = 2.5
  /// The smallest code has so many modules to a side.
  static let fewestPixels = 21

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
    if let label = label(in: picture, Area(picture)) { return label }
    for times in enlarged {
      for corner in Corner.allCases {
        let area = corner.area(of: picture, share: 3)
        guard (fewestPixels...largestEnlarged).contains(area.width) else { continue }
        let large = picture.enlarged(area, times: times)
        if let label = label(in: large, Area(large)) { return label }
      }
    }
    return nil
  }

  /// How many times corners are enlarged; modules of few pixels come out at one of these.
  private static let enlarged = [3, 2, 4]
  /// Corners with more pixels to a side have enough of them to a module.
  private static let largestEnlarged = 1_200

  /// An upright part of a picture, in pixels.
  fileprivate struct Area {
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

    /// A square of a share of the shorter side: a quarter is the code with 2 cm to every side that
    /// it may have been shifted to.
    func area(of picture: GrayPicture, share: Int = 4) -> Area {
      let side = min(picture.width, picture.height) / share
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
    guard min(area.width, area.height) >= fewestPixels else { return nil }
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

extension GrayPicture {
  /// A part of the picture, so many times as large, straight between its pixels.
  fileprivate func enlarged(_ area: LabelReader.Area, times: Int) -> GrayPicture {
    let (width, height) = (area.width * times, area.height * times)
    /// The pixel before a place and how far it is to the next one, in 256ths.
    func places(_ count: Int, from first: Int) -> [(at: Int, next: Int, share: Int)] {
      (0..<count * times).map { place in
        let middle = max(0, (2 * place + 1) * 128 / times - 128)
        let at = min(middle >> 8, count - 1)
        return (first + at, first + min(at + 1, count - 1), middle & 255)
      }
    }
    let columns = places(area.width, from: area.x)
    var pixels: [UInt8] = []
    pixels.reserveCapacity(width * height)
    for row in places(area.height, from: area.y) {
      let (above, below) = (row.at * self.width, row.next * self.width)
      for column in columns {
        func mixed(_ line: Int) -> Int {
          Int(self.pixels[line + column.at]) * (256 - column.share)
            + Int(self.pixels[line + column.next]) * column.share
        }
        pixels.append(
          UInt8((mixed(above) * (256 - row.share) + mixed(below) * row.share) >> 16))
      }
    }
    return GrayPicture(width: width, height: height, pixels: pixels)
  }
}
