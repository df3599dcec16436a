// SPDX-License-Identifier: Apache-2.0

/// The numbers at the head of a PNM: width, height and, but for bitmaps, the highest value.
struct PNMHeader {
  let header: OtherPicture.Header

  init(_ bytes: FileBytes, _ limits: ScanLimits) throws(ScanFailure) {
    let kind = Int(bytes[1] ?? 0) - Int(UInt8(ascii: "0"))
    let bitmap = kind == 1 || kind == 4
    var place = 2
    let width = try Self.number(bytes, &place)
    let height = try Self.number(bytes, &place)
    let highest = bitmap ? 1 : try Self.number(bytes, &place)
    let samples = kind == 3 || kind == 6 ? 3 * width : width
    let row =
      switch kind {
      case 1, 2, 3: 0
      case 4: (width + 7) / 8
      default: highest > 255 ? 2 * samples : samples
      }
    // One space ends the header.
    header = OtherPicture.Header(width: width, height: height, start: place + 1, row: row)
    if kind < 4 {
      try limits.admit(width: width, height: height, format: "PNM")
      // Leptonica takes missing numbers for 0.
      for _ in 0..<(samples * height) { _ = try Self.number(bytes, &place, digits: bitmap ? 1 : 9) }
    }
  }

  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  /// The next number after spaces and comments, of so many digits at most.
  private static func number(
    _ bytes: FileBytes, _ place: inout Int, digits most: Int = 9
  ) throws(ScanFailure) -> Int {
    var comment = false
    while let byte = bytes[place], comment || isSpace(byte) || byte == UInt8(ascii: "#") {
      comment = byte == UInt8(ascii: "#") || comment && byte != 0x0A
      place += 1
    }
    var number = 0
    var digits = 0
    let figures = UInt8(ascii: "0")...UInt8(ascii: "9")
    while digits < most, let digit = bytes[place], figures.contains(digit) {
      number = 10 * number + Int(digit - UInt8(ascii: "0"))
      digits += 1
      place += 1
    }
    guard digits > 0 else {
      throw bytes[place] == nil ? .truncated(format: "PNM") : .damaged(format: "PNM", detail: "")
    }
    return number
  }
}
