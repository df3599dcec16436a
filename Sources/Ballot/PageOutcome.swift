// SPDX-License-Identifier: Apache-2.0

/// Why a page that was decoded is not read.
public enum Rejection: Error, Hashable, Sendable, Codable {
  /// Too few places of the best form agree: another form, a blank page, a picture of a wall.
  case notAPageOf(forms: [String], agreeing: Int, places: Int)
  /// Most of the print fits, but not enough of it: perhaps another version of this form.
  case perhapsAnotherVersion(form: String, agreeing: Int, places: Int)
  /// The page's label names a version of a form that is not among those that are read with.
  case missingVersion(form: String, version: String)
  /// Several forms or pages fit about as well.
  case ambiguous(forms: [String])
  /// The form's print stands twice on the picture: two sheets at once.
  case twoSheets(form: String)
  /// Too many targets lie off the picture.
  case partMissing(form: String, missing: Int, targets: Int)
  /// Rows of the form cannot be told apart: the page is bent, or seen too far aslant.
  case slipped(form: String)
  /// The form's print shines through in a mirror: the back of a sheet.
  case backOf(form: String)
  /// Hardly any print on the page.
  case emptyPage
}
