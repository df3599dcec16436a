// SPDX-License-Identifier: Apache-2.0
import Form
import Imaging

/// Lines under printed digits that are to be ringed: who underlines a digit marks it, too.
///
/// Such a line often lies at the foot of its cell, along the table's line or on it, far from where
/// marks are learned, and runs together with what the table's lines and the ends of shaded rows
/// leave on a scan. So at an unmarked digit only what is darker than that counts, and stroke by
/// stroke: what has the length of a line, but does not go through.
struct Underlines {
  private let plan: MarkPlan
  private let ink: InkMap
  private let strokes: Strokes
  /// Strokes that are marks or words.
  private let explained: [Bool]

  /// What is so many times as dark as ink must be is a pen's, not what a printed line leaves.
  private static let overLimit = 1.4
  /// A line may lie so many squares under the digit's cell, 1.25 mm: in the next row's, then.
  private static let below = 10
  /// What is paler than this share of the sheet's marks shines through.
  private static let leastDarkness = 0.6
  /// Where no marks tell that, what is paler than this does, in shares of paper.
  private static let leastUnknown = 0.15

  /// Strokes that are marks or words are `explained`; those longer than any mark are looked at all
  /// the same: a mark is only a part of them.
  init(plan: MarkPlan, ink: InkMap, strokes: Strokes, explained: [Bool]) {
    self.plan = plan
    self.ink = ink
    self.strokes = strokes
    self.explained = zip(strokes.strokes, explained).map { $1 && !$0.isLongerThanMarks }
  }

  /// The longest line at an unmarked digit.
  ///
  /// - Parameters:
  ///   - place: The digit's number among the page's targets.
  ///   - usual: How dark the sheet's marks are; 0 where that is not known.
  ///   - isStrange: Whether targets printed alike have less ink at a square.
  /// - Returns: `nil` where there is none, or the target is no digit.
  func line(
    at place: Int, usual: Double, isStrange: (_ x: Int, _ y: Int) -> Bool
  ) -> (inkMM2: Double, lengthMM: Double)? {
    let target = plan.places[place]
    guard target.target.shape == .char else { return nil }
    let window = target.window
    let certain = Float(Self.overLimit * ink.limit)
    var lines: [Int: LinePart] = [:]
    let end = min(plan.canvas.height, target.box.ys.upperBound + Self.below)
    for y in target.box.ys.lowerBound..<end {
      let isInside = window.ys.contains(y)
      for x in window.xs {
        let at = y * plan.canvas.width + x
        let stroke = Int(strokes.owner[at])
        guard stroke >= 0, !explained[stroke], ink.added.pixels[at] > certain,
          !plan.lines.isNear(at) || strokes.strokes[stroke].isThickLine,
          isInside ? isStrange(x, y) : ink.bare[at] != 0
        else { continue }
        lines[stroke, default: LinePart()].take(x: x, y: y, darkness: ink.added.pixels[at])
      }
    }
    let least = usual > 0 ? Self.leastDarkness * usual : Self.leastUnknown
    let found = lines.filter { stroke, part in
      part.isLine(of: strokes.strokes[stroke], in: window) && part.meanDarkness >= least
    }
    return found.values.max { ($0.lengthMM, $0.area) < ($1.lengthMM, $1.area) }
      .map { ($0.areaMM2, $0.lengthMM) }
  }
}

/// What of a stroke may be a line under a digit.
private struct LinePart {
  private(set) var area = 0
  private var (left, top, right, bottom) = (Int.max, Int.max, 0, 0)
  private var darkness: Float = 0

  /// A line under a digit is at least so long, in millimetres …
  static let leastMM = 3.0
  /// … and that of a stroke that goes on elsewhere covers no more than this share of the digit's
  /// window: what follows print goes through.
  private static let mostOfWindow = 0.85

  /// It is lower than this share of its length.
  private static let mostHeight = 0.25

  mutating func take(x: Int, y: Int, darkness level: Float) {
    area += 1
    darkness += level
    (left, right) = (min(left, x), max(right, x + 1))
    (top, bottom) = (min(top, y), max(bottom, y + 1))
  }

  var lengthMM: Double { Double(right - left) / MarkCanvas.pixelsPerMM }
  var areaMM2: Double { Double(area) / (MarkCanvas.pixelsPerMM * MarkCanvas.pixelsPerMM) }
  var meanDarkness: Double { Double(darkness) / Double(max(1, area)) }

  /// Whether this part of a stroke is a line that has two ends in a window.
  func isLine(of stroke: Stroke, in window: CanvasWindow) -> Bool {
    let width = Double(window.xs.count)
    let goesOn = Double(stroke.right - stroke.left) > width
    return lengthMM >= Self.leastMM
      && (!goesOn || Double(right - left) <= Self.mostOfWindow * width)
      && Double(bottom - top) <= Self.mostHeight * Double(right - left)
  }
}

extension Stroke {
  /// No mark is longer than this, in millimetres: a wide ring is 16.
  private static let mostExtentMM = 24.0
  /// What a printed line leaves beside it is thinner than this, in millimetres, or longer than …
  private static let leastThicknessMM = 0.5
  /// … this, as lines under digits are not.
  private static let mostLineMM = 12.0

  /// Whether marks ran together with what a table's lines leave.
  fileprivate var isLongerThanMarks: Bool { extentMM > Self.mostExtentMM }

  /// Whether this is a pen's line though it lies along a printed one.
  fileprivate var isThickLine: Bool {
    thicknessMM >= Self.leastThicknessMM && extentMM >= LinePart.leastMM
      && extentMM <= Self.mostLineMM
  }
}
