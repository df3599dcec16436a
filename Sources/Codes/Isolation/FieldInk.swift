// SPDX-License-Identifier: Apache-2.0
import Foundation
import Imaging

/// What a page has more than its blank round one code's cells.
///
/// The lines are taken off as wide as they are on this page; where a stroke crosses one it is put
/// back. Levels are kept, not split into black and white: the readers see gray edges.
struct FieldInk: Sendable {
  let width: Int
  let height: Int
  /// How much darker than the paper, in levels; 0 where there is no ink.
  var darkness: [Float]
  /// 1 where there is ink.
  var mask: [UInt8]
  /// The page's lines.
  let lines: [CellLine]
  /// Standard deviation of the paper, in levels.
  let noise: Double

  private static let mm = FieldCanvas.pixelsPerMM
  /// Smooths noise away and leaves the thinnest stroke, in mm.
  private static let smoothingMM = 0.055
  /// Ink is darker than the paper by this much, in levels …
  private static let leastInk = 22.0
  /// … and by so many deviations of the paper's noise.
  private static let inkOverNoise = 5.0
  /// A line's soft edge, on each side, in mm.
  private static let lineEdgeMM = 0.08
  /// On a line paler than this a stroke is still seen, in levels …
  private static let paleLine = 110.0
  /// … where it is darker than the line by so much.
  private static let strokeOverLine: Float = 35
  /// Half of the brush that finds the paper, in thirds of a square: strokes that are wider than
  /// 2.7 mm are no strokes.
  private static let paperReach = 5
  /// The paper under a stain may be darker than the usual paper by this much, in levels.
  private static let mostStain: Float = 60

  init(_ page: FloatPicture, field: PreparedField) {
    (width, height) = (page.width, page.height)
    let paper = Self.paper(page)
    let deep = FloatPicture(
      width: width, height: height,
      pixels: zip(paper, page.pixels).map { max(0, $0 - $1) })
    noise = Self.noise(page, paper: paper)
    let smooth = GaussianBlur.blurred(deep, sigma: Self.smoothingMM * Self.mm)
    lines = CellLines.onPage(field.lines, darkness: deep)
    let limit = Float(max(Self.leastInk, Self.inkOverNoise * noise))
    mask = smooth.pixels.map { $0 > limit ? 1 : 0 }
    darkness = smooth.pixels
    for at in mask.indices where field.print[at] != 0 { mask[at] = 0 }
    for line in lines { takeOff(line) }
    for line in lines { bridge(line, darkness: smooth.pixels, limit: limit) }
    for at in mask.indices where mask[at] == 0 { darkness[at] = 0 }
  }

  /// The paper's level everywhere: what a wide brush of white would leave, so that stains, folds
  /// and shadows are paper, but no darker than a stain is.
  private static func paper(_ page: FloatPicture) -> [Float] {
    let usual = usualLevel(page)
    // The brush goes over a picture a third as large, of the brightest of each 3 × 3.
    let (columns, rows) = ((page.width + 2) / 3, (page.height + 2) / 3)
    var small = GrayPicture(width: columns, height: rows, filledWith: 0)
    for y in 0..<page.height {
      for x in 0..<page.width {
        let level = UInt8(max(0, min(255, page.pixels[y * page.width + x])))
        let at = y / 3 * columns + x / 3
        if level > small.pixels[at] { small.pixels[at] = level }
      }
    }
    let closed = small.brightest(within: paperReach).darkest(within: paperReach)
    // The brush takes the brightest of the noise: its mean over the paper is brought back.
    var over: Float = 0
    var count: Float = 0
    for y in 0..<page.height {
      for x in 0..<page.width {
        let level = page.pixels[y * page.width + x]
        guard abs(level - usual) < 20 else { continue }
        over += Float(closed.pixels[y / 3 * columns + x / 3]) - level
        count += 1
      }
    }
    let lift = count > 0 ? max(0, over / count) : 0
    let low = max(0, usual - mostStain)
    let levels = FloatPicture(
      width: columns, height: rows, pixels: closed.pixels.map { max(low, Float($0) - lift) })
    return enlarged(levels, width: page.width, height: page.height)
  }

