// SPDX-License-Identifier: Apache-2.0
import Form
import Geometry

// Items × levels, as a table whose head is repeated on every page.

extension Composer {
  /// Where a table's columns lie.
  struct Columns {
    /// The number's column ends here.
    var words: Double
    /// Where the levels begin, and how wide each is.
    var levels: Double
    var wide: Double
    var right: Double { levels + Double(count) * wide }
    var count: Int

    func level(_ index: Int) -> Double { levels + Double(index) * wide }
  }

  func matrix(_ matrix: WrittenMatrix) throws(PrintFailure) -> [Strip] {
    try checkValues(matrix.levels, of: matrix.items.first?.id ?? "")
    let columns = try columns(matrix)
    let head = tableHead(matrix, columns)
    var strips = [asked(matrix, head)]
    var number = 0
    for row in matrix.rows {
      var strip: Strip
      switch row {
      case .heading(let text): strip = heading(text, columns)
      case .item(let item):
        number += 1
        strip = self.item(item, number: number, matrix.levels, columns)
      }
      strip.tableHead = head.drawings
      strip.tableHeadHeight = head.height
      strips.append(strip)
    }
    return strips
  }

  /// The question's words with the table's head; they stand with the first row.
  private func asked(_ matrix: WrittenMatrix, _ head: Strip) -> Strip {
    var strip = Strip(above: 2.5, keepsWithNext: true, name: matrix.label)
    var y = append(matrix.label, body.bold(), to: &strip, y: 0, width: width).height
    if !matrix.note.isEmpty {
      y += append(matrix.note, note, to: &strip, y: y, width: width).height
    }
    strip.add(head, y: y + 1.2)
    return strip
  }

  private func columns(_ matrix: WrittenMatrix) throws(PrintFailure) -> Columns {
    let words = matrix.levels.flatMap { $0.label.split(separator: " ").map(String.init) }
    let longest = words.map { long($0, levelWords) }.max() ?? 0
    let count = matrix.levels.count
    // Wide enough for words of two lines, as long as that leaves room for the items.
    var wide = max(count > 5 ? 11 : 14, longest + 2)
    func lines() -> Int {
      matrix.levels.map { fonts.extent($0.label, levelWords, width: wide - 1.4).lines }.max() ?? 0
    }
    while lines() > 2, wide < 18, width - 8 - Double(count) * wide > 80 { wide += 0.5 }
    let columns = Columns(
      words: left + 8, levels: right - Double(count) * wide, wide: wide, count: count)
    // Less is no room for an item's words.
    guard columns.levels - columns.words >= 50 else { throw .tooWide(matrix.label) }
    return columns
  }

  private func tableHead(_ matrix: WrittenMatrix, _ columns: Columns) -> Strip {
    var strip = Strip()
    let heights = matrix.levels.map {
      fonts.extent($0.label, levelWords, width: columns.wide - 1.4).height
    }
    let digit = look == .boxes ? fonts.extent("5", levelWords.bold()).height : 0
    let height = (heights.max() ?? 0) + digit + 2
    for (index, level) in matrix.levels.enumerated() {
      let x = columns.level(index) + 0.7
      var y = (height - heights[index] - digit) / 2
      if look == .boxes, level.value.count <= 2 {
        append(
          level.value, levelWords.bold(), to: &strip, x: x, y: y, width: columns.wide - 1.4)
        y += digit
      }
      append(level.label, levelWords, to: &strip, x: x, y: y, width: columns.wide - 1.4)
    }
    let small = levelWords.bold()
    let line = fonts.extent("Nội dung", small).height
    append("TT", small, to: &strip, x: left, y: (height - line) / 2, width: columns.words - left)
    append(
      "Nội dung", small, to: &strip, x: columns.words, y: (height - line) / 2,
      width: columns.levels - columns.words)
    strip.drawings.append(.rule(left, 0, columns.right, 0))
    strip.drawings += rules(columns, height: height)
    strip.height = height
    return strip
  }

  private func heading(_ text: String, _ columns: Columns) -> Strip {
    var strip = Strip(keepsWithNext: true, name: text)
    let wide = columns.right - left - 3
    let height = append(text, body.bold(), to: &strip, x: left + 1.5, y: 0.9, width: wide).height
    strip.height = height + 1.8
    for x in [left, columns.right] { strip.drawings.append(.rule(x, 0, x, strip.height)) }
    strip.drawings.append(.rule(left, strip.height, columns.right, strip.height))
    return strip
  }

  private func item(
    _ item: WrittenMatrix.Item, number: Int, _ levels: [WrittenOption], _ columns: Columns
  ) -> Strip {
    var strip = Strip(name: item.label)
    let wide = columns.levels - columns.words - 2.4
    let words = fonts.extent(item.label, body, width: wide).height
    let more = item.note.isEmpty ? 0 : fonts.extent(item.note, note, width: wide).height
    let height = max(words + more + 2, look == .boxes ? 7.4 : 8.4)
    let y = (height - words - more) / 2
    append(item.label, body, to: &strip, x: columns.words + 1.2, y: y, width: wide)
    append(item.note, note, to: &strip, x: columns.words + 1.2, y: y + words, width: wide)
    let line = fonts.extent("1", body.centred()).height
    append(
      "\(number)", body.centred(), to: &strip, x: left, y: (height - line) / 2,
      width: columns.words - left)
    let targets = levels.enumerated().map { index, level in
      let cell = BlankBox(x: columns.level(index), y: 0, width: columns.wide, height: height)
      let box =
        look == .digits
        ? cell
        : BlankBox(
          x: cell.center.x - Self.box / 2, y: cell.center.y - Self.box / 2, width: Self.box,
          height: Self.box)
      return Target(
        value: level.value, label: level.label, english: level.english, shape: look.shape, box: box)
    }
    for target in targets {
      strip.drawings += self.target(target.value, in: target.box, hasFrame: false)
    }
    strip.drawings += rules(columns, height: height)
    strip.questions = [
      Question(
        id: item.id, label: item.label, english: item.english, factor: item.factor,
        kind: .single(targets))
    ]
    strip.height = height
    return strip
  }

  /// A row's rules: below it and between its columns. Boxes stand free; digits stand in cells.
  private func rules(_ columns: Columns, height: Double) -> [Drawing] {
    var xs = [left, columns.words, columns.levels, columns.right]
    if look == .digits { xs += (1..<columns.count).map { columns.level($0) } }
    return xs.map { .rule($0, 0, $0, height) }
      + [.rule(left, height, columns.right, height)]
  }
}
