// SPDX-License-Identifier: Apache-2.0

/// Ink near a question that no mark accounts for.
///
/// A stroke is accounted for when it is the main stroke of a target that is likely marked or
/// taken back, or lies mostly in such a target's window. The rest is a reason to ask: `[]`
/// beside a mark that was not seen is the worst of errors.
struct Leftovers {
  private var ink: [Double]
  private var longest: [Double]

  /// A target with more than this is likely marked or taken back.
  private static let likely = 0.5
  /// A stroke with more than this share in such a target's window belongs to it.
  private static let mostly = 0.4

  init(
    plan: MarkPlan, measured: [TargetMeter.Measured], scores: [MarkModel.Scores], strokes: Strokes
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
        for (stroke, count) in measured[place].squaresOfStroke where !explained[stroke] {
          squares += count
          extent = max(extent, strokes.strokes[stroke].extentMM)
        }
      }
      ink.append(Double(squares) * square)
      longest.append(extent)
    }
  }

  /// Square millimetres, and the longest stroke's extent in millimetres.
  func of(question: Int) -> (Double, Double) { (ink[question], longest[question]) }
}
