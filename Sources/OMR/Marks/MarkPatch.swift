// SPDX-License-Identifier: Apache-2.0
import Form
import Geometry
import Imaging

/// Where a target's patch lies, and what page and blank are there.
///
/// Small drawn targets are seen at 8 places a millimetre (10 × 6 mm), the others at 4
/// (20 × 12 mm), so that a ring, its neighbour's half and a mark beside a box all fit.
struct PatchCut {
  /// Squares of the canvas a place is wide.
  let step: Int
  let left: Int
  let top: Int
  /// The page in shares of its paper, and the blank as this page printed it.
  private(set) var page: [UInt8]
  private(set) var print: [UInt8]

  /// Drawn targets smaller than this on both sides are seen from near, in mm.
  private static let small = 7.0

  init(_ place: MarkPlan.Place, page: GrayPicture, printed: GrayPicture) {
    (left, top, step) = Self.corner(place)
    self.page = [UInt8](repeating: UInt8(Paper.white), count: MarkPatch.width * MarkPatch.height)
    print = self.page
    for y in 0..<MarkPatch.height {
      for x in 0..<MarkPatch.width {
        guard let means = mean(x, y, page, printed) else { continue }
        (self.page[y * MarkPatch.width + x], print[y * MarkPatch.width + x]) = means
      }
    }
  }

  /// The first square of a target's patch on the canvas, and the squares a place is wide.
  static func corner(_ place: MarkPlan.Place) -> (left: Int, top: Int, step: Int) {
    let box = place.target.box
    let shape = place.target.shape
    let isNear =
      (shape == .box || shape == .bubble) && box.width < small && box.height < small
    let step = isNear ? 1 : 2
    return (
      Int(place.center.x.rounded()) - MarkPatch.width * step / 2,
      Int(place.center.y.rounded()) - MarkPatch.height * step / 2, step
    )
  }

  private func mean(
    _ x: Int, _ y: Int, _ page: GrayPicture, _ printed: GrayPicture
  ) -> (UInt8, UInt8)? {
    guard let from = square(x, y, in: page.width, page.height) else { return nil }
    if step == 1 { return (page.pixels[from], printed.pixels[from]) }
    var (sum, printSum) = (0, 0)
    for row in 0..<step {
      for column in 0..<step {
        let at = from + row * page.width + column
        sum += Int(page.pixels[at])
        printSum += Int(printed.pixels[at])
      }
    }
    let count = step * step
    return (UInt8((sum + count / 2) / count), UInt8((printSum + count / 2) / count))
  }

  /// The first square of a place on the canvas; `nil` where it reaches beyond.
  func square(_ x: Int, _ y: Int, in width: Int, _ height: Int) -> Int? {
    let (fromX, fromY) = (left + x * step, top + y * step)
    guard fromX >= 0, fromY >= 0, fromX + step <= width, fromY + step <= height else {
      return nil
    }
    return fromY * width + fromX
  }

  /// How much darker the page is than the predicted blank, in levels.
  func difference(_ at: Int) -> Int16 { Int16(print[at]) - Int16(page[at]) }
}

/// A target and what is round it, small, for the reader that looks at pictures: 80 × 48 places
/// in four layers.
package struct MarkPatch: Sendable {
  package static let width = 80
  package static let height = 48
  /// The page in shares of its paper (`Paper.white` is bare), the blank as this page printed it,
  /// the ink that is added beyond the tolerance of places, 255 for a whole share of paper, and
  /// what is strange against untouched targets that are printed alike, 128 for nothing.
  package static let layers = 4

  /// `width * height * layers` values: rows from the top, the layers of a place together.
  package private(set) var values: [UInt8]
  /// What the picture does not tell, each about 0 to 1: the target's shape, width and height,
  /// noise, pixels a millimetre.
  package private(set) var facts: [Float]

  package static let facts = 8

  package init(values: [UInt8], facts: [Float]) {
    self.values = values
    self.facts = facts
  }

  init(
    _ place: MarkPlan.Place, cut: PatchCut, strangeness: [UInt8], added: FloatPicture,
    noise: Double, pixelsPerMM: Double
  ) {
    let box = place.target.box
    let shape = place.target.shape
    values = [UInt8](repeating: 0, count: Self.width * Self.height * Self.layers)
    let count = Float(cut.step * cut.step)
    for y in 0..<Self.height {
      for x in 0..<Self.width {
        let at = y * Self.width + x
        values[at * Self.layers] = cut.page[at]
        values[at * Self.layers + 1] = cut.print[at]
        values[at * Self.layers + 3] = strangeness[at]
        guard let from = cut.square(x, y, in: added.width, added.height) else { continue }
        var ink = Float(0)
        for row in 0..<cut.step {
          for column in 0..<cut.step { ink += added.pixels[from + row * added.width + column] }
        }
        values[at * Self.layers + 2] = UInt8(max(0, min(255, ink * 255 / count + 0.5)))
      }
    }
    facts = [
      shape == .char ? 1 : 0, shape == .bubble ? 1 : 0, shape == .box ? 1 : 0,
      shape == .cell ? 1 : 0, Float(min(2, box.width / 10)), Float(min(2, box.height / 10)),
      Float(min(1, noise * 5)), Float(min(2, pixelsPerMM / 12)),
    ]
  }
}
