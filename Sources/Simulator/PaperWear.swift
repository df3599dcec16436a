// SPDX-License-Identifier: Apache-2.0
import Foundation
package import Geometry

// What happens to the paper before it is scanned. Sizes in millimetres; `scale` is the pixels
// for each millimetre.

extension Raster {
  /// A photocopy: blurred, grainy, the lines thicker or thinner.
  mutating func photocopy(scale: Double, _ chance: inout SeededGenerator) {
    blur(sigma: chance.from(0.045...0.11) * scale)
    let grain = NoiseTile(grain: chance.from(0.03...0.08) * scale, &chance)
    addNoise(grain, deviation: Float(chance.from(0.01...0.05)), &chance)
    // Where the copier puts black and white: high both, and lines grow; low both, they thin.
    // It sets itself by what is printed there, so that print stays print.
    let thick = chance.from(0...1)
    let dark = min(tone(below: 0.008), 0.6)
    let low = dark + (1 - dark) * Float(0.02 + 0.33 * thick + chance.normal(0, 0.03))
    let high = dark + (1 - dark) * Float(0.70 + 0.28 * thick + chance.normal(0, 0.03))
    stretch(low: low, high: min(max(high, low + 0.25), 1.02))
  }

  /// Print that comes twice, the second time a little beside the first, as where paper slips in a
  /// copier: on the whole page, or in bands of it.
  mutating func double(scale: Double, _ chance: inout SeededGenerator) {
    let dx = Int((chance.from(-0.45...0.45) * scale).rounded())
    let dy = Int((chance.from(-0.45...0.45) * scale).rounded())
    let strength = Float(chance.from(0.25...1))
    var bands = [0..<height]
    if chance.happens(0.7) {
      bands = (0..<Int(chance.from(1...4))).map { _ in
        let from = Int(chance.unit() * Double(height))
        return from..<min(height, from + Int(chance.from(5...60) * scale))
      }
    }
    let first = self
    for band in bands {
      for y in band {
        for x in 0..<width {
          let second = 1 - strength * (1 - first.clamped(x - dx, y - dy))
          values[y * width + x] = min(first.values[y * width + x], second)
        }
      }
    }
  }

  /// Even gray ground printed as a screen of dots at 45°, 2.2 to 4.4 dots a millimetre, as laser
  /// printers and copiers make it. Letters and lines stay what they are.
  mutating func screen(scale: Double, _ chance: inout SeededGenerator) {
    // The ground's tone changes slowly: a quarter of the size tells it.
    let small = 4
    var ground = reduced(by: small)
    ground.blur(sigma: 0.25 * scale / Double(small))
    let perMM = chance.from(2.2...4.4)
    let turn = 2 * Double.pi * perMM / scale * 0.7071
    let soft = Float(chance.from(0.1...0.35))
    let cosines = (0..<(width + height)).map { Float(cos(turn * Double($0))) }
    for y in 0..<height {
      let line = min(y / small, ground.height - 1) * ground.width
      for x in 0..<width {
        let at = y * width + x
        let tone = ground.values[line + min(x / small, ground.width - 1)]
        guard tone > 0.4, tone < 0.985, abs(values[at] - tone) < 0.04 else { continue }
        // Where a cell's spot is above its share of black, paper shows.
        let spot = 0.5 + 0.25 * (cosines[x + y] + cosines[abs(x - y)])
        let dark = (1 - tone - (1 - spot)) / soft + 0.5
        values[at] = 1 - max(0, min(1, dark))
      }
    }
  }

  /// The back of the sheet shining through: mirrored, blurred, pale.
  mutating func shineThrough(_ back: Raster, strength: Double) {
    var field = back.mirrored()
    field.blur(sigma: 1.1)
    field.scale(Float(strength), offset: Float(1 - strength))
    multiply(byField: field)
  }

