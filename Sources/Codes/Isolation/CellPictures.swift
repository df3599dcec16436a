// SPDX-License-Identifier: Apache-2.0
package import Imaging

// Isolated ink, brought to the size that a reader was trained on: shrunk by the mean of what
// each pixel covers, never enlarged beyond what a mark of 2.2 mm would need, so that a dot or a
// dash stays small.

/// Pictures of a cell for its readers.
package enum CellPictures {
  /// The side of the network's picture, and of what is written in it, in pixels.
  package static let side = 28
  private static let written = 22.0
  /// The height of a line for Tesseract, and the box that a digit is brought into, in pixels.
  package static let lineHeight = 36
  package static let digitWidth = 34
  private static let digitHeight = 26.0
  /// A mark of this size fills the box, in mm.
  private static let smallest = 2.2

  /// 28 × 28 bytes for the networks, ink 255, centred by its box.
  package static func forNetwork(_ ink: GrayPicture) -> [UInt8] {
    let digit = fitted(ink, width: written, height: written)
    return placed(
      digit, x: (side - digit.width) / 2, y: (side - digit.height) / 2, width: side, height: side)
  }

  /// A digit for Tesseract: ink 255, 36 rows, its own width, centred in height.
  package static func forLine(_ ink: GrayPicture) -> GrayPicture {
    let digit = fitted(ink, width: Double(digitWidth), height: digitHeight)
    return GrayPicture(
      width: digit.width, height: lineHeight,
      pixels: placed(
        digit, x: 0, y: (lineHeight - digit.height) / 2, width: digit.width, height: lineHeight))
  }

  /// The ink brought into a box of so many pixels.
  private static func fitted(_ ink: GrayPicture, width: Double, height: Double) -> GrayPicture {
    let most = min(width, height) / (smallest * FieldCanvas.pixelsPerMM)
    let scale = min(most, width / Double(ink.width), height / Double(ink.height))
    return resized(
      ink, width: max(1, min(Int(width), Int((Double(ink.width) * scale).rounded()))),
      height: max(1, min(Int(height), Int((Double(ink.height) * scale).rounded()))))
  }

  /// Each pixel the mean of what it covers; where it covers less than one, what lies there.
  static func resized(_ ink: GrayPicture, width: Int, height: Int) -> GrayPicture {
    let columns = shares(from: ink.width, to: width)
    let rows = shares(from: ink.height, to: height)
    var result = GrayPicture(width: width, height: height, filledWith: 0)
    for (y, row) in rows.enumerated() {
      for (x, column) in columns.enumerated() {
        var sum: Float = 0
        for (v, partY) in row {
          for (u, partX) in column {
            sum += partX * partY * Float(ink.pixels[v * ink.width + u])
          }
        }
        result[x, y] = UInt8(min(255, sum.rounded()))
      }
    }
    return result
  }

  /// For each new pixel along one axis the old ones that it covers, with their shares of 1.
  private static func shares(from old: Int, to new: Int) -> [[(Int, Float)]] {
    let step = Double(old) / Double(new)
    return (0..<new).map { index in
      let (low, high) = (Double(index) * step, Double(index + 1) * step)
      return (Int(low)...min(old - 1, Int(high))).compactMap { at in
        let part = min(high, Double(at + 1)) - max(low, Double(at))
        return part > 1e-9 ? (at, Float(part / step)) : nil
      }
    }
  }

  private static func placed(
    _ digit: GrayPicture, x: Int, y: Int, width: Int, height: Int
  ) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: width * height)
    for row in 0..<digit.height {
      for column in 0..<digit.width {
        result[(y + row) * width + x + column] = digit[column, row]
      }
    }
    return result
  }
}
