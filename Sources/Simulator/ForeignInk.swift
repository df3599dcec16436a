// SPDX-License-Identifier: Apache-2.0
import Form
import Foundation
import Geometry

/// Ink that is no answer: stray lines, words, ticks in the margin, text underlined.
struct ForeignInk {
  let page: FormPage
  let sites: [[Site]]
  let rates: MarkRates
  let hand: Hand

  private var width: Double { Double(page.blank.width) * page.blank.mmPerPixel }
  private var height: Double { Double(page.blank.height) * page.blank.mmPerPixel }

  /// Draws it, and writes down which targets it makes doubtful.
  mutating func add(to filled: inout FilledPage, _ chance: inout SeededGenerator) {
    for _ in 0..<min(rates.mostStrays, chance.count(mean: rates.strayLines)) {
      lay([strayLine(&chance)], "stray line", on: &filled, &chance)
    }
    for _ in 0..<chance.count(mean: rates.linesThroughRows) {
      guard let row = anyRow(&chance), let first = row.first, let last = row.last else { break }
      let tilt = chance.normal(0, 0.8)
      let line = Stroke.through([
        (first.x - chance.from(6...30), first.y + chance.normal(0, 1.2)),
        ((first.x + last.x) / 2, (first.y + last.y) / 2 + chance.normal(0, 0.6)),
        (last.x + chance.from(5...20), last.y + chance.normal(0, 1.2) + tilt),
      ])
      lay([drawn(line, &chance)], "line through a row", on: &filled, &chance)
    }
    if chance.happens(rates.crossedBlocks) { crossOutBlock(of: &filled, &chance) }
    for _ in 0..<chance.count(mean: rates.words) { addWords(to: &filled, &chance) }
    for _ in 0..<chance.count(mean: rates.marginTicks) {
      guard let row = anyRow(&chance), let first = row.first else { break }
      var site = first
      site.box.x = chance.from(4...13)
      let kind = chance.pick([(MarkKind.tick, 5.0), (.cross, 1), (.dash, 1), (.smallRing, 1)])
      let strokes = MarkShapes(hand: hand).strokes(kind, at: site, &chance)
      lay(strokes, "\(kind.rawValue) in the margin", on: &filled, &chance)
    }
    for _ in 0..<chance.count(mean: rates.underlines) {
      guard let row = anyRow(&chance), let first = row.first else { break }
      let end = first.box.x - chance.from(2...12)
      let start = max(6, end - chance.from(8...45))
      guard end > start + 4 else { continue }
      let y = first.y + chance.from(1.2...3)
      let line = Stroke.through([
        (start, y), ((start + end) / 2, y + chance.normal(0, 0.4)),
        (end, y + chance.normal(0, 0.5)),
      ])
      lay([drawn(line, &chance)], "text underlined", on: &filled, &chance)
    }
    for question in page.questions {
      guard case .text(let box) = question.kind, chance.happens(rates.textAreas) else { continue }
      let lines = max(1, min(4, Int(box.height / 8)))
      for line in 0..<lines where line == 0 || chance.happens(0.5) {
        let x = box.x + chance.from(1...8)
        let strokes = Handwriting(hand: hand).words(
          x: x, y: box.y + box.height * (Double(line) + 0.6) / Double(lines),
          length: min(box.maxX - x, chance.from(25...120)), &chance)
        lay(strokes, "words in a text area", on: &filled, &chance)
      }
    }
  }

  private func anyRow(_ chance: inout SeededGenerator) -> [Site]? {
    let rows = sites.filter { !$0.isEmpty }
    guard !rows.isEmpty else { return nil }
    return rows[Int(chance.unit() * Double(rows.count))]
  }

  private func drawn(_ stroke: Stroke, _ chance: inout SeededGenerator) -> Stroke {
    MarkShapes(hand: hand).drawn(stroke, &chance)
  }

  /// A slip of the pen: mostly near the answers, sometimes anywhere.
  private func strayLine(_ chance: inout SeededGenerator) -> Stroke {
    var (x, y) = (chance.from(10...max(11, width - 10)), chance.from(10...max(11, height - 10)))
    if chance.happens(0.75), let row = anyRow(&chance) {
      let site = row[Int(chance.unit() * Double(row.count))]
      let reach = min(0.6 * site.pitchX, 9)
      (x, y) = (site.x + chance.from(-reach...reach), site.y + chance.from(-5...5))
    }
    let length = chance.pick([
      (chance.from(1.2...5), 4.0), (chance.from(5...20), 4), (chance.from(20...90), 2),
    ])
    let angle = chance.from(0...2 * Double.pi)
    let bow = chance.normal(0, 0.12) * length
    let line = Stroke.through([
      (x, y),
      (
        x + cos(angle) * length / 2 - sin(angle) * bow,
        y + sin(angle) * length / 2 + cos(angle) * bow
      ),
      (x + cos(angle) * length, y + sin(angle) * length),
    ])
    var result = drawn(line, &chance)
    let pressure = chance.from(0.35...1)
    for i in result.dots.indices { result.dots[i].pressure *= pressure }
    return result
  }

