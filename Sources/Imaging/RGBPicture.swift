// SPDX-License-Identifier: Apache-2.0

/// A picture of 8-bit red, green and blue: for people to look at, never read from.
public struct RGBPicture: Hashable, Sendable {
  public let width: Int
  public let height: Int
  /// `3 * width * height` bytes, rows from the top.
  public var pixels: [UInt8]

  /// A picture of one colour.
  public init(width: Int, height: Int, filledWith color: RGBColor = .white) {
    precondition(width > 0 && height > 0)
    self.width = width
    self.height = height
    pixels = [UInt8](repeating: 255, count: 3 * width * height)
    if color != .white {
      for index in 0..<(width * height) {
        pixels[3 * index] = color.red
        pixels[3 * index + 1] = color.green
        pixels[3 * index + 2] = color.blue
      }
    }
  }

  /// A gray picture in colour, to be drawn on.
  public init(_ gray: GrayPicture) {
    width = gray.width
    height = gray.height
    pixels = []
    pixels.reserveCapacity(3 * gray.pixels.count)
    for level in gray.pixels {
      pixels.append(level)
      pixels.append(level)
      pixels.append(level)
    }
  }

  /// Draws one pixel; outside the picture nothing.
  public mutating func draw(_ color: RGBColor, x: Int, y: Int) {
    guard x >= 0, y >= 0, x < width, y < height else { return }
    let at = 3 * (y * width + x)
    pixels[at] = color.red
    pixels[at + 1] = color.green
    pixels[at + 2] = color.blue
  }

  /// Draws a line from one place to another, one pixel wide, clipped to the picture.
  public mutating func drawLine(
    _ color: RGBColor, from start: (x: Double, y: Double), to end: (x: Double, y: Double)
  ) {
    let steps = Int(max(abs(end.x - start.x), abs(end.y - start.y)).rounded(.up))
    guard steps < 4 * (width + height) else { return }
    for step in 0...max(steps, 1) {
      let part = Double(step) / Double(max(steps, 1))
      let x = start.x + (end.x - start.x) * part
      let y = start.y + (end.y - start.y) * part
      draw(color, x: Int(x.rounded(.down)), y: Int(y.rounded(.down)))
    }
  }
}

/// A colour to draw with.
public struct RGBColor: Hashable, Sendable {
  public var red: UInt8
  public var green: UInt8
  public var blue: UInt8

  public init(red: UInt8, green: UInt8, blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  public static let white = RGBColor(red: 255, green: 255, blue: 255)
  public static let green = RGBColor(red: 0, green: 150, blue: 60)
  public static let red = RGBColor(red: 215, green: 30, blue: 30)
  public static let orange = RGBColor(red: 235, green: 140, blue: 0)
  public static let blue = RGBColor(red: 20, green: 90, blue: 220)
}
