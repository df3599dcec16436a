// SPDX-License-Identifier: Apache-2.0
public import Imaging

/// A page as it came out of a file.
public struct ScannedPage: Sendable {
  /// Counts from 1 inside its file.
  public var number: Int
  public var picture: GrayPicture
  /// Pixels an inch as the file says, across and down; `nil` where it says nothing. Files lie:
  /// a hint, never a measure.
  public var dpi: (x: Double, y: Double)?

  public init(number: Int, picture: GrayPicture, dpi: (x: Double, y: Double)? = nil) {
    self.number = number
    self.picture = picture
    self.dpi = dpi
  }
}
