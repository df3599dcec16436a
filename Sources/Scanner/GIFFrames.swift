// SPDX-License-Identifier: Apache-2.0

/// A walk over the frames of a GIF: giflib takes memory for every one of them, so that it is the
/// sum that must be bounded, not the screen's size.
enum GIFFrames {
  /// The first frame's size.
  ///
  /// - Throws: `tooLarge` where all frames together have more pixels than a page may have.
  static func header(_ bytes: FileBytes, _ limits: ScanLimits) throws(ScanFailure)
    -> OtherPicture.Header
  {
    let name = OtherPicture.gif.rawValue
    var first: OtherPicture.Header?
    var pixels = 0
    guard let screen = bytes[10] else { throw .truncated(format: name) }
    var place = 13 + colours(screen)
    while let kind = bytes[place] {
      switch kind {
      case 0x21:
        place = try past(bytes, place + 2)
      case 0x2C:
        guard let width = bytes.little(place + 5, bytes: 2),
          let height = bytes.little(place + 7, bytes: 2), let facts = bytes[place + 9]
        else { throw .truncated(format: name) }
        pixels += width * height
        guard pixels <= limits.maxPixels else {
          throw .tooLarge(width: width, height: height, limit: limits.maxPixels)
        }
        if first == nil { first = OtherPicture.Header(width: width, height: height) }
        place = try past(bytes, place + 11 + colours(facts))
      case 0x3B:
        guard let first else { throw .noPages(format: name) }
        return first
      default:
        throw .damaged(format: name, detail: "")
      }
    }
    throw .truncated(format: name)
  }

  /// Bytes of a table of colours.
  private static func colours(_ facts: UInt8) -> Int {
    facts & 0x80 == 0 ? 0 : 3 << (Int(facts & 7) + 1)
  }

  /// The place after a chain of blocks.
  private static func past(_ bytes: FileBytes, _ start: Int) throws(ScanFailure) -> Int {
    var place = start
    while let length = bytes[place] {
      place += 1 + Int(length)
      if length == 0 { return place }
    }
    throw .truncated(format: OtherPicture.gif.rawValue)
  }
}
