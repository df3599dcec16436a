// SPDX-License-Identifier: Apache-2.0
import Imaging

// The paper's own level: tiles of 2 mm, the level that three quarters of a tile stay below, the
// median of 5 × 5 tiles, smoothed and bent between. Divided by it, shadows, tint, gray rows and
// the broad part of what shines through are gone from page and blank alike.

/// What a canvas looks like divided by its paper.
enum Paper {
  /// The byte that stands for bare paper; brighter ones are paper brighter than its surroundings.
  static let white = 220
  /// Squares of a tile's side: 2 mm.
  private static let tile = 16

  /// The picture in shares of its own paper: `white` is bare paper.
  static func flattened(_ picture: GrayPicture) -> GrayPicture {
    let columns = max(1, (picture.width + tile - 1) / tile)
    let rows = max(1, (picture.height + tile - 1) / tile)
    var levels = [Float](repeating: 255, count: columns * rows)
    for row in 0..<rows {
      for column in 0..<columns {
        levels[row * columns + column] = upperQuartile(picture, column: column, row: row)
      }
    }
    levels = smoothed(medians(levels, columns: columns, rows: rows), columns: columns, rows: rows)
    return divided(picture, by: levels, columns: columns, rows: rows)
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

  private static func upperQuartile(_ picture: GrayPicture, column: Int, row: Int) -> Float {
    var counts = [Int](repeating: 0, count: 256)
    let xs = (column * tile)..<min(picture.width, (column + 1) * tile)
    let ys = (row * tile)..<min(picture.height, (row + 1) * tile)
    for y in ys {
      for x in xs { counts[Int(picture.pixels[y * picture.width + x])] += 1 }
    }
    var left = xs.count * ys.count / 4
    for level in stride(from: 255, through: 0, by: -1) {
      left -= counts[level]
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

  private static func divided(
    _ picture: GrayPicture, by levels: [Float], columns: Int, rows: Int
  ) -> GrayPicture {
    let (width, height) = (picture.width, picture.height)
    // Below this a tile is no paper at all (a black border): it is divided as if it were.
    let darkestPaper: Float = 40
    let pixels = unsafe [UInt8](unsafeUninitializedCapacity: width * height) { out, count in
      count = width * height
      unsafe picture.pixels.withUnsafeBufferPointer { pixels in
        for y in 0..<height {
          let v = max(0, min(Float(rows - 1), (Float(y) + 0.5) / Float(tile) - 0.5))
          let row = min(rows - 1, Int(v))
          let below = min(rows - 1, row + 1)
          let b = v - Float(row)
          func level(_ c: Int) -> Float {
            let at = max(0, min(columns - 1, c))
            return levels[row * columns + at]
              + b * (levels[below * columns + at] - levels[row * columns + at])
          }
          var (before, here, after) = (level(-1), level(0), level(1))
          for column in 0..<columns {
            let start = column * tile
            for x in start..<min(width, start + tile) {
              let u = (Float(x - start) + 0.5) / Float(tile) - 0.5
              let paper = here + u * (u < 0 ? here - before : after - here)
              let share = unsafe Float(pixels[y * width + x]) / max(darkestPaper, paper)
              unsafe out[y * width + x] = UInt8(min(255, share * Float(white) + 0.5))
            }
            (before, here, after) = (here, after, level(column + 2))
          }
        }
      }
    }
    return GrayPicture(width: width, height: height, pixels: pixels)
  }
}
