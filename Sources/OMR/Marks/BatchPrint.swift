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
  fileprivate let windows: [CanvasWindow]
  /// For each square of the canvas, in levels; darker than predicted only.
  fileprivate let darker: [UInt8]

  /// A target with more than this is untouched as far as this page tells.
  private static let untouched = 0.9
  /// Registration may be wrong by so many squares: 0.13 mm.
  private static let tolerance = 1

  init(page: GrayPicture, printed: GrayPicture, plan: MarkPlan, scores: [MarkModel.Scores]) {
    windows = plan.places.indices.filter { scores[$0].untouched > Self.untouched }
      .map { plan.places[$0].window }
    let here = page.darkest(within: Self.tolerance)
    let predicted = printed.darkest(within: Self.tolerance)
    darker = zip(predicted.pixels, here.pixels).map { $0 > $1 ? $0 - $1 : 0 }
  }
}

/// Samples of a form page's sheets, counted square by square. The order in which they come makes
/// no difference.
public struct PrintTally: Sendable {
  private let width: Int
  /// The windows of each question's targets, by its id.
  private let windows: [(question: String, windows: [CanvasWindow])]
  /// How many sheets' samples cover a square, on how many of these it is darker than predicted,
  /// and by how many levels together.
  private var seen: [UInt8]
  private var dark: [UInt8]
  private var sum: [UInt16]
  /// How many samples were counted.
  public private(set) var sheets = 0

  /// Darker by more is ink or print and no noise, in levels: 0.1 of the way from paper to black.
  private static let ink = UInt8(Paper.white / 10)
  /// Fewer sheets do not tell print from what a few people did.
  private static let fewest = 8
  /// More tell nothing new, and the counts hold no more.
  private static let most = 200
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
    seen = [UInt8](repeating: 0, count: canvas.width * canvas.height)
    dark = seen
    sum = [UInt16](repeating: 0, count: seen.count)
  }

  /// Counts one more sheet.
  public mutating func add(_ sample: PrintSample) {
    guard sheets < Self.most, sample.darker.count == seen.count else { return }
    sheets += 1
    for window in sample.windows {
      for y in window.ys {
        for square in (y * width + window.xs.lowerBound)..<(y * width + window.xs.upperBound) {
          seen[square] = min(UInt8(Self.most), seen[square] + 1)
          let levels = sample.darker[square]
          guard levels > Self.ink else { continue }
          dark[square] = min(UInt8(Self.most), dark[square] + 1)
          sum[square] += UInt16(levels)
        }
      }
    }
  }

  /// What at least half of the sheets have more than their predicted print; `nil` where there are
  /// too few sheets or it is next to nothing.
  public func batchPrint() -> BatchPrint? {
    guard sheets >= Self.fewest else { return nil }
    let darker = seen.indices.map { square -> UInt8 in
      guard seen[square] >= Self.fewest, 2 * Int(dark[square]) >= Int(seen[square]) else {
        return 0
      }
      return UInt8(min(255, Int(sum[square]) / Int(dark[square])))
    }
    let questions = windows.filter { _, windows in
      let squares = windows.reduce(0) { count, window in
        count
          + window.ys.reduce(0) { count, y in
            count + window.xs.count { darker[y * width + $0] > 0 }
          }
      }
      return squares >= Self.fewestSquares
    }
    guard !questions.isEmpty else { return nil }
    return BatchPrint(
      darker: darker, sheets: sheets, questions: Set(questions.map(\.question)))
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
      residual: printed.residual)
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
