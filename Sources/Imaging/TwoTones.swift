// SPDX-License-Identifier: Apache-2.0

extension GrayPicture {
  /// One row of so many is looked at: enough for a share.
  private static let everyRow = 5
  /// Darker than this is black, at least as light as `light` is white.
  private static let (dark, light) = (UInt8(64), UInt8(192))
  /// Fewer levels between for each black pixel than this, and a threshold split the picture: what
  /// scanners split has 0.00, also when it was compressed as a photograph after, and scans in gray
  /// have 0.7 and more, since every stroke has soft edges.
  private static let softest = 0.1

  /// Whether a scanner's threshold made everything black or white: what was fainter is not there.
  public var isTwoTone: Bool {
    var (black, between) = (0, 0)
    for y in stride(from: 0, to: height, by: Self.everyRow) {
      for pixel in pixels[y * width..<(y + 1) * width] {
        if pixel < Self.dark { black += 1 } else if pixel < Self.light { between += 1 }
      }
    }
    return Double(between) < Self.softest * Double(black)
  }
}
