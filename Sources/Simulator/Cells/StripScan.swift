// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A copier and a scanner for strips.
struct StripScan: Sendable {
  private let dpi: Double
  private let isOneBit: Bool
  private let copies: Int
  private let paper: Float
  private let black: Float
  private let noise: Float
  private let grain: Double
  private let blurMM: Double
  private let jpeg: Double
  /// Where between paper (0) and this strip's ink (1) a 1-bit scan splits.
  private let split: Float
  private let ink: Float
  private let errorMM: Double
  private let skew: Double
  private let fold: Bool
  private let streak: Bool
  private let stain: Bool
  private let specks: Double

  init(_ wear: StripWear, ink: Float, _ chance: inout SeededGenerator) {
    self.ink = ink
    switch wear {
    case .clean:
      dpi = chance.pick([(300, 3), (200, 1)])
      isOneBit = chance.happens(0.05)
      copies = 0
      noise = Float(chance.from(0.004...0.015))
      jpeg = chance.happens(0.6) ? chance.from(70...92) : 0
      blurMM = chance.from(0.02...0.05)
      specks = 0.1
      (fold, streak, stain) = (false, false, false)
      skew = chance.normal(0, 0.008)
    case .office:
      dpi = chance.pick([(300, 5), (200, 3), (240, 0.7), (150, 0.6)])
      isOneBit = chance.happens(0.28)
      copies = chance.happens(0.25) ? 1 : 0
      noise = Float(chance.from(0.004...0.03))
      jpeg = chance.happens(0.6) ? chance.from(45...90) : 0
      blurMM = chance.from(0.02...0.08)
      specks = chance.happens(0.2) ? 3 : 0.4
      fold = chance.happens(0.05)
      streak = chance.happens(0.05)
      stain = chance.happens(0.05)
      skew = chance.normal(0, 0.016)
    case .hard:
      dpi = chance.pick([(300, 3), (200, 3), (150, 2), (100, 0.4)])
      isOneBit = chance.happens(0.35)
      copies = chance.pick([(0, 2), (1, 2), (2, 1)])
      noise = Float(chance.from(0.006...0.04))
      jpeg = chance.happens(0.6) ? chance.from(32...80) : 0
      blurMM = chance.from(0.02...0.13)
      specks = chance.happens(0.35) ? 8 : 1
      fold = chance.happens(0.15)
      streak = chance.happens(0.13)
      stain = chance.happens(0.13)
      skew = chance.normal(0, 0.03)
    }
    paper = Float(chance.from(0.82...1))
    black = Float(chance.from(0...0.15))
    grain = chance.happens(0.4) ? chance.from(0.4...0.9) : 0
    split = Float(chance.from(0.28...0.6))
    errorMM = 0.16
  }

  /// The strip as scanned: pixels, width, height and where the blank is said to lie on it.
  func scan(
    _ page: Raster, scale: Double, _ chance: inout SeededGenerator
  ) -> (pixels: [UInt8], width: Int, height: Int, map: [Double]) {
    var light = page
    for _ in 0..<copies { copy(&light, scale: scale, &chance) }
    if fold { addLine(&light, dark: Float(chance.from(-0.15...0.3)), width: 0.35, scale, &chance) }
    if stain { addStain(&light, scale: scale, &chance) }
    let perMM = dpi / 25.4
    light.blur(sigma: max(blurMM, 0.42 / perMM) * scale)
    var (scanned, map) = sampled(light, scale: scale, perMM: perMM, &chance)
    scanned.scale(paper - black, offset: black)
    if streak { addStreak(&scanned, &chance) }
    addSpecks(&scanned, perMM: perMM, &chance)
    let tile = NoiseTile(grain: grain, &chance)
    scanned.addNoise(tile, deviation: noise, inDark: 0.5, &chance)
    if isOneBit {
      let contrast = (paper - black) * min(ink, 0.9)
      scanned.split(at: paper - contrast * split)
    } else if jpeg > 0 {
      BlockTransform.compress(&scanned, quality: jpeg)
    }
    for (at, error) in [(2, chance.normal(0, errorMM)), (5, chance.normal(0, errorMM))] {
      map[at] += error * perMM
    }
    return (
      scanned.values.map { UInt8(max(0, min(255, $0 * 255 + 0.5))) }, scanned.width,
      scanned.height, map
    )
  }

  /// A photocopy: blurred, contrast raised, a little toner where none belongs.
  private func copy(
    _ light: inout Raster, scale: Double, _ chance: inout SeededGenerator
  ) {
    light.blur(sigma: chance.from(0.03...0.09) * scale)
    light.addNoise(
      NoiseTile(grain: 0.8, &chance), deviation: Float(chance.from(0.01...0.08)), inDark: 0.6,
      &chance)
    // Not so hard that faint ink is lost to it.
    let low = Float(chance.from(0...0.3)) * ink
    light.stretch(low: low, high: Float(chance.from(0.82...0.98)))
  }

  /// Turned by a feeder, at the scanner's resolution.
  private func sampled(
    _ light: Raster, scale: Double, perMM: Double, _ chance: inout SeededGenerator
  ) -> (Raster, [Double]) {
    let (stretchX, stretchY) = (1 + chance.normal(0, 0.004), 1 + chance.normal(0, 0.004))
    let (c, s) = (cos(skew) * perMM, sin(skew) * perMM)
    let (wide, tall) = (Double(light.width) / scale, Double(light.height) / scale)
    let map = [
      c * stretchX, -s * stretchY, max(0, s * tall) + chance.unit(), s * stretchX,
      c * stretchY, max(0, -s * wide) + chance.unit(),
    ]
    let width = Int(abs(c) * wide + abs(s) * tall)
    let height = Int(abs(c) * tall + abs(s) * wide)
    let det = map[0] * map[4] - map[1] * map[3]
    func source(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
      let (dx, dy) = (x - map[2], y - map[5])
      return (
        (dx * map[4] - dy * map[1]) / det * scale - 0.5,
        (dy * map[0] - dx * map[3]) / det * scale - 0.5
      )
    }
    let raster = light.sampled(width: width, height: height, step: width, outside: 1) { row in
      [source(0.5, Double(row) + 0.5), source(Double(width) + 0.5, Double(row) + 0.5)]
    }
    return (raster, map)
  }

