// SPDX-License-Identifier: Apache-2.0
import Form
import Geometry

// What is written by hand: lines, codes, text areas.

extension Composer {
  /// Dotted lines that nobody reads: two in a row where that leaves each enough to write on.
  func lines(_ labels: [String]) -> [Strip] {
    let (gap, least) = (4.0, 40.0)
    var strips: [Strip] = []
    var rest = labels.map { (words: $0 + ":", wide: long($0 + ":", body) + 2) }[...]
    while let first = rest.popFirst() {
      var row = [first]
      if let second = rest.first, first.wide + second.wide + gap + 2 * least <= width {
        row.append(second)
        rest.removeFirst()
      }
      var strip = Strip(
        height: Self.lineHeight, above: strips.isEmpty ? 1.5 : 0, name: first.words)
      let free = width - row.reduce(0) { $0 + $1.wide } - gap * Double(row.count - 1)
      var x = left
      for label in row {
        append(label.words, body, to: &strip, x: x, y: 2.2, width: label.wide)
        let end = x + label.wide + free / Double(row.count)
        strip.drawings.append(.dots(from: x + label.wide, to: end, y: 6.4))
        x = end + gap
      }
      strips.append(strip)
    }
    return strips
  }

  /// Codes beside each other, each with its words before its cells.
  func codes(_ questions: [WrittenQuestion]) throws(PrintFailure) -> [Strip] {
    let gap = 8.0
    var strips: [Strip] = []
    var x = right
    for question in questions {
      guard case .code(let rule, let size) = question.kind else { continue }
      let words = question.label + ":"
      let own = Self.cells(of: rule, size)
      var wide = long(words, body.bold()) + 3
      let isAbove = wide + own.width > width
      if isAbove { wide = 0 }
      if strips.isEmpty || x + wide + own.width > right || isAbove {
        let above = strips.isEmpty ? 1.8 : 1.4
        strips.append(Strip(height: size.heightMM, above: above, name: question.label))
        x = left
      }
      var strip = Strip(name: question.label)
      let style = body.bold()
      let height = fonts.extent(words, style, width: isAbove ? width : nil).height
      if isAbove {
        append(words, style, to: &strip, x: left, y: 0, width: width)
      } else {
        let y = (size.heightMM - height) / 2
        append(words, style, to: &strip, x: x, y: y, width: wide)
      }
      let y = isAbove ? height + 0.8 : 0
      let cells = own.cells.map { $0.moved(x: x + wide, y: y) }
      strip.drawings += cells.map { .frame($0, line: 0.3) }
      for (text, at) in own.separators {
        let extent = fonts.extent(text, body.bold())
        let point = BlankPoint(
          x: x + wide + at - extent.width / 2, y: y + (size.heightMM - extent.height) / 2)
        strip.drawings.append(.text(text, body.bold(), at: point, width: nil))
      }
      var code = Question(
        id: question.id, label: question.label, english: question.english,
        factor: question.factor, rule: rule, kind: .code(cells: cells))
      code.label = question.label
      strip.questions = [code]
      strip.height = y + size.heightMM
      strips[strips.count - 1].add(strip, y: 0)
      x += wide + own.width + gap
      if x > right + gap, !isAbove { throw .tooWide(question.label) }
      if !question.note.isEmpty {
        var below = Strip(above: 0.6, name: question.label)
        below.height = append(question.note, note, to: &below, y: 0, width: width).height
        strips.append(below)
        x = right
      }
    }
    return strips
  }

  /// Where a code's cells and separators lie, from the left end of the comb.
  private static func cells(
    of rule: CodeRule, _ size: CellSize
  ) -> (cells: [BlankBox], separators: [(String, Double)], width: Double) {
    var (x, cells, separators) = (0.0, [BlankBox](), [(String, Double)]())
    var between = ""
    func close(_ text: String) {
      guard !text.isEmpty else { return }
      let wide = 1.6 + 1.8 * Double(text.count)
      separators.append((text, x + wide / 2))
      x += wide
    }
    for sign in rule.pattern {
      if sign == "_" {
        close(between)
        between = ""
        cells.append(BlankBox(x: x, y: 0, width: size.widthMM, height: size.heightMM))
        x += size.widthMM
      } else {
        between.append(sign)
      }
    }
    close(between)
    return (cells, separators, x)
  }

  /// Lines to write on; the first one stands behind its words where there is room.
  func textArea(_ question: WrittenQuestion, lines: Int) -> Strip {
    var strip = Strip(above: 1.2, name: question.label)
    let words = question.label + ":"
    let style = body.bold()
    let wide = long(words, style) + 2
    let stands = wide < width - 60 && question.note.isEmpty
    let extent = append(words, style, to: &strip, y: stands ? 1.8 : 0, width: width)
    var top = stands ? 0 : extent.height
    top += append(question.note, note, to: &strip, y: top, width: width).height
    // What stands behind its words alone has no words in its picture.
    let from = stands && lines == 1 ? wide : 0
    let area = BlankBox(
      x: left + from, y: top, width: width - from, height: Double(lines) * Self.lineHeight)
    for line in 1...max(1, lines) {
      let y = area.y + Double(line) * Self.lineHeight - 2
      let start = stands && line == 1 ? left + wide : area.x
      strip.drawings.append(.dots(from: start, to: area.maxX, y: y))
    }
    strip.height = area.maxY
    strip.questions = [
      Question(
        id: question.id, label: question.label, english: question.english,
        factor: question.factor, kind: .text(area))
    ]
    return strip
  }
}
