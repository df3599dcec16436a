// SPDX-License-Identifier: Apache-2.0

/// What a form's file holds: one language, with coordinates or without.
public enum FormContent: Hashable, Sendable {
  /// A form with coordinates: imported, learned, or frozen when it was printed.
  case placed(BallotForm)
  /// A form as a person wrote it, and all that is to be printed, with its places in the file.
  case written(WrittenForm, printed: [PrintedText])

  public var name: String {
    switch self {
    case .placed(let form): form.name
    case .written(let form, _): form.name
    }
  }
}
