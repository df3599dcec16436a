// SPDX-License-Identifier: Apache-2.0
import Foundation
import Geometry

/// How large a form may be: far beyond any sheet of paper, and small enough for memory.
enum FormLimits {
  static let fileBytes = 16 << 20
  static let pages = 100
  static let sections = 200
  static let levels = 11
  static let issuedCodes = 50_000
  static let pageNumber = 999
  static let questionsOnPage = 2_000
  static let targetsOfQuestion = 500
  static let cellsOfQuestion = 200
  static let pictureSide = 16...32_768
  /// Width times height, in pixels: A3 at 1,200 dpi has 280 million.
  static let picturePixels = 400_000_000
  static let dpi = 10.0...2_400.0
  /// Shares of silent errors that a form may ask for: less is beyond what can be shown, more than
  /// the usual rules let expect.
  static let silentRate = 0.000_01...0.01
  static let name = 1...64
  static let id = 1...100
  static let title = 0...1_000
  static let label = 0...4_000
}

/// Reads a form out of the nodes of `form.yaml` or `form.json`.
///
/// Both say the same with small differences: YAML keeps a page's picture under one key, counts
/// pages by itself, lets a question name the shape of all its targets, and takes no key that it
/// does not know; JSON is the interchange format of other programs, whose further keys are
/// passed over.
struct FormReader {
  enum Dialect {
    case yaml
    case json
  }

  private let dialect: Dialect
  private var reader = FieldReader()
  private var questionLines: [String: Int] = [:]
  private var blankLines: [String: Int] = [:]
  /// Whether some page has a label, so that the serial's name is taken.
  private var hasLabels = false

  /// Reads a form.
  ///
  /// - Parameters:
  ///   - text: The file's text, without a byte order mark.
  ///   - dialect: Its language.
  ///   - file: Its name, for the error.
  /// - Returns: The form.
  /// - Throws: ``FormError/nonsense(file:problems:)`` with every problem that was found.
  static func read(
    _ text: String, dialect: Dialect, file: String
  ) throws(FormError) -> FormContent {
    let root: FileNode
    do {
      root = try dialect == .yaml ? YAMLReader.read(text) : JSONReader.read(text)
    } catch {
      throw .nonsense(file: file, problems: [error])
    }
    let field = FormField(path: "", node: root)
    let content: FormContent
    let problems: [FormProblem]
    if dialect == .yaml, root.isWritten {
      var reader = WrittenReader()
      let form = reader.form(field)
      content = .written(form, printed: reader.printed)
      problems = reader.reader.problems
    } else {
      var reader = FormReader(dialect: dialect)
      reader.hasLabels = root.hasLabels
      content = .placed(reader.form(field))
      problems = reader.reader.problems
    }
    guard problems.isEmpty else {
      throw .nonsense(
        file: file,
        problems: problems.sorted { ($0.line, $0.column) < ($1.line, $1.column) })
    }
    return content
  }

  private init(dialect: Dialect) { self.dialect = dialect }

  private mutating func fields(_ field: FormField, _ keys: [String]) -> FormFields? {
    reader.fields(field, keys: keys, strict: dialect == .yaml)
  }

  private mutating func form(_ field: FormField) -> BallotForm {
    var form = BallotForm(name: "", title: "", pages: [])
    let keys =
      dialect == .yaml
      ? ["form", "version", "title", "look", "cancel", "silent", "pages"]
      : ["form", "title", "pages"]
    guard let fields = fields(field, keys) else { return form }
    form.name = reader.formName(in: fields)
    form.version = fields["version"].flatMap { version($0) }
    form.look = fields["look"].flatMap { reader.choice($0, of: FormLook.self) }
    form.cancel = fields["cancel"].flatMap { reader.choice($0, of: CancelRule.self) }
    form.silentRate = reader.silentRate(in: fields)
    if let title = fields["title"] {
      form.title = reader.text(title, length: FormLimits.title, lines: true)
    }
    if let pages = reader.required("pages", in: fields) {
      var last = 0
      for item in reader.items(pages, most: FormLimits.pages) {
        guard let page = page(item, after: last) else { continue }
        last = page.number
        form.pages.append(page)
      }
      // Said only where nothing else explains why there is no question.
      if form.questions.isEmpty, reader.problems.isEmpty {
        reader.note(.noQuestions, at: pages)
      }
    }
    return form
  }

  private mutating func version(_ field: FormField) -> String? {
    let version = reader.text(field, length: 1...64)
    let isHash =
      version.count >= 8 && version.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
    if !version.isEmpty, !isHash { reader.noteUnexpected(.version, at: field) }
    return isHash ? version : nil
  }

