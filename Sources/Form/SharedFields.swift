// SPDX-License-Identifier: Apache-2.0
import Foundation

// What forms with and without coordinates have in common.

extension FieldReader {
  /// The form's name, which is its folder's name too.
  mutating func formName(in fields: FormFields) -> String {
    guard let field = required("form", in: fields) else { return "" }
    let name = text(field, length: FormLimits.name)
    if !name.isEmpty, !FormReader.isFolderName(name) { noteUnexpected(.folderName, at: field) }
    return name
  }

  /// The share of accepted answers that may be silent errors; `nil` where the file does not say.
  mutating func silentRate(in fields: FormFields) -> Double? {
    fields["silent"].flatMap { number($0, in: FormLimits.silentRate) }
  }

  /// One of the words of an enumeration, or `nil` after a note.
  mutating func choice<T: RawRepresentable & CaseIterable>(
    _ field: FormField, of type: T.Type
  ) -> T? where T.RawValue == String {
    guard let choice = field.node.word.flatMap(T.init(rawValue:)) else {
      noteUnexpected(.oneOf(T.allCases.map(\.rawValue)), at: field)
      return nil
    }
    return choice
  }

  /// A text that stands only once among its neighbours.
  mutating func uniqueText(_ field: FormField, among lines: inout [String: Int]) -> String {
    let value = text(field, length: FormLimits.id)
    if let line = lines[value] {
      note(.notUnique(value, firstLine: line), at: field)
    } else if !value.isEmpty {
      lines[value] = field.node.place.line
    }
    return value
  }

  /// Text of one or several lines, without the line end that YAML's blocks leave.
  mutating func prose(_ field: FormField, _ length: ClosedRange<Int>) -> String {
    let known = problems.count
    let text = text(field, length: 0...length.upperBound + 1, lines: true)
      .trimmingCharacters(in: .whitespacesAndNewlines)
    if problems.count == known, !length.contains(text.count) {
      note(
        .expected(
          .length(least: length.lowerBound, most: length.upperBound), found: field.node.brief),
        at: field)
    }
    return text
  }

  /// What a code's characters must be: the keys `pattern`, `check`, `issued` and `dates`.
  ///
  /// - Returns: `nil` after a note about the pattern.
  mutating func codeRule(_ fields: FormFields) -> CodeRule? {
    guard let field = required("pattern", in: fields) else { return nil }
    let pattern = text(field, length: 1...FormLimits.cellsOfQuestion)
    guard pattern.contains("_"), pattern.count <= 60 else {
      if !pattern.isEmpty { noteUnexpected(.pattern, at: field) }
      return nil
    }
    var rule = CodeRule(pattern: pattern)
    rule.check = fields["check"].flatMap { choice($0, of: CheckDigit.self) }
    if let issued = fields["issued"] { rule.issued = self.issued(issued, rule) }
    if let dates = fields["dates"] { rule.dates = self.dates(dates, rule) }
    return rule
  }

  private mutating func issued(_ field: FormField, _ rule: CodeRule) -> [String] {
    var lines: [String: Int] = [:]
    let items = items(field, most: FormLimits.issuedCodes)
    if items.isEmpty, case .list = field.node.content { noteUnexpected(.atLeastOne, at: field) }
    for item in items {
      let code = uniqueText(item, among: &lines)
      guard !code.isEmpty else { continue }
      switch rule.fault(of: code) {
      case .length, .notDigits: noteUnexpected(.digits(rule.cells), at: item)
      case .checkDigit: noteUnexpected(.checkDigit(rule.check?.rawValue ?? ""), at: item)
      default: break
      }
    }
    return Array(lines.keys).sorted()
  }

  private mutating func dates(_ field: FormField, _ rule: CodeRule) -> ClosedRange<CivilDate>? {
    guard rule.cells == 8 || rule.cells == 6 else {
      note(.expected(.datePattern, found: rule.pattern), at: field)
      return nil
    }
    guard let fields = fields(field, keys: ["from", "to"], strict: true) else { return nil }
    let from = required("from", in: fields).flatMap { date($0) }
    let to = required("to", in: fields).flatMap { date($0) }
    guard let from, let to, let last = fields["to"] else { return nil }
    guard from <= to else {
      noteUnexpected(.notBefore(from.text), at: last)
      return nil
    }
    return from...to
  }

  private mutating func date(_ field: FormField) -> CivilDate? {
    guard let date = field.node.word.flatMap({ CivilDate($0) }) else {
      noteUnexpected(.date, at: field)
      return nil
    }
    return date
  }
}
