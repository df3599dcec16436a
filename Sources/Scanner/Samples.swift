// SPDX-License-Identifier: Apache-2.0
import Imaging

/// Rows of samples as a deflated image of a PDF has them, turned to gray.
enum Samples {
  /// Luma of a colour, as JPEG and the C decoders weigh it (BT.601).
  static func luma(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> UInt8 {
    UInt8(
      truncatingIfNeeded: (19_595 * Int(red) + 38_470 * Int(green) + 7_471 * Int(blue) + 32_768)
        >> 16)
  }

  /// Each level replaced by its entry.
  static func mapped(_ picture: GrayPicture, _ levels: [UInt8]) -> GrayPicture {
    GrayPicture(
      width: picture.width, height: picture.height,
      pixels: picture.pixels.map { levels[Int($0)] })
  }

  /// Rows of 1 to 16 bits a sample, each row beginning on a byte, the highest bits first.
  ///
  /// `components` is 1 for gray and palettes, 3 for RGB; `levels` has the level of each value,
  /// 256 entries, for 16 bits of the upper byte.
  static func gray(
    _ samples: [UInt8], width: Int, height: Int, bits: Int, components: Int, levels: [UInt8]
  ) -> GrayPicture {
    let row = (width * components * bits + 7) / 8
    var gray = [UInt8](repeating: 0, count: width * height)
    let step = components * max(bits, 8) / 8
    let perByte = max(1, 8 / bits)
    let mask = UInt8(truncatingIfNeeded: (1 << min(bits, 8)) - 1)
    for y in 0..<height {
      for x in 0..<width {
        if bits < 8, components == 1 {
          let byte = samples[y * row + x / perByte]
          let shift = 8 - bits * (x % perByte + 1)
          gray[y * width + x] = levels[Int(byte >> shift & mask)]
        } else if components == 1 {
          gray[y * width + x] = levels[Int(samples[y * row + x * step])]
        } else {
          func part(_ which: Int) -> UInt8 {
            guard bits < 8 else {
              return levels[Int(samples[y * row + x * step + which * bits / 8])]
            }
            let bit = (x * components + which) * bits
            return levels[Int(samples[y * row + bit / 8] >> (8 - bits - bit % 8) & mask)]
          }
          gray[y * width + x] = luma(part(0), part(1), part(2))
        }
      }
    }
    return GrayPicture(width: width, height: height, pixels: gray)
  }

  /// Undoes PNG's filters (PNG specification, 9.2), which PDF shares.
  ///
  /// Each row is a filter's number and `row` bytes; a pixel has `pixelBytes`, at least 1. `nil`
  /// where a filter has an unknown number.
  static func unfiltered(_ filtered: [UInt8], row: Int, pixelBytes: Int) -> [UInt8]? {
    let rows = filtered.count / (row + 1)
    var plain = [UInt8](repeating: 0, count: rows * row)
    for y in 0..<rows {
      let from = y * (row + 1) + 1
      let to = y * row
      let kind = filtered[from - 1]
      guard kind <= 4 else { return nil }
      for x in 0..<row {
        let left = x >= pixelBytes ? plain[to + x - pixelBytes] : 0
        let above = y > 0 ? plain[to - row + x] : 0
        let corner = x >= pixelBytes && y > 0 ? plain[to - row + x - pixelBytes] : 0
        let guess: UInt8 =
          switch kind {
          case 0: 0
          case 1: left
          case 2: above
          case 3: UInt8((Int(left) + Int(above)) / 2)
          default: paeth(left, above, corner)
          }
        plain[to + x] = filtered[from + x] &+ guess
      }
    }
    return plain
  }

  private static func paeth(_ left: UInt8, _ above: UInt8, _ corner: UInt8) -> UInt8 {
    let toLeft = abs(Int(above) - Int(corner))
    let toAbove = abs(Int(left) - Int(corner))
    let toCorner = abs(Int(left) + Int(above) - 2 * Int(corner))
    if toLeft <= toAbove, toLeft <= toCorner { return left }
    return toAbove <= toCorner ? above : corner
  }
}
