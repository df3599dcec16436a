// SPDX-License-Identifier: Apache-2.0
import CScanSamples
import Foundation
import Imaging
import Scanner
import Testing

/// Files that mean harm, each set in a process of its own: that it ends well says that nothing
/// crashed, its standard error is what the libraries wrote, its memory is its own.
@Suite("Hostile files")
struct HostileFileTests {
  /// Tiny files of every format, as they should be.
  static func seeds() throws -> [(name: String, bytes: [UInt8])] {
    let gray = Made.slope()
    let colour = gray.flatMap { [$0, 255 - $0, $0] }
    let bits = Made.packed(
      Made.values(Made.width * Made.height, bits: 1, seed: 41), perRow: Made.width, bits: 1)
    var seeds: [(String, [UInt8])] = [
      ("png", try Made.png(gray, bits: 8, kind: 0)),
      ("png colour", try Made.png(colour, bits: 8, kind: 2, interlaced: true)),
      ("png palette", try Made.png(bits, bits: 1, kind: 3, palette: [0, 0, 0, 255, 255, 255])),
      ("jpeg", try Made.jpeg(gray)),
      ("jpeg progressive", try Made.jpeg(colour, channels: 3, progressive: true)),
      ("jpeg exif", JPEGFileTests.withEXIF(try Made.jpeg(gray), orientation: 6, dpi: (300, 300))),
    ]
    for format in ["bmp", "pnm", "pnm-text", "gif", "webp", "jp2"] {
      seeds.append((format, try Made.other(format, gray)))
    }
    for compression in [1, 5, 7, 8, 32_773] {
      let page = Made.TIFFPage(gray, bits: 8, photometric: 1, compression: compression)
      seeds.append(("tiff \(compression)", try Made.tiff([page, page])))
    }
    for compression in [3, 4] {
      let page = Made.TIFFPage(bits, bits: 1, photometric: 0, compression: compression)
      seeds.append(("fax \(compression)", try Made.tiff([page, page])))
    }
    let tiles = Made.TIFFPage(colour, bits: 8, samples: 3, photometric: 2, compression: 5) {
      $0.tile = 16
    }
    seeds.append(("tiff tiles", try Made.tiff([tiles])))
    let plain = "/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter"
    seeds.append(("pdf flate", PDFFileTests.scan(try Made.deflated(gray), plain + " /FlateDecode")))
    seeds.append(("pdf jpeg", PDFFileTests.scan(try Made.jpeg(gray), plain + " /DCTDecode")))
    let fax = Made.TIFFPage(bits, bits: 1, photometric: 0, compression: 4)
    let strip = try MadePDF.strip(of: Made.tiff([fax], mode: "wl"))
    seeds.append(
      (
        "pdf fax",
        PDFFileTests.scan(
          strip,
          "/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /CCITTFaxDecode"
            + " /DecodeParms << /K -1 /Columns \(Made.width) >>")
      ))
    return seeds
  }

