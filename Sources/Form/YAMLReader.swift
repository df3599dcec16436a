// SPDX-License-Identifier: Apache-2.0
import Yams

/// Reads YAML into nodes with their places, all scalars as text.
///
/// Yams does the parsing. Anchors and aliases are not followed, so that a small file stays
/// small. Yams stops at equal keys and tells the first one's place only; here such a first key
/// is renamed in the text (its first letter, so that no place moves) until the file composes,
/// and then both keys stand in the mapping with their places.
enum YAMLReader {
  /// A file with anchors may have so many aliases; more are refused before they are composed,
  /// because Yams compares keys, and a key of nested aliases takes it for ever.
  static let mostAliases = 16

  /// More equal keys than this are not looked for.
  static let mostRenamed = 32

  /// Reads a whole file of one document.
  ///
  /// - Parameter text: The file's text, without a byte order mark.
  /// - Returns: The document's root.
  /// - Throws: The first problem; equal keys are left to who reads the nodes.
  static func read(_ text: String) throws(FormProblem) -> FileNode {
    if let anchor = firstOfManyReferences(text) {
      throw FormProblem(place: anchor, path: "", fault: .anchor)
    }
    var text = text
    var renamed: [Unicode.Scalar: Unicode.Scalar] = [:]
    // Private-use scalars that the file itself does not have stand for first letters.
    let used = Set(text.unicodeScalars.filter { (0xE000..<0xF000).contains($0.value) })
    var free = (UInt32(0xE000)..<0xF000).lazy.compactMap(Unicode.Scalar.init)
      .filter { !used.contains($0) }.makeIterator()
    while true {
      let failure: Failure
      do {
        return try compose(text, renamed: renamed)
      } catch {
        failure = error
      }
      switch failure {
      case .duplicateKey(let key, let place):
        let first = key.unicodeScalars.first
        guard renamed.count < mostRenamed, let first, let standIn = free.next(),
          let changed = replace(first, at: place, in: text, by: standIn)
        else {
          throw FormProblem(
            place: place, path: "", fault: .duplicateKey(key, firstLine: place.line))
        }
        renamed[standIn] = first
        text = changed
      case .problem(let problem):
        throw problem
      }
    }
  }

  /// The place of the first anchor in a text that seems to have anchors and many aliases.
  private static func firstOfManyReferences(_ text: String) -> FilePlace? {
    let openers: Set<Unicode.Scalar> = [" ", "\t", "\n", "\r", "[", "{", ",", ":", "-", "?"]
    let closers: Set<Unicode.Scalar> = [" ", "\t", "\n", "\r", "]", "}", ","]
    var place = FilePlace(line: 1, column: 0)
    var anchor: FilePlace?
    var aliases = 0
    var (beforeLast, last): (Unicode.Scalar, Unicode.Scalar) = ("\n", "\n")
    for scalar in text.unicodeScalars {
      if openers.contains(beforeLast), !closers.contains(scalar) {
        if last == "&" { anchor = anchor ?? place }
        if last == "*" { aliases += 1 }
      }
      place =
        scalar == "\n"
        ? FilePlace(line: place.line + 1, column: 0)
        : FilePlace(line: place.line, column: place.column + 1)
      (beforeLast, last) = (last, scalar)
    }
    return aliases > mostAliases ? anchor : nil
  }

  private enum Failure: Error {
    case duplicateKey(String, FilePlace)
    case problem(FormProblem)
  }

  private static func compose(
    _ text: String, renamed: [Unicode.Scalar: Unicode.Scalar]
  ) throws(Failure) -> FileNode {
    do {
      // The parser owns the anchors' names: it must outlive the walk.
      let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
      let root = try parser.singleRoot()
      return withExtendedLifetime(parser) {
        root.map { node($0, renamed: renamed) }
          ?? FileNode(place: .start, content: .scalar("", .plain))
      }
    } catch let error as YamlError {
      throw failure(error)
    } catch {
      throw .problem(FormProblem(place: nil, path: "", fault: .malformed("\(error)")))
    }
  }

  private static func node(
    _ node: Node, renamed: [Unicode.Scalar: Unicode.Scalar]
  ) -> FileNode {
    let place = place(node.mark)
    guard node.anchor == nil else { return FileNode(place: place, content: .anchor) }
    switch node {
    case .scalar(let scalar):
      let kind: FileNode.ScalarKind = scalar.style == .plain ? .plain : .quoted
      return FileNode(place: place, content: .scalar(scalar.string, kind))
    case .sequence(let items):
      return FileNode(
        place: place, content: .list(items.map { Self.node($0, renamed: renamed) }))
    case .mapping(let pairs):
      let entries = pairs.map { pair in
        let place = Self.place(pair.key.mark)
        let key = original(pair.key.scalar?.string ?? "?", renamed: renamed)
        guard pair.key.anchor == nil else {
          return FileNode.Entry(
            key: key, place: place, value: FileNode(place: place, content: .anchor))
        }
        return FileNode.Entry(
          key: key, place: place, value: Self.node(pair.value, renamed: renamed))
      }
      return FileNode(place: place, content: .mapping(entries))
    case .alias:
      return FileNode(place: place, content: .anchor)
    }
  }

  private static func original(
    _ key: String, renamed: [Unicode.Scalar: Unicode.Scalar]
  ) -> String {
    guard let first = key.unicodeScalars.first, let real = renamed[first] else { return key }
    return String(real) + String(String.UnicodeScalarView(key.unicodeScalars.dropFirst()))
  }

  /// The text with the scalar at a key's place changed; `nil` where the key is not written
  /// there as it reads.
  private static func replace(
    _ first: Unicode.Scalar, at place: FilePlace, in text: String, by standIn: Unicode.Scalar
  ) -> String? {
    var scalars = text.unicodeScalars
    var index = scalars.startIndex
    var line = 1
    while line < place.line, index < scalars.endIndex {
      if scalars[index] == "\n" { line += 1 }
      index = scalars.index(after: index)
    }
    index =
      scalars.index(index, offsetBy: place.column - 1, limitedBy: scalars.endIndex)
      ?? scalars.endIndex
    if index < scalars.endIndex, scalars[index] == "\"" || scalars[index] == "'" {
      index = scalars.index(after: index)
    }
    guard index < scalars.endIndex, scalars[index] == first else { return nil }
    scalars.replaceSubrange(index...index, with: CollectionOfOne(standIn))
    return String(scalars)
  }

  private static func place(_ mark: Mark?) -> FilePlace {
    FilePlace(line: mark?.line ?? 1, column: mark?.column ?? 1)
  }

  private static func failure(_ error: YamlError) -> Failure {
    switch error {
    case .duplicatedKeysInMapping(let keys, let context):
      guard let key = keys.first else { break }
      return .duplicateKey(key, place(context.mark))
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let during = context.map { $0.text + ": " } ?? ""
      return .problem(
        FormProblem(place: place(mark), path: "", fault: .malformed(during + problem)))
    case .reader(let problem, let offset, _, let text):
      let before = text.prefix(offset ?? 0)
      let line = before.split(separator: "\n", omittingEmptySubsequences: false)
      let place = FilePlace(
        line: max(1, line.count), column: (line.last?.unicodeScalars.count ?? 0) + 1)
      return .problem(
        FormProblem(place: offset == nil ? nil : place, path: "", fault: .malformed(problem)))
    default:
      break
    }
    return .problem(FormProblem(place: nil, path: "", fault: .malformed("\(error)")))
  }
}
