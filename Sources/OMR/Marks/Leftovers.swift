// SPDX-License-Identifier: Apache-2.0

/// Ink near a question that no mark accounts for.
///
/// A stroke is accounted for when it is the main stroke of a target that is likely marked or
/// taken back, or lies mostly in such a target's window. The rest is a reason to ask: `[]`
/// beside a mark that was not seen is the worst of errors. What untouched targets printed alike
/// have, too, is no ink but this page's print. At a target that is surely not marked only what may
/// be a mark beside it, or between it and the next (`Stroke.mayStand`), and is like one
/// (`Stroke.isLikeMark`), or underlines a digit (`Underlines`), is a reason.
struct Leftovers {
  /// What is left over at one question: all of it, and the part that stands at a target that is
  /// likely not marked, in strokes about as dark as the question's marks.
  struct Leftover {
    var inkMM2 = 0.0
    var strokeMM = 0.0
    var besideInkMM2 = 0.0
    var besideStrokeMM = 0.0
  }

  private(set) var questions: [Leftover] = []

  /// A target with more than this is likely marked or taken back.
  private static let likely = 0.5
  /// A stroke with more than this share in such a target's window belongs to it.
  private static let mostly = 0.4
  /// A stroke with less than this share of strange ink at a target is print.
  private static let leastStrange = 0.3
  /// Ink stands at a target up to so many squares above and below its box, 1 mm; left and right
  /// as far as the target's window reaches: people mark beside a box, at its height.
  private static let beside = 8
  /// What is paler than this share of the question's marks shines through or was rubbed out.
  private static let leastDarkness = 0.4

  /// A target that is untouched with at least this probability is sure to be so. Of 3,484 marks on
  /// painted sheets that trained nothing (tools/train.sh, check) two lie above it, hardly visible,
  /// and both above 0.998, too.
  private static let sure = 0.99

  /// `isStrange` tells of a target and a square in its window whether targets printed alike have
  /// less ink there.
  init(
    plan: MarkPlan, measured: [TargetMeter.Measured], scores: [MarkModel.Scores],
    ink: InkMap, strokes: Strokes, isStrange: (_ target: Int, _ x: Int, _ y: Int) -> Bool
  ) {
    let isMarked = scores.map { $0.untouched < 1 - Self.likely }
    let foreign = Self.foreign(strokes, plan: plan)
    var explained = foreign.words
    for index in scores.indices where isMarked[index] {
      if let main = measured[index].stroke { explained[main] = true }
      for (stroke, squares) in measured[index].squaresOfStroke
      where Double(squares) > Self.mostly * Double(strokes.strokes[stroke].area) {
        explained[stroke] = true
      }
    }
    let underlines = Underlines(plan: plan, ink: ink, strokes: strokes, explained: explained)
    for stroke in explained.indices where foreign.slivers[stroke] { explained[stroke] = true }
    let square = 1 / (MarkCanvas.pixelsPerMM * MarkCanvas.pixelsPerMM)
    let usual = Self.usualDarkness(
      scores.indices.filter { isMarked[$0] }.compactMap { measured[$0].stroke }
        .map { strokes.strokes[$0].meanDarkness })
    for row in plan.placesOfQuestion {
      let darkness =
        row.filter { isMarked[$0] }.compactMap { measured[$0].stroke }
        .map { strokes.strokes[$0].meanDarkness }.max() ?? 0
      var result = Leftover()
      for place in row {
        if !isMarked[place],
          let line = underlines.line(
            at: place, usual: usual, isStrange: { isStrange(place, $0, $1) })
        {
          result.inkMM2 += line.inkMM2
          result.strokeMM = max(result.strokeMM, line.lengthMM)
        }
        let left = measured[place].squaresOfStroke.filter { !explained[$0.key] }
        guard !left.isEmpty else { continue }
        let height = plan.places[place].box.ys
        let beside = height.lowerBound - Self.beside..<height.upperBound + Self.beside
        let here = Self.squares(in: plan.places[place].window, of: strokes, on: plan.canvas) {
          stroke, x, y in
          guard left[stroke] != nil, isStrange(place, x, y) else { return nil }
          return !isMarked[place] && beside.contains(y)
        }
        let isSure = scores[place].untouched >= Self.sure
        for (stroke, count) in left {
          guard let own = here[stroke],
            Double(own.all) >= Self.leastStrange * Double(count),
            !isSure
              || strokes.strokes[stroke].mayStand(at: plan.places[place].window.xs, beside)
                && strokes.strokes[stroke].isLikeMark(of: usual)
          else { continue }
          let extent = strokes.strokes[stroke].extentMM
          result.inkMM2 += Double(own.all) * square
          result.strokeMM = max(result.strokeMM, extent)
          guard own.beside > 0,
            strokes.strokes[stroke].meanDarkness >= Self.leastDarkness * darkness,
            strokes.strokes[stroke].isBent
          else { continue }
          result.besideInkMM2 += Double(own.beside) * square
          result.besideStrokeMM = max(result.besideStrokeMM, extent)
        }
      }
      questions.append(result)
    }
  }

