// SPDX-License-Identifier: Apache-2.0
public import Language

extension BallotForm {
  /// The form in one line: its name and how much it asks.
  public func summary(_ language: Language) -> String {
    let questions = questions
    let targets = questions.reduce(0) { $0 + $1.targets.count }
    let cells = questions.reduce(0) { count, question in
      if case .code(let cells) = question.kind { count + cells.count } else { count }
    }
    return language == .vietnamese
      ? "\(name): \(pages.count) trang, \(questions.count) câu hỏi, \(targets) ô đánh dấu, "
        + "\(cells) ô chữ số"
      : "\(name): \(pages.count) \(pages.count == 1 ? "page" : "pages"), "
        + "\(questions.count) \(questions.count == 1 ? "question" : "questions"), "
        + "\(targets) targets, \(cells) cells"
  }

  /// The form in words, for a terminal: a line a question.
  public func outline(_ language: Language) -> [String] {
    let vietnamese = language == .vietnamese
    var lines = [summary(language)]
    if !title.isEmpty { lines.append(title.shown) }
    let widest = questions.map(\.id.count).max() ?? 0
    for page in pages {
      let blank = page.blank
      lines.append("")
      lines.append(
        (vietnamese ? "Trang \(page.number)" : "Page \(page.number)")
          + ": \(blank.file.shown), \(blank.width) × \(blank.height), "
          + "\(JSONText.short(blank.dpi)) dpi")
      for question in page.questions {
        let id = question.id.shown + String(repeating: " ", count: widest - question.id.count)
        let asked = "  \(id)  \(question.kind.words(language))"
        lines.append(question.label.isEmpty ? asked : asked + "  " + question.label.shown)
      }
    }
    return lines
  }
}

extension QuestionKind: Wording {
  public func words(_ language: Language) -> String {
    let vietnamese = language == .vietnamese
    return switch self {
    case .single(let targets):
      (vietnamese ? "chọn một" : "one of") + ": "
        + targets.map(\.value).joined(separator: " ").shown
    case .multiple(let targets):
      (vietnamese ? "chọn nhiều" : "any of") + ": "
        + targets.map(\.value).joined(separator: " ").shown
    case .code(let cells): vietnamese ? "\(cells.count) ô chữ số" : "code of \(cells.count) cells"
    case .text: vietnamese ? "chữ viết, giữ bằng ảnh" : "text, kept as a picture"
    }
  }
}
