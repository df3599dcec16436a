// SPDX-License-Identifier: Apache-2.0

/// Text that will be printed, and where it stands in its file.
public struct PrintedText: Hashable, Sendable {
  public let text: String
  /// From 1.
  public let line: Int
  /// From 1, in Unicode scalars.
  public let column: Int
  /// The path of keys and indices that leads to it.
  public let path: String
}

/// Reads a form as a person writes it: with sections instead of pages.
///
/// Goes on after every problem, so that a person sees all of them at once.
struct WrittenReader {
  static let headKeys = [
    "form", "title", "organisation", "subtitle", "introduction", "marking", "correcting",
    "closing", "look", "cancel", "silent", "size", "wording", "origin", "sections",
  ]

  var reader = FieldReader()
  private(set) var printed: [PrintedText] = []
  private var idLines: [String: Int] = [:]
  private var questionCount = 0

  /// Reads the form; what is wrong is in `reader.problems` then.
  mutating func form(_ field: FormField) -> WrittenForm {
    var form = WrittenForm(name: "", title: "", sections: [])
    guard let fields = reader.fields(field, keys: Self.headKeys, strict: true) else { return form }
    form.name = reader.formName(in: fields)
    form.title = reader.required("title", in: fields).map { words($0, 1...300) } ?? ""
    form.head = head(fields)
    form.look = fields["look"].flatMap { reader.choice($0, of: FormLook.self) } ?? .boxes
    form.cancel = cancel(fields, look: form.look)
    form.silentRate = reader.silentRate(in: fields)
    form.textSize = fields["size"].flatMap { reader.number($0, in: 8...14) } ?? 10.5
    form.wording = wording(fields)
    form.wordingNote = fields["origin"].map { reader.prose($0, 0...2_000) } ?? ""
    if let sections = reader.required("sections", in: fields) {
      let known = reader.problems.count
      form.sections = reader.items(sections, most: FormLimits.sections).compactMap { section($0) }
      if questionCount == 0, reader.problems.count == known {
        reader.note(.noQuestions, at: sections)
      }
    }
    return form
  }

  private mutating func head(_ fields: FormFields) -> FormHead {
    var head = FormHead()
    head.organisation = optional("organisation", fields, 0...200)
    head.subtitle = optional("subtitle", fields, 0...300)
    // A sheet that does not say why it asks and what becomes of the answers is none to hand out.
    head.introduction =
      reader.required("introduction", in: fields).map { words($0, 1...3_000) } ?? ""
    head.marking = optional("marking", fields, 0...1_000)
    head.correcting = optional("correcting", fields, 0...1_000)
    head.closing = optional("closing", fields, 0...300)
    return head
  }

  private mutating func cancel(_ fields: FormFields, look: FormLook) -> CancelRule? {
    guard let field = fields["cancel"], let rule = reader.choice(field, of: CancelRule.self)
    else { return nil }
    if !rule.fits(look) {
      let fitting = CancelRule.allCases.filter { $0.fits(look) }.map(\.rawValue)
      reader.noteUnexpected(.oneOf(fitting), at: field)
    }
    return rule
  }

  private mutating func section(_ field: FormField) -> FormSection? {
    let keys = ["title", "note", "wording", "questions"]
    guard let fields = reader.fields(field, keys: keys, strict: true) else { return nil }
    let title = optional("title", fields, 0...300)
    let note = optional("note", fields, 0...1_000)
    let wording = wording(fields)
    var entries: [FormEntry] = []
    if let questions = reader.required("questions", in: fields) {
      let items = reader.items(questions, most: FormLimits.questionsOnPage)
      if items.isEmpty, case .list = questions.node.content {
        reader.noteUnexpected(.atLeastOne, at: questions)
      }
      entries = items.compactMap { entry($0) }
    }
    return FormSection(title: title, note: note, wording: wording, entries: entries)
  }

  // MARK: - Entries

  private static let types = ["single", "multiple", "matrix", "yes-no", "code", "text", "line"]
  private static let common = ["type", "id", "label", "english", "note", "factor", "wording"]

  private mutating func entry(_ field: FormField) -> FormEntry? {
    let type = field.node.entry("type")
    guard let word = type?.word, Self.types.contains(word) else {
      // Read with all keys, so that a lost type hides no other problem.
      let more = ["options", "levels", "items", "pattern", "lines"]
      if let fields = reader.fields(field, keys: Self.common + more, strict: type != nil),
        let given = reader.required("type", in: fields)
      {
        reader.noteUnexpected(.oneOf(Self.types), at: given)
      }
      questionCount += 1
      return nil
    }
    switch word {
    case "line": return line(field)
    case "matrix", "yes-no": return matrix(field, isYesNo: word == "yes-no")
    default: return question(field, type: word)
    }
  }

