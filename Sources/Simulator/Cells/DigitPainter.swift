// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Where and how one digit is laid on the strip.
struct DigitPlace: Sendable {
  /// The middle, in millimetres.
  var x: Double
  var y: Double
  /// The digit's height, in millimetres.
  var height: Double
  /// How much wider than written.
  var aspect: Double
  var shear: Double
  private let (cosine, sine): (Double, Double)

  /// `turn` is in radians.
  init(
    x: Double, y: Double, height: Double, aspect: Double, turn: Double, shear: Double
  ) {
    self.x = x
    self.y = y
    self.height = height
    self.aspect = aspect
    self.shear = shear
    (cosine, sine) = (cos(turn), sin(turn))
  }

  /// A digit's own place, (0, 0) its middle and 1 its height, on the strip.
  func callAsFunction(_ u: Double, _ v: Double) -> (x: Double, y: Double) {
    let (sx, sy) = ((u * aspect - v * shear) * height, v * height)
    return (x + sx * cosine - sy * sine, y + sx * sine + sy * cosine)
  }

  /// Back again: the digit's own place of a place on the strip.
  func inverse(_ px: Double, _ py: Double) -> (u: Double, v: Double) {
    let (dx, dy) = (px - x, py - y)
    let (sx, sy) = (dx * cosine + dy * sine, dy * cosine - dx * sine)
    let v = sy / height
    return ((sx / height + v * shear) / aspect, v)
  }
}

/// Lays written digits on a strip's ink.
struct DigitPainter {
  let scale: Double
  let pen: Pen
  /// How much thicker than written a picture's strokes are, −1 to 1.
  let thickness: Double
  var strokes: StrokePainter
  private let grain: NoiseTile

  init(
    width: Int, height: Int, scale: Double, pen: Pen, thickness: Double,
    _ chance: inout SeededGenerator
  ) {
    self.scale = scale
    self.pen = pen
    self.thickness = thickness
    strokes = StrokePainter(width: width, height: height, scale: scale, &chance)
    grain = NoiseTile(grain: 0.06 * scale, &chance)
  }

  mutating func paint(
    _ digit: WrittenDigit, at place: DigitPlace, on ink: inout Raster,
    _ chance: inout SeededGenerator
  ) {
    switch digit.shape {
    case .lines(let lines): paint(lines, at: place, on: &ink, &chance)
    case .picture(let side, let levels):
      paint(side: side, levels: levels, at: place, on: &ink)
    }
  }

  /// Lines of a pen, in millimetres, with the hand's own tremble.
  mutating func draw(
    _ corners: [(x: Double, y: Double)], sharp: Bool, on ink: inout Raster,
    _ chance: inout SeededGenerator
  ) {
    guard corners.count > 1 else { return }
    let stroke = Stroke.through(corners, sharp: sharp).drawn(
      swing: 0.02, tremble: 0.012, unsteady: pen.unsteady, taper: chance.from(0...0.6), &chance)
    strokes.paint(stroke, pen: pen, on: &ink, &chance)
  }

  private mutating func paint(
    _ lines: [[SIMD2<Float>]], at place: DigitPlace, on ink: inout Raster,
    _ chance: inout SeededGenerator
  ) {
    let all = lines.joined()
    let low = all.reduce(SIMD2<Float>(repeating: .infinity)) { pointwiseMin($0, $1) }
    let high = all.reduce(SIMD2<Float>(repeating: -.infinity)) { pointwiseMax($0, $1) }
    let height = Double(max(high.y - low.y, 0.35 * (high.x - low.x), 1))
    let middle = (low + high) / 2
    for line in lines {
      var corners = line.map { point in
        place(Double(point.x - middle.x) / height, Double(point.y - middle.y) / height)
      }
      if corners.count == 1 { corners.append((corners[0].x + 0.1, corners[0].y + 0.05)) }
      draw(corners, sharp: true, on: &ink, &chance)
    }
  }

  private func paint(side: Int, levels: [UInt8], at place: DigitPlace, on ink: inout Raster) {
    let (glyph, box) = Self.smoothed(side: side, levels: levels)
    guard let box else { return }
    let (tall, wide) = (Double(box.bottom - box.top), Double(box.right - box.left))
    let unit = max(tall, 0.35 * wide)
    let (midX, midY) = (Double(box.left + box.right) / 2, Double(box.top + box.bottom) / 2)
    let limit = Float(0.46 - 0.2 * thickness)
    let reach = place.height * 1.3
    let xs = clipped(place.x - reach, place.x + reach, ink.width)
    let ys = clipped(place.y - reach, place.y + reach, ink.height)
    for y in ys {
      for x in xs {
        let own = place.inverse((Double(x) + 0.5) / scale, (Double(y) + 0.5) / scale)
        let (u, v) = (own.u * unit + midX - 0.5, own.v * unit + midY - 0.5)
        guard u > 0, v > 0, u < Double(glyph.width - 1), v < Double(glyph.height - 1) else {
          continue
        }
        let (i, j) = (Int(u), Int(v))
        let (a, b) = (Float(u - Double(i)), Float(v - Double(j)))
        let upper = glyph[i, j] + (glyph[i + 1, j] - glyph[i, j]) * a
        let lower = glyph[i, j + 1] + (glyph[i + 1, j + 1] - glyph[i, j + 1]) * a
        let level = upper + (lower - upper) * b
        var value = max(0, min(1, (level - limit) / 0.16 + 0.5)) * Float(pen.strength)
        guard value > 0.01 else { continue }
        value *= max(0, 1 - Float(pen.tooth) * (0.35 + 0.6 * grain.at(x, y)) * (1.2 - value))
        ink[x, y] = max(ink[x, y], min(1, value))
      }
    }
  }

  private func clipped(_ low: Double, _ high: Double, _ limit: Int) -> Range<Int> {
    let begin = min(limit, max(0, Int(low * scale)))
    return begin..<max(begin, min(limit, Int(high * scale) + 1))
  }

  /// The picture four times as large and without its steps, and the box of its ink.
  private static func smoothed(
    side: Int, levels: [UInt8]
  ) -> (Raster, (left: Int, top: Int, right: Int, bottom: Int)?) {
    let large = side * 4
    var raster = Raster(width: large, height: large)
    for y in 0..<large {
      for x in 0..<large {
        raster[x, y] = Float(levels[y / 4 * side + x / 4]) / 255
      }
    }
    raster.blur(sigma: 2.6)
    var box: (left: Int, top: Int, right: Int, bottom: Int)?
    for y in 0..<large {
      for x in 0..<large where raster[x, y] > 0.45 {
        let old = box ?? (x, y, x, y)
        box = (min(old.left, x), min(old.top, y), max(old.right, x), max(old.bottom, y))
      }
    }
    return (raster, box)
  }
}
