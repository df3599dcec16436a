// SPDX-License-Identifier: Apache-2.0
import Foundation

/// An office's round red stamp: two rings, letters between them, a star, a line of words.
enum Stamp {
  /// Stamping ink: red, weak in places where the rubber did not touch.
  static let ink = Pen(
    name: "stamp", width: 0.45, swallows: (0.12, 0.74, 0.66), strength: 0.85, unsteady: 0.35,
    tooth: 0.45, gaps: 0.12, edge: 0.14, blots: 0)

  /// The strokes of a stamp whose middle is given, in millimetres.
  static func strokes(
    x: Double, y: Double, _ chance: inout SeededGenerator
  ) -> [Stroke] {
    let radius = chance.from(16...18)
    let turn = chance.normal(0, 0.15)
    var result = [(radius, 0.9), (radius - 1.3, 0.35), (radius * 0.62, 0.35)].map {
      ring(x, y, $0.0, width: $0.1, &chance)
    }
    let letters = 26
    for index in 0..<letters {
      // A gap at the bottom, where the rings' words end.
      let angle = turn + Double.pi * (0.72 + 1.56 * Double(index) / Double(letters - 1))
      guard index % 7 != 6 else { continue }
      result += letter(x, y, from: radius * 0.68, to: radius * 0.86, angle, &chance)
    }
    result.append(star(x, y - radius * 0.22, radius * 0.24, turn))
    for index in 0..<9 where index != 4 {
      let place = x + (Double(index) - 4) * radius * 0.115
      result += [
        line([(place - 0.5, y + radius * 0.34), (place - 0.4, y + radius * 0.18)]),
        line([(place - 0.5, y + radius * 0.34), (place + 0.5, y + radius * 0.33)]),
      ]
    }
    return result
  }

  private static func line(_ corners: [(x: Double, y: Double)], width: Double = 0.4) -> Stroke {
    var stroke = Stroke.through(corners, sharp: true)
    stroke.width = width
    return stroke
  }

  private static func ring(
    _ x: Double, _ y: Double, _ radius: Double, width: Double, _ chance: inout SeededGenerator
  ) -> Stroke {
    var stroke = Stroke.ellipse(
      x: x, y: y, rx: radius, ry: radius, start: chance.from(0...6.28), sweep: 2 * .pi, drift: 0,
      tilt: 0, swell: 0.002, &chance)
    stroke.width = width
    return stroke
  }

  /// Something like a capital: an upright and one or two bars, standing on the inner ring.
  private static func letter(
    _ x: Double, _ y: Double, from inner: Double, to outer: Double, _ angle: Double,
    _ chance: inout SeededGenerator
  ) -> [Stroke] {
    func place(_ along: Double, _ up: Double) -> (x: Double, y: Double) {
      let radius = inner + (outer - inner) * up
      let here = angle + along / radius
      return (x + radius * sin(here), y - radius * cos(here))
    }
    var strokes = [line([place(-0.6, 0), place(-0.6, 1)])]
    let bars = chance.pick([([0.0, 1], 1.0), ([1, 0.5], 1), ([0], 1), ([0.5], 1), ([], 1)])
    strokes += bars.map { line([place(-0.6, $0), place(0.6, $0)]) }
    if chance.happens(0.5) { strokes.append(line([place(0.6, 0), place(0.6, 1)])) }
    return strokes
  }

  /// A star of five points, filled by going to and fro.
  private static func star(_ x: Double, _ y: Double, _ size: Double, _ turn: Double) -> Stroke {
    var corners: [(x: Double, y: Double)] = []
    for round in 0..<5 {
      let scale = size * (1 - 0.19 * Double(round))
      for point in 0...10 {
        let radius = point % 2 == 0 ? scale : scale * 0.4
        let angle = turn + Double(point) * .pi / 5
        corners.append((x + radius * sin(angle), y - radius * cos(angle)))
      }
    }
    return line(corners, width: 0.9)
  }
}
