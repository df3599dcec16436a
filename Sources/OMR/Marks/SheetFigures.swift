// SPDX-License-Identifier: Apache-2.0
import Form
import Geometry

/// Joins what was measured of each target with its row, its sheet and the page.
enum SheetFigures {
  /// The figures of all targets of a page: `own` are each target's own, in the plan's order;
  /// `page` is noise and pixels a millimetre.
  static func join(_ own: [[Float]], plan: MarkPlan, page: [Float]) -> [TargetFigures] {
    let untouched = looks(own, plan: plan) { Likeness(shape: $0.shape, value: nil) }
    let alike = looks(own, plan: plan) { Likeness(shape: $0.shape, value: $0.value) }
    return plan.places.indices.map { index in
      let place = plan.places[index]
      let row = plan.placesOfQuestion[place.question]
      var values = own[index]
      var shares: [Float] = []
      for figure in TargetFigures.relativeIndices {
        let here = own[index][figure]
        var most: Float = 0
        for other in row where other != index { most = max(most, own[other][figure]) }
        values.append(here - most)
        shares.append((here + 0.01) / (most + 0.02))
      }
      values += shares
      let target = place.target
      let ofShape = untouched[Likeness(shape: target.shape, value: nil)]
      let ofValue = alike[Likeness(shape: target.shape, value: target.value)]
      values += relative(own[index], to: ofShape)
      values += relative(
        own[index], to: ofValue.flatMap { $0.count < fewest ? nil : $0 } ?? ofShape)
      values += page
      for shape in [TargetShape.char, .bubble, .box, .cell] {
        values.append(place.target.shape == shape ? 1 : 0)
      }
      return TargetFigures(values: values)
    }
  }

  private static func relative(_ own: [Float], to look: Look?) -> [Float] {
    TargetFigures.relativeIndices.enumerated().map { at, figure in
      guard let look else { return 0 }
      return (own[figure] - look.level[at]) / look.spread[at]
    }
  }

  /// Targets that look alike when nobody touched them: of one shape, or also with one value,
  /// which is mostly the letter or digit that is printed there.
  private struct Likeness: Hashable {
    var shape: TargetShape
    var value: String?
  }

  /// What an untouched target of some kind looks like on this sheet.
  private struct Look {
    var count: Int
    var level: [Float]
    var spread: [Float]
  }

  /// Fewer targets of one value than this do not tell what is usual for it.
  private static let fewest = 5
  /// The share of targets alike that is taken as untouched: fewer are marked on most sheets, and
  /// a sheet with half of its boxes marked is still told.
  private static let untouchedQuantile = 0.3
  /// Spreads below these say nothing: what print differs by from target to target. Square
  /// millimetres of ink, shares of paper, shares of the target, strangeness.
  private static let least: [Float] = [
    0.15, 0.15, 0.15, 0.08, 0.1, 0.015, 0.015, 0.03, 0.2, 0.15, 0.1,
  ]

  private static func looks(
    _ own: [[Float]], plan: MarkPlan, by likeness: (Target) -> Likeness
  ) -> [Likeness: Look] {
    let groups = Dictionary(grouping: plan.places.indices) { likeness(plan.places[$0].target) }
    return groups.mapValues { members in
      var look = Look(count: members.count, level: [], spread: [])
      for (at, figure) in TargetFigures.relativeIndices.enumerated() {
        let values = members.map { own[$0][figure] }.sorted()
        let rank = Int(Double(values.count - 1) * untouchedQuantile)
        let distances = values.map { abs($0 - values[rank]) }.sorted()
        look.level.append(values[rank])
        look.spread.append(max(least[at], 2 * distances[rank]))
      }
      return look
    }
  }
}
