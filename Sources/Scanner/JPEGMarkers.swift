// SPDX-License-Identifier: Apache-2.0

/// What stands before the picture in a JPEG: its resolution (JFIF, EXIF) and how the camera was
/// held (EXIF).
struct JPEGMarkers {
  private(set) var orientation = Orientation.upright
  private(set) var dpi: (x: Double, y: Double)?

  /// Walks the segments up to the picture. Nonsense in them is no reason to lose the picture: it
  /// leaves what was found before.
  init(_ bytes: FileBytes) {
    var place = 2
    while bytes[place] == 0xFF, let kind = bytes[place + 1] {
      if kind == 0xFF {
        place += 1
        continue
      }
      // The picture begins, or the file ends.
      if kind == 0xDA || kind == 0xD9 { return }
      guard let length = bytes.big(place + 2, bytes: 2), length >= 2 else { return }
      let start = place + 4
      let end = place + 2 + length
      if kind == 0xE0, bytes.has("JFIF\0", at: start) {
        readJFIF(bytes, start + 5)
      } else if kind == 0xE1, bytes.has("Exif\0\0", at: start) {
        readEXIF(bytes, start + 6, end)
      }
      place = end
    }
  }

  private mutating func readJFIF(_ bytes: FileBytes, _ start: Int) {
    guard let unit = bytes[start + 2], let x = bytes.big(start + 3, bytes: 2),
      let y = bytes.big(start + 5, bytes: 2)
    else { return }
    let inches = unit == 1 ? 1.0 : unit == 2 ? 2.54 : 0
    if inches > 0, x > 1, y > 1 { dpi = (Double(x) * inches, Double(y) * inches) }
  }

  /// EXIF is a small TIFF: a byte order and a directory of entries of twelve bytes.
  private mutating func readEXIF(_ bytes: FileBytes, _ start: Int, _ end: Int) {
    let littleFirst = bytes.has("II", at: start)
    guard littleFirst || bytes.has("MM", at: start) else { return }
    func number(_ offset: Int, _ count: Int) -> Int? {
      guard offset >= 0, start + offset + count <= end else { return nil }
      return littleFirst
        ? bytes.little(start + offset, bytes: count) : bytes.big(start + offset, bytes: count)
    }
    func fraction(_ offset: Int?) -> Double {
      guard let offset, let above = number(offset, 4), let below = number(offset + 4, 4),
        below > 0
      else { return 0 }
      return Double(above) / Double(below)
    }
    guard let directory = number(4, 4), let entries = number(directory, 2) else { return }
    var x = 0.0
    var y = 0.0
    var unit = 2
    for entry in 0..<entries {
      let place = directory + 2 + 12 * entry
      guard let tag = number(place, 2) else { break }
      switch tag {
      case 0x0112:
        orientation = number(place + 8, 2).flatMap(Orientation.init(rawValue:)) ?? .upright
      case 0x011A: x = fraction(number(place + 8, 4))
      case 0x011B: y = fraction(number(place + 8, 4))
      case 0x0128: unit = number(place + 8, 2) ?? 2
      default: break
      }
    }
    let inches = unit == 3 ? 2.54 : unit == 2 ? 1 : 0
    // Phones write 72 without meaning it; JFIF, where it says something, is the scanner's word.
    if dpi == nil, x > 0, y > 0, inches > 0 { dpi = (x * inches, y * inches) }
  }
}
