// SPDX-License-Identifier: Apache-2.0
import CScanSamples
import Imaging
import Scanner
import Testing

/// Chance with a seed (SplitMix64).
struct Chance: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// A library refuses to write a sample: the test's own mistake.
struct NotMade: Error {}

/// Small files of known pixels, made by the libraries' writing sides.
enum Made {
  /// An odd size, so that rows end inside bytes and tiles.
  static let width = 37
  static let height = 23

  /// A file that C made.
  static func file(
    _ make: (UnsafeMutablePointer<Int>) -> UnsafeMutablePointer<UInt8>?
  ) throws -> [UInt8] {
    var count = 0
    guard let made = unsafe make(&count) else { throw NotMade() }
    defer { unsafe sample_free(made) }
    return unsafe Array(UnsafeBufferPointer(start: made, count: count))
  }

  /// Values of `bits` bits, by chance.
  static func values(_ count: Int, bits: Int, seed: UInt64) -> [Int] {
    var chance = Chance(seed)
    return (0..<count).map { _ in Int.random(in: 0..<(1 << bits), using: &chance) }
  }

  /// Levels that change slowly, for formats that lose something.
  static func slope(_ width: Int = width, _ height: Int = height) -> [UInt8] {
    var levels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width { levels.append(UInt8(min(40 + 3 * x + 2 * y, 255))) }
    }
    return levels
  }

  /// Rows of values, each beginning on a byte, the highest bits first.
  static func packed(_ values: [Int], perRow: Int, bits: Int, bigEndian: Bool = true) -> [UInt8] {
    var rows: [UInt8] = []
    for start in stride(from: 0, to: values.count, by: perRow) {
      let row = values[start..<(start + perRow)]
      switch bits {
      case 16:
        for value in row {
          let bytes = [UInt8(value >> 8), UInt8(value & 255)]
          rows += bigEndian ? bytes : bytes.reversed()
        }
      case 8: rows += row.map { UInt8($0) }
      default:
        var bytes = [UInt8](repeating: 0, count: (perRow * bits + 7) / 8)
        for (index, value) in row.enumerated() {
          bytes[index * bits / 8] |= UInt8(value << (8 - bits - index * bits % 8))
        }
        rows += bytes
      }
    }
    return rows
  }

  /// A value of `bits` bits as 8 bits.
  static func eight(_ value: Int, bits: Int) -> UInt8 {
    let highest = (1 << bits) - 1
    return UInt8((value * 255 + highest / 2) / highest)
  }

  /// BT.601, rounded.
  static func luma(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> UInt8 {
    let sum: Double = 0.299 * Double(red) + 0.587 * Double(green) + 0.114 * Double(blue)
    return UInt8(sum.rounded())
  }

  static func overWhite(_ level: UInt8, _ alpha: UInt8) -> UInt8 {
    let through = Double(level) * Double(alpha) / 255
    return UInt8((through + 255 - Double(alpha)).rounded())
  }

  /// Within the rounding of the weights of luma.
  static func isNear(_ picture: GrayPicture, _ levels: [UInt8], within most: Int = 1) -> Bool {
    picture.pixels.count == levels.count
      && zip(picture.pixels, levels).allSatisfy { abs(Int($0) - Int($1)) <= most }
  }

  static func gray(_ pixels: [UInt8]) -> GrayPicture {
    GrayPicture(width: width, height: height, pixels: pixels)
  }

  // MARK: Formats

  static func png(
    _ rows: [UInt8], width: Int = width, height: Int = height, bits: Int, kind: Int,
    interlaced: Bool = false, palette: [UInt8]? = nil, transparent: [UInt8]? = nil,
    perMeter: UInt32 = 0
  ) throws -> [UInt8] {
    try unsafe file { count in
      unsafe sample_png(
        rows, UInt32(width), UInt32(height), Int32(bits), Int32(kind), interlaced ? 1 : 0,
        palette, Int32((palette?.count ?? 0) / 3), transparent, Int32(transparent?.count ?? 0),
        perMeter, count)
    }
  }

  static func jpeg(
    _ pixels: [UInt8], width: Int = width, height: Int = height, channels: Int = 1,
    quality: Int = 97, progressive: Bool = false
  ) throws -> [UInt8] {
    try unsafe file { count in
      unsafe sample_jpeg(
        pixels, Int32(width), Int32(height), Int32(channels), Int32(quality),
        progressive ? 1 : 0, count)
    }
  }

  /// One page of a TIFF: tags, rows, palette.
  struct TIFFPage {
    var tags: sample_tiff_page
    var rows: [UInt8]
    var palette: [UInt16]?

    init(
      _ rows: [UInt8], bits: Int, samples: Int = 1, photometric: Int, compression: Int = 1,
      width: Int = Made.width, height: Int = Made.height, palette: [UInt16]? = nil,
      change: (inout sample_tiff_page) -> Void = { _ in }
    ) {
      tags = sample_tiff_page()
      tags.width = UInt32(width)
      tags.height = UInt32(height)
      tags.bits = Int32(bits)
      tags.samples = Int32(samples)
      tags.photometric = Int32(photometric)
      tags.compression = Int32(compression)
      self.rows = rows
      self.palette = palette
      change(&tags)
    }

    /// A page of 8-bit gray.
    init(gray: [UInt8], change: (inout sample_tiff_page) -> Void = { _ in }) {
      self.init(gray, bits: 8, photometric: 1, change: change)
    }
  }

  static func tiff(_ pages: [TIFFPage], mode: String = "w") throws -> [UInt8] {
    let tiff = unsafe sample_tiff_new(mode)
    for page in pages {
      var tags = page.tags
      let status = unsafe sample_tiff_add(tiff, &tags, page.rows, page.palette)
      try #require(status == 0)
    }
    return try unsafe file { unsafe sample_tiff_finish(tiff, $0) }
  }

  static func other(_ format: String, _ pixels: [UInt8], channels: Int = 1) throws -> [UInt8] {
    try unsafe file { count in
      unsafe sample_pix(format, pixels, Int32(width), Int32(height), Int32(channels), count)
    }
  }

  static func deflated(_ bytes: [UInt8]) throws -> [UInt8] {
    try unsafe file { unsafe sample_deflate(bytes, bytes.count, $0) }
  }

  // MARK: What came of them

  /// All pages of a file, in order.
  static func pages(
    _ bytes: [UInt8], _ limits: ScanLimits = ScanLimits(), helper: PDFHelper = PDFHelper()
  ) throws -> [(page: Int?, result: Result<ScannedPage, ScanFailure>)] {
    let source = PageSource(
      try ScannedFile(path: "made", bytes: bytes), limits: limits, helper: helper)
    var pages: [(page: Int?, result: Result<ScannedPage, ScanFailure>)] = []
    while let next = source.next() { pages.append(next) }
    return pages
  }

  /// The only page of a file.
  static func page(_ bytes: [UInt8], _ limits: ScanLimits = ScanLimits()) throws -> ScannedPage {
    let pages = try pages(bytes, limits)
    try #require(pages.count == 1)
    return try pages[0].result.get()
  }

  /// Why nothing came of a file.
  static func failure(_ bytes: [UInt8], _ limits: ScanLimits = ScanLimits()) throws -> ScanFailure?
  {
    let pages = try pages(bytes, limits)
    try #require(pages.count == 1)
    if case .failure(let failure) = pages[0].result { return failure }
    return nil
  }
}

/// Whether it is told that the file ends early or is damaged, which is one to the user.
func isBroken(_ failure: ScanFailure?) -> Bool {
  switch failure {
  case .truncated, .damaged, .noPages: true
  default: false
  }
}
