// SPDX-License-Identifier: Apache-2.0
import CScanSamples
import Imaging
import Scanner
import Testing

@Suite("TIFF")
struct TIFFFileTests {
  /// Compressions by their number in TIFF.
  enum Compression: Int {
    case none = 1
    case group3 = 3
    case group4 = 4
    case lzw = 5
    case jpeg = 7
    case deflate = 8
    case packbits = 32_773
  }

  static let bits: [(Compression, Bool)] = [
    (.none, false), (.group3, false), (.group4, false), (.group4, true), (.lzw, false),
    (.deflate, true), (.packbits, false),
  ]

  @Test("1 bit is exact in every compression, white as 0 and as 1", arguments: bits, [0, 1])
  func bilevel(_ kind: (Compression, Bool), photometric: Int) throws {
    let values = Made.values(Made.width * Made.height, bits: 1, seed: 11)
    let page = Made.TIFFPage(
      Made.packed(values, perRow: Made.width, bits: 1), bits: 1, photometric: photometric,
      compression: kind.0.rawValue
    ) { tags in
      tags.tile = kind.1 ? 16 : 0
      tags.rowsPerStrip = kind.1 ? 0 : 5
      tags.dpi = 300
    }
    let read = try Made.page(Made.tiff([page]))
    let white = photometric == 1
    #expect(read.picture == Made.gray(values.map { ($0 == 1) == white ? 255 : 0 }))
    #expect(read.dpi?.x == 300)
  }

  static let grays = [2, 4, 8, 16].flatMap { bits in
    [Compression.none, .lzw, .deflate, .packbits].map { (bits, $0) }
  }

  @Test("Gray of 2 to 16 bits is exact, in strips and in tiles", arguments: grays, [0, 16])
  func gray(_ kind: (bits: Int, compression: Compression), tile: Int32) throws {
    let values = Made.values(Made.width * Made.height, bits: kind.bits, seed: 12)
    let rows = Made.packed(values, perRow: Made.width, bits: kind.bits, bigEndian: false)
    let page = Made.TIFFPage(
      rows, bits: kind.bits, photometric: 1, compression: kind.compression.rawValue
    ) { tags in
      tags.tile = tile
      tags.predictor = kind.compression == .lzw && kind.bits >= 8 ? 2 : 0
    }
    let expected = Made.gray(values.map { Made.eight($0, bits: kind.bits) })
    for mode in ["wl", "wb", "w8"] {
      #expect(try Made.page(Made.tiff([page], mode: mode)).picture == expected)
    }
  }

  @Test("A palette gives its colours' luma, 16 bits a colour or wrongly 8", arguments: [1, 4, 8])
  func palette(bits: Int) throws {
    let values = Made.values(Made.width * Made.height, bits: bits, seed: 13)
    let colours = Made.values(3 << bits, bits: 8, seed: 14)
    let count = 1 << bits
    let expected = values.map { value in
      Made.luma(
        UInt8(colours[value]), UInt8(colours[count + value]), UInt8(colours[2 * count + value]))
    }
    for scale in [257, 1] {
      let page = Made.TIFFPage(
        Made.packed(values, perRow: Made.width, bits: bits), bits: bits, photometric: 3,
        palette: colours.map { UInt16($0 * scale) })
      #expect(Made.isNear(try Made.page(Made.tiff([page])).picture, expected))
    }
  }

  /// Bits, photometric, samples, planes apart, extra sample (1 multiplied alpha, 2 alpha).
  static let colours: [(bits: Int, photometric: Int, samples: Int, apart: Bool, extra: Int)] = [
    (8, 2, 3, false, 0), (16, 2, 3, false, 0), (8, 2, 3, true, 0), (8, 2, 4, false, 2),
    (8, 5, 4, false, 0), (8, 1, 2, false, 2), (16, 1, 2, false, 2),
  ]

  @Test("RGB, CMYK and alpha give luma over white", arguments: colours)
  func colour(bits: Int, photometric: Int, samples: Int, apart: Bool, extra: Int) throws {
    let count = Made.width * Made.height
    let values = Made.values(samples * count, bits: bits, seed: 15)
    let rows =
      apart
      ? (0..<samples).flatMap { plane in (0..<count).map { UInt8(values[samples * $0 + plane]) } }
      : Made.packed(values, perRow: samples * Made.width, bits: bits, bigEndian: false)
    let page = Made.TIFFPage(rows, bits: bits, samples: samples, photometric: photometric) {
      $0.planar = apart ? 2 : 1
      $0.extra = Int32(extra)
    }
    let read = try Made.page(Made.tiff([page])).picture
    for pixel in 0..<count {
      let part = (0..<samples).map { Made.eight(values[samples * pixel + $0], bits: bits) }
      let level: UInt8
      switch photometric {
      case 1: level = part[0]
      case 5:
        let paper = Made.luma(255 - part[0], 255 - part[1], 255 - part[2])
        level = UInt8((Double(paper) * Double(255 - part[3]) / 255).rounded())
      default: level = Made.luma(part[0], part[1], part[2])
      }
      let expected = extra == 2 ? Made.overWhite(level, part[samples - 1]) : level
      #expect(abs(Int(read.pixels[pixel]) - Int(expected)) <= 1)
    }
  }

