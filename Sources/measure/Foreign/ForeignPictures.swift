// SPDX-License-Identifier: Apache-2.0
import Foundation
import Simulator

/// What comes of scans that are not of the front of one whole sheet.
enum ForeignPictures {
  /// The back of a scanned sheet: its front in a mirror, shining through.
  static func back(_ front: PaintedPicture, _ chance: inout SeededGenerator) -> PaintedPicture {
    let strength = chance.from(0.04...0.5)
    var result = front.like(width: front.width, height: front.height, oneBit: false)
    for y in 0..<front.height {
      for x in 0..<front.width {
        for channel in 0..<front.channels {
          // Ink spreads in the paper on its way.
          let sum = (-2...2).reduce(0) { $0 + front.level(front.width - 1 - x + $1, y, channel) }
          let light = 1 - strength * (1 - Double(sum) / (5 * 255))
          result.set(x, y, channel, UInt8(245 * light))
        }
      }
    }
    return result
  }

  /// Two sheets that were fed together, the upper one a quarter to three quarters of the page
  /// further down, or that lie side by side on the glass.
  static func two(
    _ first: PaintedPicture, _ second: PaintedPicture, _ chance: inout SeededGenerator
  ) -> PaintedPicture {
    guard chance.happens(0.7) else { return beside(first, second) }
    let from = Int(chance.from(0.25...0.75) * Double(first.height))
    let across = Int(chance.normal(0, 0.03) * Double(first.width))
    var result = first
    for y in from..<first.height {
      for x in 0..<first.width where (0..<second.width).contains(x - across) {
        // The upper sheet throws a thin shadow.
        let shade = y - from < 3 ? 120 : 255
        for channel in 0..<first.channels {
          let level = Int(second.level(x - across, y - from, channel))
          result.set(x, y, channel, UInt8(min(shade, level)))
        }
      }
    }
    return result
  }

  private static func beside(_ first: PaintedPicture, _ second: PaintedPicture) -> PaintedPicture {
    var result = first.like(
      width: first.width + second.width, height: first.height, oneBit: first.oneBit)
    for y in 0..<first.height {
      for x in 0..<result.width {
        for channel in 0..<first.channels {
          let level =
            x < first.width
            ? first.level(x, y, channel) : second.level(x - first.width, y, channel)
          result.set(x, y, channel, UInt8(level))
        }
      }
    }
    return result
  }

  /// A piece of a sheet that shows less than `most` of its places to mark; `nil` where chance found
  /// none.
  static func torn(
    _ sheet: PaintedSheet, most: Double, _ chance: inout SeededGenerator
  ) -> PaintedPicture? {
    let whole = sheet.picture
    for _ in 0..<40 {
      let (width, height) = (
        chance.happens(0.5) ? 1 : chance.from(0.35...0.8), chance.from(0.3...0.8)
      )
      let left = Int(chance.unit() * (1 - width) * Double(whole.width))
      let top = Int(chance.unit() * (1 - height) * Double(whole.height))
      let (right, bottom) = (
        left + Int(width * Double(whole.width)), top + Int(height * Double(whole.height))
      )
      let seen = sheet.places.values.count {
        (Double(left)..<Double(right)).contains($0[0])
          && (Double(top)..<Double(bottom)).contains($0[1])
      }
      guard Double(seen) < most * Double(sheet.places.count) else { continue }
      var result = whole.like(width: right - left, height: bottom - top, oneBit: whole.oneBit)
      for y in top..<bottom {
        for x in left..<right {
          for channel in 0..<whole.channels {
            result.set(x - left, y - top, channel, UInt8(whole.level(x, y, channel)))
          }
        }
      }
      return result
    }
    return nil
  }

  /// What a scanner or a camera gives where there is no sheet: black, white, grain, clouds,
  /// streaks, tiles.
  static func noise(_ chance: inout SeededGenerator) -> PaintedPicture {
    let dpi = chance.pick([(100.0, 1), (150, 1), (200, 2), (300, 1)])
    let (width, height) = (Int(8.27 * dpi), Int(11.69 * dpi))
    let oneBit = chance.happens(0.3)
    var result = PaintedPicture(
      width: width, height: height, channels: 1,
      pixels: [UInt8](repeating: 255, count: width * height), oneBit: oneBit, taggedDPI: dpi,
      format: .png)
    let (base, spread) = (chance.from(0...255), chance.pick([(0.0, 1), (8, 2), (60, 2)]))
    let cells = chance.pick([(1.0, 1), (4, 1), (12, 1), (40, 1)]) * dpi / 100
    let (isTiled, isStreaked) = (chance.happens(0.3), chance.happens(0.3))
    let columns = Int(Double(width) / cells) + 2
    let clouds = (0..<columns * (Int(Double(height) / cells) + 2)).map { _ in
      chance.happens(0.5) ? chance.from(-100...0) : chance.from(0...100)
    }
    for y in 0..<height {
      for x in 0..<width {
        let (column, row) = (Int(Double(x) / cells), Int(Double(y) / cells))
        var level = base + clouds[(isStreaked ? 0 : row * columns) + column]
        if isTiled { level = (column + row) % 2 == 0 ? base : 255 - base }
        level += spread * (chance.unit() - 0.5)
        result.pixels[y * width + x] =
          oneBit ? (level < 128 ? 0 : 255) : UInt8(min(max(level, 0), 255))
      }
    }
    return result
  }
}

extension PaintedPicture {
  /// An empty picture of another size.
  fileprivate func like(width: Int, height: Int, oneBit: Bool) -> PaintedPicture {
    PaintedPicture(
      width: width, height: height, channels: channels,
      pixels: [UInt8](repeating: 255, count: width * height * channels), oneBit: oneBit,
      taggedDPI: taggedDPI, format: self.oneBit && !oneBit ? .png : format)
  }

  /// A pixel's level; the nearest one where it lies outside.
  fileprivate func level(_ x: Int, _ y: Int, _ channel: Int) -> Int {
    let (column, row) = (min(max(x, 0), width - 1), min(max(y, 0), height - 1))
    return Int(pixels[(row * width + column) * channels + min(channel, channels - 1)])
  }

  fileprivate mutating func set(_ x: Int, _ y: Int, _ channel: Int, _ level: UInt8) {
    pixels[(y * width + x) * channels + channel] = level
  }
}
