// SPDX-License-Identifier: Apache-2.0
import Imaging
import Scanner
import Testing

@Suite("JPEG")
struct JPEGFileTests {
  static let kinds = [1, 3, 4].flatMap { channels in [(channels, false), (channels, true)] }

  @Test("Gray, colour and CMYK give luma, baseline and progressive", arguments: kinds)
  func luma(channels: Int, progressive: Bool) throws {
    let levels = Made.slope()
    // Gray as ink: no colour, and Adobe's black runs from 255 for none.
    let pixels = levels.flatMap { level -> [UInt8] in
      let inks: [UInt8] = [255, 255, 255, level]
      return channels == 4 ? inks : [UInt8](repeating: level, count: channels)
    }
    let file = try Made.jpeg(pixels, channels: channels, progressive: progressive)
    let page = try Made.page(file)
    #expect(page.picture.width == Made.width && page.picture.height == Made.height)
    for (read, level) in zip(page.picture.pixels, levels) {
      #expect(abs(Int(read) - Int(level)) <= 6)
    }
  }

  @Test("Colours are weighed as BT.601 says")
  func weights() throws {
    let red = [[UInt8]](repeating: [220, 30, 10], count: 64).flatMap { $0 }
    let page = try Made.page(Made.jpeg(red, width: 8, height: 8, channels: 3))
    #expect(abs(Int(page.picture[4, 4]) - Int(Made.luma(220, 30, 10))) <= 2)
  }

  /// Where a pixel of the upright picture stands in the stored one, as EXIF says it: the side
  /// that row 0 and column 0 are.
  static func stored(_ x: Int, _ y: Int, _ orientation: Int, _ width: Int, _ height: Int) -> (
    Int, Int
  ) {
    switch orientation {
    case 2: (width - 1 - x, y)
    case 3: (width - 1 - x, height - 1 - y)
    case 4: (x, height - 1 - y)
    case 5: (y, x)
    case 6: (y, height - 1 - x)
    case 7: (width - 1 - y, height - 1 - x)
    case 8: (width - 1 - y, x)
    default: (x, y)
    }
  }

  @Test("A photo is turned as its EXIF says, in both byte orders", arguments: 1...8, [true, false])
  func orientation(_ orientation: Int, littleFirst: Bool) throws {
    let width = 70
    let height = 41
    let plain = try Made.jpeg(Made.slope(width, height), width: width, height: height)
    let before = try Made.page(plain).picture
    let page = try Made.page(
      Self.withEXIF(plain, orientation: orientation, dpi: (200, 100), littleFirst: littleFirst))
    let swapped = orientation >= 5
    #expect(page.picture.width == (swapped ? height : width))
    #expect(page.picture.height == (swapped ? width : height))
    #expect(page.dpi?.x == (swapped ? 100 : 200) && page.dpi?.y == (swapped ? 200 : 100))
    for y in 0..<page.picture.height {
      for x in 0..<page.picture.width {
        let (fromX, fromY) = Self.stored(x, y, orientation, width, height)
        #expect(page.picture[x, y] == before[fromX, fromY])
      }
    }
  }

  @Test("A page laid on its side reads as the upright one: corners")
  func corners() throws {
    // Stored turned by a quarter: the dark corner of the upright page, top left, is stored at
    // the bottom left, and orientation 6 turns it back clockwise.
    var levels = [UInt8](repeating: 255, count: 64 * 32)
    for y in 16..<32 { for x in 0..<16 { levels[64 * y + x] = 0 } }
    let plain = try Made.jpeg(levels, width: 64, height: 32)
    let page = try Made.page(Self.withEXIF(plain, orientation: 6, dpi: (300, 300)))
    #expect(page.picture[2, 2] < 20 && page.picture[29, 2] > 235 && page.picture[2, 61] > 235)
  }

  @Test("Nonsense in EXIF leaves the picture as it is")
  func nonsense() throws {
    let plain = try Made.jpeg(Made.slope())
    let before = try Made.page(plain).picture
    for orientation in [0, 9, 65_535] {
      let file = Self.withEXIF(plain, orientation: orientation, dpi: (0, 0))
      #expect(try Made.page(file).picture == before)
    }
    let cut = Self.inserted([0xFF, 0xE1, 0, 10] + Array("Exif\0\0II".utf8), into: plain)
    #expect(try Made.page(cut).picture == before)
  }

  @Test("JFIF tells the resolution")
  func jfif() throws {
    var file = try Made.jpeg(Made.slope())
    // SOI, APP0, length, "JFIF\0", version, unit, then across and down.
    file.replaceSubrange(13..<18, with: [1, 1, 44, 0, 200])
    let page = try Made.page(file)
    #expect(page.dpi?.x == 300 && page.dpi?.y == 200)
  }

  @Test("Cut anywhere it is a failure, never a half-gray page", arguments: [false, true])
  func truncated(progressive: Bool) throws {
    let file = try Made.jpeg(Made.slope(), progressive: progressive)
    for count in 4..<(file.count - 2) {
      #expect(isBroken(try Made.failure(Array(file[..<count]))), "cut at \(count)")
    }
    #expect(try Made.failure(Array(file[..<(file.count - 40)])) == .truncated(format: "JPEG"))
  }

  static func inserted(_ segment: [UInt8], into file: [UInt8]) -> [UInt8] {
    Array(file[..<2]) + segment + Array(file[2...])
  }

  /// The file with an EXIF segment before everything else, and without what JFIF says.
  static func withEXIF(
    _ file: [UInt8], orientation: Int, dpi: (Int, Int), littleFirst: Bool = true
  ) -> [UInt8] {
    func number(_ value: Int, _ bytes: Int) -> [UInt8] {
      let little = (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
      return littleFirst ? little : little.reversed()
    }
    func entry(_ tag: Int, _ kind: Int, _ value: [UInt8]) -> [UInt8] {
      number(tag, 2) + number(kind, 2) + number(1, 4) + value
    }
    let fractions = 8 + 2 + 4 * 12 + 4
    var tiff: [UInt8] = Array((littleFirst ? "II" : "MM").utf8)
    tiff += number(42, 2) + number(8, 4) + number(4, 2)
    tiff += entry(0x0112, 3, number(orientation, 2) + [0, 0])
    tiff += entry(0x011A, 5, number(fractions, 4))
    tiff += entry(0x011B, 5, number(fractions + 8, 4))
    tiff += entry(0x0128, 3, number(2, 2) + [0, 0])
    tiff += number(0, 4)
    tiff += number(dpi.0, 4) + number(1, 4)
    tiff += number(dpi.1, 4) + number(1, 4)
    let content = Array("Exif\0\0".utf8) + tiff
    let length = content.count + 2
    var file = file
    file[13] = 0
    return inserted([0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 255)] + content, into: file)
  }
}
