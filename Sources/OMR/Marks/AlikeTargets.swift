// SPDX-License-Identifier: Apache-2.0
import Form
import Imaging

/// Which targets of a page are printed alike: the same box, the same letter in a bubble, the same
/// digit. What untouched ones of them have in common on a page is this page's print, whatever the
/// blank shows.
struct AlikeTargets: Sendable {
  /// The group of each target, in the plan's order.
  let groupOfPlace: [Int]
  let groups: [[Int]]

  /// Prints are compared blurred by so much, in squares: drawn at other fractions of one they
  /// still agree.
  private static let softness = 1.0
  /// Print is compared in a target's box and this many squares round it.
  private static let margin = 3
  /// Boxes of one group differ by no more squares a side.
  private static let tolerance = 1
  /// Of print that was drawn alike at other fractions of a square so much agrees (correlation):
  /// letters in bubbles of 3.5 mm agree by 0.6 to 0.85 with another letter, above 0.94 with
  /// themselves.
  private static let least = 0.9
  /// More kinds of targets than this are not compared any further: 26 letters, ten digits and
  /// boxes, in two sizes.
  private static let mostKinds = 80

  init(places: [MarkPlan.Place], blank: GrayPicture) {
    let soft: GrayPicture = blank.blurred(sigma: Self.softness)
    var groups: [[Int]] = []
    var looks: [Look] = []
    groupOfPlace = places.indices.map { index in
      let look = Look(places[index], on: soft, margin: Self.margin)
      let known = groups.indices.first {
        $0 < Self.mostKinds
          && looks[$0].agreement(with: look, tolerance: Self.tolerance) > Self.least
      }
      if let known {
        groups[known].append(index)
        return known
      }
      groups.append([index])
      looks.append(look)
      return groups.count - 1
    }
    self.groups = groups
  }

  /// A target's print on the blank, with a square more on every side to be moved in.
  private struct Look {
    let shape: TargetShape
    let width: Int
    let height: Int
    private let pixels: [Float]

    init(_ place: MarkPlan.Place, on picture: GrayPicture, margin: Int) {
      shape = place.target.shape
      width = place.box.right - place.box.left + 2 * margin
      height = place.box.bottom - place.box.top + 2 * margin
      let left = Int(place.center.x.rounded()) - width / 2
      let top = Int(place.center.y.rounded()) - height / 2
      var pixels: [Float] = []
      pixels.reserveCapacity(width * height)
      for y in 0..<height {
        let row = max(0, min(picture.height - 1, top + y)) * picture.width
        for x in 0..<width {
          pixels.append(Float(picture.pixels[row + max(0, min(picture.width - 1, left + x))]))
        }
      }
      self.pixels = pixels
    }

    /// The best correlation of both prints, moved by up to a square each way; 0 for other shapes
    /// and sizes.
    func agreement(with other: Look, tolerance: Int) -> Double {
      guard shape == other.shape, abs(width - other.width) <= tolerance,
        abs(height - other.height) <= tolerance
      else { return 0 }
      var best = 0.0
      for dy in -1...1 {
        for dx in -1...1 { best = max(best, correlation(with: other, dx: dx, dy: dy)) }
      }
      return best
    }

    private func correlation(with other: Look, dx: Int, dy: Int) -> Double {
      var (n, a, b, aa, bb, ab) = (Float(0), Float(0), Float(0), Float(0), Float(0), Float(0))
      for y in max(0, -dy)..<min(height, other.height - dy) {
        for x in max(0, -dx)..<min(width, other.width - dx) {
          let here = pixels[y * width + x]
          let there = other.pixels[(y + dy) * other.width + x + dx]
          n += 1
          a += here
          b += there
          aa += here * here
          bb += there * there
          ab += here * there
        }
      }
      let (va, vb) = (aa - a * a / n, bb - b * b / n)
      // Two targets without print are alike.
      guard va > n, vb > n else { return va <= n && vb <= n ? 1 : 0 }
      return Double((ab - a * b / n) / (va * vb).squareRoot())
    }
  }
}
