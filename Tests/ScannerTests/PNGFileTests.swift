// SPDX-License-Identifier: Apache-2.0
import Imaging
import Scanner
import Testing

@Suite("PNG")
struct PNGFileTests {
  static let grays = [1, 2, 4, 8, 16].flatMap { bits in [(bits, false), (bits, true)] }

  @Test("Gray of any depth is exact, interlaced or not", arguments: grays)
  func gray(bits: Int, interlaced: Bool) throws {
    let values = Made.values(Made.width * Made.height, bits: bits, seed: 1)
    let rows = Made.packed(values, perRow: Made.width, bits: bits)
    let file = try Made.png(rows, bits: bits, kind: 0, interlaced: interlaced)
    #expect(
      try Made.page(file).picture == Made.gray(values.map { Made.eight($0, bits: bits) }))
  }

  @Test("A palette of any depth gives its colours' luma", arguments: [1, 2, 4, 8])
  func palette(bits: Int) throws {
    let values = Made.values(Made.width * Made.height, bits: bits, seed: 2)
    let palette = Made.values(3 << bits, bits: 8, seed: 3).map { UInt8($0) }
    let rows = Made.packed(values, perRow: Made.width, bits: bits)
    let file = try Made.png(rows, bits: bits, kind: 3, interlaced: bits == 4, palette: palette)
    let expected = values.map {
      Made.luma(palette[3 * $0], palette[3 * $0 + 1], palette[3 * $0 + 2])
    }
    #expect(Made.isNear(try Made.page(file).picture, expected))
  }

  static let colours = [(8, 2, false), (16, 2, false), (8, 6, true), (16, 6, false), (8, 4, false)]

  @Test("Colour gives its luma, alpha lies over white", arguments: colours)
  func colour(bits: Int, kind: Int, interlaced: Bool) throws {
    let channels = [2: 3, 6: 4, 4: 2][kind] ?? 0
    let values = Made.values(channels * Made.width * Made.height, bits: bits, seed: 4)
    let rows = Made.packed(values, perRow: channels * Made.width, bits: bits)
    let page = try Made.page(Made.png(rows, bits: bits, kind: kind, interlaced: interlaced))
    for pixel in 0..<(Made.width * Made.height) {
      let part = (0..<channels).map { Made.eight(values[channels * pixel + $0], bits: bits) }
      let level = channels == 2 ? part[0] : Made.luma(part[0], part[1], part[2])
      let expected = channels % 2 == 0 ? Made.overWhite(level, part[channels - 1]) : level
      // Rounded twice here and there.
      #expect(abs(Int(page.picture.pixels[pixel]) - Int(expected)) <= 1)
    }
  }

  @Test("A transparent level is white, others stay")
  func transparentLevel() throws {
    let levels = Made.slope()
    let file = try Made.png(levels, bits: 8, kind: 0, transparent: [levels[5]])
    let expected = levels.map { $0 == levels[5] ? 255 : $0 }
    #expect(try Made.page(file).picture == Made.gray(expected))
  }

  static let resolutions: [(UInt32, Double?)] = [
    (11_811, 300), (0, nil), (1, nil), (3_937_008, nil),
  ]

  @Test("Resolution is told where it is credible", arguments: resolutions)
  func resolution(perMeter: UInt32, dpi: Double?) throws {
    let file = try Made.png(Made.slope(), bits: 8, kind: 0, perMeter: perMeter)
    let told = try Made.page(file).dpi
    #expect(told.map { $0.x.rounded() } == dpi && told.map { $0.y.rounded() } == dpi)
  }

  @Test("Cut anywhere it is a failure, never a picture")
  func truncated() throws {
    let file = try Made.png(Made.slope(), bits: 8, kind: 0)
    for count in 8..<file.count {
      #expect(isBroken(try Made.failure(Array(file[..<count]))), "cut at \(count)")
    }
    #expect(try Made.failure(Array(file[..<60])) == .truncated(format: "PNG"))
  }

  @Test("A wrong byte of the pixels is told by the checksum")
  func damaged() throws {
    var file = try Made.png(Made.slope(), bits: 8, kind: 0)
    file[60] ^= 0x10
    #expect(isBroken(try Made.failure(file)))
  }

  @Test("What is encoded is decoded again, gray and colour")
  func encoded() throws {
    let picture = Made.gray(
      Made.values(Made.width * Made.height, bits: 8, seed: 5).map { UInt8($0) })
    #expect(try Made.page(encodePNG(picture)).picture == picture)
    #expect(try Made.page(encodePNG(RGBPicture(picture))).picture == picture)
    var colour = RGBPicture(width: 3, height: 2, filledWith: .blue)
    colour.draw(.red, x: 1, y: 1)
    let read = try Made.page(encodePNG(colour)).picture
    #expect(read[0, 0] == Made.luma(20, 90, 220) && read[1, 1] == Made.luma(215, 30, 30))
  }
}
