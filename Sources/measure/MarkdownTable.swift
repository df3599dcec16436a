// SPDX-License-Identifier: Apache-2.0

/// A table in Markdown, without a line's end after its last row.
func markdownTable(_ head: [String], _ rows: [[String]]) -> String {
  ([head, head.map { _ in "---" }] + rows)
    .map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
}
