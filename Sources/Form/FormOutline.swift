// SPDX-License-Identifier: Apache-2.0
public import Language

extension BallotForm {
  /// The form in one line: its name and how much it asks.
  public func summary(_ language: Language) -> String {
    let pages =
      language == .vietnamese
      ? "\(pages.count) trang" : "\(pages.count) \(pages.count == 1 ? "page" : "pages")"
    return "\(id): \(pages), " + counts.words(language)
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

extension FormCounts: Wording {
  public func words(_ language: Language) -> String {
    let questions = answers + codes + texts
    return language == .vietnamese
      ? "\(questions) câu hỏi, \(targets) ô đánh dấu, \(cells) ô chữ số"
      : "\(questions) \(questions == 1 ? "question" : "questions"), "
        + "\(targets) targets, \(cells) cells"
  }
}

extension WrittenForm {
  /// The form in one line: its name and how much it asks.
  public func summary(_ language: Language) -> String {
    let counts = counts
    let parts =
      language == .vietnamese
      ? "\(counts.answers) câu trả lời, \(counts.targets) ô đánh dấu, \(counts.codes) mã gồm "
        + "\(counts.cells) ô chữ số, \(counts.texts) ô viết chữ"
      : "\(counts.answers) answers, \(counts.targets) targets, \(counts.codes) codes of "
        + "\(counts.cells) cells, \(counts.texts) text areas"
    return "\(name): " + parts
  }

  /// The form in words, for a terminal: a line a question, with how official its wording is
  /// where the form says so.
  public func outline(_ language: Language) -> [String] {
    let vietnamese = language == .vietnamese
    var lines = [summary(language), title.shown]
    if let wording {
      lines.append((vietnamese ? "Câu chữ" : "Wording") + ": " + wording.words(language))
    }
    if !wordingNote.isEmpty { lines.append(wordingNote.shown) }
    for section in sections {
      lines.append("")
      if !section.title.isEmpty { lines.append(section.title.shown) }
      lines += section.entries.flatMap { $0.outline(language) }
    }
    return lines
  }
}

extension FormEntry {
  fileprivate func outline(_ language: Language) -> [String] {
    switch self {
    case .line(let label):
      let words = language == .vietnamese ? "dòng viết, không đọc" : "a line that is not read"
      return ["  –  \(words)  \(label.shown)"]
    case .question(let question):
      return [
        "  \(question.id)  \(question.kind.words(language))  \(question.label.shown)"
          + Self.mark(question.wording, language)
      ]
    case .matrix(let matrix):
      let levels = matrix.levels.map(\.value).joined(separator: " ")
      return ["  " + matrix.label.shown + Self.mark(matrix.wording, language)]
        + matrix.rows.map { row in
          switch row {
          case .heading(let text): "    " + text.shown
          case .item(let item):
            "    \(item.id)  \(levels)  \(item.label.shown)" + Self.mark(item.wording, language)
          }
        }
    }
  }

  private static func mark(_ wording: WordingSource?, _ language: Language) -> String {
    wording.map { "  [\($0.words(language))]" } ?? ""
  }
}

extension WrittenQuestion.Kind: Wording {
  public func words(_ language: Language) -> String {
    let vietnamese = language == .vietnamese
    return switch self {
    case .single(let options):
      (vietnamese ? "chọn một" : "one of") + ": "
        + options.map(\.value).joined(separator: " ").shown
    case .multiple(let options):
      (vietnamese ? "chọn nhiều" : "any of") + ": "
        + options.map(\.value).joined(separator: " ").shown
    case .code(let rule, _): (vietnamese ? "mã" : "code") + " \(rule.pattern.shown)"
    case .text: vietnamese ? "chữ viết, giữ bằng ảnh" : "text, kept as a picture"
    }
  }
}

extension WordingSource: Wording {
  public func words(_ language: Language) -> String {
    let vietnamese = language == .vietnamese
    return switch self {
    case .official: vietnamese ? "chính thức" : "official"
    case .transcribed: vietnamese ? "chép lại từ bản chính thức" : "official, as transcribed"
    case .adapted: vietnamese ? "có sửa" : "adapted"
    case .own: vietnamese ? "tự soạn, không chính thức" : "not official"
    }
  }
}