  /// Fewer marks tell nothing of a hand.
  private static let fewestMarks = 4

  /// The middle darkness of a sheet's marks; 0 where there are few.
  private static func usualDarkness(_ marks: [Double]) -> Double {
    marks.count < fewestMarks ? 0 : marks.sorted()[marks.count / 2]
  }

  /// A stroke with more than this share along printed lines is print.
  private static let mostlyOnLine = 0.75
  /// A stroke with more than this share where words are written is part of a word.
  private static let mostlyWord = 0.5

  /// For each stroke whether it is no mark near a target but the sliver of a printed line, and
  /// whether it is a word that reaches out of its place.
  private static func foreign(
    _ strokes: Strokes, plan: MarkPlan
  ) -> (slivers: [Bool], words: [Bool]) {
    var onLines = [Int](repeating: 0, count: strokes.strokes.count)
    var inWords = onLines
    for (square, owner) in strokes.owner.enumerated() where owner >= 0 {
      if plan.lines.isNear(square) { onLines[Int(owner)] += 1 }
    }
    for area in plan.textAreas {
      for y in area.ys {
        for x in area.xs {
          let owner = Int(strokes.owner[y * plan.canvas.width + x])
          if owner >= 0 { inWords[owner] += 1 }
        }
      }
    }
    return (
      zip(strokes.strokes, onLines).map { Double($1) > mostlyOnLine * Double($0.area) },
      zip(strokes.strokes, inWords).map { Double($1) > mostlyWord * Double($0.area) }
    )
  }

  /// How many squares of a window belong to each stroke, and how many of these `beside` says
  /// yes of; those of which it says nothing are left out.
  private static func squares(
    in window: CanvasWindow, of strokes: Strokes, on canvas: MarkCanvas,
    beside: (_ stroke: Int, _ x: Int, _ y: Int) -> Bool?
  ) -> [Int: (all: Int, beside: Int)] {
    var result: [Int: (all: Int, beside: Int)] = [:]
    for y in window.ys {
      for x in window.xs {
        let stroke = Int(strokes.owner[y * canvas.width + x])
        guard stroke >= 0, let isBeside = beside(stroke, x, y) else { continue }
        result[stroke, default: (0, 0)].all += 1
        if isBeside { result[stroke, default: (0, 0)].beside += 1 }
      }
    }
    return result
  }
}

extension Stroke {
  /// A mark's middle is so far beside the window that it reaches into, at most: 4 mm, for one that
  /// stands between two windows.
  private static let besideWindow = 32

  /// Whether this may be a mark at the height `ys` and at, or beside, `xs`: its middle is there.
  /// What comes in from other rows, or goes on to them, has its middle elsewhere.
  fileprivate func mayStand(at xs: Range<Int>, _ ys: Range<Int>) -> Bool {
    let near = xs.lowerBound - Self.besideWindow..<xs.upperBound + Self.besideWindow
    return near.contains((left + right) / 2) && ys.contains((top + bottom) / 2)
  }

  /// Ticks, crosses and rings are at least so broad and at most so long, in millimetres, rings
  /// that are drawn wide a little longer; what is paler than this share of the sheet's marks
  /// shines through.
  private static let leastBreadthMM = 1.2
  private static let mostExtentMM = 12.0
  private static let mostBentExtentMM = 16.0
  private static let leastDarkness = 0.6

  /// A line is so many times as long as its window's diagonal where it is no straight one: a
  /// straight line gives up to 1.1 and 1.4 where its edges are rough, a tick 1.4 to 1.8, a cross
  /// 2, a ring 3.
  private static let leastBend = 1.45

  /// Whether this is more than a straight line: beside an answer, a line near another target is no
  /// second mark; one that goes through it is weighed by that target's own probability.
  fileprivate var isBent: Bool {
    let diagonal =
      Double((right - left) * (right - left) + (bottom - top) * (bottom - top))
      .squareRoot() / MarkCanvas.pixelsPerMM
    return thicknessMM > 0 && areaMM2 / thicknessMM >= Self.leastBend * diagonal
  }

  /// Whether a hand whose marks are so dark may have made this as one; `usual` is 0 where nothing
  /// is known of it.
  fileprivate func isLikeMark(of usual: Double) -> Bool {
    let breadth = Double(min(right - left, bottom - top)) / MarkCanvas.pixelsPerMM
    return breadth >= Self.leastBreadthMM
      && extentMM <= (isBent ? Self.mostBentExtentMM : Self.mostExtentMM)
      && meanDarkness >= Self.leastDarkness * usual
  }
}
