// SPDX-License-Identifier: Apache-2.0
import Foundation
import Geometry

extension MarkShapes {
  /// The strokes by which a mark is taken back.
  func retraction(
    _ way: Retraction, over strokes: [Stroke], at site: Site, _ chance: inout SeededGenerator
  ) -> [Stroke] {
    let dots = strokes.flatMap(\.dots).map { BlankPoint(x: $0.x, y: $0.y) }
    let box = BlankBox.around(dots) ?? site.box
    let (x, y) = (box.center.x + chance.normal(0, 0.2), box.center.y + chance.normal(0, 0.2))
    let halfX = min(max(box.width / 2, 1.2) * chance.from(0.9...1.2), 0.6 * site.pitchX)
    let halfY = min(max(box.height / 2, 1.2) * chance.from(0.9...1.2), 0.65 * site.pitchY)
    switch way {
    case .crossedOut:
      let reach = chance.from(1.05...1.5)
      return [(-1.0, 1.0), (1.0, -1.0)].map { sx, sy in
        drawn(
          .through([
            (x + sx * halfX * reach, y - halfY * reach),
            (x + chance.normal(0, 0.2), y + chance.normal(0, 0.2)),
            (x + sy * halfX * reach, y + halfY * reach),
          ]), &chance)
      }
    case .struckTwice:
      let lean = chance.normal(-0.15, 0.25)
      return [-0.3, 0.35].map { offset in
        drawn(
          .through([
            (x - halfX * 1.2, y + (offset - lean) * halfY),
            (x, y + offset * halfY + chance.normal(0, 0.1)),
            (x + halfX * 1.25, y + (offset + lean) * halfY),
          ]), &chance)
      }
    case .wavedOut:
      let waves = 4 + Int(chance.unit() * 4)
      return [
        drawn(
          .through(
            (0...waves).map { i in
              (
                x + halfX * 1.15 * (-1 + 2 * Double(i) / Double(waves)),
                y + (i % 2 == 0 ? -0.4 : 0.4) * halfY * chance.from(0.6...1.2)
              )
            }), &chance)
      ]
    case .blackened:
      let (sideX, sideY) = (site.box.width / 2, site.box.height / 2)
      let (fullX, fullY) = (min(sideX, 4) * 1.08, min(sideY, 4) * 1.08)
      let gap = hand.pen.width * chance.from(0.45...0.8)
      return [
        zigzag(x: site.x, y: site.y, halfX: fullX, halfY: fullY, gap: gap, round: false, &chance),
        zigzag(
          x: site.x, y: site.y, halfX: fullX * 0.9, halfY: fullY * 0.95, gap: gap * 1.4,
          round: false, &chance),
      ]
    case .scribbledOut, .erased, .fluid:
      let gap = max(hand.pen.width, 0.3) * chance.from(0.9...2.2)
      var result = [
        zigzag(x: x, y: y, halfX: halfX, halfY: halfY * 0.9, gap: gap, round: true, &chance)
      ]
      if chance.happens(0.4) {
        result.append(
          zigzag(x: x, y: y, halfX: halfX, halfY: halfY, gap: gap * 1.5, round: true, &chance))
      }
      return result
    }
  }
}
