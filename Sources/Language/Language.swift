// SPDX-License-Identifier: Apache-2.0

/// A language that people are spoken to in.
public enum Language: String, Hashable, Sendable, CaseIterable {
  case vietnamese = "vi"
  case english = "en"

  /// The language of a POSIX locale name such as `vi_VN.UTF-8`: Vietnamese where it says so,
  /// English otherwise.
  public init(locale: String) {
    self = locale.lowercased().hasPrefix("vi") ? .vietnamese : .english
  }
}

/// A fact that can be said in words: an error, a reason, a state.
///
/// The facts are values and are tested as such; their words stand beside them, in one file a
/// target, both languages from the same fact.
public protocol Wording {
  /// What it is, as part of a sentence: no capital at the start, no full stop.
  func words(_ language: Language) -> String
}
