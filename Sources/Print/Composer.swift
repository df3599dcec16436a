// SPDX-License-Identifier: Apache-2.0
import Form
import Geometry

// How a form becomes strips. All sizes are millimetres, found by looking at printed pages:
// a box of 4.5 mm with at least 1.7 mm of air to the next one, lines to write on 8 mm apart.

/// Makes strips of a form's parts, in one look.
struct Composer {
  let form: WrittenForm
  let look: FormLook
  let fonts: PrintFonts

  let width = PageFrame.contentWidth
  let left = PageFrame.left
  var right: Double { PageFrame.right }

  static let box = 4.5
  /// A digit's cell where it stands before its words.
  static let digitCell = (width: 8.0, height: 6.4)
  static let lineHeight = 8.0

  var body: TextStyle { TextStyle(size: form.textSize) }
  var note: TextStyle { TextStyle(size: max(8, form.textSize * 0.86)) }
  var levelWords: TextStyle { TextStyle(size: max(7.5, form.textSize * 0.74)).centred() }

  /// The whole form.
  func strips() throws(PrintFailure) -> [Strip] {
    var strips = [head(), introduction(), instruction()]
    for section in form.sections {
      strips += heading(section)
      strips += try entries(section.entries)
    }
    if !form.head.closing.isEmpty { strips.append(closing()) }
    return strips
  }

  // MARK: - Round the questions

  /// Organisation, title and subtitle, left of the first page's QR code.
  private func head() -> Strip {
    var strip = Strip()
    let wide = PageFrame.headRight - left
    // The first page's head begins beside the QR code, above where content begins.
    var y = 8.5 - PageFrame.top
    for (text, style) in [
      (form.head.organisation, TextStyle(size: 10.5, isBold: true)),
      (form.title, TextStyle(size: 14.5, isBold: true)),
      (form.head.subtitle, TextStyle(size: 11, isBold: true)),
    ] where !text.isEmpty {
      y += append(text, style.centred(), to: &strip, x: left, y: y, width: wide).height + 0.6
    }
    strip.height = max(0, y)
    return strip
  }

  private func introduction() -> Strip {
    var strip = Strip()
    strip.height = append(form.head.introduction, body, to: &strip, y: 0, width: width).height
    return strip
  }

  private func closing() -> Strip {
    var strip = Strip(above: 1.6, name: form.head.closing)
    let style = body.bold().centred()
    strip.height = append(form.head.closing, style, to: &strip, y: 0, width: width).height
    return strip
  }

  private func heading(_ section: FormSection) -> [Strip] {
    guard !section.title.isEmpty || !section.note.isEmpty else { return [] }
    var strip = Strip(above: 4.5, keepsWithNext: true, name: section.title)
    if !section.title.isEmpty {
      strip.height =
        append(
          section.title, body.scaled(1.06).bold(), to: &strip, y: 0, width: width
        ).height
    }
    strip.drawings.append(.rule(left, strip.height + 0.4, right, strip.height + 0.4, line: 0.3))
    strip.height += 1
    if !section.note.isEmpty {
      strip.height += append(section.note, note, to: &strip, y: strip.height, width: width).height
    }
    return [strip]
  }

  // MARK: - Entries

  /// Lines and codes that follow each other share rows; everything else has its own.
  private func entries(_ entries: [FormEntry]) throws(PrintFailure) -> [Strip] {
    var strips: [Strip] = []
    var index = 0
    while index < entries.count {
      let rest = entries[index...]
      let lines = rest.prefix { if case .line = $0 { true } else { false } }
      let codes = rest.prefix { $0.code != nil }
      if !lines.isEmpty {
        strips += self.lines(lines.compactMap(\.line))
        index += lines.count
      } else if !codes.isEmpty {
        strips += try self.codes(codes.compactMap(\.code))
        index += codes.count
      } else {
        switch entries[index] {
        case .matrix(let matrix): strips += try self.matrix(matrix)
        case .question(let question): strips.append(try self.question(question))
        case .line: break
        }
        index += 1
      }
    }
    return strips
  }

  private func question(_ question: WrittenQuestion) throws(PrintFailure) -> Strip {
    switch question.kind {
    case .single(let options), .multiple(let options):
      return try choice(question, options)
    case .text(let lines): return textArea(question, lines: lines)
    case .code: return Strip()
    }
  }

  // MARK: - Words

  /// Draws words into a strip.
  ///
  /// - Returns: What they take.
  @discardableResult
  func append(
    _ text: String, _ style: TextStyle, to strip: inout Strip, x: Double? = nil, y: Double,
    width: Double
  ) -> PrintFonts.Extent {
    guard !text.isEmpty else {
      return PrintFonts.Extent(width: 0, height: 0, line: 0, lines: 0, unknown: 0)
    }
    let at = BlankPoint(x: x ?? left, y: y)
    strip.drawings.append(.text(text, style, at: at, width: width))
    return fonts.extent(text, style, width: width)
  }

  func long(_ text: String, _ style: TextStyle) -> Double { fonts.extent(text, style).width }
}

extension FormEntry {
  fileprivate var line: String? {
    if case .line(let label) = self { label } else { nil }
  }

  fileprivate var code: WrittenQuestion? {
    guard case .question(let question) = self, case .code = question.kind else { return nil }
    return question
  }
}
