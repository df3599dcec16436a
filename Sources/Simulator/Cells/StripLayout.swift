// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The print of a strip: its cells and how their lines look.
struct StripLayout: Sendable {
  enum Look: Sendable { case boxes, apart, comb }

  var cells: [StripCell] = []
  var look: Look
  /// In millimetres.
  var lineWidth: Double
  /// What is lost of the light on a line.
  var lineDarkness: Float
  /// How far beyond the truth the form gives the cells, in millimetres.
  let width: Double
  let height: Double
  /// A stroke printed between two cells, as in dates.
  var separators: [Double] = []

  init(_ chance: inout SeededGenerator) {
    look = chance.pick([(.boxes, 8), (.apart, 1.5), (.comb, 0.8)])
    lineWidth = chance.from(0.15...0.36)
    lineDarkness =
      chance.happens(0.22) ? Float(chance.from(0.12...0.5)) : Float(chance.from(0.75...1))
    let count = 4 + Int(chance.unit() * 5)
    let (cellWidth, cellHeight) = (chance.from(5.2...7.2), chance.from(6.2...8.4))
    let gap = look == .apart ? chance.from(0.6...2.5) : 0
    var x = StripPainter.margin
    for index in 0..<count {
      if index > 0, look == .boxes, chance.happens(0.12) {
        separators.append(x + 1.6)
        x += 3.4
      }
      cells.append(
        StripCell(x: x, y: StripPainter.margin, width: cellWidth, height: cellHeight))
      x += cellWidth + gap
    }
    width = x - gap + StripPainter.margin
    height = cellHeight + 2 * StripPainter.margin
  }

  /// The print, 1 where it is.
  func printed(width: Int, height: Int, scale: Double) -> Raster {
    var raster = Raster(width: width, height: height)
    let half = lineWidth / 2
    for cell in cells {
      let (right, bottom) = (cell.x + cell.width, cell.y + cell.height)
      let top = look == .comb ? bottom - cell.height * 0.35 : cell.y
      if look != .comb {
        Self.box(cell.x - half, cell.y - half, right + half, cell.y + half, &raster, scale)
      }
      Self.box(cell.x - half, bottom - half, right + half, bottom + half, &raster, scale)
      Self.box(cell.x - half, top - half, cell.x + half, bottom + half, &raster, scale)
      Self.box(right - half, top - half, right + half, bottom + half, &raster, scale)
    }
    for x in separators {
      let middle = cells[0].y + cells[0].height / 2
      for step in 0..<24 {
        let t = Double(step) / 23 - 0.5
        Self.box(
          x - t * 1.2 - 0.15, middle + t * 4 - 0.15, x - t * 1.2 + 0.15, middle + t * 4 + 0.15,
          &raster, scale)
      }
    }
    return raster
  }

  private static func box(
    _ left: Double, _ top: Double, _ right: Double, _ bottom: Double, _ raster: inout Raster,
    _ scale: Double
  ) {
    func span(_ a: Double, _ b: Double, _ limit: Int) -> Range<Int> {
      let begin = min(limit, max(0, Int((a * scale).rounded())))
      return begin..<max(begin, min(limit, max(begin + 1, Int((b * scale).rounded()))))
    }
    for y in span(top, bottom, raster.height) {
      for x in span(left, right, raster.width) { raster[x, y] = 1 }
    }
  }
}