  /// Three times as large, straight between the middles.
  private static func enlarged(_ small: FloatPicture, width: Int, height: Int) -> [Float] {
    var result = [Float](repeating: 0, count: width * height)
    let columns = (0..<width).map { place($0, limit: small.width) }
    for y in 0..<height {
      let row = place(y, limit: small.height)
      for x in 0..<width {
        let column = columns[x]
        let (p, q) = (row.low * small.width, row.high * small.width)
        let upper =
          small.pixels[p + column.low]
          + (small.pixels[p + column.high] - small.pixels[p + column.low]) * column.part
        let lower =
          small.pixels[q + column.low]
          + (small.pixels[q + column.high] - small.pixels[q + column.low]) * column.part
        result[y * width + x] = upper + (lower - upper) * row.part
      }
    }
    return result
  }

  private static func place(_ at: Int, limit: Int) -> (low: Int, high: Int, part: Float) {
    let exact = (Float(at) + 0.5) / 3 - 0.5
    let low = max(0, min(limit - 1, Int(exact.rounded(.down))))
    return (low, min(limit - 1, low + 1), max(0, min(1, exact - Float(low))))
  }

  /// The level below which six tenths of the squares lie: paper, where less is covered.
  private static func usualLevel(_ page: FloatPicture) -> Float {
    var counts = [Int](repeating: 0, count: 256)
    for level in page.pixels { counts[Int(max(0, min(255, level)))] += 1 }
    var rest = page.pixels.count * 6 / 10
    for (level, count) in counts.enumerated() {
      rest -= count
      if rest <= 0 { return Float(level) }
    }
    return 255
  }

  /// From what is brighter than the paper: ink and print lie on the other side.
  private static func noise(_ page: FloatPicture, paper: [Float]) -> Double {
    var sum = 0.0
    var count = 0.0
    for (at, level) in page.pixels.enumerated() where level > paper[at] {
      let over = Double(level - paper[at])
      sum += over * over
      count += 1
    }
    return count > 0 ? (sum / count).squareRoot() : 0
  }

  private mutating func takeOff(_ line: CellLine) {
    let isPale = line.darkness < Self.paleLine
    let over = Float(line.darkness) + Self.strokeOverLine
    line.forEachSquare(margin: Self.lineEdgeMM * Self.mm, width: width, height: height) { at in
      if !isPale || darkness[at] < over { mask[at] = 0 }
    }
  }

  /// Puts strokes back that cross a line: from each run of ink on one side to each run on the
  /// other that lies within the line's width of it.
  private mutating func bridge(_ line: CellLine, darkness deep: [Float], limit: Float) {
    let isAcross = line.direction == .across
    let band = line.band(margin: Self.lineEdgeMM * Self.mm)
    let (low, high) = (band.lowerBound - 1, band.upperBound + 1)
    guard low >= 1, high + 1 < (isAcross ? height : width) else { return }
    let length = isAcross ? width : height
    func index(_ across: Int, _ along: Int) -> Int {
      isAcross ? across * width + along : along * width + across
    }
    let before = runs(length) { mask[index(low, $0)] != 0 }
    let after = runs(length) { mask[index(high, $0)] != 0 }
    guard !before.isEmpty, !after.isEmpty else { return }
    let reach = band.count + 2
    let (from, to) = (Int(line.from) - 2, Int(line.to) + 2)
    for a in before where a.upperBound >= from && a.lowerBound <= to {
      for b in after
      where b.lowerBound <= a.upperBound + reach && a.lowerBound <= b.upperBound + reach {
        for across in band {
          let part = Double(across - low) / Double(high - low)
          let begin = Double(a.lowerBound) + Double(b.lowerBound - a.lowerBound) * part
          let end = Double(a.upperBound) + Double(b.upperBound - a.upperBound) * part
          for along in Int(begin.rounded())...max(Int(begin.rounded()), Int(end.rounded())) {
            let at = index(across, along)
            if deep[at] > limit { mask[at] = 1 }
          }
        }
      }
    }
  }

  private func runs(_ length: Int, _ isInk: (Int) -> Bool) -> [ClosedRange<Int>] {
    var result: [ClosedRange<Int>] = []
    var begin: Int?
    for at in 0...length {
      let ink = at < length && isInk(at)
      if ink, begin == nil { begin = at }
      if !ink, let start = begin {
        result.append(start...(at - 1))
        begin = nil
      }
    }
    return result
  }
}
