// SPDX-License-Identifier: Apache-2.0
import Foundation
import Imaging

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

  /// `trees` are what the trees say of each target, `cuts` each target's page and print.
  init(_ alike: AlikeTargets, trees: [MarkModel.Scores], cuts: [PatchCut]) {
    groupOfPlace = alike.groupOfPlace
    looks = alike.groups.map { members in
      let clean = members.filter { trees[$0].untouched > Self.leastUntouched }
      guard clean.count >= Self.fewest else { return nil }
      let count = min(Self.most, clean.count)
      return Self.look((0..<count).map { cuts[clean[$0 * clean.count / count]] })
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
