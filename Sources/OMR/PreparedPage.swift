// SPDX-License-Identifier: Apache-2.0
public import Form
public import Imaging

/// A page of a form with its blank's picture: what registering and scoring start from.
public struct PreparedPage: Sendable {
  /// The form's name.
  public let form: String
  public let page: FormPage
  /// The blank's picture as its file has it: `page.blank.width` × `page.blank.height`.
  public let blank: GrayPicture

  public init(form: String, page: FormPage, blank: GrayPicture) {
    self.form = form
    self.page = page
    self.blank = blank
  }
}
