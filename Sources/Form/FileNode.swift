// SPDX-License-Identifier: Apache-2.0

/// A place in a file. Lines and columns count from 1, columns in Unicode scalars.
struct FilePlace: Hashable, Sendable {
  var line: Int
  var column: Int

  static let start = FilePlace(line: 1, column: 1)
}

/// A value of a form file with its place: what `form.yaml` and `form.json` have in common, so
/// that one reader understands both.
struct FileNode {
  enum Content {
    /// Text as it stands in the file.
    case scalar(String, ScalarKind)
    case list([FileNode])
    /// Keys in the file's order; a key that stands twice is here twice.
    case mapping([Entry])
    /// A YAML anchor or alias: never followed.
    case anchor
  }

  /// A key, its place and its value.
  struct Entry {
    var key: String
    var place: FilePlace
    var value: FileNode
  }

  /// How a scalar was written.
  enum ScalarKind {
    /// In quotes: text.
    case quoted
    /// YAML without quotes: text or number, as asked.
    case plain
    /// A JSON number.
    case number
    /// JSON's `true`, `false` or `null`.
    case word
  }

  var place: FilePlace
  var content: Content
}