  /// A page; its number counts on from the last one where the file does not give it.
  private mutating func page(_ field: FormField, after last: Int) -> FormPage? {
    let inPicture = ["width", "height", "dpi"]
    let keys = ["page", "blank"] + (dialect == .json ? inPicture : ["label"]) + ["questions"]
    guard let fields = fields(field, keys) else { return nil }
    var number = last + 1
    if let given = dialect == .json ? reader.required("page", in: fields) : fields["page"] {
      number = reader.wholeNumber(given, in: number...FormLimits.pageNumber) ?? number
    }
    guard let blankField = reader.required("blank", in: fields) else { return nil }
    var picture: FormField? = blankField
    var sizes: FormFields? = fields
    if dialect == .yaml {
      sizes = self.fields(blankField, ["picture"] + inPicture)
      picture = sizes.flatMap { reader.required("picture", in: $0) }
    }
    let blank = sizes.flatMap { blankSource(picture: picture, sizes: $0) }
    var page = FormPage(
      number: number, blank: blank ?? BlankSource(file: "", width: 0, height: 0, dpi: 1),
      label: fields["label"].flatMap { labelPlaces($0, on: blank) }, questions: [])
    if let questions = reader.required("questions", in: fields) {
      for item in reader.items(questions, most: FormLimits.questionsOnPage) {
        // Without the picture's size no box can be judged.
        if let question = question(item, on: blank) { page.questions.append(question) }
      }
    }
    return blank == nil ? nil : page
  }

  /// Where the label and the serial are printed.
  private mutating func labelPlaces(_ field: FormField, on blank: BlankSource?) -> LabelPlaces? {
    guard let fields = fields(field, ["code", "serial"]) else { return nil }
    let code = reader.required("code", in: fields).flatMap { box($0, on: blank) }
    let serial = reader.required("serial", in: fields).flatMap { box($0, on: blank) }
    guard let code, let serial else { return nil }
    return LabelPlaces(code: code, serial: serial)
  }

  private mutating func blankSource(picture: FormField?, sizes: FormFields) -> BlankSource? {
    var file = ""
    if let picture {
      file = reader.text(picture, length: 1...200)
      if !file.isEmpty, !Self.isFileName(file) {
        reader.noteUnexpected(.fileName, at: picture)
      } else if let line = blankLines[file] {
        reader.note(.notUnique(file, firstLine: line), at: picture)
      } else if !file.isEmpty {
        blankLines[file] = picture.node.place.line
      }
    }
    let width = reader.required("width", in: sizes)
      .flatMap { reader.wholeNumber($0, in: FormLimits.pictureSide) }
    let heightField = reader.required("height", in: sizes)
    let height = heightField.flatMap { reader.wholeNumber($0, in: FormLimits.pictureSide) }
    let dpi = reader.required("dpi", in: sizes).flatMap { reader.number($0, in: FormLimits.dpi) }
    guard let width, let height, let heightField, let dpi else { return nil }
    if width * height > FormLimits.picturePixels {
      reader.note(.tooMany(width * height, limit: FormLimits.picturePixels), at: heightField)
      return nil
    }
    return BlankSource(file: file, width: width, height: height, dpi: dpi)
  }

  private static let questionKeys = ["id", "type", "label", "english", "factor"]
  private static let ruleKeys = ["pattern", "check", "issued", "dates"]
  private static let placeKeys = ["shape", "targets", "cells", "box"]

  private mutating func question(_ field: FormField, on blank: BlankSource?) -> Question? {
    let keys =
      dialect == .yaml
      ? Self.questionKeys + Self.ruleKeys + Self.placeKeys
      : ["id", "type", "label", "targets", "cells", "box"]
    guard let fields = fields(field, keys) else { return nil }
    var question = Question(id: "", label: "", kind: .single([]))
    if let given = reader.required("id", in: fields) {
      question.id = reader.uniqueText(given, among: &questionLines)
      if question.id == LabelPlaces.serialQuestion, hasLabels {
        reader.noteUnexpected(.notReserved(question.id), at: given)
      }
    }
    func text(_ key: String) -> String {
      fields[key].map { reader.text($0, length: FormLimits.label, lines: true) } ?? ""
    }
    question.label = text("label")
    question.english = text("english")
    question.factor = text("factor")
    guard let type = reader.required("type", in: fields) else { return nil }
    switch type.node.word {
    case "single":
      question.kind = .single(targets(fields, on: blank))
    case "multiple":
      question.kind = .multiple(targets(fields, on: blank))
    case "code":
      refuse(["shape", "targets", "box"], in: fields)
      let cells = cells(fields, on: blank)
      question.kind = .code(cells: cells)
      if fields["pattern"] != nil { question.rule = reader.codeRule(fields) }
      if let rule = question.rule, rule.cells != cells.count, let pattern = fields["pattern"] {
        reader.noteUnexpected(.pattern, at: pattern)
      }
    case "text":
      refuse(["shape", "targets", "cells"], in: fields)
      guard let given = reader.required("box", in: fields), let box = box(given, on: blank)
      else { return nil }
      question.kind = .text(box)
    default:
      reader.noteUnexpected(.oneOf(["single", "multiple", "code", "text"]), at: type)
      return nil
    }
    return question
  }

