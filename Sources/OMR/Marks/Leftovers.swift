// SPDX-License-Identifier: Apache-2.0

/// Ink near a question that no mark accounts for.
///
/// A stroke is accounted for when it is the main stroke of a target that is likely marked or
/// taken back, or lies mostly in such a target's window. The rest is a reason to ask: `[]`
/// beside a mark that was not seen is the worst of errors. What untouched targets printed alike
/// have, too, is no ink but this page's print.
struct Leftovers {
  private var ink: [Double]
  private var longest: [Double]

  /// A target with more than this is likely marked or taken back.
  private static let likely = 0.5
  /// A stroke with more than this share in such a target's window belongs to it.
  private static let mostly = 0.4
  /// A stroke with less than this share of strange ink at a target is print.
  private static let leastStrange = 0.3

  /// `isStrange` tells of a target and a square in its window whether targets printed alike have
  /// less ink there.
  init(
    plan: MarkPlan, measured: [TargetMeter.Measured], scores: [MarkModel.Scores],
    strokes: Strokes, isStrange: (_ target: Int, _ x: Int, _ y: Int) -> Bool
  ) {
    var explained = [Bool](repeating: false, count: strokes.strokes.count)
    for (index, score) in scores.enumerated() where score.untouched < 1 - Self.likely {
      if let main = measured[index].stroke { explained[main] = true }
      for (stroke, squares) in measured[index].squaresOfStroke
      where Double(squares) > Self.mostly * Double(strokes.strokes[stroke].area) {
        explained[stroke] = true
      }
    }
    let square = 1 / (MarkCanvas.pixelsPerMM * MarkCanvas.pixelsPerMM)
    ink = []
    longest = []
    for row in plan.placesOfQuestion {
      var (squares, extent) = (0, 0.0)
      for place in row {
        let left = measured[place].squaresOfStroke.filter { !explained[$0.key] }
        guard !left.isEmpty else { continue }
        let strange = Self.squares(in: plan.places[place].window, of: strokes, on: plan.canvas) {
          left[$0] != nil && isStrange(place, $1, $2)
        }
        for (stroke, count) in left {
          let own = strange[stroke, default: 0]
          guard Double(own) >= Self.leastStrange * Double(count) else { continue }
          squares += own
          extent = max(extent, strokes.strokes[stroke].extentMM)
        }
      }
      ink.append(Double(squares) * square)
      longest.append(extent)
    }
  }

  /// How many squares of a window that pass belong to each stroke.
  private static func squares(
    in window: CanvasWindow, of strokes: Strokes, on canvas: MarkCanvas,
    where passes: (_ stroke: Int, _ x: Int, _ y: Int) -> Bool
  ) -> [Int: Int] {
    var result: [Int: Int] = [:]
    for y in window.ys {
      for x in window.xs {
        let stroke = Int(strokes.owner[y * canvas.width + x])
        if stroke >= 0, passes(stroke, x, y) { result[stroke, default: 0] += 1 }
      }
    }
    return result
  }

  /// Square millimetres, and the longest stroke's extent in millimetres.
  func of(question: Int) -> (Double, Double) { (ink[question], longest[question]) }
}
