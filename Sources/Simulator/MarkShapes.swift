// SPDX-License-Identifier: Apache-2.0
import Form
import Foundation
import Geometry

/// A target as the hand sees it: where, how large, how near its neighbours.
struct Site: Sendable {
  var box: BlankBox
  var kind: PlaceKind
  /// The distance to the nearest other target beside it and above or below it, in millimetres;
  /// 40 where there is none.
  var pitchX: Double
  var pitchY: Double

  var x: Double { box.center.x }
  var y: Double { box.center.y }

  /// Whether a place lies where a mark would be taken for one on this target.
  func isCore(x px: Double, y py: Double) -> Bool {
    switch kind {
    case .printed: hypot(px - x, py - y) < min(2.8, 0.45 * max(pitchX, 4))
    case .drawnBox, .drawnBubble: box.grown(by: 0.5).contains(BlankPoint(x: px, y: py))
    case .emptyCell: box.grown(by: -0.8).contains(BlankPoint(x: px, y: py))
    }
  }

  /// The sites of a page's targets, in the order of its questions and their targets.
  static func all(of page: FormPage) -> [[Site]] {
    let boxes = page.questions.flatMap { $0.targets.map(\.box) }
    return page.questions.map { question in
      question.targets.map { target in
        let (box, middle) = (target.box, target.box.center)
        var (pitchX, pitchY) = (40.0, 40.0)
        for other in boxes where other != box {
          let (dx, dy) = (abs(other.center.x - middle.x), abs(other.center.y - middle.y))
          if dy < 0.6 * min(box.height, other.height), dx > dy { pitchX = min(pitchX, dx) }
          if dx < 0.6 * min(box.width, other.width), dy > dx { pitchY = min(pitchY, dy) }
        }
        let kind: PlaceKind =
          switch target.shape {
          case .char: .printed
          case .box: .drawnBox
          case .bubble: .drawnBubble
          case .cell: .emptyCell
          }
        return Site(box: box, kind: kind, pitchX: pitchX, pitchY: pitchY)
      }
    }
  }
}

/// The lines that a hand draws for each kind of mark, in millimetres on the blank.
struct MarkShapes {
  let hand: Hand

  /// The strokes of a mark.
  func strokes(
    _ kind: MarkKind, at site: Site, _ chance: inout SeededGenerator
  ) -> [Stroke] {
    switch kind {
    case .ring, .openRing, .smallRing, .wideRing, .twoLoops, .offCentreRing, .boxRing, .bigRing:
      [ring(kind, at: site, &chance)]
    case .underline, .doubleUnderline: underlines(kind, at: site, &chance)
    case .tick, .longTick, .tickBeside: [tick(kind, at: site, &chance)]
    case .cross, .largeCross, .crossBeside: cross(kind, at: site, &chance)
    case .slash: [slash(at: site, &chance)]
    case .scribbledFill, .solidFill, .partFill, .lightFill: fill(kind, at: site, &chance)
    case .dot: [dot(at: site, &chance)]
    case .dash: [dash(at: site, &chance)]
    case .upright: [upright(at: site, &chance)]
    case .star: star(at: site, &chance)
    }
  }

  /// As the hand draws lines: its swing, trembling and pressure.
  func drawn(
    _ stroke: Stroke, taper: Double = 0.5, _ chance: inout SeededGenerator
  ) -> Stroke {
    stroke.drawn(
      swing: hand.swing, tremble: hand.tremble, unsteady: hand.pen.unsteady, taper: taper, &chance)
  }

  /// The side of a mark that is made for this target, in millimetres.
  private func side(_ site: Site) -> Double {
    switch site.kind {
    case .printed: min(4.2, 0.8 * site.pitchX, 0.9 * site.pitchY, site.box.height * 0.9)
    case .drawnBox, .drawnBubble: (site.box.width + site.box.height) / 2
    case .emptyCell: min(site.box.width, site.box.height, 6) * 0.75
    }
  }