  private mutating func line(_ field: FormField) -> FormEntry? {
    guard let fields = reader.fields(field, keys: ["type", "label"], strict: true) else {
      return nil
    }
    return .line(label: reader.required("label", in: fields).map { words($0, 1...300) } ?? "")
  }

  private mutating func question(_ field: FormField, type: String) -> FormEntry? {
    let own =
      switch type {
      case "code": ["pattern", "check", "issued", "dates", "cell"]
      case "text": ["lines"]
      default: ["options"]
      }
    guard let fields = reader.fields(field, keys: Self.common + own, strict: true) else {
      return nil
    }
    questionCount += 1
    var question = WrittenQuestion(id: "", label: "", kind: .text(lines: 1))
    question.id = reader.required("id", in: fields).map { id($0) } ?? ""
    question.label = reader.required("label", in: fields).map { words($0, 1...2_000) } ?? ""
    question.english = optional("english", fields, 0...2_000, isPrinted: false)
    question.note = optional("note", fields, 0...1_000)
    question.factor = factor(fields)
    question.wording = wording(fields)
    switch type {
    case "code":
      let rule = reader.codeRule(fields)
      question.kind = .code(rule ?? CodeRule(pattern: "_"), cell: cellSize(fields))
    case "text":
      let lines = fields["lines"].flatMap { reader.wholeNumber($0, in: 1...40) } ?? 2
      question.kind = .text(lines: lines)
    default:
      let options = options(fields, key: "options", allowsText: true)
      question.kind = type == "single" ? .single(options) : .multiple(options)
    }
    return .question(question)
  }

  private mutating func matrix(_ field: FormField, isYesNo: Bool) -> FormEntry? {
    let keys =
      ["type", "label", "english", "note", "factor", "wording"] + (isYesNo ? [] : ["levels"])
      + ["items"]
    guard let fields = reader.fields(field, keys: keys, strict: true) else { return nil }
    questionCount += 1
    var matrix = WrittenMatrix(label: "", levels: Self.yesNo, rows: [])
    matrix.label = reader.required("label", in: fields).map { words($0, 1...2_000) } ?? ""
    matrix.english = optional("english", fields, 0...2_000, isPrinted: false)
    matrix.note = optional("note", fields, 0...1_000)
    matrix.wording = wording(fields)
    let all = factor(fields)
    if !isYesNo {
      let known = reader.problems.count
      matrix.levels = options(fields, key: "levels", allowsText: false)
      if matrix.levels.count > FormLimits.levels, reader.problems.count == known {
        fields["levels"].map {
          reader.note(.tooMany(matrix.levels.count, limit: FormLimits.levels), at: $0)
        }
      }
    }
    guard let list = reader.required("items", in: fields) else { return .matrix(matrix) }
    var current = all
    for item in reader.items(list, most: FormLimits.questionsOnPage) {
      if let row = row(item, factor: &current, whole: all) { matrix.rows.append(row) }
    }
    if matrix.items.isEmpty, case .list(let nodes) = list.node.content,
      !nodes.contains(where: { $0.entry("id") != nil })
    {
      reader.noteUnexpected(.atLeastOne, at: list)
    }
    return .matrix(matrix)
  }

  static let yesNo = [
    WrittenOption(value: "1", label: "Có", english: "Yes"),
    WrittenOption(value: "2", label: "Không", english: "No"),
  ]

  /// A row of a matrix. A heading's factor holds for the items up to the next heading.
  private mutating func row(
    _ field: FormField, factor current: inout String, whole: String
  ) -> WrittenMatrix.Row? {
    if field.node.entry("heading") != nil {
      guard let fields = reader.fields(field, keys: ["heading", "factor"], strict: true),
        let heading = fields["heading"]
      else { return nil }
      let own = factor(fields)
      current = own.isEmpty ? whole : own
      return .heading(words(heading, 1...300))
    }
    let keys = ["id", "label", "english", "note", "factor", "wording"]
    guard let fields = reader.fields(field, keys: keys, strict: true) else { return nil }
    var item = WrittenMatrix.Item(id: "", label: "")
    item.id = reader.required("id", in: fields).map { id($0) } ?? ""
    item.label = reader.required("label", in: fields).map { words($0, 1...2_000) } ?? ""
    item.english = optional("english", fields, 0...2_000, isPrinted: false)
    item.note = optional("note", fields, 0...1_000)
    let own = factor(fields)
    item.factor = own.isEmpty ? current : own
    item.wording = wording(fields)
    return .item(item)
  }