  /// A fold: a thin broken line, with one side of it in the shade.
  mutating func fold(scale: Double, _ chance: inout SeededGenerator) {
    let upright = chance.happens(0.35)
    let length = Double(upright ? height : width)
    let at = Double(upright ? width : height) * chance.from(0.15...0.85)
    let lean = chance.normal(0, 0.03)
    let (dark, shade) = (chance.from(0.02...0.22), chance.from(-0.05...0.08))
    let (line, soft) = (chance.from(0.1...0.3) * scale, chance.from(1.5...5) * scale)
    let waver = NoiseTile(grain: 6, &chance)
    let reach = Int(3 * soft)
    for i in 0..<Int(length) {
      let middle = at + lean * (Double(i) - length / 2) + Double(waver.at(i / 4, 7)) * 0.6
      let broken = Float(dark) * max(0, 0.75 + 0.4 * waver.at(i, 3))
      for offset in -reach...reach {
        let place = Int(middle) + offset
        guard place >= 0, place < (upright ? width : height) else { continue }
        let distance = Double(place) - middle
        let core = broken * Float(exp(-distance * distance / (2 * line * line)))
        let side = distance > 0 ? Float(shade * exp(-distance / soft)) : 0
        let index = upright ? i * width + place : place * width + i
        values[index] *= 1 - core - side
      }
    }
  }

  /// A stain with a darker rim, as of a cup or a drop.
  mutating func stain(scale: Double, _ chance: inout SeededGenerator) {
    let radius = chance.from(6...34) * scale
    let (cx, cy) = (Double(width) * chance.unit(), Double(height) * chance.unit())
    let (inside, rim) = (chance.from(0...0.12), chance.from(0.03...0.22))
    let rimWidth = chance.from(0.4...1.6) * scale
    let (bump, phase) = (chance.from(0...0.08), chance.from(0...6.28))
    let whole = chance.happens(0.6) ? 7.0 : chance.from(2...5)
    for y in max(0, Int(cy - radius * 1.2))..<max(0, min(height, Int(cy + radius * 1.2))) {
      for x in max(0, Int(cx - radius * 1.2))..<max(0, min(width, Int(cx + radius * 1.2))) {
        let (dx, dy) = (Double(x) - cx, Double(y) - cy)
        let distance = (dx * dx + dy * dy).squareRoot()
        guard distance < radius * 1.2 else { continue }
        let angle = atan2(dy, dx)
        let edge = radius * (1 + bump * sin(3 * angle + phase))
        var darker = distance < edge ? inside : 0
        let off = (distance - edge) / rimWidth
        if abs(off) < 3, angle + Double.pi < whole { darker += rim * exp(-off * off / 2) }
        values[y * width + x] *= Float(1 - darker)
      }
    }
  }

  /// A corner torn off, through which the scanner's lid shows. It takes none of the boxes that
  /// are to be spared.
  package mutating func tear(
    scale: Double, lid: Float, sparing boxes: [BlankBox], _ chance: inout SeededGenerator
  ) {
    let (atRight, atBottom) = (chance.happens(0.5), chance.happens(0.5))
    let (wide, high) = (Double(width) / scale, Double(height) / scale)
    var (legX, legY) = (chance.from(8...32), chance.from(8...32))
    // Each box's nearest corner must lie beyond the tear.
    for box in boxes {
      let x = atRight ? wide - box.maxX : box.x
      let y = atBottom ? high - box.maxY : box.y
      let reach = x / legX + y / legY
      if reach < 1.3 {
        legX *= max(0.05, reach / 1.3)
        legY *= max(0.05, reach / 1.3)
      }
    }
    let ragged = NoiseTile(grain: 3, &chance)
    for row in 0..<min(height, Int(legY * 1.1 * scale)) {
      let part = 1 - Double(row) / (legY * scale)
      let edge = legX * scale * part + Double(ragged.at(row, 11)) * 0.35 * scale
      let y = atBottom ? height - 1 - row : row
      for column in 0..<max(0, min(width, Int(edge))) {
        let x = atRight ? width - 1 - column : column
        values[y * width + x] = lid
      }
    }
  }

  /// Two punched holes in the left margin, through which the scanner's lid shows.
  mutating func punch(scale: Double, lid: Float, _ chance: inout SeededGenerator) {
    let x = chance.from(8...13) * scale
    let radius = 2.9 * scale
    for sign in [-1.0, 1.0] {
      let y = Double(height) / 2 + sign * 40 * scale
      for py in max(0, Int(y - radius - 2))..<max(0, min(height, Int(y + radius + 2))) {
        for px in max(0, Int(x - radius - 2))..<max(0, min(width, Int(x + radius + 2))) {
          let distance = hypot(Double(px) - x, Double(py) - y)
          let part = Float(max(0, min(1, radius - distance + 0.5)))
          let index = py * width + px
          values[index] += (lid - values[index]) * part
        }
      }
    }
  }
}
