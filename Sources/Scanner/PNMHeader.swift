// SPDX-License-Identifier: Apache-2.0

/// The numbers at the head of a PNM: width, height and, but for bitmaps, the highest value.
struct PNMHeader {
  let header: OtherPicture.Header

  init(_ bytes: FileBytes) throws(ScanFailure) {
    let kind = Int(bytes[1] ?? 0) - Int(UInt8(ascii: "0"))
    let bitmap = kind == 1 || kind == 4
    var place = 2
    let width = try Self.number(bytes, &place)
    let height = try Self.number(bytes, &place)
    let highest = bitmap ? 1 : try Self.number(bytes, &place)
    let samples = kind == 3 || kind == 6 ? 3 * width : width
    let row =
      switch kind {
      case 1: samples
      case 2, 3: 2 * samples
      case 4: (width + 7) / 8
      default: highest > 255 ? 2 * samples : samples
      }
    // One space ends the header; in text the last number needs none after it.
    header = OtherPicture.Header(
      width: width, height: height, start: kind >= 4 ? place + 1 : place, row: row)
  }

  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  /// The next number after spaces and comments.
  private static func number(_ bytes: FileBytes, _ place: inout Int) throws(ScanFailure) -> Int {
    var comment = false
    while let byte = bytes[place], comment || isSpace(byte) || byte == UInt8(ascii: "#") {
      comment = byte == UInt8(ascii: "#") || comment && byte != 0x0A
      place += 1
    }
    var number = 0
    var digits = 0
    while let digit = bytes[place], (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) {
      number = 10 * number + Int(digit - UInt8(ascii: "0"))
      digits += 1
      place += 1
      guard digits < 10 else { throw .damaged(format: "PNM", detail: "") }
    }
    guard digits > 0 else {
      throw bytes[place] == nil ? .truncated(format: "PNM") : .damaged(format: "PNM", detail: "")
    }
    return number
  }
}
