// SPDX-License-Identifier: Apache-2.0
import Form
import Foundation
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

/// What a target's picture has more than untouched targets that are printed alike, on this page,
/// place by place, in units of how much these differ among themselves.
struct AlikePrint: Sendable {
  /// How the untouched targets of a group differ from the predicted blank: the middle, and the
  /// spread round it, in levels; for each place of a patch.
  private struct Look: Sendable {
    var middle: [Int16]
    var spread: [UInt8]
  }

  private let looks: [Look?]
  private let groupOfPlace: [Int]

  /// Fewer untouched targets than this do not tell what is usual.
  private static let fewest = 5
  /// More are not needed for a middle.
  private static let most = 21
  /// A target serves as an example where the trees hold it for untouched by more than this.
  private static let leastUntouched = 0.7

  /// `trees` are what the trees say of each target; `cut` gives a target's page and print.
  init(_ alike: AlikeTargets, trees: [MarkModel.Scores], cut: (Int) -> PatchCut) {
    groupOfPlace = alike.groupOfPlace
    looks = alike.groups.map { members in
      let clean = members.filter { trees[$0].untouched > Self.leastUntouched }
      guard clean.count >= Self.fewest else { return nil }
      let count = min(Self.most, clean.count)
      return Self.look((0..<count).map { cut(clean[$0 * clean.count / count]) })
    }
  }

  private static func look(_ cuts: [PatchCut]) -> Look {
    let squares = MarkPatch.width * MarkPatch.height
    var look = Look(
      middle: [Int16](repeating: 0, count: squares), spread: [UInt8](repeating: 0, count: squares))
    var values = [Int16](repeating: 0, count: cuts.count)
    let middle = cuts.count / 2
    for at in 0..<squares {
      for (index, cut) in cuts.enumerated() { values[index] = cut.difference(at) }
      sort(&values)
      let level = values[middle]
      for index in values.indices { values[index] = abs(values[index] - level) }
      sort(&values)
      look.middle[at] = level
      look.spread[at] = UInt8(min(255, Int(values[middle]) * 3 / 2))
    }
    return look
  }

  /// By insertion: there are at most 21.
  private static func sort(_ values: inout [Int16]) {
    for index in values.indices.dropFirst() {
      let value = values[index]
      var at = index
      while at > 0, values[at - 1] > value {
        values[at] = values[at - 1]
        at -= 1
      }
      values[at] = value
    }
  }

  /// Where nothing is known of targets alike: how much print differs on a usual scan, in levels.
  private static let usualSpread = 6
  /// Nothing is told more finely than this, in levels.
  private static let grain = 5

  /// For each place of a target's patch: 128 is what is usual, more is darker.
  func strangeness(_ index: Int, _ cut: PatchCut) -> [UInt8] {
    let look = looks[groupOfPlace[index]]
    return (0..<MarkPatch.width * MarkPatch.height).map { at in
      let difference = Int(cut.difference(at)) - Int(look?.middle[at] ?? 0)
      let spread = look.map { min(Self.widest, Int($0.spread[at])) } ?? Self.usualSpread
      return Self.table[spread * 1024 + difference + 512]
    }
  }

  /// Whether untouched targets that are printed like this one are known.
  func hasExamples(_ index: Int) -> Bool { looks[groupOfPlace[index]] != nil }

  /// The value of `strangeness` for nothing strange, and the value beyond which ink is strange.
  static let nothing = 128
  static let strangeValue = nothing + Int(bend * asinh(strange))
  /// How finely strangeness is told: so many steps for each e-fold of strong ink.
  private static let bend = 29.0

  /// Whether a square of the canvas has more ink than targets printed alike have there. True
  /// where nothing is known of these.
  func isStrange(
    _ index: Int, _ place: MarkPlan.Place, x: Int, y: Int, page: GrayPicture, printed: GrayPicture
  ) -> Bool {
    guard let look = looks[groupOfPlace[index]] else { return true }
    let (left, top, step) = PatchCut.corner(place)
    let (column, row) = ((x - left) / step, (y - top) / step)
    guard x >= left, y >= top, column < MarkPatch.width, row < MarkPatch.height else {
      return true
    }
    let at = row * MarkPatch.width + column
    let square = y * page.width + x
    let difference =
      Int(printed.pixels[square]) - Int(page.pixels[square]) - Int(look.middle[at])
    return Double(difference) > Self.strange * Double(Int(look.spread[at]) + Self.grain)
  }

  /// So many spreads (and grains) beyond what is usual are ink of their own.
  private static let strange = 2.5

  /// Wider spreads are not told apart, in levels.
  private static let widest = 63

  /// By spread and difference: 128 + 29 asinh(difference / (spread + grain)), so that faint ink
  /// is told finely and black ink is no more than 255.
  private static let table: [UInt8] = (0...widest).flatMap { spread in
    (-512..<512).map { difference in
      let strange = Double(difference) / Double(spread + grain)
      return UInt8(max(0, min(255, (Double(nothing) + bend * asinh(strange)).rounded())))
    }
  }
}