  /// A file with some bytes changed, some left out, or its end cut off.
  static func mutated(_ bytes: [UInt8], _ chance: inout Chance) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...6, using: &chance) {
      let place = Int.random(in: 0..<bytes.count, using: &chance)
      switch Int.random(in: 0..<6, using: &chance) {
      case 0: bytes[place] = 0xFF
      case 1: bytes[place] = 0
      case 2: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &chance)
      case 3 where bytes.count > 16: bytes.removeLast(min(bytes.count - 8, place) / 2)
      case 4 where bytes.count > 16:
        bytes.removeSubrange(place..<min(place + 3, bytes.count))
        if bytes.isEmpty { return [0] }
      default: bytes[place] = UInt8.random(in: 0...255, using: &chance)
      }
    }
    return bytes
  }

  @Test("Damaged files of every format crash nothing and write nothing, whatever is damaged")
  func mutations() async {
    let result = await #expect(
      processExitsWith: .success, observing: [\.standardErrorContent]
    ) {
      let limits = ScanLimits(maxPixels: 1_000_000, maxPages: 50)
      // The drawing program is another process: here it fails at once.
      let helper = PDFHelper(program: "/nowhere/pdftoppm", folder: "/nowhere")
      for (index, seed) in try HostileFileTests.seeds().enumerated() {
        var chance = Chance(UInt64(1_000 + index))
        for _ in 0..<400 {
          let bytes = HostileFileTests.mutated(seed.bytes, &chance)
          for (_, result) in try Made.pages(bytes, limits, helper: helper) {
            if case .success(let page) = result {
              try #require(page.picture.pixels.count <= limits.maxPixels)
            }
          }
        }
      }
    }
    #expect(result.map { String(decoding: $0.standardErrorContent, as: UTF8.self) } == "")
  }

  /// A few bytes that claim some 30,000 × 40,000 pixels, in every format.
  static func bombs() throws -> [(name: String, bytes: [UInt8])] {
    let width = 30_000
    let height = 40_000
    func big(_ value: Int, _ count: Int) -> [UInt8] {
      (0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    func little(_ value: Int, _ count: Int) -> [UInt8] { big(value, count).reversed() }
    func replaced(_ bytes: [UInt8], at place: Int, _ with: [UInt8]) -> [UInt8] {
      var bytes = bytes
      bytes.replaceSubrange(place..<(place + with.count), with: with)
      return bytes
    }
    let gray = Made.slope()
    let jpeg = try Made.jpeg(gray)
    let frame = try #require((0..<jpeg.count).first { jpeg[$0] == 0xFF && jpeg[$0 + 1] == 0xC0 })
    let jp2 = try Made.other("jp2", gray)
    let size = try #require((0..<jp2.count).first { jp2[$0] == 0xFF && jp2[$0 + 1] == 0x51 })
    let tall = MadePDF.stream(
      "/Subtype /Image /Width \(width) /Height \(height) /ColorSpace /DeviceGray"
        + " /BitsPerComponent 8 /Filter /FlateDecode", try Made.deflated(gray))
    let tiff = Made.TIFFPage(gray, bits: 8, photometric: 1, compression: 5) { $0.rowsPerStrip = 1 }
    var wide = try Made.tiff([tiff], mode: "wl")
    let directory = TIFFFileTests.directories(wide)[0]
    // Width and length, as numbers of 32 bits.
    for (entry, value) in [width, height].enumerated() {
      wide = replaced(wide, at: directory + 2 + 12 * entry + 2, little(4, 2) + little(1, 4))
      wide = replaced(wide, at: directory + 2 + 12 * entry + 8, little(value, 4))
    }
    let gif = try Made.other("gif", gray)
    let image = try #require(
      (13..<gif.count).first { gif[$0] == 0x2C && gif[$0 + 5] == UInt8(Made.width) })
    let webp: [UInt8] =
      Array("RIFF".utf8) + little(22, 4) + Array("WEBPVP8X".utf8) + little(10, 4) + [0, 0, 0, 0]
      + little(16_383, 3) + little(16_383, 3)
    return [
      (
        "png",
        replaced(try Made.png(gray, bits: 8, kind: 0), at: 16, big(width, 4) + big(height, 4))
      ),
      ("jpeg", replaced(jpeg, at: frame + 5, big(height, 2) + big(width, 2))),
      ("tiff", wide),
      ("pdf", MadePDF.pages([tall])),
      ("bmp", replaced(try Made.other("bmp", gray), at: 18, little(width, 4) + little(height, 4))),
      ("pnm", Array("P5 \(width) \(height) 255\n".utf8)),
      ("pnm-text", Array("P2 \(width) \(height) 255\n1 2 3".utf8)),
      ("gif", replaced(gif, at: image + 5, little(width, 2) + little(height, 2))),
      ("webp", webp),
      ("jp2", replaced(jp2, at: size + 6, big(width, 4) + big(height, 4))),
    ]
  }

  @Test("A bomb of a few bytes is refused before memory is taken, in every format")
  func bombsAreRefused() async {
    await #expect(processExitsWith: .success) {
      func peakKilobytes() -> Int {
        var usage = rusage()
        unsafe getrusage(0, &usage)  // RUSAGE_SELF, of another type in each libc
        return usage.ru_maxrss
      }
      let bombs = try HostileFileTests.bombs()
      let before = peakKilobytes()
      for bomb in bombs {
        guard case .tooLarge? = try Made.failure(bomb.bytes) else {
          try #require(Bool(false), "\(bomb.name)")
          return
        }
      }
      try #require(peakKilobytes() - before < 20_000)
    }
  }

  @Test("Deflated data that goes on and on is inflated no further than the image")
  func flateBomb() async {
    await #expect(processExitsWith: .success) {
      // 64 MB of zeros in 64 KB, behind an image of 37 × 23; and as what the page draws.
      let zeros = try Made.deflated([UInt8](repeating: 0, count: 64 << 20))
      let entries = "/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode"
      // From here on 32 MB more than now, or the process dies.
      let pages = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
      let held = try #require(Int(pages.split(separator: " ")[0])) * 4_096
      var most = rlimit(rlim_cur: rlim_t(held + (32 << 20)), rlim_max: rlim_t.max)
      try #require(unsafe setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &most) == 0)
      let page = try Made.page(PDFFileTests.scan(zeros, entries))
      try #require(
        page.picture == Made.gray([UInt8](repeating: 0, count: Made.width * Made.height)))
      let content = MadePDF.pages([MadePDF.stream("/Filter /FlateDecode", zeros)])
      _ = try Made.pages(content, helper: PDFHelper(program: "false"))
    }
  }
}
