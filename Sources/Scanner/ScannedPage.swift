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

/// A picture with the resolution that its file tells.
struct DecodedPicture {
  var picture: GrayPicture
  var dpi: (x: Double, y: Double)?

  init(_ picture: GrayPicture, dpiX: Double, dpiY: Double) {
    self.picture = picture
    dpi = Self.credible(dpiX, dpiY)
  }

  /// A resolution that a scanner or a printer can have; `nil` for what files are also found to
  /// say: 0, 1, 96,000.
  static func credible(_ x: Double, _ y: Double) -> (x: Double, y: Double)? {
    let possible = 20.0...4_800
    guard possible.contains(x), possible.contains(y) else { return nil }
    return (x, y)
  }
}
