// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Lines that look like quick writing and say nothing.
struct Handwriting {
  let hand: Hand

  /// Words from a place to the right: `x` is the left end and `y` the line that the letters
  /// stand on, `length` how far they go, in millimetres.
  func words(
    x: Double, y: Double, length: Double, _ chance: inout SeededGenerator
  ) -> [Stroke] {
    let height = chance.from(1.7...3.2) * hand.size
    var result: [Stroke] = []
    var at = x
    var line = y
    while at < x + length {
      var corners: [(x: Double, y: Double)] = []
      let letters = 2 + Int(chance.unit() * 5)
      for _ in 0..<letters where at < x + length {
        at = letter(at, line, height, &corners, &chance)
      }
      guard corners.count > 2 else { break }
      result.append(
        MarkShapes(hand: hand).drawn(.through(corners), taper: 0.4, &chance))
      // The marks above letters that Vietnamese is full of.
      for _ in 0..<Int(chance.unit() * 3) {
        let place = corners[Int(chance.unit() * Double(corners.count))]
        let (dx, dy) = (chance.from(-0.8...0.8), chance.from(-0.6...0.6))
        let top = line - height * chance.from(1.3...1.9)
        result.append(.through([(place.x, top), (place.x + dx, top + dy)]))
      }
      at += height * chance.from(0.5...1.1)
      line += chance.normal(0, 0.15)
    }
    return result
  }

  /// Adds a letter's corners and returns where the next begins.
  private func letter(
    _ x: Double, _ y: Double, _ height: Double, _ corners: inout [(x: Double, y: Double)],
    _ chance: inout SeededGenerator
  ) -> Double {
    let wide = height * chance.from(0.7...1.2)
    let lean = 0.35 * hand.slant
    func add(_ u: Double, _ v: Double) {
      corners.append(
        (
          x + u * wide + v * height * lean + chance.normal(0, 0.05),
          y - v * height + chance.normal(0, 0.06)
        ))
    }
    switch Int(chance.unit() * 6) {
    case 0:  // a, o: round and closed
      add(0.9, 0.8)
      add(0.4, 1)
      add(0.1, 0.5)
      add(0.4, 0)
      add(0.85, 0.5)
      add(0.9, 0.9)
      add(1, 0)
    case 1:  // l, h: an upper loop
      add(0.1, 0.2)
      add(0.5, 1.7)
      add(0.3, 1.9)
      add(0.25, 0.6)
      add(0.4, 0)
      add(1, 0.1)
    case 2:  // g, y: a lower loop
      add(0.1, 0.9)
      add(0.4, 0.1)
      add(0.8, 0.9)
      add(0.7, -0.7)
      add(0.3, -0.8)
      add(1, 0.1)
    case 3:  // n, u, m
      add(0.1, 0)
      add(0.2, 0.95)
      add(0.35, 0.1)
      add(0.6, 0.95)
      add(0.75, 0)
      add(1, 0.1)
    case 4:  // e, c
      add(0.2, 0.4)
      add(0.7, 0.8)
      add(0.4, 1)
      add(0.2, 0.4)
      add(0.5, 0)
      add(1, 0.2)
    default:  // i, t: up and down
      add(0.2, 0.1)
      add(0.4, chance.from(0.9...1.6))
      add(0.45, 0.05)
      add(1, 0.15)
    }
    return x + wide
  }
}