  /// Crosses out some rows that follow each other and are not used: by a cross, one line or a Z
  /// from corner to corner.
  private func crossOutBlock(of filled: inout FilledPage, _ chance: inout SeededGenerator) {
    let unused = page.questions.indices.map {
      !sites[$0].isEmpty && filled.answers[page.questions[$0].id]?.isEmpty ?? true
    }
    let starts = unused.indices.dropLast(2).filter { unused[$0...$0 + 2].allSatisfy { $0 } }
    guard !starts.isEmpty else { return }
    let start = starts[Int(chance.unit() * Double(starts.count))]
    let most = Int(chance.from(3...15))
    let rows = unused[start...].prefix { $0 }.prefix(most).indices
    let boxes = rows.flatMap { sites[$0].map(\.box) }
    guard let first = boxes.first else { return }
    let block = boxes.reduce(first) { $0.union($1) }
    func near(_ x: Double, _ y: Double) -> (Double, Double) {
      (x + chance.normal(0, 3), y + chance.normal(0, 3))
    }
    func line(_ from: (Double, Double), _ to: (Double, Double)) -> Stroke {
      let middle = near((from.0 + to.0) / 2, (from.1 + to.1) / 2)
      return drawn(.through([from, middle, to]), &chance)
    }
    let (topLeft, topRight) = (near(block.x, block.y), near(block.maxX, block.y))
    let (bottomLeft, bottomRight) = (near(block.x, block.maxY), near(block.maxX, block.maxY))
    let strokes: [Stroke] =
      switch chance.unit() {
      case ..<0.4: [line(topLeft, bottomRight), line(topRight, bottomLeft)]
      case ..<0.7: [line(topRight, bottomLeft)]
      default: [drawn(.through([topLeft, topRight, bottomLeft, bottomRight]), &chance)]
      }
    lay(strokes, "block crossed out", on: &filled, &chance)
  }

  private func addWords(to filled: inout FilledPage, _ chance: inout SeededGenerator) {
    var (x, y) = (chance.from(8...max(9, width - 60)), chance.from(height - 16...height - 6))
    var length = chance.from(12...60)
    var kind = "words in the margin"
    let where_ = chance.unit()
    if where_ < 0.3, let row = anyRow(&chance) {
      let site = row[Int(chance.unit() * Double(row.count))]
      (x, y) = (site.x - chance.from(0...12), site.y + chance.normal(0.5, 1.2))
      length = chance.from(8...40)
      kind = "words written over the row"
    } else if where_ < 0.75, let row = anyRow(&chance), let last = row.last, let first = row.first {
      // In the gap beside or under the row, where there is room or not.
      if chance.happens(0.5) {
        (x, y) = (last.box.maxX + chance.from(1...5), last.y + chance.from(-1...2))
        length = min(chance.from(6...30), width - x - 2)
      } else {
        (x, y) = (first.x - chance.from(0...30), first.y + chance.from(2.5...5))
        length = chance.from(6...30)
      }
      kind = "words near the row"
    }
    guard length > 4 else { return }
    let strokes = Handwriting(hand: hand).words(x: x, y: y, length: length, &chance)
    lay(strokes, kind, on: &filled, &chance)
  }

  /// Draws foreign ink and settles what it does to the targets that it runs over.
  ///
  /// A line that runs on far beyond a target on both sides is nobody's mark: the target keeps
  /// its label, but a careful person would ask. What ends near it might be a mark, or might take
  /// one back: nobody could say.
  private func lay(
    _ strokes: [Stroke], _ kind: String, on filled: inout FilledPage,
    _ chance: inout SeededGenerator
  ) {
    filled.draw(strokes, hand.pen)
    note(strokes, "\(kind), \(hand.pen.name)", isStamp: false, on: &filled)
  }

  /// A stamp: near the answers, or over the head. Nobody takes it for a mark, but what lies under
  /// it is hard to see.
  func stamp(_ filled: inout FilledPage, _ chance: inout SeededGenerator) {
    var (x, y) = (chance.from(30...70), chance.from(25...50))
    if chance.happens(0.7), let row = anyRow(&chance) {
      let site = row[Int(chance.unit() * Double(row.count))]
      (x, y) = (site.x + chance.normal(0, 9), site.y + chance.normal(0, 9))
    }
    let strokes = Stamp.strokes(x: x, y: y, &chance)
    filled.actions.append(.stamp(strokes))
    note(strokes, "stamp, red", isStamp: true, on: &filled)
  }

  /// Writes foreign ink down, and what it does to the targets that it runs over.
  private func note(
    _ strokes: [Stroke], _ kind: String, isStamp: Bool, on filled: inout FilledPage
  ) {
    filled.marks.append(
      DoneMark(
        question: nil, value: nil, kind: kind, strokes: [],
        width: hand.pen.width, answers: false))
    guard
      let around = BlankBox.around(
        strokes.lazy.flatMap(\.dots).map { BlankPoint(x: $0.x, y: $0.y) })
    else { return }
    for (question, sites) in zip(page.questions, sites) {
      for (target, site) in zip(question.targets, sites)
      where around.intersects(site.box.grown(by: 3)) {
        var (inside, passes) = (0.0, isStamp)
        for stroke in strokes {
          let hits = stroke.dots.indices.filter {
            site.isCore(x: stroke.dots[$0].x, y: stroke.dots[$0].y)
          }
          guard let first = hits.first, let last = hits.last else { continue }
          inside += Double(hits.count) * Stroke.spacing
          let beyond = Double(min(first, stroke.dots.count - 1 - last)) * Stroke.spacing
          if beyond > 6 { passes = true }
        }
        guard inside > 0.7 else { continue }
        touch(question, target.value, passes: passes, &filled)
      }
    }
  }

  private func touch(
    _ question: Question, _ value: String, passes: Bool, _ filled: inout FilledPage
  ) {
    if !passes { filled.labels[question.id]?[value] = .doubtful }
    // Where two marks stand, only asking is right, whatever runs over them.
    guard filled.ask[question.id]?.isEmpty != true else { return }
    let answer = filled.answers[question.id] ?? []
    filled.accept(answer, for: question.id)
    guard !passes else { return }
    let changed = Set(answer).symmetricDifference([value])
    filled.accept(question.targets.map(\.value).filter(changed.contains), for: question.id)
  }
}
