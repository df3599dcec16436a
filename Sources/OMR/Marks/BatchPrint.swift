// SPDX-License-Identifier: Apache-2.0
import Form
import Imaging

// A batch's sheets often come from one printing, and it is not always what the blank's file shows:
// a copier that stopped drew a line twice, a drum left a spot, a word was mended by hand before
// the form was copied. On one page nobody can tell that from a pen. On many sheets it stands at
// the same place, in targets that hardly anybody marked.

/// How much darker than its predicted print a page is, at targets that nobody is likely to have
/// marked.
public struct PrintSample: Sendable {
  /// For each square of the canvas, in levels: where it is darker than predicted by more than
  /// noise, and in the windows of untouched targets alone; else 0.
  fileprivate let darker: [UInt8]

  /// A target with more than this is untouched as far as this page tells.
  private static let untouched = 0.9
  /// Registration may be wrong by so many squares: 0.13 mm.
  private static let tolerance = 1
  /// Darker by more is ink or print and no noise, in levels: 0.1 of the way from paper to black.
  private static let ink = UInt8(Paper.white / 10)

  init(page: GrayPicture, printed: GrayPicture, plan: MarkPlan, scores: [MarkModel.Scores]) {
    let here = page.darkest(within: Self.tolerance)
    let predicted = printed.darkest(within: Self.tolerance)
    var darker = [UInt8](repeating: 0, count: page.pixels.count)
    let isUntouched = scores.map { $0.untouched > Self.untouched }
    // Windows of neighbours may overlap at their corners: what lies in a marked one's is its own.
    for pass in [true, false] {
      for (place, _) in zip(plan.places, isUntouched).filter({ $0.1 == pass }) {
        for y in place.window.ys {
          for square in place.window.squares(inRow: y, of: page.width) {
            let (blank, ink) = (predicted.pixels[square], here.pixels[square])
            darker[square] = pass && blank > ink && blank - ink > Self.ink ? blank - ink : 0
          }
        }
      }
    }
    self.darker = darker
  }
}

extension CanvasWindow {
  /// The squares of one of its rows on a canvas of a width.
  fileprivate func squares(inRow y: Int, of width: Int) -> Range<Int> {
    (y * width + xs.lowerBound)..<(y * width + xs.upperBound)
  }
}

/// Samples of a form page's sheets, counted square by square. The order in which they come makes
/// no difference.
public struct PrintTally: Sendable {
  private let width: Int
  /// The windows of each question's targets, by its id.
  private let windows: [(question: String, windows: [CanvasWindow])]
  /// On how many sheets a square is darker than predicted, and by how many levels together.
  private var dark: [UInt16]
  private var sum: [UInt32]
  /// How many samples were counted.
  public private(set) var sheets = 0

  /// Fewer sheets do not tell print from what a few people did.
  private static let fewest = 12
  /// With fewer squares than this in its windows, 0.25 mm², a question reads as before.
  private static let fewestSquares = 16

  /// An empty tally of a form page; `nil` where it has no targets.
  public init?(_ prepared: PreparedMarks) {
    guard let plan = prepared.plan else { return nil }
    let canvas = plan.canvas
    width = canvas.width
    windows = zip(prepared.page.questions, plan.placesOfQuestion).map { question, places in
      (question.id, places.map { plan.places[$0].window })
    }
    dark = [UInt16](repeating: 0, count: canvas.width * canvas.height)
    sum = [UInt32](repeating: 0, count: dark.count)
  }

  /// Counts one more sheet; beyond 65,535 of one form page nothing is counted.
  public mutating func add(_ sample: PrintSample) {
    guard sheets < Int(UInt16.max), sample.darker.count == dark.count else { return }
    sheets += 1
    for (square, levels) in sample.darker.enumerated() where levels > 0 {
      dark[square] += 1
      sum[square] += UInt32(levels)
    }
  }

  /// What at least half of the sheets have more than their predicted print; `nil` where there are
  /// too few sheets or it is next to nothing.
  ///
  /// Half of all sheets, not of those that are untouched there: at a box that nearly everybody
  /// marks a few faint marks would else be print.
  public func batchPrint() -> BatchPrint? {
    guard sheets >= Self.fewest else { return nil }
    var darker = [UInt8](repeating: 0, count: dark.count)
    var questions: Set<String> = []
    for (question, windows) in windows {
      let squares = windows.flatMap { window in
        window.ys.flatMap { window.squares(inRow: $0, of: width) }
      }.filter { 2 * Int(dark[$0]) >= sheets }
      guard squares.count >= Self.fewestSquares else { continue }
      questions.insert(question)
      for square in squares { darker[square] = UInt8(sum[square] / UInt32(dark[square])) }
    }
    return questions.isEmpty
      ? nil : BatchPrint(darker: darker, sheets: sheets, questions: questions)
  }
}

/// What the sheets of a batch have in print that their blank's file does not show.
public struct BatchPrint: Sendable {
  /// For each square of the canvas, in levels.
  fileprivate let darker: [UInt8]
  /// How many sheets told it.
  public let sheets: Int
  /// The questions at whose targets it stands.
  public let questions: Set<String>

  /// The blank as a page printed it, with what the batch's sheets have beside.
  func added(to printed: PrintedBlank) -> PrintedBlank {
    PrintedBlank(
      picture: printed.picture.darkened(darker), allowed: printed.allowed.darkened(darker),
      residual: printed.residual, look: printed.look)
  }
}

extension GrayPicture {
  /// Each level less that of `levels`, 0 at the least.
  fileprivate func darkened(_ levels: [UInt8]) -> GrayPicture {
    guard levels.count == pixels.count else { return self }
    return GrayPicture(
      width: width, height: height, pixels: zip(pixels, levels).map { $0 > $1 ? $0 - $1 : 0 })
  }
}