  private func ring(
    _ kind: MarkKind, at site: Site, _ chance: inout SeededGenerator
  ) -> Stroke {
    let (limitX, limitY) = (0.66 * site.pitchX, 0.74 * site.pitchY)
    let size = hand.size
    var rx = chance.from(2.1...3.5) * size
    var ry = chance.from(1.9...3.0) * size
    var (dx, dy) = (chance.normal(0, 0.35), chance.normal(0, 0.3))
    var sweep = 2 * Double.pi + chance.from(-0.25...0.9)
    var drift = chance.normal(0, 0.06)
    let half = (site.box.width + site.box.height) / 4
    switch kind {
    case .openRing: sweep = chance.from(3.9...5.7)
    case .smallRing:
      (rx, ry) = (chance.from(1.3...1.9), chance.from(1.4...2.1))
      if site.kind == .emptyCell { (rx, ry) = (rx * 0.8, ry * 0.8) }
    case .wideRing:
      rx = chance.from(0.46...0.70) * site.pitchX
      if site.pitchX > 20 { rx = chance.from(4...9) }
      ry = chance.from(0.42...0.66) * min(site.pitchY, 8)
      (dx, dy) = (chance.normal(0, 0.6), chance.normal(0, 0.5))
    case .twoLoops:
      sweep = chance.from(10.6...13.5)
      drift = chance.normal(0, 0.16)
    case .offCentreRing:
      let angle = chance.from(0...6.28)
      (dx, dy) = (cos(angle) * chance.from(0.9...1.9), sin(angle) * chance.from(0.7...1.5))
    case .boxRing:
      rx = half * chance.from(1.25...1.75) + 0.2
      ry = half * chance.from(1.2...1.7) + 0.2
    case .bigRing:
      rx = half * chance.from(1.8...3.2)
      ry = half * chance.from(1.5...2.1)
      dx += rx * chance.from(0...0.4)
    default: break
    }
    rx = min(rx, kind == .wideRing ? 0.70 * site.pitchX : limitX)
    ry = min(ry, limitY)
    if site.kind == .drawnBubble || site.kind == .drawnBox { (dx, dy) = (dx * 0.4, dy * 0.4) }
    if hand.turnsLeft { sweep = -sweep }
    let start = -Double.pi / 2 + chance.normal(hand.ringStart, 0.35)
    let path = Stroke.ellipse(
      x: site.x + dx, y: site.y + dy, rx: rx, ry: ry, start: start, sweep: sweep, drift: drift,
      tilt: chance.normal(hand.slant * 0.4, 0.12), swell: 0.025 + 0.02 * chance.unit(), &chance)
    return drawn(path, taper: 0.35, &chance)
  }

  private func underlines(
    _ kind: MarkKind, at site: Site, _ chance: inout SeededGenerator
  ) -> [Stroke] {
    let below = min(chance.from(1.7...2.6), 0.48 * site.pitchY)
    let half = min(chance.from(1.3...3.2), 0.42 * site.pitchX)
    let shift = chance.normal(0, 0.4)
    return (0..<(kind == .doubleUnderline ? 2 : 1)).map { line in
      let y = site.y + below + 0.8 * Double(line)
      let rise = chance.normal(-0.1, 0.2)
      return drawn(
        .through([
          (site.x - half + shift, y), (site.x + shift, y + rise * 0.5 + chance.normal(0, 0.1)),
          (site.x + half + shift + chance.normal(0, 0.3), y + rise),
        ]), &chance)
    }
  }

  private func tick(_ kind: MarkKind, at site: Site, _ chance: inout SeededGenerator) -> Stroke {
    var size = side(site) * hand.size * chance.from(0.8...1.35)
    var (x, y) = (site.x + chance.normal(0, 0.12 * size), site.y + chance.normal(0, 0.1 * size))
    if site.kind == .printed { (x, y) = (x + chance.normal(0, 0.5), y + chance.normal(0.3, 0.4)) }
    var long = chance.from(0.8...1.3)
    if kind == .longTick { long = chance.from(1.8...3.0) }
    if kind == .tickBeside {
      size *= 0.9
      x = beside(site, &chance)
    }
    long = min(long, 1.1 * min(site.pitchX, site.pitchY * 1.3) / size)
    let slant = hand.slant
    return drawn(
      .through([
        (x - size * chance.from(0.25...0.45), y - size * chance.from(-0.05...0.18)),
        (x - size * chance.from(0.12...0.22), y + size * chance.from(0.1...0.22)),
        (x - size * chance.from(0.0...0.1), y + size * chance.from(0.36...0.5)),
        (
          x + size * (0.22 * long + 0.1 * slant),
          y - size * (0.1 * long + chance.from(-0.05...0.05))
        ),
        (
          x + size * (0.5 * long + 0.25 * slant + chance.normal(0, 0.06)),
          y - size * (0.55 * long + chance.normal(0, 0.05))
        ),
      ]), taper: 0.7, &chance)
  }

