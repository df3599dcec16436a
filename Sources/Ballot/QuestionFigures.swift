// SPDX-License-Identifier: Apache-2.0
import Form
import Foundation

/// What speaks for and against a question's likeliest answer, as `measure questions` writes it.
/// Evidence only, so that a stored reading can be judged again.
public struct QuestionFigures: Hashable, Sendable {
  /// In the order of `names`.
  public let values: [Double]

  /// The figures' names.
  public static let names = [
    "product", "lower product", "blank", "leftover ink", "blank, leftover ink",
    "blank, leftover stroke", "noise", "print residual", "coarse", "blank, others blank",
    "multiple", "targets", "disagreement of places", "doubt on the sheet",
  ]

  /// Log odds beyond this are as good as certain.
  private static let surest = 12.0
  /// Leftover ink is counted in this many square millimetres: a short pencil stroke.
  private static let inkUnit = 0.15
  /// Below so many pixels a millimetre (200 dpi) a scan is coarse.
  private static let coarse = 8.0

  init(_ question: Question, _ seen: QuestionEvidence, guess: Guess, sheet: SheetFigures) {
    let isBlank = guess.values.isEmpty ? 1.0 : 0
    let isMultiple = if case .multiple = question.kind { 1.0 } else { 0.0 }
    let ink = log(1 + max(0, seen.leftoverInkMM2 - sheet.medianInkMM2) / Self.inkUnit)
    values = [
      Self.odds(guess.confidence), Self.odds(guess.lower), isBlank, ink, isBlank * ink,
      isBlank * min(2, seen.leftoverStrokeMM / 5), min(1, sheet.noise * 5),
      min(1, sheet.printResidual * 10),
      max(0, Self.coarse - sheet.pixelsPerMM) / Self.coarse, isBlank * sheet.blankShare,
      isMultiple, log(Double(max(1, seen.targets.count))), 1 - min(1, seen.agreement),
      log((sheet.doubt + Self.leastDoubt) / Self.leastDoubt),
    ]
  }

  /// Mean doubts under this are as good as none.
  private static let leastDoubt = 0.001

  private static func odds(_ probability: Double) -> Double {
    let least = 1 / (1 + exp(surest))
    let p = min(1 - least, max(least, probability))
    return log(p / (1 - p))
  }

  /// What the whole sheet says beside a question.
  struct SheetFigures {
    /// Ink left over at the sheet's median question, in mm².
    var medianInkMM2: Double
    /// Share of its questions where nothing is marked.
    var blankShare: Double
    /// How doubtful its likeliest answers are in the mean.
    var doubt: Double
    var noise: Double
    var printResidual: Double
    var pixelsPerMM: Double
  }
}

/// The likeliest answer to a question.
struct Guess {
  var values: [String]
  /// Its probability by the targets' scores.
  var confidence: Double
  /// The same by the reader that doubts it more.
  var lower: Double
}
