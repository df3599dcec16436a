// SPDX-License-Identifier: Apache-2.0
import Geometry
import Imaging
import OMR
import Testing

@Suite("Canvas sampler")
struct CanvasSamplerTests {
  /// A canvas of 60 × 44 mm, the page on it turned, sheared and so large that it lies partly
  /// beside the picture.
  private static func place(_ at: BlankPoint, scale: Double) -> PagePoint {
    PagePoint(
      x: scale * (at.x + 0.05 * at.y) - 3, y: scale * (at.y - 0.04 * at.x) + 0.6 * at.x - 9)
  }

  @Test("Squares get the levels between the four pixels round them", arguments: [6.0, 9.3, 10.2])
  func likeOneByOne(scale: Double) throws {
    let canvas = try #require(
      MarkCanvas(
        around: [BlankBox(x: 10, y: 10, width: 30, height: 20)], blankWidth: 60, blankHeight: 44))
    let (width, height) = (420, 330)
    var level: UInt32 = 7
    let pixels = (0..<(width * height)).map { _ in
      level = level &* 1_664_525 &+ 1_013_904_223
      return UInt8(level >> 24)
    }
    let page = GrayPicture(width: width, height: height, pixels: pixels)

    let sampled = CanvasSampler.sample(page, on: canvas) { Self.place($0, scale: scale) }

    var (most, white, differs) = (0, 0, 0)
    for y in 0..<canvas.height {
      for x in 0..<canvas.width {
        let at = Self.place(
          canvas.blankPoint(x: Double(x) + 0.5, y: Double(y) + 0.5), scale: scale)
        let wanted = Self.bilinear(page, x: at.x - 0.5, y: at.y - 0.5)
        let off = abs(Int(sampled.pixels[y * canvas.width + x]) - Int(wanted ?? 255))
        if wanted == nil { white += 1 }
        if off > 1 { differs += 1 }
        most = max(most, wanted == nil ? 0 : off)
      }
    }
    #expect(white > 0 && white < canvas.width * canvas.height / 2)
    // At the very edge of the picture rounding decides who lies within.
    #expect(differs <= canvas.width / 50, "\(differs) squares differ, by \(most) at most")
  }

  /// The level at a place, the middle of pixel (i, j) being (i, j); `nil` off the picture.
  private static func bilinear(_ picture: GrayPicture, x: Double, y: Double) -> UInt8? {
    guard x >= 0, y >= 0, x < Double(picture.width - 1), y < Double(picture.height - 1) else {
      return nil
    }
    let (i, j) = (Int(x), Int(y))
    func at(_ x: Int, _ y: Int) -> Double { Double(picture.pixels[y * picture.width + x]) }
    let (a, b) = (x - Double(i), y - Double(j))
    let upper = at(i, j) + a * (at(i + 1, j) - at(i, j))
    let lower = at(i, j + 1) + a * (at(i + 1, j + 1) - at(i, j + 1))
    return UInt8((upper + b * (lower - upper)).rounded())
  }
}
