// SPDX-License-Identifier: Apache-2.0
import Ballot
package import Language
import Store

/// What a review shows: lines of text, a function of its state.
package struct ReviewScreen {
  package let state: ReviewState
  /// The question's picture, or why there is none.
  package let drawing: Drawing?
  /// Where the targets lie on the drawing, in columns and rows.
  package let targets: [(column: Int, row: Int)]
  package let language: Language
  package let columns: Int
  package let rows: Int

  package init(
    _ state: ReviewState, drawing: Drawing?, targets: [(column: Int, row: Int)] = [],
    language: Language, columns: Int, rows: Int
  ) {
    self.state = state
    self.drawing = drawing
    self.targets = targets
    self.language = language
    self.columns = max(20, columns)
    self.rows = max(10, rows)
  }

  /// The picture stands under so many lines, with so many columns to its left.
  package static let linesAbovePicture = 5
  package static let gutter = 3
  private static let linesBelowPicture = 7

  /// How many rows a picture may take on a screen of so many.
  package static func pictureRows(rows: Int) -> Int {
    max(3, rows - linesAbovePicture - linesBelowPicture)
  }

  private var isVietnamese: Bool { language == .vietnamese }
  private func say(_ vietnamese: String, _ english: String) -> String {
    isVietnamese ? vietnamese : english
  }

  /// As many lines as the screen has, none longer than it is wide.
  package func lines() -> [String] {
    let content = state.current == nil ? endLines : questionLines
    let foot = [notice, keys].map { $0.cut(toWidth: columns) }
    let body = content.prefix(rows - foot.count)
    let blank = [String](repeating: "", count: rows - foot.count - body.count)
    return body + blank + foot
  }

  private var endLines: [String] {
    [
      heading(""), rule, "",
      say("Không còn câu nào cần duyệt.", "No question is left."),
      say(
        "Lần này đã kết luận \(state.settled.count) câu.",
        "Settled this time: \(state.settled.count)."),
    ]
  }

  private var questionLines: [String] {
    guard let current = state.current else { return [] }
    let item = state.items[current]
    let place = "\(item.origin.file), \(say("trang", "page")) \(item.origin.page)".shown
    var lines = [heading(place), rule]
    guard let subject = state.subject else { return lines }
    lines.append(title(item, subject).cut(toWidth: columns))
    lines += wrapped([seen(subject), reasons(subject)].filter { !$0.isEmpty }, lines: 2)
    lines += pictureLines(subject)
    lines += optionLines(subject)
    return lines.map { $0.cut(toWidth: columns) }
  }

  private func title(_ item: ReviewItem, _ subject: ReviewSubject) -> String {
    if let copy = item.copy {
      return say(
        "Số phiếu \(copy.serial), trang \(copy.origin.formPage): quét hai lần, đọc khác nhau",
        "Serial \(copy.serial), page \(copy.origin.formPage): scanned twice, read differently"
      ).shown
    }
    return item.question.shown + (subject.label.isEmpty ? "" : "  " + subject.label.shown)
  }

  private func heading(_ place: String) -> String {
    let right = say(
      "còn \(state.left), xong \(state.settled.count)",
      "\(state.left) left, \(state.settled.count) done")
    let room = max(0, columns - right.terminalWidth - 2)
    let left = place.cut(toWidth: room)
    let gap = max(2, columns - left.terminalWidth - right.terminalWidth)
    return left + String(repeating: " ", count: gap) + right
  }

  private var rule: String { String(repeating: "─", count: columns) }

  /// What the machine saw, in words.
  private func seen(_ subject: ReviewSubject) -> String {
    switch subject.kind {
    case .single(let options), .multiple(let options):
      let marks = options.filter { $0.marked >= 0.02 }.sorted { $0.marked > $1.marked }
      guard !marks.isEmpty else { return say("Máy không thấy dấu nào", "No mark was seen") }
      let list = marks.prefix(5).map { "\($0.value.shown) (\(percent($0.marked)))" }
      return say("Máy thấy: ", "Seen: ") + list.joined(separator: ", ")
    case .code(let cells):
      let list = cells.map { $0.map { $0.isEmpty ? "␣" : $0.shown } ?? "?" }
      let doubts = subject.cellCandidates.enumerated().filter { !$0.element.isEmpty }.map {
        let candidates = $0.element.map { $0.isEmpty ? "␣" : $0.shown }
        return say("ô", "cell") + " \($0.offset + 1): " + candidates.joined(separator: "/")
      }
      return ([say("Máy đọc: ", "Read: ") + list.joined()] + doubts).joined(separator: " · ")
    case .copies:
      guard let copy = subject.item.copy else { return "" }
      return [subject.item.origin, copy.origin].enumerated().map { index, origin in
        "\(index + 1): \(origin.file), \(say("trang", "page")) \(origin.page)".shown
      }.joined(separator: " · ")
    }
  }

  private func percent(_ share: Double) -> String {
    share > 0.99 ? ">99%" : "\(Int((100 * share).rounded()))%"
  }

  private func reasons(_ subject: ReviewSubject) -> String {
    if case .copies(let differences) = subject.kind {
      return differences.map {
        "\($0.question.shown): \($0.first.map(answer) ?? "?") ≠ \($0.second.map(answer) ?? "?")"
      }.joined(separator: "; ")
    }
    return subject.reasons.map { $0.words(language).shown }.joined(separator: "; ")
  }

  /// Pieces one after the other, each on a line of its own where they do not fit on one.
  private func wrapped(_ pieces: [String], lines count: Int) -> [String] {
    let one = pieces.joined(separator: " · ")
    let list = one.terminalWidth <= columns ? [one] : pieces
    return Array((list + [String](repeating: "", count: count)).prefix(count))
  }

  private func pictureLines(_ subject: ReviewSubject) -> [String] {
    guard let drawing else {
      return [say("   (không mở được ảnh của trang này)", "   (no picture of this page)")]
    }
    let keys = optionKeys(subject)
    let isUpDown = Set(targets.map(\.row)).count > 1
    var lines = drawing.lines.enumerated().map { row, line in
      let here = zip(keys, targets).filter { isUpDown && $0.1.row == row }.map(\.0)
      // At most as many keys as the gutter holds: where there are more, they read on in order.
      return String(here.prefix(Self.gutter)).padding(to: Self.gutter) + line
    }
    lines.append(isUpDown ? "" : ruler(keys))
    return lines
  }

  /// The keys under their targets, where they stand side by side.
  private func ruler(_ keys: [Character]) -> String {
    guard Set(targets.map(\.column)).count == targets.count else { return "" }
    var cells = [Character](repeating: " ", count: columns)
    for (key, target) in zip(keys, targets)
    where cells.indices.contains(target.column + Self.gutter) {
      cells[target.column + Self.gutter] = key
    }
    return String(cells)
  }

  private func optionKeys(_ subject: ReviewSubject) -> [Character] {
    switch subject.kind {
    case .single(let options), .multiple(let options): options.map(\.key)
    case .copies: ["1", "2"]
    case .code(let cells):
      cells.indices.map { Character(UnicodeScalar(UInt8(ascii: "1") + UInt8($0 % 9))) }
    }
  }

  private func optionLines(_ subject: ReviewSubject) -> [String] {
    switch subject.kind {
    case .single(let options):
      return flowed(options.map { "\($0.key) = \($0.value.shown)" })
    case .multiple(let options):
      return flowed(
        options.enumerated().map { index, option in
          "[\(state.chosen.contains(index) ? "x" : " ")] \(option.key) = \(option.value.shown)"
        })
    case .copies:
      return flowed([
        say("1 = giữ bản thứ nhất", "1 = keep the first"),
        say("2 = giữ bản thứ hai", "2 = keep the second"),
      ])
    case .code:
      let cells = state.typed.enumerated().map { index, text in
        let shown = text.isEmpty ? "␣" : text
        return index == state.cell ? "[\(shown)]" : " \(shown) "
      }
      return [say("Nhập: ", "Type: ") + cells.joined()]
    }
  }

  private func flowed(_ pieces: [String]) -> [String] {
    var lines: [String] = []
    for piece in pieces {
      if let last = lines.last, last.terminalWidth + 3 + piece.terminalWidth <= columns {
        lines[lines.count - 1] = last + "   " + piece
      } else {
        lines.append(piece)
      }
    }
    return lines
  }

  private var notice: String {
    switch state.notice {
    case nil: ""
    case .settled(let question, let value):
      say("✓ \(question): ", "✓ \(question): ") + answer(value)
    case .chosen(_, let keepsCopy):
      keepsCopy
        ? say("✓ giữ bản thứ hai", "✓ kept the second")
        : say("✓ giữ bản thứ nhất", "✓ kept the first")
    case .withdrawn(let question):
      say("↶ đã rút lại câu \(question)", "↶ took back \(question)").shown
    case .skipped(let question): say("→ để lại câu \(question)", "→ left \(question)").shown
    case .nothingToUndo: say("chưa có gì để hoàn tác", "nothing to undo")
    case .unknownKey: say("phím này không trả lời câu này", "that key answers nothing here")
    case .noSerial:
      say(
        "số phiếu chỉ gồm chữ số, liền nhau từ ô đầu; hoặc để trống tất cả",
        "a serial is digits alone, from the first cell on; or leave all cells empty")
    case .failed(let words): "! " + words.shown
    }
  }

  private func answer(_ value: [String]) -> String {
    value.allSatisfy(\.isEmpty)
      ? say("bỏ trống", "blank") : value.joined(separator: ", ").shown
  }

  private var keys: String {
    guard state.current != nil else {
      return say("u hoàn tác · q thoát", "u undo · q quit")
    }
    guard let subject = state.subject else { return "" }
    switch subject.kind {
    case .single:
      return say(
        "phím của ô = chọn · 0 bỏ trống · n để sau · u hoàn tác · q thoát",
        "an option's key answers · 0 blank · n later · u undo · q quit")
    case .multiple:
      return say(
        "phím của ô = bật/tắt · Enter xong · 0 bỏ trống · n để sau · u hoàn tác · q thoát",
        "keys toggle · Enter done · 0 blank · n later · u undo · q quit")
    case .copies:
      return say(
        "1 hoặc 2 = giữ bản đó · n để sau · u hoàn tác · q thoát",
        "1 or 2 keeps that copy · n later · u undo · q quit")
    case .code:
      return say(
        "gõ ký tự, dấu cách = ô trống, ? = không đọc được · Enter xong · Tab để sau · ^U · Esc",
        "type; space = empty, ? = unreadable · Enter done · Tab later · ^U undo · Esc quit")
    }
  }
}

extension String {
  /// The text and spaces up to a width.
  fileprivate func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
