// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Lays strokes on a sheet, dot by dot.
///
/// A stroke is first painted alone, so that it does not darken where its own pieces overlap, and
/// then joined with the ink that lies there already. Only the box round its dots is touched.
struct StrokePainter {
  /// Pixels for each millimetre.
  let scale: Double
  /// The sheet's size in pixels.
  private let width: Int
  private let height: Int
  /// Where the stroke in work stands alone: the box round it, from `left` and `top` of the sheet.
  private var alone = Raster(width: 1, height: 1)
  private var left = 0
  private var top = 0
  private let tooth: NoiseTile

  init(width: Int, height: Int, scale: Double, _ chance: inout SeededGenerator) {
    self.scale = scale
    self.width = width
    self.height = height
    tooth = NoiseTile(grain: 0.06 * scale, &chance)
  }

  /// Paints a stroke of this pen into the ink.
  mutating func paint(
    _ stroke: Stroke, pen: Pen, on ink: inout Raster, _ chance: inout SeededGenerator
  ) {
    let width = stroke.width ?? pen.width
    let strength = strengths(stroke, pen, &chance)
    let bite = Float(pen.tooth)
    let tooth = tooth
    paintAlone(stroke, width: width, edge: pen.edge, strength: strength)
    join(on: &ink) { x, y, value, old in
      let grain = tooth.at(x, y)
      // Light pressure leaves the valleys of the paper white; strong pressure fills them.
      let kept = max(0, min(1.2, 1 - bite * (0.35 + 0.75 * grain) * (1.2 - 0.5 * value)))
      let laid = min(1, value * kept)
      let (more, less) = (max(old, laid), min(old, laid))
      return more + 0.3 * less * (1 - more)
    }
  }

  /// Changes what lies under a stroke (rubber, correction fluid): `change` gets the coverage
  /// from 0 to 1 and the old value.
  mutating func cover(
    _ stroke: Stroke, width: Double, edge: Double, on plane: inout Raster,
    change: (_ coverage: Float, _ old: Float) -> Float
  ) {
    let full = [Double](repeating: 1, count: stroke.dots.count)
    paintAlone(stroke, width: width, edge: edge, strength: full)
    join(on: &plane) { _, _, value, old in change(value, old) }
  }

  /// The strength at each dot: pressure, gaps where the ink stays away, blots at the ends.
  private func strengths(
    _ stroke: Stroke, _ pen: Pen, _ chance: inout SeededGenerator
  ) -> [Double] {
    var result = stroke.dots.map { pen.strength * (0.45 + 0.55 * min($0.pressure, 1.3)) }
    for _ in 0..<chance.count(mean: pen.gaps * stroke.length / 10) {
      let middle = Int(chance.unit() * Double(result.count))
      let reach = Int(chance.from(0.2...1.6) / Stroke.spacing)
      let left = chance.from(0...0.3)
      for i in max(0, middle - reach)..<min(result.count, middle + reach) { result[i] *= left }
    }
    if pen.blots > 0 {
      for i in 0..<min(3, result.count) {
        result[i] *= 1 + pen.blots
        result[result.count - 1 - i] *= 1 + pen.blots
      }
    }
    return result.map { min($0, 1) }
  }

  /// The pixels that a dot's line can reach, inside the sheet.
  private func reach(
    _ a: Stroke.Dot, _ b: Stroke.Dot, _ margin: Double
  ) -> (x: Range<Int>, y: Range<Int>) {
    func span(_ a: Double, _ b: Double, _ limit: Int) -> Range<Int> {
      let low = max(0, Int((min(a, b) * scale - margin).rounded(.down)))
      let high = min(limit, Int((max(a, b) * scale + margin).rounded(.up)) + 1)
      return min(low, limit)..<max(min(low, limit), high)
    }
    return (span(a.x, b.x, width), span(a.y, b.y, height))
  }

  /// How far beyond its dots anything of a stroke is painted or joined, in pixels.
  private func margin(_ width: Double, _ edge: Double) -> Double {
    max(width * scale + 4, width * scale + max(edge * scale, 0.8) + 2)
  }

  /// Makes room for a stroke.
  private mutating func clear(for stroke: Stroke, margin: Double) {
    guard var low = stroke.dots.first else { return }
    var high = low
    for dot in stroke.dots {
      low.x = min(low.x, dot.x)
      low.y = min(low.y, dot.y)
      high.x = max(high.x, dot.x)
      high.y = max(high.y, dot.y)
    }
    let (xs, ys) = reach(low, high, margin)
    (left, top) = (xs.lowerBound, ys.lowerBound)
    alone = Raster(width: max(1, xs.count), height: max(1, ys.count))
  }

  private mutating func paintAlone(
    _ stroke: Stroke, width: Double, edge: Double, strength: [Double]
  ) {
    let soft = Float(max(edge * scale, 0.8))
    clear(for: stroke, margin: margin(width, edge))
    for i in 1..<max(stroke.dots.count, 1) {
      let (a, b) = (stroke.dots[i - 1], stroke.dots[i])
      let radius = Float(width / 2 * scale * (0.55 + 0.45 * min(b.pressure, 1.5)))
      let laid = Float((strength[i - 1] + strength[i]) / 2)
      let (xs, ys) = reach(a, b, Double(radius + soft))
      let (ax, ay) = (Float(a.x * scale) - 0.5, Float(a.y * scale) - 0.5)
      let (dx, dy) = (Float((b.x - a.x) * scale), Float((b.y - a.y) * scale))
      let inverse = 1 / max(dx * dx + dy * dy, 1e-6)
      for y in ys {
        for x in xs {
          let (px, py) = (Float(x) - ax, Float(y) - ay)
          let t = max(0, min(1, (px * dx + py * dy) * inverse))
          let (qx, qy) = (px - t * dx, py - t * dy)
          let distance = (qx * qx + qy * qy).squareRoot()
          let value = laid * max(0, min(1, (radius - distance) / soft + 0.5))
          let at = (y - top) * alone.width + x - left
          if value > alone.values[at] { alone.values[at] = value }
        }
      }
    }
  }

  private func join(
    on plane: inout Raster,
    _ change: (_ x: Int, _ y: Int, _ value: Float, _ old: Float) -> Float
  ) {
    for row in 0..<alone.height {
      for column in 0..<alone.width {
        let value = alone.values[row * alone.width + column]
        guard value > 0 else { continue }
        let at = (top + row) * plane.width + left + column
        plane.values[at] = change(left + column, top + row, value, plane.values[at])
      }
    }
  }
}
