// SPDX-License-Identifier: Apache-2.0
public import struct Foundation.Date

/// What a person said of a question: a new row, never an edit.
public struct Settlement: Hashable, Sendable, Codable {
  /// The question's id.
  public var question: String
  /// The marked values in the form's order, `[]` blank; one string for a code.
  public var value: [String]
  public var reviewer: String
  public var date: Date
  /// Why, in the reviewer's words or the key they pressed; empty where nothing was said.
  public var note: String

  public init(question: String, value: [String], reviewer: String, date: Date, note: String) {
    self.question = question
    self.value = value
    self.reviewer = reviewer
    self.date = date
    self.note = note
  }
}
