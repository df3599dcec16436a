// SPDX-License-Identifier: Apache-2.0
import Form
import Geometry

// Questions whose options stand beside their words.

extension Composer {
  /// The width that a target takes before its option's words.
  private var lead: Double { (look == .boxes ? Self.box : Self.digitCell.width) + 2 }
  /// Room that an option's own text area has at least.
  private static let leastText = 45.0

  /// A question with its options: short words stand left of them, long ones above.
  func choice(
    _ question: WrittenQuestion, _ options: [WrittenOption]
  ) throws(PrintFailure) -> Strip {
    try checkValues(options, of: question.id)
    var strip = Strip(above: 2, name: question.label)
    let words = question.label + (question.label.hasSuffix("?") ? "" : ":")
    let style = body.bold()
    let column = 40.0
    var (x, y) = (left, 0.0)
    if long(words, style) <= column - 2 {
      let rowHeight = rowHeight(1)
      let height = fonts.extent(words, style).height
      append(words, style, to: &strip, y: (rowHeight - height) / 2, width: column)
      x = left + column
    } else {
      y = append(question.label, style, to: &strip, y: 0, width: width).height + 0.6
      if !question.note.isEmpty {
        y += append(question.note, note, to: &strip, y: y, width: width).height + 0.4
      }
      x = left + 4
    }
    let grid = grid(options, x: x, width: right - x)
    strip.add(grid.strip, y: y)
    var asked = Question(
      id: question.id, label: question.label, english: question.english,
      factor: question.factor, kind: .single([]))
    let targets = grid.targets.map { $0.moved(x: 0, y: y) }
    if case .multiple = question.kind {
      asked.kind = .multiple(targets)
    } else {
      asked.kind = .single(targets)
    }
    strip.questions = [asked] + strip.questions
    return strip
  }

  /// A value that is to be circled must be short.
  func checkValues(_ options: [WrittenOption], of id: String) throws(PrintFailure) {
    guard look == .digits, let long = options.first(where: { $0.value.count > 2 }) else { return }
    throw .longValue(long.value, question: id)
  }

  private struct Grid {
    var strip = Strip()
    var targets: [Target] = []
  }

  /// Options in as many columns as their words allow; one with a text area has what is left of
  /// its row, or a row of its own.
  private func grid(_ options: [WrittenOption], x: Double, width: Double) -> Grid {
    if let row = row(options, x: x, width: width) { return row }
    let (columns, wide) = columns(options, width: width)
    var grid = Grid()
    var (column, y, rowLines) = (0, 0.0, 1)
    func endRow() {
      if column > 0 { y += rowHeight(rowLines) }
      (column, rowLines) = (0, 1)
    }
    for option in options {
      let words = self.words(option)
      let at = Double(column) * wide
      if option.text != nil {
        if width - at < lead + long(words, body) + 2 + Self.leastText { endRow() }
        add(option, words, to: &grid, x: x + Double(column) * wide, y: y, end: x + width)
        rowLines = max(rowLines, 1)
        column = columns
        endRow()
        continue
      }
      if column == columns { endRow() }
      let room = wide - lead - (columns == 1 ? 0 : 3)
      rowLines = max(rowLines, fonts.extent(words, body, width: room).lines)
      add(option, words, to: &grid, x: x + Double(column) * wide, y: y, width: room)
      column += 1
    }
    endRow()
    grid.strip.height = y
    return grid
  }

  /// All options in one row, where they fit; a text area takes what is left of it.
  private func row(_ options: [WrittenOption], x: Double, width: Double) -> Grid? {
    let gap = 8.0
    let widths = options.map { lead + long(self.words($0) + ($0.text == nil ? "" : ":"), body) }
    let texts = options.count { $0.text != nil }
    let needed = widths.reduce(0, +) + gap * Double(options.count - 1)
    guard texts == 0 || (texts == 1 && options.last?.text != nil),
      needed + (texts == 0 ? 0 : Self.leastText) <= width
    else { return nil }
    // Few options stand at the distance of a table's columns, not all on the left.
    let spare = texts == 0 ? (width - needed) / Double(options.count) : 0
    var grid = Grid()
    var at = x
    for (option, wide) in zip(options, widths) {
      let isLast = option.text != nil
      add(
        option, words(option), to: &grid, x: at, y: 0, width: isLast ? nil : wide - lead + 0.5,
        end: x + width)
      at += wide + gap + min(spare, 12)
    }
    grid.strip.height = rowHeight(1)
    return grid
  }

  /// How many columns the options without a text area stand in, and how wide each is.
  private func columns(_ options: [WrittenOption], width: Double) -> (Int, Double) {
    let plain = options.filter { $0.text == nil }
    let widest = plain.map { long(words($0), body) }.max() ?? 0
    let most = max(1, min(plain.count, Int(width / (widest + lead + 3))))
    // As many rows as needed, evenly filled.
    let rows = (plain.count + most - 1) / max(1, most)
    let columns = max(1, (plain.count + rows - 1) / max(1, rows))
    // Columns are not drawn apart further than their words need.
    let wide = columns == 1 ? width : min(width / Double(columns), widest + lead + 14)
    return (columns, wide)
  }

  /// The height of a row of so many lines of words.
  private func rowHeight(_ lines: Int) -> Double {
    let line = fonts.extent("Ấg", body).line
    let least = (look == .boxes ? Self.box : Self.digitCell.height) + 2.2
    return max(least, line * Double(lines) + 1.8)
  }

  /// What is printed beside a target: with its value, where that is a number.
  func words(_ option: WrittenOption) -> String {
    let isNumber = option.value.count <= 2 && option.value.allSatisfy(\.isNumber)
    return look == .boxes && isNumber ? "\(option.value). \(option.label)" : option.label
  }

  private func add(
    _ option: WrittenOption, _ words: String, to grid: inout Grid, x: Double, y: Double,
    width: Double? = nil, end: Double = 0
  ) {
    let first = rowHeight(1)
    let height = look == .boxes ? Self.box : Self.digitCell.height
    let wide = look == .boxes ? Self.box : Self.digitCell.width
    let box = BlankBox(x: x, y: y + (first - height) / 2, width: wide, height: height)
    grid.strip.drawings += target(option.value, in: box)
    grid.targets.append(
      Target(
        value: option.value, label: option.label, english: option.english, shape: look.shape,
        box: box))
    let line = fonts.extent("Ấg", body).line
    let textWidth = width ?? long(words, body) + 0.5
    append(
      words + (option.text == nil ? "" : ":"), body, to: &grid.strip, x: x + lead,
      y: y + (first - line) / 2, width: textWidth + (width == nil ? 2 : 0.2))
    guard let id = option.text else { return }
    let from = x + lead + textWidth + 2.5
    let area = BlankBox(x: from, y: y, width: end - from, height: first)
    grid.strip.drawings.append(.dots(from: from, to: end, y: y + first - 1.6))
    grid.strip.questions.append(
      Question(id: id, label: option.label, english: option.english, kind: .text(area)))
  }

  /// What is printed at a target: a box, or a value in a cell.
  func target(_ value: String, in box: BlankBox, hasFrame: Bool = true) -> [Drawing] {
    if look == .boxes { return [.frame(box, line: 0.35)] }
    let style = body.scaled(1.05).centred()
    let height = fonts.extent(value, style).height
    let at = BlankPoint(x: box.x, y: box.y + (box.height - height) / 2)
    let digit = Drawing.text(value, style, at: at, width: box.width)
    return hasFrame ? [.frame(box, line: 0.25), digit] : [digit]
  }
}
