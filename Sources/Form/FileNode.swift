// SPDX-License-Identifier: Apache-2.0

/// A place in a file. Lines and columns count from 1, columns in Unicode scalars.
package struct FilePlace: Hashable, Sendable {
  package var line: Int
  package var column: Int

  static let start = FilePlace(line: 1, column: 1)
}

/// A value of a form file with its place: what `form.yaml` and `form.json` have in common, so
/// that one reader understands both.
package struct FileNode {
  package enum Content {
    /// Text as it stands in the file.
    case scalar(String, ScalarKind)
    case list([FileNode])
    /// Keys in the file's order; a key that stands twice is here twice.
    case mapping([Entry])
    /// A YAML anchor or alias: never followed.
    case anchor
  }

  /// A key, its place and its value.
  package struct Entry {
    package var key: String
    package var place: FilePlace
    package var value: FileNode
  }

  /// How a scalar was written.
  package enum ScalarKind {
    /// In quotes: text.
    case quoted
    /// YAML without quotes: text or number, as asked.
    case plain
    /// A JSON number.
    case number
    /// JSON's `true`, `false` or `null`.
    case word
  }

  package var place: FilePlace
  package var content: Content
}
