// SPDX-License-Identifier: Apache-2.0
package import Imaging

// The paper's own level: tiles of 2 mm, the level that three quarters of a tile stay below, the
// median of 5 × 5 tiles, smoothed and bent between. Divided by it, shadows, tint, gray rows and
// the broad part of what shines through are gone from page and blank alike.

/// What a canvas looks like divided by its paper.
package enum Paper {
  /// The byte that stands for bare paper; brighter ones are paper brighter than its surroundings.
  package static let white = 220
  /// Squares of a tile's side: 2 mm.
  private static let tile = 16

  /// The paper's levels under a canvas, tile by tile.
  private struct Levels {
    let columns: Int
    let rows: Int
    let levels: [Float]
  }

  /// The picture in shares of its own paper: `white` is bare paper.
  package static func flattened(_ picture: GrayPicture) -> GrayPicture {
    divided(picture, by: levels(of: picture))
  }

  /// The paper's own levels.
  private static func levels(of picture: GrayPicture) -> Levels {
    let columns = max(1, (picture.width + tile - 1) / tile)
    let rows = max(1, (picture.height + tile - 1) / tile)
    var levels = [Float](repeating: 255, count: columns * rows)
    var counts = [UInt16](repeating: 0, count: 256)
    unsafe picture.pixels.withUnsafeBufferPointer { pixels in
      unsafe counts.withUnsafeMutableBufferPointer { counts in
        for row in 0..<rows {
          let ys = (row * tile)..<min(picture.height, (row + 1) * tile)
          for column in 0..<columns {
            let xs = (column * tile)..<min(picture.width, (column + 1) * tile)
            levels[row * columns + column] = unsafe upperQuartile(
              pixels, width: picture.width, xs: xs, ys: ys, counts: counts)
          }
        }
      }
    }
    levels = smoothed(medians(levels, columns: columns, rows: rows), columns: columns, rows: rows)
    return Levels(columns: columns, rows: rows, levels: levels)
  }

  /// Paler than this share of the sheet's paper a blank is shaded.
  private static let shade = 0.965

  /// 1 where a picture is shaded all round (0.4 mm), print and lines included.
  static func shaded(_ picture: GrayPicture) -> [UInt8] {
    var counts = [Int](repeating: 0, count: 256)
    for level in picture.pixels { counts[Int(level)] += 1 }
    var left = picture.pixels.count / 10
    let paper = (0..<256).reversed().first { level in
      left -= counts[level]
      return left < 0
    }
    let limit = Double(paper ?? 255) * shade
    return picture.brightest(within: 3).pixels.map { Double($0) < limit ? 1 : 0 }
  }

  /// The level that three quarters of a tile stay below; `counts` is room for a histogram.
  @inline(__always)
  private static func upperQuartile(
    _ pixels: UnsafeBufferPointer<UInt8>, width: Int, xs: Range<Int>, ys: Range<Int>,
    counts: UnsafeMutableBufferPointer<UInt16>
  ) -> Float {
    unsafe counts.update(repeating: 0)
    for y in ys {
      for x in xs { unsafe counts[Int(pixels[y * width + x])] &+= 1 }
    }
    var left = xs.count * ys.count / 4
    for level in stride(from: 255, through: 0, by: -1) {
      left -= unsafe Int(counts[level])
      if left < 0 { return Float(level) }
    }
    return 0
  }

  private static func medians(_ levels: [Float], columns: Int, rows: Int) -> [Float] {
    var result = levels
    var values: [Float] = []
    for row in 0..<rows {
      for column in 0..<columns {
        values.removeAll(keepingCapacity: true)
        for y in max(0, row - 2)...min(rows - 1, row + 2) {
          for x in max(0, column - 2)...min(columns - 1, column + 2) {
            values.append(levels[y * columns + x])
          }
        }
        values.sort()
        result[row * columns + column] = values[values.count / 2]
      }
    }
    return result
  }

  private static func smoothed(_ levels: [Float], columns: Int, rows: Int) -> [Float] {
    FloatPicture(width: columns, height: rows, pixels: levels).blurred(sigma: 1).pixels
  }

  /// The picture divided by its paper, bent between the tiles' middles.
  private static func divided(_ picture: GrayPicture, by paper: Levels) -> GrayPicture {
    let (width, height) = (picture.width, picture.height)
    let (columns, rows) = (paper.columns, paper.rows)
    // A row's paper between the rows of tiles, and at each square.
    var tiles = [Float](repeating: 0, count: columns + 2)
    var under = [Float](repeating: 0, count: columns * tile)
    let pixels = unsafe [UInt8](unsafeUninitializedCapacity: width * height) { out, count in
      count = width * height
      unsafe picture.pixels.withUnsafeBufferPointer { pixels in
        unsafe paper.levels.withUnsafeBufferPointer { levels in
          unsafe under.withUnsafeMutableBufferPointer { under in
            for y in 0..<height {
              let v = max(0, min(Float(rows - 1), (Float(y) + 0.5) / Float(tile) - 0.5))
              let row = min(rows - 1, Int(v))
              let (above, below) = (row * columns, min(rows - 1, row + 1) * columns)
              let part = v - Float(row)
              for column in -1...columns {
                let at = max(0, min(columns - 1, column))
                let (here, next) = unsafe (levels[above + at], levels[below + at])
                tiles[column + 1] = here + part * (next - here)
              }
              for column in 0..<columns {
                let start = unsafe under.baseAddress.unsafelyUnwrapped + column * tile
                unsafe bend(start, tiles[column], tiles[column + 1], tiles[column + 2])
              }
              let begin = y * width
              for x in 0..<width {
                let share = unsafe Float(pixels[begin + x]) * Float(white) / under[x]
                // A whole number in the lowest bits: cutting off costs a check of the range.
                let rounded = min(255, share) + Self.wholeAbove
                unsafe out[begin + x] = UInt8(truncatingIfNeeded: rounded.bitPattern)
              }
            }
          }
        }
      }
    }
    return GrayPicture(width: width, height: height, pixels: pixels)
  }

  /// 2²³: from here on a number's last bit is 1.
  private static let wholeAbove: Float = 8_388_608
  /// Below this a tile is no paper at all (a black border): it is divided as if it were.
  private static let darkestPaper: Float = 40

  /// A tile's paper along a row, between its own level and its neighbours'.
  @inline(__always)
  private static func bend(
    _ under: UnsafeMutablePointer<Float>, _ before: Float, _ here: Float, _ after: Float
  ) {
    for x in 0..<tile {
      let u = (Float(x) + 0.5) / Float(tile) - 0.5
      let slope = x < tile / 2 ? here - before : after - here
      unsafe under[x] = max(darkestPaper, here + u * slope)
    }
  }
}