  /// A thin line, nearly upright or nearly level, darker or brighter than what lies there.
  private func addLine(
    _ light: inout Raster, dark: Float, width: Double, _ scale: Double,
    _ chance: inout SeededGenerator
  ) {
    let isUpright = chance.happens(0.5)
    let slope = chance.normal(0, 0.05)
    let length = isUpright ? light.width : light.height
    let at = chance.from(0...Double(length))
    let half = Float(width * scale * chance.from(0.2...1) / 2)
    for y in 0..<light.height {
      for x in 0..<light.width {
        let distance = Float(
          isUpright ? Double(x) - at - slope * Double(y) : Double(y) - at - slope * Double(x))
        let part = max(0, 1 - abs(distance) / (half * 2))
        guard part > 0 else { continue }
        light[x, y] = max(0, min(1, light[x, y] * (1 - dark * part)))
      }
    }
  }

  private func addStreak(_ scanned: inout Raster, _ chance: inout SeededGenerator) {
    let at = Int(chance.unit() * Double(scanned.width - 3))
    let wide = 1 + Int(chance.unit() * 2)
    let dark = Float(chance.from(0.15...0.9))
    for y in 0..<scanned.height {
      for x in at..<min(scanned.width, at + wide) { scanned[x, y] *= 1 - dark }
    }
  }

  private func addStain(
    _ light: inout Raster, scale: Double, _ chance: inout SeededGenerator
  ) {
    let (x0, y0) = (chance.unit() * Double(light.width), chance.unit() * Double(light.height))
    let radius = chance.from(2...9) * scale
    let dark = Float(chance.from(0.05...0.3))
    let isRing = chance.happens(0.4)
    for y in 0..<light.height {
      for x in 0..<light.width {
        let r = hypot(Double(x) - x0, Double(y) - y0) / radius
        guard r < 1.1 else { continue }
        let edge = Float(max(0, 1 - abs(r - 0.95) / 0.12))
        let inside = Float(r < 0.95 ? (isRing ? 0.4 : 1) : 0)
        light[x, y] *= 1 - dark * max(edge * (isRing ? 1 : 0.6), inside)
      }
    }
  }

  private func addSpecks(
    _ scanned: inout Raster, perMM: Double, _ chance: inout SeededGenerator
  ) {
    for _ in 0..<chance.count(mean: specks) {
      let (x0, y0) = (
        Int(chance.unit() * Double(scanned.width)), Int(chance.unit() * Double(scanned.height))
      )
      let radius = chance.from(0.05...0.3) * perMM
      let level = Float(chance.from(0...0.6))
      let reach = Int(radius) + 1
      for y in max(0, y0 - reach)..<min(scanned.height, y0 + reach + 1) {
        for x in max(0, x0 - reach)..<min(scanned.width, x0 + reach + 1)
        where hypot(Double(x - x0), Double(y - y0)) <= radius {
          scanned[x, y] = min(scanned[x, y], level)
        }
      }
    }
  }
}

/// What JPEG leaves of a picture: blocks of 8 × 8, cosines, rounding.
enum BlockTransform {
  /// The luminance table of ITU-T T.81, Annex K.
  private static let table: [Float] = [
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69,
    56, 14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81,
    104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
  ]
  private static let cosines: [Float] = (0..<64).map { at in
    let (k, x) = (at / 8, at % 8)
    let norm = k == 0 ? (1.0 / 8).squareRoot() : 0.5
    return Float(norm * cos((2 * Double(x) + 1) * Double(k) * .pi / 16))
  }

  /// Takes away what a JPEG of this quality (1 to 100) would.
  static func compress(_ raster: inout Raster, quality: Double) {
    let scale = Float(quality < 50 ? 50 / quality : 2 - quality / 50)
    let steps = table.map { max(1, ($0 * scale).rounded()) }
    var block = [Float](repeating: 0, count: 64)
    var other = block
    for top in stride(from: 0, to: raster.height - 7, by: 8) {
      for left in stride(from: 0, to: raster.width - 7, by: 8) {
        for at in 0..<64 {
          block[at] = raster.values[(top + at / 8) * raster.width + left + at % 8] * 255 - 128
        }
        transform(&block, &other, back: false)
        for at in 0..<64 { block[at] = (block[at] / steps[at]).rounded() * steps[at] }
        transform(&block, &other, back: true)
        for at in 0..<64 {
          raster.values[(top + at / 8) * raster.width + left + at % 8] = (block[at] + 128) / 255
        }
      }
    }
  }

  /// Rows then columns of 8, there or back.
  private static func transform(_ block: inout [Float], _ other: inout [Float], back: Bool) {
    let cosines = Self.cosines
    for _ in 0..<2 {
      // Rows, written as columns: twice gives both directions.
      for row in 0..<8 {
        for k in 0..<8 {
          var sum: Float = 0
          for x in 0..<8 {
            sum += block[row * 8 + x] * cosines[back ? x * 8 + k : k * 8 + x]
          }
          other[k * 8 + row] = sum
        }
      }
      swap(&block, &other)
    }
  }
}