  /// Where a mark beside a box stands: to its left or right, never beyond the middle to the next.
  private func beside(_ site: Site, _ chance: inout SeededGenerator) -> Double {
    let reach = min(site.box.width / 2 + chance.from(1.0...2.6), 0.42 * site.pitchX)
    return site.x + (hand.besideRight ? reach : -reach)
  }

  private func cross(
    _ kind: MarkKind, at site: Site, _ chance: inout SeededGenerator
  ) -> [Stroke] {
    var size = side(site) * hand.size * chance.from(0.7...1.25)
    if kind == .largeCross { size = min(size * 1.7, 1.3 * site.pitchX, 1.3 * site.pitchY) }
    var (x, y) = (site.x + chance.normal(0, 0.1 * size), site.y + chance.normal(0, 0.1 * size))
    if kind == .crossBeside {
      (x, size) = (beside(site, &chance), size * 0.8)
    }
    y += 0.02 * size
    let half = size / 2
    func end(_ sx: Double, _ sy: Double) -> (x: Double, y: Double) {
      (
        x + sx * half * chance.from(0.8...1.2) + hand.slant * 0.25 * half * -sy,
        y + sy * half * chance.from(0.8...1.2)
      )
    }
    return [(end(-1, -1), end(1, 1)), (end(1, -1), end(-1, 1))].map { a, b in
      let bow = chance.normal(0, 0.08 * size)
      let middle = ((a.x + b.x) / 2 + bow, (a.y + b.y) / 2 + bow)
      return drawn(.through([a, middle, b]), taper: 0.6, &chance)
    }
  }

  private func slash(at site: Site, _ chance: inout SeededGenerator) -> Stroke {
    let size = side(site) * hand.size * chance.from(0.9...1.5)
    let lean = chance.from(0.25...0.6) * (hand.backslash ? -1 : 1)
    let (x, y) = (site.x + chance.normal(0, 0.12 * size), site.y + chance.normal(0, 0.08 * size))
    return drawn(
      .through([
        (x - lean * size, y + 0.55 * size), (x + chance.normal(0, 0.04 * size), y),
        (x + lean * size, y - 0.55 * size),
      ]), taper: 0.6, &chance)
  }

  /// The half sizes of what a fill fills.
  private func area(_ site: Site) -> (x: Double, y: Double) {
    switch site.kind {
    case .printed: (1.8, 2.0)
    case .emptyCell: (min(site.box.width / 2, 3) * 0.8, min(site.box.height / 2, 3) * 0.8)
    case .drawnBox, .drawnBubble: (site.box.width / 2, site.box.height / 2)
    }
  }

  private func fill(
    _ kind: MarkKind, at site: Site, _ chance: inout SeededGenerator
  ) -> [Stroke] {
    var half = area(site)
    var (x, y) = (
      site.x + chance.normal(0, 0.06 * half.x), site.y + chance.normal(0, 0.06 * half.y)
    )
    var gap = hand.pen.width * chance.from(0.9...1.7)
    var pressure = 1.0
    switch kind {
    case .solidFill: gap = hand.pen.width * chance.from(0.5...0.8)
    case .partFill:
      let share = chance.from(0.35...0.75)
      let across = chance.happens(0.5)
      if across { half.x *= share } else { half.y *= share }
      x += (across ? area(site).x - half.x : 0) * chance.from(-1...1)
      y += (across ? 0 : area(site).y - half.y) * chance.from(-1...1)
    case .lightFill:
      pressure = chance.from(0.3...0.6)
      gap = hand.pen.width * chance.from(1.2...2.4)
    default: break
    }
    let long = max(half.x, half.y)
    if kind == .scribbledFill { gap = min(gap, long / chance.from(2.4...4.5)) }
    if kind == .solidFill { gap = min(gap, long / chance.from(4...6)) }
    var result: [Stroke]
    if site.kind == .drawnBubble, kind == .solidFill || kind == .scribbledFill,
      chance.happens(0.45)
    {
      // Round and round, from the outline inwards.
      let turns = max(2, long / gap * 0.7)
      result = [
        drawn(
          .ellipse(
            x: x, y: y, rx: half.x * hand.fills * 0.55, ry: half.y * hand.fills * 0.55,
            start: chance.from(0...6.28), sweep: 2 * .pi * turns, drift: -1.5, tilt: 0,
            swell: 0.06, &chance), taper: 0.2, &chance)
      ]
    } else {
      result = [
        zigzag(
          x: x, y: y, halfX: half.x * hand.fills, halfY: half.y * hand.fills, gap: gap,
          round: site.kind == .drawnBubble, &chance)
      ]
    }
    if kind == .solidFill, chance.happens(0.4) {
      result.append(
        drawn(
          .ellipse(
            x: x, y: y, rx: half.x * 0.85, ry: half.y * 0.85, start: chance.from(0...6.28),
            sweep: 7, drift: -0.1, tilt: 0, swell: 0.05, &chance), &chance))
    }
    for i in result.indices {
      for k in result[i].dots.indices { result[i].dots[k].pressure *= pressure }
    }
    return result
  }

