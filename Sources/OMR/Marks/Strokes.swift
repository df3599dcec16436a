// SPDX-License-Identifier: Apache-2.0
import Imaging

// Strokes are followed over the whole canvas, not box by box: a tick that leaves its box is one
// stroke with what it is outside. Gaps of up to 0.6 mm are closed; on print, where ink cannot be
// told from the blank, a stroke may bridge a little more, for a ring is cut by the cell's lines.

/// One connected stroke of added ink.
struct Stroke: Sendable {
  /// Squares of ink, gaps that were closed left out.
  var area = 0
  /// The smallest window that holds it.
  var left = Int.max
  var top = Int.max
  var right = 0
  var bottom = 0
  /// Sum of its darkness, in shares of paper.
  var darkness: Float = 0
  /// Sides of its squares that face no ink.
  var edges = 0

  /// The longer side of its window, in millimetres.
  var extentMM: Double {
    Double(max(right - left, bottom - top)) / MarkCanvas.pixelsPerMM
  }
  var areaMM2: Double { Double(area) / (MarkCanvas.pixelsPerMM * MarkCanvas.pixelsPerMM) }
  /// Twice the area over the outline, which is a line's thickness; the outline of a slanting
  /// line on squares is longer by 4/π in the mean.
  var thicknessMM: Double {
    edges == 0 ? 0 : 2 * Double(area) / (Double(edges) * 0.785) / MarkCanvas.pixelsPerMM
  }
  var meanDarkness: Double { area == 0 ? 0 : Double(darkness) / Double(area) }
}

/// All strokes of a canvas.
struct Strokes {
  private(set) var strokes: [Stroke]
  /// For each square of ink the number of its stroke; -1 where there is none.
  private(set) var owner: [Int32]
  /// Ink with its gaps closed: what a flood does not pass. 1 where it stands, 0 where not.
  let walls: [UInt8]

  /// Gaps that are closed, as a radius in squares: 5 squares are 0.6 mm.
  private static let closing = 2
  /// On print a stroke goes on unseen for so many squares from each side: a table's line and
  /// the tolerance round it.
  private static let bridging = 2
  /// Print this dark hides ink, in shares of paper.
  private static let hiding = 0.75

  init(_ ink: InkMap, printed: GrayPicture) {
    let (width, height) = (ink.added.width, ink.added.height)
    let mask = GrayPicture(width: width, height: height, pixels: ink.mask)
    let nearPrint = printed.darkest(within: InkMap.tolerance)
    let hiding = UInt8(Self.hiding * Double(Paper.white))
    var bridged = mask.brightest(within: Self.bridging)
    for at in bridged.pixels.indices where nearPrint.pixels[at] >= hiding {
      bridged.pixels[at] = ink.mask[at]
    }
    let closed = bridged.brightest(within: Self.closing).darkest(within: Self.closing)
    let patches = Patches(mask: closed.pixels, width: width, height: height)
    var strokes = [Stroke](repeating: Stroke(), count: patches.count)
    var owner = [Int32](repeating: -1, count: width * height)
    for run in patches.runs {
      let row = run.y * width
      for x in run.xs where ink.mask[row + x] != 0 {
        owner[row + x] = Int32(run.patch)
        strokes[run.patch].take(x: x, y: run.y, darkness: ink.added.pixels[row + x])
        strokes[run.patch].edges += Self.openSides(ink.mask, x: x, y: run.y, width, height)
      }
    }
    self.strokes = strokes
    self.owner = owner
    walls = closed.pixels
  }

  private static func openSides(
    _ mask: [UInt8], x: Int, y: Int, _ width: Int, _ height: Int
  ) -> Int {
    let at = y * width + x
    let left = x == 0 || mask[at - 1] == 0 ? 1 : 0
    let right = x + 1 == width || mask[at + 1] == 0 ? 1 : 0
    let above = y == 0 || mask[at - width] == 0 ? 1 : 0
    let below = y + 1 == height || mask[at + width] == 0 ? 1 : 0
    return left + right + above + below
  }
}

extension Stroke {
  fileprivate mutating func take(x: Int, y: Int, darkness level: Float) {
    area += 1
    left = min(left, x)
    right = max(right, x + 1)
    top = min(top, y)
    bottom = max(bottom, y + 1)
    darkness += level
  }
}
