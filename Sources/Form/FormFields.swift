// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A node with the path that leads to it.
struct FormField {
  var path: String
  var node: FileNode

  func item(_ index: Int, _ node: FileNode) -> FormField {
    FormField(path: "\(path)[\(index)]", node: node)
  }
}

/// The keys of a mapping, each with its field.
struct FormFields {
  var owner: FormField
  var byKey: [String: FormField]

  subscript(key: String) -> FormField? { byKey[key] }
}

/// Takes values out of nodes and collects what is wrong with them, so that a person sees all
/// of it at once. Where a value is wrong, a harmless one is given back and reading goes on.
struct FieldReader {
  /// What is told of one file; the rest would only hide it.
  static let mostProblems = 100

  private(set) var problems: [FormProblem] = []

  mutating func note(_ fault: FormProblem.Fault, at field: FormField) {
    note(fault, place: field.node.place, path: field.path)
  }

  mutating func note(_ fault: FormProblem.Fault, place: FilePlace, path: String) {
    guard problems.count < Self.mostProblems else { return }
    problems.append(FormProblem(place: place, path: path, fault: fault))
  }

  mutating func noteUnexpected(_ expected: FormProblem.Expected, at field: FormField) {
    if case .anchor = field.node.content {
      note(.anchor, at: field)
    } else {
      note(.expected(expected, found: field.node.brief), at: field)
    }
  }

  /// The fields of a mapping.
  ///
  /// - Parameters:
  ///   - field: The mapping.
  ///   - keys: What may stand there.
  ///   - strict: Whether other keys are errors; else they are passed over.
  /// - Returns: `nil` where it is no mapping.
  mutating func fields(_ field: FormField, keys: [String], strict: Bool) -> FormFields? {
    guard case .mapping(let entries) = field.node.content else {
      noteUnexpected(.mapping, at: field)
      return nil
    }
    var byKey: [String: FormField] = [:]
    var lines: [String: Int] = [:]
    for entry in entries {
      let path = field.path.isEmpty ? entry.key : "\(field.path).\(entry.key)"
      let known = keys.contains(entry.key)
      if !known, strict {
        note(.unknownKey(entry.key, known: keys), place: entry.place, path: field.path)
      } else if let line = lines[entry.key] {
        note(.duplicateKey(entry.key, firstLine: line), place: entry.place, path: field.path)
      } else {
        lines[entry.key] = entry.place.line
        if known { byKey[entry.key] = FormField(path: path, node: entry.value) }
      }
    }
    return FormFields(owner: field, byKey: byKey)
  }

  /// A field that must be there.
  mutating func required(_ key: String, in fields: FormFields) -> FormField? {
    if fields[key] == nil { note(.missing(key: key), at: fields.owner) }
    return fields[key]
  }

  /// The items of a list, at most so many.
  mutating func items(_ field: FormField, most: Int) -> [FormField] {
    guard case .list(let nodes) = field.node.content else {
      noteUnexpected(.list, at: field)
      return []
    }
    if nodes.count > most { note(.tooMany(nodes.count, limit: most), at: field) }
    return nodes.prefix(most).enumerated().map { field.item($0.offset, $0.element) }
  }

  /// Text in its composed form (NFC), with a length in characters, and without control
  /// characters unless several lines are allowed.
  mutating func text(
    _ field: FormField, length: ClosedRange<Int>, lines: Bool = false
  ) -> String {
    guard case .scalar(let raw, let kind) = field.node.content, kind == .quoted || kind == .plain
    else {
      noteUnexpected(.text, at: field)
      return ""
    }
    let text = raw.precomposedStringWithCanonicalMapping
    guard length.contains(text.count) else {
      let expected = FormProblem.Expected.length(
        least: length.lowerBound, most: length.upperBound)
      note(.expected(expected, found: field.node.brief), at: field)
      return ""
    }
    let hasControl = text.unicodeScalars.contains {
      $0.properties.generalCategory == .control && !(lines && ($0 == "\n" || $0 == "\t"))
    }
    let hasOuterSpace =
      !lines && (text.first?.isWhitespace == true || text.last?.isWhitespace == true)
    guard !hasControl, !hasOuterSpace else {
      note(.expected(.plainText, found: field.node.brief), at: field)
      return ""
    }
    return text
  }

  /// A number, or `nil` after a note.
  mutating func number(
    _ field: FormField, in range: ClosedRange<Double>
  ) -> Double? {
    guard let value = field.node.number, range.contains(value) else {
      noteUnexpected(.number(least: range.lowerBound, most: range.upperBound), at: field)
      return nil
    }
    return value
  }

  /// A whole number, or `nil` after a note.
  mutating func wholeNumber(_ field: FormField, in range: ClosedRange<Int>) -> Int? {
    guard let value = field.node.number, value == value.rounded(), abs(value) < 1e15,
      range.contains(Int(value))
    else {
      noteUnexpected(.wholeNumber(least: range.lowerBound, most: range.upperBound), at: field)
      return nil
    }
    return Int(value)
  }
}

extension FileNode {
  /// The finite decimal number that stands here.
  var number: Double? {
    guard case .scalar(let text, let kind) = content, kind == .number || kind == .plain,
      text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }),
      let value = Double(text), value.isFinite
    else { return nil }
    return value
  }

  /// What stands here, short enough for a message.
  var brief: String {
    switch content {
    case .scalar(let text, let kind):
      let start = String(text.prefix(40)) + (text.count > 40 ? "…" : "")
      return kind == .quoted ? "\"\(start)\"" : start
    case .list(let items):
      let inner = items.prefix(6).map { item in
        if case .scalar(let text, _) = item.content { String(text.prefix(12)) } else { "…" }
      }
      return "[" + inner.joined(separator: ", ") + (items.count > 6 ? ", …]" : "]")
    case .mapping: return "{…}"
    case .anchor: return "&"
    }
  }
}
