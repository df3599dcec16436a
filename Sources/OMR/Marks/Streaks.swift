// SPDX-License-Identifier: Apache-2.0
import Imaging

// A dirty scanner glass draws a line through a whole page; a fold does so too. In one cell it is
// a faint stroke, over twelve it is plain: ink is summed along lines of 60 mm, up to 5° askew. A
// line that is dark on most of its bare ground, and clearly darker than what lies beside it, is
// put back to paper unless something much darker crosses it. Drawn targets are no ground for it: a
// column of cells that are all ticked is no line.

/// Lines through the page that are no marks.
enum Streaks {
  /// What a direction takes for a line.
  struct Direction {
    /// Ink from here on counts, in shares of paper, or `noiseFactor` × noise where that is more.
    var faintest: Double
    var noiseFactor: Double
    /// Squares between a line and what lies beside it.
    var side: Int
  }

  /// Along the blank's columns: what a scanner draws.
  static let vertical = Direction(faintest: 0.012, noiseFactor: 0.9, side: 12)
  /// Along the blank's rows: less faint, for the lines of text that shine through are faint.
  static let horizontal = Direction(faintest: 0.04, noiseFactor: 1.5, side: 8)

  /// Squares along which a line is summed: 60 mm.
  private static let length = 480
  /// Every second row of a line is summed; half of `length` is a multiple of it.
  private static let step = 2
  /// Share of a line's bare ground that must be dark.
  private static let darkShare = 0.62
  /// The line must be darker than its sides by this factor.
  private static let contrast = 2.0
  /// What is darker than the line's median by this factor is a stroke that crosses it.
  private static let crossing: Float = 2.2
  /// More of the page than this is no line but bad registration or a dither.
  private static let mostOfPage = 0.06
  /// Tangents of ±5° in half degrees.
  private static let slopes = stride(from: -10, through: 10, by: 1).map { Double($0) * 0.00873 }

  /// Takes streaks and folds out of the ink; gives the share of the canvas that was put back.
  static func remove(
    from ink: inout InkMap, printed: GrayPicture, drawnTargets: [CanvasWindow]
  ) -> Double {
    var bare = printed.darkest(within: InkMap.tolerance)
    for window in drawnTargets {
      for y in window.ys { for x in window.xs { bare[x, y] = 0 } }
    }
    let (width, height) = (ink.added.width, ink.added.height)
    var squares = find(
      vertical, ground: ground(vertical, ink, bare: bare), width: width, height: height
    ) { ink.added.pixels[$0] }
    // The same picture turned, of which only the ground is laid out anew.
    func upright(_ at: Int) -> Int { at % height * width + at / height }
    let lying = find(
      horizontal,
      ground: transposed(ground(horizontal, ink, bare: bare), width: width, height: height),
      width: height, height: width
    ) { ink.added.pixels[upright($0)] }
    squares += lying.map(upright)
    let share = Double(squares.count) / Double(max(1, ink.added.pixels.count))
    guard !squares.isEmpty, share <= mostOfPage else { return 0 }
    for at in squares {
      ink.added.pixels[at] = 0
      ink.difference.pixels[at] = 0
    }
    ink.findInk()
    return share
  }

  /// 0 where there is print, 1 on bare ground, 3 where that is dark.
  private static func ground(
    _ direction: Direction, _ ink: InkMap, bare: GrayPicture
  ) -> [UInt8] {
    let limit = Float(max(direction.faintest, direction.noiseFactor * ink.noise))
    let bareLevel = UInt8(Double(Paper.white) * 0.95)
    return unsafe [UInt8](unsafeUninitializedCapacity: bare.pixels.count) { out, count in
      count = bare.pixels.count
      unsafe bare.pixels.withUnsafeBufferPointer { bare in
        unsafe ink.added.pixels.withUnsafeBufferPointer { added in
          for at in bare.indices {
            unsafe out[at] = bare[at] < bareLevel ? 0 : added[at] > limit ? 3 : 1
          }
        }
      }
    }
  }

  /// The squares of lines along the columns of a picture; `level` is the ink of a square.
  private static func find(
    _ direction: Direction, ground: [UInt8], width: Int, height: Int, level: (Int) -> Float
  ) -> [Int] {
    guard width > 2 * direction.side, height >= length / 2 else { return [] }
    let looked = Array(stride(from: 0, to: height, by: step))
    let darkSums = SlantedSums(ground, width: width, bit: 1, rows: looked)
    // Most pages have no line that is dark enough to ask for its ground.
    lazy var bareSums = SlantedSums(ground, width: width, bit: 0, rows: looked)
    var found: [Int] = []
    for start in stride(from: 0, to: height, by: length / 2) {
      let rows = start..<min(height, start + length)
      guard rows.count >= length / 2 else { continue }
      var squares: Set<Int> = []
      let (first, count) = (start / step, (rows.count + step - 1) / step)
      // Half of a line is bare, and the share of that is dark.
      let leastDark = darkShare * Double(count) / 2
      for slope in slopes {
        let shifts = (0..<count).map { Int((slope * Double($0 * step)).rounded()) }
        let dark = darkSums.along(shifts, from: first)
        guard dark.contains(where: { Double($0) > leastDark }) else { continue }
        let bare = bareSums.along(shifts, from: first)
        for x in lines(direction, dark: dark, bare: bare, count: count) {
          squares.formUnion(
            line(x: x, slope: slope, rows: rows, ground: ground, width: width, level: level))
        }
      }
      found += squares.sorted()
    }
    return found
  }

  /// The columns at which a line of a slope begins.
  private static func lines(
    _ direction: Direction, dark: [UInt16], bare: [UInt16], count: Int
  ) -> [Int] {
    func share(_ x: Int) -> Double { Double(dark[x]) / Double(max(1, bare[x])) }
    return (direction.side..<(dark.count - direction.side)).filter { x in
      guard 2 * Int(bare[x]) > count, share(x) > darkShare else { return false }
      let beside = max(share(x - direction.side), share(x + direction.side))
      return share(x) >= contrast * beside
    }
  }

  /// The squares of one line but for what crosses it.
  private static func line(
    x: Int, slope: Double, rows: Range<Int>, ground: [UInt8], width: Int, level: (Int) -> Float
  ) -> [Int] {
    var places: [Int] = []
    var levels: [Float] = []
    for y in rows {
      let column = x + Int((slope * Double(y - rows.lowerBound)).rounded())
      guard column >= 1, column + 1 < width else { continue }
      let at = y * width + column
      if ground[at] == 3 { levels.append(level(at)) }
      places.append(at - 1)
      places.append(at)
      places.append(at + 1)
    }
    levels.sort()
    guard !levels.isEmpty else { return [] }
    let most = crossing * levels[levels.count / 2]
    return places.filter {
      let level = level($0)
      return level > 0 && level <= most
    }
  }

  /// Squares of so many pixels are turned at a time: they stay in the nearest cache.
  private static let block = 32

  private static func transposed(_ pixels: [UInt8], width: Int, height: Int) -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: width * height) { out, count in
      count = width * height
      unsafe pixels.withUnsafeBufferPointer { pixels in
        for top in stride(from: 0, to: height, by: block) {
          for left in stride(from: 0, to: width, by: block) {
            for x in left..<min(width, left + block) {
              for y in top..<min(height, top + block) {
                unsafe out[x * height + y] = pixels[y * width + x]
              }
            }
          }
        }
      }
    }
  }
}