  /// Options or levels: at least two, each with a value of its own.
  private mutating func options(
    _ fields: FormFields, key: String, allowsText: Bool
  ) -> [WrittenOption] {
    guard let list = reader.required(key, in: fields) else { return [] }
    let items = reader.items(list, most: FormLimits.targetsOfQuestion)
    if items.count < 2, case .list = list.node.content {
      reader.noteUnexpected(.atLeastTwo, at: list)
    }
    var lines: [String: Int] = [:]
    return items.compactMap { item in
      let keys = ["value", "label", "english"] + (allowsText ? ["text"] : [])
      guard let option = reader.fields(item, keys: keys, strict: true) else { return nil }
      let value =
        reader.required("value", in: option)
        .map { reader.uniqueText($0, among: &lines) } ?? ""
      let label = reader.required("label", in: option).map { words($0, 1...500) } ?? ""
      return WrittenOption(
        value: value, label: label, english: optional("english", option, 0...500, isPrinted: false),
        text: option["text"].map { id($0) })
    }
  }

  private mutating func cellSize(_ fields: FormFields) -> CellSize {
    guard let field = fields["cell"] else { return .usual }
    guard case .list(let nodes) = field.node.content, nodes.count == 2,
      let width = nodes[0].number, let height = nodes[1].number,
      (CellSize.least.widthMM...20).contains(width),
      (CellSize.least.heightMM...20).contains(height)
    else {
      reader.noteUnexpected(.cellSize, at: field)
      return .usual
    }
    return CellSize(widthMM: width, heightMM: height)
  }

  // MARK: - Texts

  /// An id: unique in the form, text areas of options included.
  private mutating func id(_ field: FormField) -> String {
    let known = reader.problems.count
    let id = reader.text(field, length: FormLimits.id)
    guard reader.problems.count == known else { return "" }
    guard id.isFieldName else {
      reader.noteUnexpected(.fieldName, at: field)
      return id
    }
    if id == LabelPlaces.serialQuestion {
      reader.noteUnexpected(.notReserved(id), at: field)
    } else if let line = idLines[id] {
      reader.note(.notUnique(id, firstLine: line), at: field)
    } else {
      idLines[id] = field.node.place.line
    }
    return id
  }

  private mutating func factor(_ fields: FormFields) -> String {
    guard let field = fields["factor"] else { return "" }
    let factor = reader.text(field, length: FormLimits.id)
    if !factor.isEmpty, !factor.isFieldName { reader.noteUnexpected(.fieldName, at: field) }
    return factor
  }

  private mutating func wording(_ fields: FormFields) -> WordingSource? {
    fields["wording"].flatMap { reader.choice($0, of: WordingSource.self) }
  }

  private mutating func optional(
    _ key: String, _ fields: FormFields, _ length: ClosedRange<Int>, isPrinted: Bool = true
  ) -> String {
    guard let field = fields[key] else { return "" }
    return isPrinted ? words(field, length) : reader.prose(field, length)
  }

  /// Words that will be printed.
  private mutating func words(_ field: FormField, _ length: ClosedRange<Int>) -> String {
    let text = reader.prose(field, length)
    let place = field.node.place
    printed.append(
      PrintedText(text: text, line: place.line, column: place.column, path: field.path))
    return text
  }
}

extension FileNode {
  /// The value of a key where the node is a mapping.
  func entry(_ key: String) -> FileNode? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == key }?.value
  }

  /// The word that stands here, quoted or not.
  var word: String? {
    guard case .scalar(let text, let kind) = content, kind == .quoted || kind == .plain else {
      return nil
    }
    return text
  }
}

extension String {
  /// Whether the text is a name that columns of tables and programs can have: an ASCII letter,
  /// then letters, digits, `_`, `-`, `.`.
  var isFieldName: Bool {
    guard let first = unicodeScalars.first, first.isASCII, first.properties.isAlphabetic else {
      return false
    }
    return unicodeScalars.allSatisfy {
      $0.isASCII
        && ($0.properties.isAlphabetic || ("0"..."9").contains($0)
          || "_-.".unicodeScalars.contains($0))
    }
  }
}
