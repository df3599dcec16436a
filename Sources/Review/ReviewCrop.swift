// SPDX-License-Identifier: Apache-2.0
public import Imaging

/// A question's neighbourhood, cut out of its page and turned upright.
public struct ReviewCrop: Hashable, Sendable {
  public var picture: GrayPicture
  /// Where the question's targets or cells lie on the picture, in the form's order, in pixels.
  public var targets: [Frame]

  public init(picture: GrayPicture, targets: [Frame]) {
    self.picture = picture
    self.targets = targets
  }

  /// A rectangle of the picture, in pixels.
  public struct Frame: Hashable, Sendable {
    public var x: Double
    public var y: Double
    public var width: Double
    public var height: Double

    public init(x: Double, y: Double, width: Double, height: Double) {
      self.x = x
      self.y = y
      self.width = width
      self.height = height
    }

    var middleX: Double { x + width / 2 }
    var middleY: Double { y + height / 2 }
  }
}

/// How much smaller a picture is drawn, and how many cells of the terminal it takes.
package struct DrawnSize: Hashable, Sendable {
  package var columns: Int
  package var rows: Int
  /// Pixels of the picture for each dot, at least a third.
  package var pixelsPerDot: Double

  /// The largest drawing of a picture within so many cells, where a cell has
  /// `dotsAcross` × `dotsDown` square dots.
  package init(
    width: Int, height: Int, columns: Int, rows: Int, dotsAcross: Int, dotsDown: Int
  ) {
    let across = Double(width) / Double(max(1, columns * dotsAcross))
    let down = Double(height) / Double(max(1, rows * dotsDown))
    // Pictures of few pixels are drawn three times as large at most: blocks tell nothing more.
    let scale = max(across, down, 1.0 / 3)
    func cells(_ pixels: Int, _ dots: Int) -> Int {
      max(1, Int((Double(pixels) / scale / Double(dots)).rounded(.up)))
    }
    pixelsPerDot = scale
    self.columns = min(columns, cells(width, dotsAcross))
    self.rows = min(rows, cells(height, dotsDown))
  }
}

extension GrayPicture {
  /// The picture as dots, bright where there is ink.
  ///
  /// Each dot is the darkest of its block: a mean would lose thin strokes. Ink is what is darker
  /// than the paper by a quarter of the way to the darkest ink; paper is the level that nine of
  /// ten pixels do not pass, so a gray or a dim page looks like a white one.
  package func inkDots(_ size: DrawnSize, dotsAcross: Int, dotsDown: Int) -> GrayPicture {
    var counts = [Int](repeating: 0, count: 256)
    for level in pixels { counts[Int(level)] += 1 }
    let paper = Self.level(counts, share: 0.8, of: pixels.count)
    let ink = Self.level(counts, share: 0.002, of: pixels.count)
    let limit = Double(paper) - max(24, 0.25 * Double(paper - ink))
    var dots = GrayPicture(
      width: size.columns * dotsAcross, height: size.rows * dotsDown, filledWith: 0)
    for dotY in 0..<dots.height {
      let rows = Self.block(dotY, size.pixelsPerDot, height)
      if rows.isEmpty { break }
      for dotX in 0..<dots.width {
        let columns = Self.block(dotX, size.pixelsPerDot, width)
        if columns.isEmpty { break }
        var darkest: UInt8 = 255
        for y in rows { for x in columns { darkest = min(darkest, self[x, y]) } }
        if Double(darkest) < limit { dots[dotX, dotY] = 255 }
      }
    }
    return dots
  }

  /// The pixels of a dot; empty where it lies beyond the picture.
  private static func block(_ dot: Int, _ pixelsPerDot: Double, _ count: Int) -> Range<Int> {
    let start = Int(Double(dot) * pixelsPerDot)
    guard start < count else { return 0..<0 }
    let end = Int((Double(dot + 1) * pixelsPerDot).rounded(.up))
    return start..<min(count, max(end, start + 1))
  }

  /// The level below which this share of the pixels lies.
  private static func level(_ counts: [Int], share: Double, of total: Int) -> Int {
    var sum = 0
    for (level, count) in counts.enumerated() {
      sum += count
      if Double(sum) > share * Double(total) { return level }
    }
    return 255
  }
}
