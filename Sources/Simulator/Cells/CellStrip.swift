// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A row of comb cells with digits in them, as painted and scanned: what a digit reader is
/// trained on. It knows nothing of how the cells are read.
package struct CellStrip: Sendable {
  /// The strip with nothing written, gray, `blankPerMM` pixels a millimetre.
  package var blank: [UInt8]
  package var blankWidth: Int
  package var blankHeight: Int
  package static let blankPerMM = 12.0
  /// The strip as scanned, gray.
  package var page: [UInt8]
  package var pageWidth: Int
  package var pageHeight: Int
  /// The cells on the blank, in millimetres: x, y, width, height.
  package var cells: [(x: Double, y: Double, width: Double, height: Double)]
  /// Where a place of the blank is said to lie on the page: a registration with its error. x' is
  /// `map[0] x + map[1] y + map[2]`, y' is `map[3] x + map[4] y + map[5]`, in pixels.
  package var map: [Double]
  /// What stands in each cell.
  package var truth: [CellTruth]
}

/// What stands in a painted cell.
package struct CellTruth: Hashable, Sendable {
  /// 0 to 9, 10 for what no careful person would read as a digit, 11 for nothing.
  package var label: Int
  /// The kind of junk, or where the digit comes from.
  package var kind: String
  package static let junk = 10
  package static let empty = 11
}

/// How worn a strip is: ranges of what chance draws from.
package enum StripWear: String, Sendable, CaseIterable {
  case clean, office, hard
}

/// Paints strips.
package struct StripPainter: Sendable {
  let digits: WrittenDigits
  /// Pixels a millimetre while painting.
  static let scale = 16.0
  /// What is painted round the cells, in millimetres.
  static let margin = 4.5

  package init(_ digits: WrittenDigits) { self.digits = digits }

  /// The strip of this seed.
  package func paint(_ wear: StripWear, seed: UInt64) -> CellStrip {
    var chance = SeededGenerator(seed: seed)
    let layout = StripLayout(&chance)
    let width = Int(layout.width * Self.scale)
    let height = Int(layout.height * Self.scale)
    var pen = chance.pick(Pen.all.map { ($0.pen, $0.weight) }).inHand(&chance)
    pen.width = chance.from(0.26...0.8)
    // From faint pencil to black: what is lost of the paper's light under a full line.
    let dark = Self.darkness(wear, &chance)
    pen.strength = max(0.85, pen.strength)
    var painter = DigitPainter(
      width: width, height: height, scale: Self.scale, pen: pen,
      thickness: chance.from(-1...1), &chance)
    var ink = Raster(width: width, height: height)
    let truth = layout.cells.map { cell in
      fill(cell, wear, &painter, &ink, &chance)
    }
    let print = layout.printed(width: width, height: height, scale: Self.scale)
    var page = Raster(width: width, height: height, filledWith: 1)
    if wear != .clean, chance.happens(0.35) {
      page = showThrough(width: width, height: height, &chance)
    }
    page.darken(by: print, darkness: layout.lineDarkness)
    page.darken(by: ink, darkness: dark)
    let scan = StripScan(wear, ink: dark, &chance)
    let (pixels, pageWidth, pageHeight, map) = scan.scan(page, scale: Self.scale, &chance)
    var blank = Raster(width: width, height: height, filledWith: 1)
    blank.darken(by: print, darkness: layout.lineDarkness)
    let (blankBytes, blankWidth, blankHeight) = Self.bytes(of: blank)
    return CellStrip(
      blank: blankBytes, blankWidth: blankWidth, blankHeight: blankHeight, page: pixels,
      pageWidth: pageWidth, pageHeight: pageHeight,
      cells: layout.cells.map { ($0.x, $0.y, $0.width, $0.height) }, map: map, truth: truth)
  }

  private static func darkness(_ wear: StripWear, _ chance: inout SeededGenerator) -> Float {
    switch wear {
    case .clean: Float(chance.from(0.55...0.95))
    case .office: Float(chance.from(0.3...0.95))
    case .hard: Float(chance.from(0.25...0.9))
    }
  }

  private static func bytes(of raster: Raster) -> ([UInt8], Int, Int) {
    let step = scale / CellStrip.blankPerMM
    let (width, height) = (Int(Double(raster.width) / step), Int(Double(raster.height) / step))
    var bytes = [UInt8](repeating: 255, count: width * height)
    for y in 0..<height {
      for x in 0..<width {
        let (u, v) = (Int((Double(x) + 0.5) * step), Int((Double(y) + 0.5) * step))
        bytes[y * width + x] = UInt8(max(0, min(255, raster.clamped(u, v) * 255)))
      }
    }
    return (bytes, width, height)
  }

  /// Writes one cell's content.
  private func fill(
    _ cell: StripCell, _ wear: StripWear, _ painter: inout DigitPainter, _ ink: inout Raster,
    _ chance: inout SeededGenerator
  ) -> CellTruth {
    let what = chance.unit()
    if what < 0.1 { return CellTruth(label: CellTruth.empty, kind: "empty") }
    let place = place(in: cell, wear, &chance)
    if what < 0.28 {
      let kind = chance.pick(CellJunk.weights)
      painter.spoil(kind, place, cell, on: &ink, any: digits.any, &chance)
      return CellTruth(label: CellTruth.junk, kind: kind.rawValue)
    }
    let digit = digits.any(&chance)
    painter.paint(digit, at: place, on: &ink, &chance)
    let kind = if case .lines = digit.shape { "lines" } else { "picture" }
    return CellTruth(label: digit.digit, kind: kind)
  }

  private func place(
    in cell: StripCell, _ wear: StripWear, _ chance: inout SeededGenerator
  ) -> DigitPlace {
    let (heights, stray): (ClosedRange<Double>, Double) =
      switch wear {
      case .clean: (3.0...5.8, 0.4)
      case .office: (3.0...6.6, 0.6)
      case .hard: (3.0...7.2, 0.75)
      }
    // In a small cell people write smaller.
    let fit = min(1, cell.height / 7)
    return DigitPlace(
      x: cell.x + cell.width / 2 + chance.normal(0, stray),
      y: cell.y + cell.height / 2 + chance.normal(0, stray),
      height: chance.from(heights) * fit, aspect: chance.from(0.85...1.15),
      turn: chance.normal(0, 0.105), shear: chance.normal(0, 0.15))
  }

  /// The paper with the back's lines shining through, mirrored and blurred.
  private func showThrough(
    width: Int, height: Int, _ chance: inout SeededGenerator
  ) -> Raster {
    var ink = Raster(width: width, height: height)
    var pen = Pen.all[1].pen
    pen.width = chance.from(0.3...0.7)
    var painter = DigitPainter(
      width: width, height: height, scale: Self.scale, pen: pen, thickness: 0.3, &chance)
    let line = Double(height) / Self.scale * chance.from(0.2...0.8)
    var x = chance.from(0...4)
    let size = chance.from(2.2...4)
    while x < Double(width) / Self.scale {
      let place = DigitPlace(
        x: x, y: line + chance.normal(0, 0.15), height: size, aspect: -1, turn: 0, shear: 0)
      if chance.happens(0.75) { painter.letter(place, on: &ink, &chance) }
      x += size * chance.from(0.7...1.3)
    }
    ink.blur(sigma: chance.from(1.2...3.5))
    var paper = Raster(width: width, height: height, filledWith: 1)
    paper.darken(by: ink, darkness: Float(chance.from(0.05...0.22)))
    return paper
  }
}
