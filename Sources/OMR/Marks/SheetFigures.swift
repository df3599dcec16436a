// SPDX-License-Identifier: Apache-2.0
import Form
import Geometry

/// Joins what was measured of each target with its row, its sheet and the page.
enum SheetFigures {
  /// The figures of all targets of a page: `own` are each target's own, in the plan's order;
  /// `page` is noise and pixels a millimetre.
  static func join(_ own: [[Float]], plan: MarkPlan, page: [Float]) -> [TargetFigures] {
    let untouched = untouchedLooks(own, plan: plan)
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
      if let look = untouched[place.target.shape] {
        for (at, figure) in TargetFigures.relativeIndices.enumerated() {
          values.append((own[index][figure] - look.level[at]) / look.spread[at])
        }
      }
      values += page
      for shape in [TargetShape.char, .bubble, .box, .cell] {
        values.append(place.target.shape == shape ? 1 : 0)
      }
      return TargetFigures(values: values)
    }
  }

  /// What an untouched target of a shape looks like on this sheet.
  private struct Look {
    var level: [Float]
    var spread: [Float]
  }

  /// The share of a shape's targets that is taken as untouched: fewer are marked on most sheets,
  /// and a sheet with half of its boxes marked is still told.
  private static let untouchedQuantile = 0.3
  /// Spreads below these say nothing: the figures' own grain.
  private static let least: [Float] = [0.05, 0.05, 0.05, 0.03, 0.03, 0.01, 0.01, 0.01, 0.05]

  private static func untouchedLooks(_ own: [[Float]], plan: MarkPlan) -> [TargetShape: Look] {
    var result: [TargetShape: Look] = [:]
    for shape in TargetShape.allCases {
      let members = plan.places.indices.filter { plan.places[$0].target.shape == shape }
      guard !members.isEmpty else { continue }
      var look = Look(level: [], spread: [])
      for (at, figure) in TargetFigures.relativeIndices.enumerated() {
        let values = members.map { own[$0][figure] }.sorted()
        let level = values[Int(Double(values.count - 1) * untouchedQuantile)]
        let below = values.map { abs($0 - level) }.sorted()
        look.level.append(level)
        look.spread.append(
          max(least[at], below[Int(Double(below.count - 1) * untouchedQuantile)] * 2))
      }
      result[shape] = look
    }
    return result
  }
}