  @Test("JPEG inside gives luma, gray and YCbCr, in strips and in tiles", arguments: [0, 16])
  func jpeg(tile: Int32) throws {
    let levels = Made.slope()
    let pages = [
      Made.TIFFPage(levels, bits: 8, photometric: 1, compression: 7) { $0.tile = tile },
      Made.TIFFPage(
        levels.flatMap { [$0, $0, $0] }, bits: 8, samples: 3, photometric: 6, compression: 7
      ) { $0.tile = tile },
    ]
    for (_, result) in try Made.pages(Made.tiff(pages)) {
      let read = try result.get().picture
      for (pixel, level) in zip(read.pixels, levels) {
        #expect(abs(Int(pixel) - Int(level)) <= 8)
      }
    }
  }

  @Test("A page is turned as its orientation says", arguments: 1...8)
  func orientation(_ orientation: Int) throws {
    let levels = Made.values(Made.width * Made.height, bits: 8, seed: 16).map { UInt8($0) }
    let page = Made.TIFFPage(gray: levels) { $0.orientation = Int32(orientation) }
    let read = try Made.page(Made.tiff([page])).picture
    #expect(read.width == (orientation >= 5 ? Made.height : Made.width))
    for y in 0..<read.height {
      for x in 0..<read.width {
        let (fromX, fromY) = JPEGFileTests.stored(x, y, orientation, Made.width, Made.height)
        #expect(read[x, y] == levels[fromY * Made.width + fromX])
      }
    }
  }

  /// Pages of one level each.
  static func plain(_ levels: [UInt8], compression: Int = 5) -> [Made.TIFFPage] {
    levels.map { level in
      Made.TIFFPage(
        [UInt8](repeating: level, count: Made.width * Made.height), bits: 8, photometric: 1,
        compression: compression)
    }
  }

  @Test("Pages come in order, one by one or by number")
  func pages() throws {
    let bytes = try Made.tiff(Self.plain([10, 20, 30]))
    let pages = try Made.pages(bytes)
    #expect(pages.map(\.page) == [1, 2, 3])
    #expect(try pages.map { try $0.result.get().picture[0, 0] } == [10, 20, 30])
    #expect(try pages.map { try $0.result.get().number } == [1, 2, 3])
    let source = PageSource(try ScannedFile(path: "", bytes: bytes))
    #expect(try source.page(3).get().picture[0, 0] == 30)
    #expect(try source.page(2).get().number == 2)
    #expect(throws: ScanFailure.noSuchPage(number: 4)) { try source.page(4).get() }
    #expect(throws: ScanFailure.noSuchPage(number: 0)) { try source.page(0).get() }
  }

  @Test("A smaller copy of a page is no page")
  func reduced() throws {
    var pages = Self.plain([10, 20])
    let small = Made.TIFFPage(
      [UInt8](repeating: 99, count: 25), bits: 8, photometric: 1, width: 5, height: 5
    ) { $0.reduced = 1 }
    pages.insert(small, at: 1)
    let read = try Made.pages(Made.tiff(pages))
    #expect(try read.map { try $0.result.get().picture[0, 0] } == [10, 20])
    // Marked so without a larger page before it, it is a page.
    pages.removeFirst()
    #expect(try Made.pages(Made.tiff(pages)).count == 2)
  }

  /// Where each page's directory lies in a little-endian file.
  static func directories(_ bytes: [UInt8]) -> [Int] {
    func number(_ place: Int, _ count: Int) -> Int {
      (0..<count).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
    }
    var found: [Int] = []
    var place = number(4, 4)
    while place != 0 {
      found.append(place)
      place = number(place + 2 + 12 * number(place, 2), 4)
    }
    return found
  }

