// SPDX-License-Identifier: Apache-2.0
package import Geometry
import Imaging

/// The neighbourhood of one code's cells on the blank, as a grid of small squares.
///
/// Page and blank are both sampled on it, so that a place has the same index in both. Only this
/// neighbourhood is sampled: the page's pixels stay (docs/decisions/003-pixels-stay.md).
package struct FieldCanvas: Sendable {
  /// Squares a millimetre: 305 dpi, so that a scan of 300 dpi loses nothing.
  package static let pixelsPerMM = 12.0
  /// What is looked at round the cells, in millimetres: digits leave their cells by up to 2.
  package static let marginMM = 2.5
  /// More than a whole sheet of A4 is no code: 9 million squares.
  static let mostPixels = 9_000_000.0

  package let origin: BlankPoint
  package let width: Int
  package let height: Int

  /// `nil` where there are no cells, or cells so large that they are none.
  package init?(around cells: [BlankBox]) {
    guard let first = cells.first else { return nil }
    self.init(of: cells.dropFirst().reduce(first) { $0.union($1) }.grown(by: Self.marginMM))
  }

  /// A box of the blank; `nil` where it is empty or larger than a sheet.
  init?(of box: BlankBox) {
    let (columns, rows) = (box.width * Self.pixelsPerMM, box.height * Self.pixelsPerMM)
    guard columns.isFinite, rows.isFinite, columns >= 1, rows >= 1,
      columns * rows < Self.mostPixels
    else { return nil }
    origin = BlankPoint(x: box.x, y: box.y)
    (width, height) = (Int(columns), Int(rows))
  }

  /// The place on the blank of a place on the canvas; (0, 0) is the first square's corner.
  func blankPoint(x: Double, y: Double) -> BlankPoint {
    BlankPoint(x: origin.x + x / Self.pixelsPerMM, y: origin.y + y / Self.pixelsPerMM)
  }

  /// A box of the blank in squares of the canvas.
  func box(_ box: BlankBox) -> FieldBox {
    FieldBox(
      left: (box.x - origin.x) * Self.pixelsPerMM, top: (box.y - origin.y) * Self.pixelsPerMM,
      right: (box.maxX - origin.x) * Self.pixelsPerMM,
      bottom: (box.maxY - origin.y) * Self.pixelsPerMM)
  }

  /// Squares between two places at which the registration is asked: 1 mm.
  private static let step = 12

  /// The picture's levels on the canvas; white where the canvas lies off the picture.
  ///
  /// Where the page is finer than the canvas, each square takes the mean of several places.
  func sample(_ picture: GrayPicture, by map: (BlankPoint) -> PagePoint) -> FloatPicture {
    let (columns, rows) = (width / Self.step + 2, height / Self.step + 2)
    var grid: [PagePoint] = []
    grid.reserveCapacity(columns * rows)
    for row in 0..<rows {
      for column in 0..<columns {
        grid.append(map(blankPoint(x: Double(column * Self.step), y: Double(row * Self.step))))
      }
    }
    let scale = grid[0].distance(to: grid[1]) / Double(Self.step)
    let places = scale.isFinite ? max(1, min(6, Int((scale + 0.35).rounded(.down)))) : 1
    var sums = [Float](repeating: 0, count: width * height)
    for v in 0..<places {
      for u in 0..<places {
        add(
          picture, to: &sums, grid: grid, columns: columns,
          x: (Double(u) + 0.5) / Double(places), y: (Double(v) + 0.5) / Double(places))
      }
    }
    let share = 1 / Float(places * places)
    return FloatPicture(width: width, height: height, pixels: sums.map { $0 * share })
  }

  /// Adds the picture's level at a place inside each square: between the four nearest of the grid,
  /// which is straight along a row from one column of the grid to the next.
  private func add(
    _ picture: GrayPicture, to sums: inout [Float], grid: [PagePoint], columns: Int, x atX: Double,
    y atY: Double
  ) {
    let step = Self.step
    let (wide, tall) = (Double(picture.width - 1), Double(picture.height - 1))
    unsafe picture.pixels.withUnsafeBufferPointer { from in
      unsafe sums.withUnsafeMutableBufferPointer { sums in
        for y in 0..<height {
          let (row, part) = (y / step, (Double(y % step) + atY) / Double(step))
          for column in 0..<(columns - 1) {
            let at = row * columns + column
            let left = Self.between(grid[at], grid[at + columns], part)
            let right = Self.between(grid[at + 1], grid[at + columns + 1], part)
            let (dx, dy) = ((right.x - left.x) / Double(step), (right.y - left.y) / Double(step))
            var (px, py) = (left.x + dx * atX - 0.5, left.y + dy * atX - 0.5)
            for x in (column * step)..<min(width, (column + 1) * step) {
              var level: Float = 255
              if px >= 0, py >= 0, px < wide, py < tall {
                let (i, j) = (Int(px), Int(py))
                let (a, b) = (Float(px - Double(i)), Float(py - Double(j)))
                let p = j * picture.width + i
                let upper = unsafe Float(from[p]) + a * (Float(from[p + 1]) - Float(from[p]))
                let q = p + picture.width
                let lower = unsafe Float(from[q]) + a * (Float(from[q + 1]) - Float(from[q]))
                level = upper + b * (lower - upper)
              }
              unsafe sums[y * width + x] += level
              px += dx
              py += dy
            }
          }
        }
      }
    }
  }

  private static func between(_ a: PagePoint, _ b: PagePoint, _ part: Double) -> PagePoint {
    PagePoint(x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part)
  }
}

/// A box in squares of a field's canvas.
struct FieldBox: Hashable, Sendable {
  var left: Double
  var top: Double
  var right: Double
  var bottom: Double

  /// The squares inside, a margin left out on every side, cut to the canvas.
  func squares(
    inset: Double = 0, width: Int, height: Int
  ) -> (xs: Range<Int>, ys: Range<Int>) {
    func span(_ low: Double, _ high: Double, _ limit: Int) -> Range<Int> {
      let begin = min(limit, max(0, Int((low + inset).rounded())))
      return begin..<max(begin, min(limit, Int((high - inset).rounded())))
    }
    return (span(left, right, width), span(top, bottom, height))
  }
}
