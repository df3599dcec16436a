// SPDX-License-Identifier: Apache-2.0

extension DigitPainter {
  /// Writes what is no digit into a cell; `any` gives the digits that are spoilt.
  mutating func spoil(
    _ kind: CellJunk, _ place: DigitPlace, _ cell: StripCell, on ink: inout Raster,
    any: (inout SeededGenerator) -> WrittenDigit, _ chance: inout SeededGenerator
  ) {
    switch kind {
    case .struckOut, .crossedOut, .wave:
      let digit = any(&chance)
      paint(digit, at: place, on: &ink, &chance)
      // One stroke through these makes another way of writing them.
      let least = [0, 1, 4, 7].contains(digit.digit) ? 2 : 1
      if kind == .wave {
        wave(place, on: &ink, &chance)
      } else {
        strike(
          place, lines: max(least, 1 + Int(chance.unit() * 3)), cross: kind == .crossedOut,
          on: &ink, &chance)
      }
      if chance.happens(0.3) { above(cell, on: &ink, any: any, &chance) }
    case .overwritten: overwrite(place, on: &ink, any: any, &chance)
    case .scribble:
      scribble(
        place, turns: 5 + Int(chance.unit() * 8), round: true, on: &ink, &chance)
    case .zigzag:
      if chance.happens(0.6) { paint(any(&chance), at: place, on: &ink, &chance) }
      scribble(
        place, turns: 3 + Int(chance.unit() * 6), round: false, on: &ink, &chance)
    case .blackened:
      for _ in 0..<3 {
        scribble(
          place, turns: 12 + Int(chance.unit() * 8), round: chance.happens(0.5), on: &ink, &chance)
      }
    case .twoDigits:
      for side in [-1.0, 1] {
        var half = place
        half.x += side * cell.width * chance.from(0.17...0.25)
        half.height *= chance.from(0.6...0.85)
        half.aspect *= 0.65
        paint(any(&chance), at: half, on: &ink, &chance)
      }
    case .letter: letter(place, on: &ink, &chance)
    case .dash:
      let half = chance.from(0.8...2)
      draw(
        [(place.x - half, place.y), (place.x + half, place.y + chance.normal(0, 0.3))],
        sharp: true, on: &ink, &chance)
    }
  }

  /// A digit over another, where both can be seen.
  private mutating func overwrite(
    _ place: DigitPlace, on ink: inout Raster, any: (inout SeededGenerator) -> WrittenDigit,
    _ chance: inout SeededGenerator
  ) {
    for _ in 0..<200 {
      let (first, second) = (any(&chance), any(&chance))
      let (a, b) = (first.digit, second.digit)
      let vanishes =
        a == b || a == 1 || b == 1 || (b == 8 && [3, 6, 9, 0].contains(a))
        || (a == 8 && [3, 6, 9, 0].contains(b)) || (a + b == 11 && a * b == 28)
      if vanishes { continue }
      paint(first, at: place, on: &ink, &chance)
      var over = place
      over.x += chance.normal(0, 0.3)
      over.y += chance.normal(0, 0.3)
      over.height *= chance.from(0.9...1.15)
      paint(second, at: over, on: &ink, &chance)
      return
    }
  }

  /// The right digit, written small above a cell whose own is struck out.
  private mutating func above(
    _ cell: StripCell, on ink: inout Raster, any: (inout SeededGenerator) -> WrittenDigit,
    _ chance: inout SeededGenerator
  ) {
    let place = DigitPlace(
      x: cell.x + cell.width * chance.from(0.3...0.9), y: cell.y - chance.from(0.8...2),
      height: chance.from(2...3), aspect: 1, turn: 0, shear: 0)
    paint(any(&chance), at: place, on: &ink, &chance)
  }
}