  /// Keys that another type of question has.
  private mutating func refuse(_ keys: [String], in fields: FormFields) {
    for key in keys {
      guard let field = fields[key] else { continue }
      let known = (Self.questionKeys + Self.placeKeys).filter { !keys.contains($0) }
      reader.note(.unknownKey(key, known: known), at: field)
    }
  }

  private mutating func targets(_ fields: FormFields, on blank: BlankSource?) -> [Target] {
    refuse(["cells", "box"], in: fields)
    let common = fields["shape"].flatMap { shape($0) }
    guard let list = reader.required("targets", in: fields) else { return [] }
    let items = reader.items(list, most: FormLimits.targetsOfQuestion)
    if items.isEmpty, case .list = list.node.content {
      reader.noteUnexpected(.atLeastOne, at: list)
    }
    var targets: [Target] = []
    var lines: [String: Int] = [:]
    for item in items {
      let words = dialect == .yaml ? ["label", "english"] : []
      guard let target = self.fields(item, ["value"] + words + ["shape", "box"]) else { continue }
      let value =
        reader.required("value", in: target).map { reader.uniqueText($0, among: &lines) } ?? ""
      func text(_ key: String) -> String {
        target[key].map { reader.text($0, length: FormLimits.label, lines: true) } ?? ""
      }
      let (label, english) = (text("label"), text("english"))
      var shape = common
      if let own = target["shape"] {
        shape = self.shape(own)
      } else if fields["shape"] == nil {
        _ = reader.required("shape", in: target)
      }
      let box = reader.required("box", in: target).flatMap { self.box($0, on: blank) }
      if let shape, let box {
        targets.append(
          Target(value: value, label: label, english: english, shape: shape, box: box))
      }
    }
    return targets
  }

  private mutating func shape(_ field: FormField) -> TargetShape? {
    reader.choice(field, of: TargetShape.self)
  }

  private mutating func cells(_ fields: FormFields, on blank: BlankSource?) -> [BlankBox] {
    guard let list = reader.required("cells", in: fields) else { return [] }
    let items = reader.items(list, most: FormLimits.cellsOfQuestion)
    if items.isEmpty, case .list = list.node.content {
      reader.noteUnexpected(.atLeastOne, at: list)
    }
    return items.compactMap { box($0, on: blank) }
  }

  /// A box in pixels of the blank's picture, as millimetres.
  private mutating func box(_ field: FormField, on blank: BlankSource?) -> BlankBox? {
    guard case .list(let nodes) = field.node.content, nodes.count == 4 else {
      reader.noteUnexpected(.box, at: field)
      return nil
    }
    let numbers = nodes.compactMap(\.number)
    guard numbers.count == 4 else {
      reader.noteUnexpected(.box, at: field)
      return nil
    }
    guard let blank else { return nil }
    let (x, y, width, height) = (numbers[0], numbers[1], numbers[2], numbers[3])
    guard width >= 1, height >= 1 else {
      reader.noteUnexpected(.positive, at: field)
      return nil
    }
    // A millionth of a pixel is rounding, not a box outside the page.
    guard x >= 0, y >= 0, x + width <= Double(blank.width) + 1e-6,
      y + height <= Double(blank.height) + 1e-6
    else {
      reader.note(.outsidePage(width: blank.width, height: blank.height), at: field)
      return nil
    }
    return BlankBox(
      x: blank.millimetres(pixels: x), y: blank.millimetres(pixels: y),
      width: blank.millimetres(pixels: width), height: blank.millimetres(pixels: height))
  }

  /// Whether a form's name can be its folder's name.
  static func isFolderName(_ name: String) -> Bool {
    !name.hasPrefix(".") && !name.hasPrefix("-")
      && name.allSatisfy { $0.isLetter || $0.isNumber || "-_.".contains($0) }
  }

  /// Whether a name is a plain file's in the form's folder, and not the form's own.
  static func isFileName(_ name: String) -> Bool {
    !name.hasPrefix(".") && !name.hasPrefix("-") && !name.contains("/") && !name.contains("\\")
      && name != FormFolder.yamlName && name != FormFolder.jsonName
  }
}

extension FileNode {
  /// Whether a form's file is written by a person, without coordinates.
  fileprivate var isWritten: Bool {
    if entry("pages") != nil { return false }
    let placed = ["form", "version", "title", "look", "cancel", "silent"]
    return WrittenReader.headKeys.contains { !placed.contains($0) && entry($0) != nil }
  }

  /// Whether a page of a form with coordinates has a label.
  fileprivate var hasLabels: Bool {
    guard case .list(let pages) = entry("pages")?.content else { return false }
    return pages.contains { $0.entry("label") != nil }
  }
}
