// SPDX-License-Identifier: Apache-2.0

/// Pages that are no sheet of the forms at hand, and must not be read.
enum ForeignKind: String, CaseIterable, Sendable {
  /// A sheet of one of the forms while all others are at hand.
  case otherForm = "a sheet of another form"
  /// A sheet in the style of ours, asking other things.
  case otherOffice = "another office's sheet, in our own style"
  /// The same questions, printed in the look that is not at hand.
  case otherLook = "the same form in another look"
  /// The form with one question less, its label gone.
  case otherVersion = "another version, its label gone"
  case letter = "a page of text"
  case back = "the back of a sheet"
  case two = "two sheets at once"
  case torn = "a piece of a sheet"
  case noise = "no paper at all"

  /// How many of a thousand pages are of this kind.
  var share: Int {
    switch self {
    case .otherForm: 250
    case .otherOffice: 200
    case .otherLook, .otherVersion: 75
    case .letter, .back, .two, .torn, .noise: 80
    }
  }
}
