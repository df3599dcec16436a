// SPDX-License-Identifier: Apache-2.0
import Foundation

/// One line of a pen, from where it is set down to where it is lifted.
struct Stroke: Sendable {
  /// A place on the blank in millimetres, and the pressure there (1 is ordinary).
  struct Dot: Sendable {
    var x: Double
    var y: Double
    var pressure: Double
  }
  /// Close together: every 0.15 mm.
  var dots: [Dot]
  /// A width of its own in millimetres, for what is no pen's line (correction fluid, rubber).
  var width: Double?

  /// How far apart dots lie, in millimetres.
  static let spacing = 0.15

  /// The length in millimetres.
  var length: Double { Double(max(dots.count - 1, 0)) * Self.spacing }

  /// A smooth line through the corners (Catmull–Rom, chord by chord): at least two places, in
  /// millimetres. Straight from corner to corner where it is `sharp`.
  static func through(_ corners: [(x: Double, y: Double)], sharp: Bool = false) -> Stroke {
    var path: [(x: Double, y: Double)] = []
    for i in 0..<corners.count - 1 {
      let (b, c) = (corners[i], corners[i + 1])
      let a = i > 0 ? corners[i - 1] : b
      let d = i + 2 < corners.count ? corners[i + 2] : c
      let pieces = max(2, Int(hypot(c.x - b.x, c.y - b.y) / 0.1))
      for k in 0..<pieces {
        let t = Double(k) / Double(pieces)
        if sharp {
          path.append((b.x + (c.x - b.x) * t, b.y + (c.y - b.y) * t))
        } else {
          path.append((spline(a.x, b.x, c.x, d.x, t), spline(a.y, b.y, c.y, d.y, t)))
        }
      }
    }
    path.append(corners[corners.count - 1])
    return even(path)
  }

  private static func spline(
    _ a: Double, _ b: Double, _ c: Double, _ d: Double, _ t: Double
  ) -> Double {
    let (t2, t3) = (t * t, t * t * t)
    let bend = -a + 3 * b - 3 * c + d
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t2 + bend * t3)
  }

  /// The same path with dots at even distances.
  private static func even(_ path: [(x: Double, y: Double)]) -> Stroke {
    var dots = [Dot(x: path[0].x, y: path[0].y, pressure: 1)]
    var walked = 0.0
    for i in 1..<path.count {
      let (a, b) = (path[i - 1], path[i])
      let step = hypot(b.x - a.x, b.y - a.y)
      guard step > 0 else { continue }
      while walked + step >= spacing * Double(dots.count) {
        let t = (spacing * Double(dots.count) - walked) / step
        dots.append(Dot(x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t, pressure: 1))
        if dots.count > 20_000 { break }
      }
      walked += step
    }
    if dots.count == 1 { dots.append(Dot(x: path[0].x + 0.05, y: path[0].y, pressure: 1)) }
    return Stroke(dots: dots, width: nil)
  }

  /// An arc of an ellipse, with the swellings and the drift of a hand.
  ///
  /// It begins at the angle `start` (radians, 0 to the right, clockwise) and goes as far as
  /// `sweep` (negative turns back); `drift` is how much larger the end is than the start, as a
  /// share; `tilt` turns the ellipse, radians.
  static func ellipse(
    x: Double, y: Double, rx: Double, ry: Double, start: Double, sweep: Double, drift: Double,
    tilt: Double, swell: Double, _ chance: inout SeededGenerator
  ) -> Stroke {
    let (two, three) = (chance.normal(0, swell), chance.normal(0, swell * 0.6))
    let (phaseTwo, phaseThree) = (chance.from(0...6.28), chance.from(0...6.28))
    let steps = max(24, Int(abs(sweep) * max(rx, ry) / 0.12))
    var path: [(x: Double, y: Double)] = []
    for i in 0...steps {
      let t = Double(i) / Double(steps)
      let angle = start + sweep * t
      let radius =
        1 + drift * (t - 0.5) + two * cos(2 * angle + phaseTwo) + three
        * cos(3 * angle + phaseThree)
      let (ex, ey) = (rx * radius * cos(angle), ry * radius * sin(angle))
      path.append((x + ex * cos(tilt) - ey * sin(tilt), y + ex * sin(tilt) + ey * cos(tilt)))
    }
    return even(path)
  }

  /// The line as a hand draws it: trembling, swinging, the pressure coming and going.
  ///
  /// `swing` is how far the hand strays over centimetres and `tremble` over a millimetre or two,
  /// in millimetres; `taper` how thin the ends are, 0 blunt to 1 pointed, the last end most.
  func drawn(
    swing: Double, tremble: Double, unsteady: Double, taper: Double,
    _ chance: inout SeededGenerator
  ) -> Stroke {
    var result = self
    var waves: [(k: Double, phaseX: Double, phaseY: Double, size: Double)] = []
    for (length, size) in [(14.0, swing), (6.0, swing * 0.5), (2.2, tremble), (1.1, tremble * 0.6)]
    {
      waves.append(
        (
          2 * .pi / (length * chance.from(0.7...1.4)), chance.from(0...6.28),
          chance.from(0...6.28), size * chance.from(0.4...1.2)
        ))
    }
    let (slow, quick) = (chance.from(0...6.28), chance.from(0...6.28))
    let (slowK, quickK) = (chance.from(0.25...0.7), chance.from(1.2...2.6))
    let total = max(length, 0.3)
    let ends = min(1.2, total * 0.3)
    for i in dots.indices {
      let at = Double(i) * Self.spacing
      for wave in waves {
        result.dots[i].x += wave.size * sin(wave.k * at + wave.phaseX)
        result.dots[i].y += wave.size * sin(wave.k * at + wave.phaseY)
      }
      var pressure =
        1 + unsteady * (0.7 * sin(slowK * at + slow) + 0.45 * sin(quickK * at + quick))
      pressure *= 1 - 0.5 * taper * max(0, 1 - at / ends)
      pressure *= 1 - taper * max(0, 1 - (total - at) / ends)
      result.dots[i].pressure *= max(0.12, pressure)
    }
    return result
  }

  /// The line moved by so much, in millimetres.
  func moved(x: Double, y: Double) -> Stroke {
    var result = self
    for i in dots.indices {
      result.dots[i].x += x
      result.dots[i].y += y
    }
    return result
  }
}
