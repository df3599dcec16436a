// SPDX-License-Identifier: Apache-2.0
import Imaging
import Scanner
import Testing

@Suite("BMP, PNM, GIF, WebP, JPEG 2000")
struct OtherPictureTests {
  static let levels = Made.values(Made.width * Made.height, bits: 8, seed: 21).map { UInt8($0) }

  @Test("Gray is exact", arguments: ["bmp", "pnm", "pnm-text", "gif", "webp"])
  func gray(format: String) throws {
    #expect(try Made.page(Made.other(format, Self.levels)).picture == Made.gray(Self.levels))
  }

  @Test("Colour gives its luma", arguments: ["bmp", "pnm", "pnm-text", "webp"])
  func colour(format: String) throws {
    let colours = Made.values(3 * Made.width * Made.height, bits: 8, seed: 22).map { UInt8($0) }
    let picture = try Made.page(Made.other(format, colours, channels: 3)).picture
    let expected = (0..<(Made.width * Made.height)).map {
      Made.luma(colours[3 * $0], colours[3 * $0 + 1], colours[3 * $0 + 2])
    }
    #expect(Made.isNear(picture, expected))
  }

  @Test("1 bit is exact")
  func bits() throws {
    let values = Made.values(Made.width * Made.height, bits: 1, seed: 23).map { UInt8($0) }
    let read = try Made.page(Made.other("pnm-bits", values)).picture
    #expect(read == Made.gray(values.map { $0 == 1 ? 0 : 255 }))
  }

  @Test("JPEG 2000 is near, gray and colour", arguments: [1, 3])
  func jpeg2000(channels: Int) throws {
    let levels = Made.slope()
    let pixels = levels.flatMap { [UInt8](repeating: $0, count: channels) }
    let read = try Made.page(Made.other("jp2", pixels, channels: channels)).picture
    #expect(read.width == Made.width && read.height == Made.height)
    #expect(Made.isNear(read, levels, within: 8))
  }

  @Test("PNM by hand: comments, few levels")
  func handwritten() throws {
    let picture = try Made.page(Array("P2\n# levels\n3 2\n15\n0 15 0\n15 0 15\n".utf8))
      .picture
    #expect(picture.width == 3 && picture.height == 2)
    #expect(picture.pixels == [0, 255, 0, 255, 0, 255])
  }

  @Test(
    "Cut anywhere it is a failure", arguments: ["bmp", "pnm", "pnm-text", "gif", "webp", "jp2"])
  func truncated(format: String) throws {
    let file = try Made.other(format, Self.levels)
    // The last bytes of a picture may be padding, or digits of its last number.
    for count in stride(from: 12, to: file.count - 4, by: 3) {
      let failure = try Made.failure(Array(file[..<count]))
      #expect(failure != nil, "\(format) cut at \(count) of \(file.count)")
    }
  }
}
