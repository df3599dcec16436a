// SPDX-License-Identifier: Apache-2.0
import Imaging

// The blank as this page printed it. A printer, a copier and a scanner make letters thinner or
// thicker, blur them and bend the tones. Of a bank of 25 blanks (five thicknesses, five blurs)
// the one is taken that explains the page best through a monotone tone curve. Medians in the
// curve and a cap on each difference keep marks from having a say.

/// How a page printed its blank: which of the bank, and its tones.
struct PrintedBlank: Sendable {
  /// The blank as the page should look without marks, in shares of paper (`Paper.white`).
  let picture: GrayPicture
  /// The darkest that its print may be here: a low quantile of the page's levels instead of
  /// their median, for the same line comes out now dark, now pale.
  let allowed: GrayPicture
  /// Mean distance of the page from it on print, capped, as a share of paper: 0.02 on a clean
  /// page, 0.05 on a hard one.
  let residual: Double
  /// Which of the bank it is.
  let look: PrintLook
}

/// One of the bank: how much thicker and how blurred than the blank's own picture.
struct PrintLook: Hashable, Sendable {
  /// Squares that are added on every side of the print; -1 takes one away.
  var thicker: Int
  /// σ of the blur in squares of the canvas.
  var blur: Double

  private static let thicknesses = [-1, 0, 1, 2, 3]
  private static let blurs = [0.5, 0.9, 1.4, 2.2, 3.2]

  static let all: [PrintLook] = thicknesses.flatMap { thicker in
    blurs.map { PrintLook(thicker: thicker, blur: $0) }
  }

  /// Whether another look is at most one step thicker or thinner, and softer or sharper.
  func isNear(_ other: PrintLook) -> Bool {
    func step(_ look: PrintLook) -> Int { Self.blurs.firstIndex(of: look.blur) ?? 0 }
    return abs(thicker - other.thicker) <= 1 && abs(step(self) - step(other)) <= 1
  }
}

/// The looks of one form page at places that are compared: made once a form.
struct PrintLooks: Sendable {
  let blank: GrayPicture
  /// Squares on print and close to it, at which the looks are compared.
  fileprivate let samples: [Int]
  /// The levels of each look at these squares.
  fileprivate let sampled: [[UInt8]]
  /// Squares in the middle of print, lines included.
  private let cores: [Int]

  /// Squares that are compared at the most: more tell nothing new.
  private static let mostSamples = 60_000
  /// Looks are made of bands of so many rows …
  private static let band = 64
  /// … of so many squares together at the most.
  private static let mostSquares = 800_000

  /// Print is darker than this share of paper in its middle: also a line as thin as a square.
  private static let core = 0.7
  /// Where the page is paler than this share of paper all round, print is lost.
  private static let bare = 0.9

  /// The share of print of which a page on the same canvas has nothing within the tolerance of
  /// registration.
  func lost(on page: GrayPicture) -> Double { Self.lost(cores, on: page) }

  /// The same of some squares of print; 0 where there are none.
  static func lost(_ cores: [Int], on page: GrayPicture) -> Double {
    let bare = UInt8(bare * Double(Paper.white))
    let reach = InkMap.tolerance
    let lost = cores.count { core in
      let (x, y) = (core % page.width, core / page.width)
      for row in max(0, y - reach)...min(page.height - 1, y + reach) {
        for column in max(0, x - reach)...min(page.width - 1, x + reach)
        where page.pixels[row * page.width + column] < bare { return false }
      }
      return true
    }
    return Double(lost) / Double(max(1, cores.count))
  }

  /// The squares of print in the middle of their strokes, in a window of the blank.
  static func cores(_ blank: GrayPicture, in window: CanvasWindow) -> [Int] {
    let least = Int(core * Double(Paper.white))
    return window.ys.flatMap { y in
      window.xs.lazy.map { y * blank.width + $0 }.filter { Int(blank.pixels[$0]) < least }
    }
  }

  /// - Parameter blank: The blank on its canvas, in shares of paper.
  init(blank: GrayPicture) {
    self.blank = blank
    let bands = (blank.height + Self.band - 1) / Self.band
    let step = max(1, blank.pixels.count / Self.mostSquares)
    let rows = stride(from: 0, to: bands, by: step).flatMap {
      ($0 * Self.band)..<min(blank.height, ($0 + 1) * Self.band)
    }
    let width = blank.width
    let part = GrayPicture(
      width: width, height: rows.count,
      pixels: rows.flatMap { blank.pixels[($0 * width)..<(($0 + 1) * width)] })
    let near = part.darkest(within: 2)
    let printed = UInt8(Double(Paper.white) * 0.8)
    let places = near.pixels.indices.filter { near.pixels[$0] < printed }
    let every = max(1, places.count / Self.mostSamples)
    let chosen = stride(from: 0, to: places.count, by: every).map { places[$0] }
    samples = chosen.map { rows[$0 / width] * width + $0 % width }
    let core = Int(Self.core * Double(Paper.white))
    cores = samples.filter { Int(blank.pixels[$0]) < core }
    var sampled: [[UInt8]] = []
    var thick: (by: Int, picture: GrayPicture)?
    for look in PrintLook.all {
      if thick?.by != look.thicker { thick = (look.thicker, part.thickened(by: look.thicker)) }
      let picture = thick?.picture.blurred(sigma: look.blur) ?? part
      sampled.append(chosen.map { picture.pixels[$0] })
    }
    self.sampled = sampled
  }
}

