// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What stands in a cell and is no digit.
enum CellJunk: String, CaseIterable, Sendable {
  case struckOut, crossedOut, overwritten, scribble, zigzag, blackened, twoDigits, letter, dash
  case wave

  /// How often each is painted.
  static let weights: [(CellJunk, Double)] = [
    (.struckOut, 20), (.crossedOut, 8), (.overwritten, 26), (.scribble, 10), (.zigzag, 8),
    (.blackened, 6), (.twoDigits, 7), (.letter, 9), (.dash, 4), (.wave, 2),
  ]
}

/// A cell's box on a strip, in millimetres.
struct StripCell: Sendable {
  var x: Double
  var y: Double
  var width: Double
  var height: Double
}

extension DigitPainter {
  /// Lines across a digit: one to three, or a cross.
  mutating func strike(
    _ place: DigitPlace, lines: Int, cross: Bool, on ink: inout Raster,
    _ chance: inout SeededGenerator
  ) {
    let half = place.height * chance.from(0.45...0.75)
    if cross {
      for sign in [-1.0, 1.0] {
        let slope = half * chance.from(0.7...1.1)
        draw(
          [
            (place.x - half * 0.8, place.y - sign * slope),
            (place.x + half * 0.8, place.y + sign * slope),
          ], sharp: true, on: &ink, &chance)
      }
      return
    }
    let tilt = chance.normal(0, 0.4)
    for index in 0..<lines {
      let y =
        place.y + (Double(index) - Double(lines - 1) / 2) * place.height * 0.25
        + chance.normal(0, 0.25)
      draw(
        [(place.x - half, y + tilt * half), (place.x + half, y - tilt * half)], sharp: true,
        on: &ink, &chance)
    }
  }

  /// A scribble over a cell: turns to and fro (`zigzag`) or round and round.
  mutating func scribble(
    _ place: DigitPlace, turns: Int, round: Bool, on ink: inout Raster,
    _ chance: inout SeededGenerator
  ) {
    let (wide, tall) = (
      place.height * chance.from(0.3...0.5), place.height * chance.from(0.3...0.5)
    )
    let lean = chance.from(-0.6...0.6)
    var corners: [(x: Double, y: Double)] = []
    for index in 0..<turns * 2 {
      let part = Double(index) / Double(turns * 2 - 1) * 2 - 1
      if round {
        let angle = Double(index) * 2.1 + chance.normal(0, 0.3)
        let radius = chance.from(0.5...1)
        corners.append((place.x + wide * radius * cos(angle), place.y + tall * radius * sin(angle)))
      } else {
        let side = index % 2 == 0 ? -1.0 : 1
        corners.append(
          (
            place.x + side * wide * chance.from(0.75...1.1) + lean * part,
            place.y + part * tall + side * lean * 0.8 + chance.normal(0, 0.1)
          ))
      }
    }
    draw(corners, sharp: !round, on: &ink, &chance)
  }

  /// A wavy line through a digit.
  mutating func wave(
    _ place: DigitPlace, on ink: inout Raster, _ chance: inout SeededGenerator
  ) {
    let half = place.height * 0.6
    let size = chance.from(0.4...0.9)
    let corners = (0...10).map { index -> (x: Double, y: Double) in
      let t = Double(index) / 10 * 2 - 1
      return (place.x + half * t, place.y + size * (index % 2 == 0 ? 1 : -1))
    }
    draw(corners, sharp: false, on: &ink, &chance)
  }

  /// A letter or sign that is like no digit.
  mutating func letter(
    _ place: DigitPlace, on ink: inout Raster, _ chance: inout SeededGenerator
  ) {
    let shape = Self.letters[
      min(Self.letters.count - 1, Int(chance.unit() * Double(Self.letters.count)))]
    for line in shape {
      draw(line.map { place($0.x, $0.y) }, sharp: true, on: &ink, &chance)
    }
  }

  /// Letters as lines, (0, 0) the middle and 1 the height.
  private static let letters: [[[(x: Double, y: Double)]]] = [
    [[(-0.35, 0.5), (0, -0.5), (0.35, 0.5)], [(-0.2, 0.1), (0.2, 0.1)]],  // A
    [[(0.3, -0.5), (-0.3, -0.5), (-0.3, 0.5), (0.3, 0.5)], [(-0.3, 0), (0.2, 0)]],  // E
    [[(0.3, -0.5), (-0.3, -0.5), (-0.3, 0.5)], [(-0.3, 0), (0.2, 0)]],  // F
    [[(-0.3, -0.5), (-0.3, 0.5)], [(0.3, -0.5), (0.3, 0.5)], [(-0.3, 0), (0.3, 0)]],  // H
    [[(-0.3, -0.5), (-0.3, 0.5)], [(0.3, -0.5), (-0.3, 0.05), (0.3, 0.5)]],  // K
    [[(-0.4, 0.5), (-0.35, -0.5), (0, 0.2), (0.35, -0.5), (0.4, 0.5)]],  // M
    [[(-0.3, 0.5), (-0.3, -0.5), (0.3, 0.5), (0.3, -0.5)]],  // N
    [[(-0.3, -0.5), (0.3, 0.5)], [(0.3, -0.5), (-0.3, 0.5)]],  // X
    [[(-0.4, -0.5), (-0.2, 0.5), (0, -0.2), (0.2, 0.5), (0.4, -0.5)]],  // W
    [[(-0.35, -0.5), (0.35, -0.5)], [(0, -0.5), (0, 0.5)]],  // T
    [[(-0.35, 0), (0.35, 0)], [(0, -0.35), (0, 0.35)]],  // +
    [[(-0.35, -0.15), (0.35, -0.15)], [(-0.35, 0.15), (0.35, 0.15)]],  // =
    [[(-0.3, -0.3), (-0.05, -0.5), (0.25, -0.3), (0, 0), (0, 0.2)], [(0, 0.42), (0.02, 0.48)]],
    [[(-0.35, 0.1), (-0.1, 0.45), (0.4, -0.45)]],  // a tick
    [[(-0.3, -0.5), (0, 0), (0.3, -0.5)], [(0, 0), (0, 0.5)]],  // Y
    [[(-0.3, -0.5), (-0.3, 0.3), (-0.1, 0.5), (0.15, 0.5), (0.3, 0.3), (0.3, -0.5)]],  // U
  ]
}