  /// Hatching to and fro over an area, as people fill or scribble out.
  func zigzag(
    x: Double, y: Double, halfX: Double, halfY: Double, gap: Double, round: Bool,
    _ chance: inout SeededGenerator
  ) -> Stroke {
    let angle = hand.hatchAngle + chance.normal(0, 0.15)
    let (along, across) = (max(halfX, halfY), max(0.3, min(halfX, halfY)))
    let lines = max(3, min(60, Int(2 * along / max(gap, 0.12))))
    var corners: [(x: Double, y: Double)] = []
    for line in 0...lines {
      let u = -1 + 2 * Double(line) / Double(lines)
      let chord = round ? max(0.2, 1 - u * u).squareRoot() : 1
      let v = (line % 2 == 0 ? 1.0 : -1.0) * chord * chance.from(0.75...1.08)
      // In the area's own directions; a slanting hatch leans each line by the angle's share.
      let lean = angle * 0.5
      let px = halfX >= halfY ? u * along + lean * v * across : v * across
      let py = halfX >= halfY ? v * across : u * along + lean * v * across
      corners.append((x + px + chance.normal(0, 0.06), y + py + chance.normal(0, 0.06)))
    }
    return drawn(.through(corners, sharp: gap < 0.3), taper: 0.2, &chance)
  }

  private func dot(at site: Site, _ chance: inout SeededGenerator) -> Stroke {
    let reach = chance.from(0.15...0.4)
    let (x, y) = (site.x + chance.normal(0, 0.3), site.y + chance.normal(0, 0.3))
    return drawn(
      .ellipse(
        x: x, y: y, rx: reach, ry: reach, start: chance.from(0...6.28), sweep: chance.from(4...12),
        drift: -0.5, tilt: 0, swell: 0.1, &chance), taper: 0.1, &chance)
  }

  private func dash(at site: Site, _ chance: inout SeededGenerator) -> Stroke {
    let half = side(site) * chance.from(0.28...0.5)
    let rise = chance.normal(0, 0.15)
    return drawn(
      .through([
        (site.x - half, site.y + rise + chance.normal(0, 0.15)),
        (site.x + half, site.y - rise + chance.normal(0, 0.15)),
      ]), taper: 0.4, &chance)
  }

  /// Three strokes through one place.
  private func star(at site: Site, _ chance: inout SeededGenerator) -> [Stroke] {
    let turn = chance.normal(.pi / 2, 0.15)
    return (0..<3).map { number in
      let half = side(site) * chance.from(0.35...0.6)
      let angle = turn + Double(number) * .pi / 3 + chance.normal(0, 0.08)
      let (x, y) = (site.x + chance.normal(0, 0.15), site.y + chance.normal(0, 0.15))
      let (dx, dy) = (half * cos(angle), half * sin(angle))
      return drawn(.through([(x - dx, y - dy), (x, y), (x + dx, y + dy)]), taper: 0.4, &chance)
    }
  }

  /// A stroke from above to below, as one writes a one.
  private func upright(at site: Site, _ chance: inout SeededGenerator) -> Stroke {
    let half = side(site) * chance.from(0.25...0.55)
    let (x, lean) = (site.x + chance.normal(0, 0.1 * side(site)), chance.normal(0.06, 0.08) * half)
    let y = site.y + chance.normal(0, 0.05 * side(site))
    return drawn(
      .through([(x + lean, y - half), (x + chance.normal(0, 0.08), y), (x - lean, y + half)]),
      taper: 0.4, &chance)
  }
}