/// Finds how pages printed a form page's blank.
///
/// Not `Sendable`: it keeps the pictures of the looks that its worker's pages had.
final class PrintBank {
  private let looks: PrintLooks
  private var pictures: [PrintLook: GrayPicture] = [:]

  /// Bins of the blank's tones.
  private static let bins = 12
  /// A difference beyond this is a mark or a hole, and counts no more than this: share of paper.
  private static let cap = 0.3

  init(_ looks: PrintLooks) { self.looks = looks }

  private func picture(_ look: PrintLook) -> GrayPicture {
    if let picture = pictures[look] { return picture }
    let picture = looks.blank.looking(look)
    // Sheets of a batch are printed alike: a few looks are asked for again and again.
    if pictures.count >= 6 { pictures.removeAll() }
    pictures[look] = picture
    return picture
  }

  /// The blank as a page printed it; the page is on the same canvas, in shares of paper, and has
  /// so many pixels a millimetre. Where the page was looked at before, only what is near to the
  /// look that was found then is tried.
  func printed(
    on page: GrayPicture, pixelsPerMM: Double, near before: PrintLook? = nil
  ) -> PrintedBlank {
    let levels = looks.samples.map { page.pixels[$0] }
    var best: (look: PrintLook, residual: Double, curve: [UInt8])?
    for (look, blank) in zip(PrintLook.all, looks.sampled)
    where before.map(look.isNear) ?? true {
      let curve = Self.toneCurve(blank: blank, page: levels, quantile: 0.5)
      let residual = Self.residual(blank: blank, page: levels, curve: curve)
      if best.map({ residual < $0.residual }) ?? true { best = (look, residual, curve) }
    }
    guard let best else {
      return PrintedBlank(
        picture: looks.blank, allowed: looks.blank, residual: 0,
        look: PrintLook(thicker: 0, blur: 0))
    }
    let look = picture(best.look)
    let result = look.toned(best.curve)
    var allowed = result
    if let at = PrintLook.all.firstIndex(of: best.look) {
      let quantile = pixelsPerMM < Self.coarse ? Self.coarseQuantile : Self.allowedQuantile
      allowed = look.toned(
        Self.toneCurve(blank: looks.sampled[at], page: levels, quantile: quantile))
    }
    return PrintedBlank(
      picture: result, allowed: allowed, residual: best.residual, look: best.look)
  }

  /// Pixels a millimetre below which a printed line is as thin as a pixel: 140 dpi.
  private static let coarse = 5.5
  /// The share of a bin's levels that print may be as dark as; marks on a quarter of all print
  /// do not reach it.
  private static let allowedQuantile = 0.3
  /// The same on a coarse scan.
  private static let coarseQuantile = 0.2

  /// The page's level for each level of the blank: quantiles in bins, monotone, bent between.
  private static func toneCurve(blank: [UInt8], page: [UInt8], quantile: Double) -> [UInt8] {
    let white = Paper.white
    var counts = [Int](repeating: 0, count: bins * 256)
    for index in blank.indices {
      let bin = min(bins - 1, Int(blank[index]) * bins / (white + 1))
      counts[bin * 256 + Int(page[index])] += 1
    }
    // A bin with fewer squares says nothing.
    let fewest = max(20, blank.count / 2000)
    var places: [Double] = []
    var levels: [Double] = []
    for bin in 0..<bins {
      let row = counts[(bin * 256)..<((bin + 1) * 256)]
      let total = row.reduce(0, +)
      guard total >= fewest else { continue }
      var left = Int(Double(total) * quantile)
      var median = 0
      for (level, count) in row.enumerated() {
        left -= count
        if left < 0 {
          median = level
          break
        }
      }
      places.append((Double(bin) + 0.5) * Double(white + 1) / Double(bins))
      levels.append(max(levels.last ?? 0, Double(median)))
    }
    // Bare paper is paper, whatever the bins near print say.
    places.append(Double(white))
    levels.append(max(levels.last ?? 0, Double(white)))
    return (0..<256).map { level in
      let place = Double(level)
      guard let after = places.firstIndex(where: { $0 >= place }) else { return UInt8(white) }
      guard after > 0 else { return UInt8(min(levels[0], Double(white))) }
      let part = (place - places[after - 1]) / (places[after] - places[after - 1])
      let value = levels[after - 1] + part * (levels[after] - levels[after - 1])
      return UInt8(max(0, min(Double(white), value + 0.5)))
    }
  }

  private static func residual(blank: [UInt8], page: [UInt8], curve: [UInt8]) -> Double {
    guard !blank.isEmpty else { return 0 }
    let most = Int(cap * Double(Paper.white))
    var sum = 0
    for index in blank.indices {
      sum += min(most, abs(Int(page[index]) - Int(curve[Int(blank[index])])))
    }
    return Double(sum) / Double(blank.count) / Double(Paper.white)
  }
}

extension GrayPicture {
  /// The picture as thick and as blurred as a look.
  fileprivate func looking(_ look: PrintLook) -> GrayPicture {
    thickened(by: look.thicker).blurred(sigma: look.blur)
  }

  /// The picture with so many squares of print more on every side.
  fileprivate func thickened(by squares: Int) -> GrayPicture {
    squares < 0 ? brightest(within: -squares) : darkest(within: squares)
  }

  /// Each level replaced by the curve's.
  fileprivate func toned(_ curve: [UInt8]) -> GrayPicture {
    var result = self
    unsafe result.pixels.withUnsafeMutableBufferPointer { pixels in
      for index in pixels.indices { unsafe pixels[index] = curve[Int(pixels[index])] }
    }
    return result
  }
}
