// SPDX-License-Identifier: Apache-2.0
package import Geometry

/// The part of the blank on which marks are looked for, as a grid of small squares.
///
/// Page and blank are both sampled on it, so that a place has the same index in both.
package struct MarkCanvas: Sendable {
  /// Squares a millimetre: 203 dpi, which holds the thinnest pen stroke in two squares.
  static let pixelsPerMM = 8.0
  /// What is looked at round the targets, in millimetres: a stroke is followed so far.
  static let marginMM = 12.0

  /// The upper left corner on the blank, in millimetres.
  let origin: BlankPoint
  package let width: Int
  package let height: Int

  /// The canvas round some boxes of a blank of the given size in millimetres; `nil` where no box
  /// lies on the blank.
  package init?(around boxes: [BlankBox], blankWidth: Double, blankHeight: Double) {
    guard let first = boxes.first else { return nil }
    let all = boxes.dropFirst().reduce(first) { $0.union($1) }.grown(by: Self.marginMM)
    let (left, top) = (max(0, all.x), max(0, all.y))
    let (right, bottom) = (min(blankWidth, all.maxX), min(blankHeight, all.maxY))
    guard right - left > 1, bottom - top > 1 else { return nil }
    origin = BlankPoint(x: left, y: top)
    width = Int(((right - left) * Self.pixelsPerMM).rounded(.down))
    height = Int(((bottom - top) * Self.pixelsPerMM).rounded(.down))
  }

  /// The place on the blank of a place on the canvas; (0, 0) is the first square's corner.
  package func blankPoint(x: Double, y: Double) -> BlankPoint {
    BlankPoint(x: origin.x + x / Self.pixelsPerMM, y: origin.y + y / Self.pixelsPerMM)
  }

  /// The place on the canvas, in squares from its corner, of a place on the blank.
  func place(_ point: BlankPoint) -> (x: Double, y: Double) {
    ((point.x - origin.x) * Self.pixelsPerMM, (point.y - origin.y) * Self.pixelsPerMM)
  }

  /// The squares whose middles lie in a box, cut to the canvas.
  func window(_ box: BlankBox) -> CanvasWindow {
    let (x, y) = place(BlankPoint(x: box.x, y: box.y))
    let (maxX, maxY) = place(BlankPoint(x: box.maxX, y: box.maxY))
    func cut(_ value: Double, _ limit: Int) -> Int {
      max(0, min(limit, Int(value.rounded(.toNearestOrAwayFromZero))))
    }
    return CanvasWindow(
      left: cut(x, width), top: cut(y, height), right: cut(maxX, width), bottom: cut(maxY, height))
  }
}

/// A rectangle of canvas squares: right and bottom are the first beyond it.
struct CanvasWindow: Hashable, Sendable {
  var left: Int
  var top: Int
  var right: Int
  var bottom: Int

  var count: Int { max(0, right - left) * max(0, bottom - top) }
  var xs: Range<Int> { left..<max(left, right) }
  var ys: Range<Int> { top..<max(top, bottom) }
}
