// SPDX-License-Identifier: Apache-2.0
import Form
import Geometry
import Imaging

/// A target and what is round it, small, for the reader that looks at pictures: 80 × 48 places
/// in three layers.
///
/// Small drawn targets are seen at 8 places a millimetre (10 × 6 mm), the others at 4
/// (20 × 12 mm), so that a ring, its neighbour's half and a mark beside a box all fit.
package struct MarkPatch: Sendable {
  package static let width = 80
  package static let height = 48
  /// The page in shares of its paper (`Paper.white` is bare), the blank as this page printed it,
  /// and the ink that is added beyond the tolerance of places, 255 for a whole share of paper.
  package static let layers = 3

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

  /// Drawn targets smaller than this on both sides are seen from near, in mm.
  private static let small = 7.0

  init(
    _ place: MarkPlan.Place, page: GrayPicture, printed: GrayPicture, added: FloatPicture,
    noise: Double, pixelsPerMM: Double
  ) {
    let box = place.target.box
    let shape = place.target.shape
    let isNear =
      (shape == .box || shape == .bubble) && box.width < Self.small && box.height < Self.small
    let step = isNear ? 1 : 2
    values = [UInt8](repeating: 0, count: Self.width * Self.height * Self.layers)
    let left = Int(place.center.x.rounded()) - Self.width * step / 2
    let top = Int(place.center.y.rounded()) - Self.height * step / 2
    let white = (UInt8(Paper.white), UInt8(Paper.white))
    for y in 0..<Self.height {
      for x in 0..<Self.width {
        let at = (y * Self.width + x) * Self.layers
        let (fromX, fromY) = (left + x * step, top + y * step)
        guard fromX >= 0, fromY >= 0, fromX + step <= page.width, fromY + step <= page.height
        else {
          (values[at], values[at + 1]) = white
          continue
        }
        var (sum, print, ink) = (0, 0, Float(0))
        for row in fromY..<fromY + step {
          for column in fromX..<fromX + step {
            let from = row * page.width + column
            sum += Int(page.pixels[from])
            print += Int(printed.pixels[from])
            ink += added.pixels[from]
          }
        }
        let count = step * step
        values[at] = UInt8((sum + count / 2) / count)
        values[at + 1] = UInt8((print + count / 2) / count)
        values[at + 2] = UInt8(max(0, min(255, ink * 255 / Float(count) + 0.5)))
      }
    }
    facts = [
      shape == .char ? 1 : 0, shape == .bubble ? 1 : 0, shape == .box ? 1 : 0,
      shape == .cell ? 1 : 0, Float(min(2, box.width / 10)), Float(min(2, box.height / 10)),
      Float(min(1, noise * 5)), Float(min(2, pixelsPerMM / 12)),
    ]
  }
}