  @Test("A damaged page fails alone: its pixels", arguments: [4, 5, 7, 8])
  func damagedPixels(compression: Int) throws {
    let values = Made.values(Made.width * Made.height, bits: 1, seed: 17)
    let rows = Made.packed(values, perRow: Made.width, bits: 1)
    let gray = Made.slope()
    let page =
      compression == 4
      ? Made.TIFFPage(rows, bits: 1, photometric: 0, compression: 4)
      : Made.TIFFPage(gray, bits: 8, photometric: 1, compression: compression)
    var bytes = try Made.tiff([page, page, page], mode: "wl")
    let places = Self.directories(bytes)
    // The second page's strip lies before its directory.
    // Ones would be good fax lines.
    let wrong: UInt8 = compression == 4 ? 0 : 0xFF
    for place in (places[1] - 60)..<(places[1] - 2) { bytes[place] = wrong }
    let pages = try Made.pages(bytes)
    try #require(pages.map(\.page) == [1, 2, 3])
    #expect(try pages[0].result.get().picture == pages[2].result.get().picture)
    #expect(throws: ScanFailure.self) { try pages[1].result.get() }
  }

  @Test("A damaged page fails alone: its directory")
  func damagedDirectory() throws {
    var bytes = try Made.tiff(Self.plain([10, 20, 30]), mode: "wl")
    let second = Self.directories(bytes)[1]
    // No width and no length any more.
    for entry in 0..<2 { bytes[second + 2 + 12 * entry] = 0xEE }
    let pages = try Made.pages(bytes)
    try #require(pages.map(\.page) == [1, 2, 3])
    #expect(throws: ScanFailure.self) { try pages[1].result.get() }
    #expect(try pages[2].result.get().picture[0, 0] == 30)
    let source = PageSource(try ScannedFile(path: "", bytes: bytes))
    #expect(try source.page(3).get().picture[0, 0] == 30)
    #expect(throws: ScanFailure.self) { try source.page(2).get() }
  }

  @Test("A ring of directories ends with a failure")
  func ring() throws {
    var bytes = try Made.tiff(Self.plain([10, 20]), mode: "wl")
    let places = Self.directories(bytes)
    let link = places[1] + 2 + 12 * Int(bytes[places[1]])
    bytes[link] = UInt8(places[0] & 255)
    bytes[link + 1] = UInt8(places[0] >> 8)
    let pages = try Made.pages(bytes)
    try #require(pages.map(\.page) == [1, 2, 3])
    #expect(throws: ScanFailure.self) { try pages[2].result.get() }
  }

  @Test("Cut anywhere, no page is invented and the loss is told")
  func truncated() throws {
    for compression in [1, 4, 5, 7, 8] {
      let page =
        compression == 4
        ? Made.TIFFPage(
          Made.packed(
            Made.values(Made.width * Made.height, bits: 1, seed: 18), perRow: Made.width, bits: 1),
          bits: 1, photometric: 0, compression: 4)
        : Made.TIFFPage(Made.slope(), bits: 8, photometric: 1, compression: compression)
      let whole = try Made.tiff([page, page])
      let picture = try Made.pages(whole)[0].result.get().picture
      for count in stride(from: 4, to: whole.count - 4, by: 7) {
        let pages = try Made.pages(Array(whole[..<count]))
        let told = pages.contains { if case .failure = $0.result { true } else { false } }
        #expect(told, "compression \(compression), cut at \(count) of \(whole.count)")
        for case (_, .success(let page)) in pages { #expect(page.picture == picture) }
      }
    }
  }

  @Test("Pages beyond the limit are told, not read")
  func tooManyPages() throws {
    let pages = try Made.pages(Made.tiff(Self.plain([10, 20, 30])), ScanLimits(maxPages: 2))
    try #require(pages.map(\.page) == [1, 2, 3])
    #expect(throws: ScanFailure.tooManyPages(limit: 2)) { try pages[2].result.get() }
  }

  @Test("A header that leads to no page is told as that")
  func noPages() throws {
    let pages = try Made.pages(Array("II*\0\0\0\0\0\0\0\0\0\0\0\0\0".utf8))
    try #require(pages.count == 1)
    #expect(pages[0].page == nil)
    #expect(throws: ScanFailure.noPages(format: "TIFF")) { try pages[0].result.get() }
  }

  @Test("A kind without a decoder says so")
  func unsupported() throws {
    let page = Made.TIFFPage(
      Made.packed(
        Made.values(Made.width * Made.height, bits: 16, seed: 19), perRow: Made.width, bits: 16),
      bits: 16, photometric: 1)
    var bytes = try Made.tiff([page], mode: "wl")
    // An unknown compression.
    let directory = Self.directories(bytes)[0]
    for entry in 0..<Int(bytes[directory]) {
      let place = directory + 2 + 12 * entry
      if bytes[place] == 0x03, bytes[place + 1] == 0x01 { bytes[place + 9] = 0x77 }
    }
    #expect(throws: ScanFailure.self) { try Made.page(bytes) }
  }
}
