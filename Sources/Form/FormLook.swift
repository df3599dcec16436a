// SPDX-License-Identifier: Apache-2.0

/// What people mark on a sheet.
public enum FormLook: String, Hashable, Sendable, CaseIterable, Codable {
  /// A drawn box for each answer, to be ticked or crossed.
  case boxes
  /// A printed digit in a table cell for each answer, to be circled, as the Ministry's own sheet
  /// has them.
  case digits

  /// How an answer is taken back on such sheets, unless the form says otherwise.
  public var cancel: CancelRule { self == .boxes ? .blacken : .crossedRing }

  /// What is printed at its targets.
  public var shape: TargetShape { self == .boxes ? .box : .char }
}

/// How a sheet tells people to take an answer back.
public enum CancelRule: String, Hashable, Sendable, CaseIterable, Codable {
  /// It tells nothing: whatever looks taken back goes to a person.
  case none
  /// Blacken the whole box, mark another one.
  case blacken
  /// Cross the circle out, circle another digit.
  case crossedRing = "crossed-ring"

  /// Whether sheets of a look can have the rule.
  public func fits(_ look: FormLook) -> Bool { self == .none || self == look.cancel }
}

/// How official a wording is.
public enum WordingSource: String, Hashable, Sendable, CaseIterable, Codable {
  /// Read in the official text.
  case official
  /// The official wording as somebody else wrote it down.
  case transcribed
  /// Official or transcribed wording that was changed.
  case adapted
  /// Written for this form: no official wording was found.
  case own
}
