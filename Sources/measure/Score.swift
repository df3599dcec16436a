// SPDX-License-Identifier: Apache-2.0
import Ballot
import Foundation

/// What the readings of a set are worth against its truth (contract §5).
///
/// The sheets' own `score.py` stays the measure: where it is at hand, `measure accuracy` runs it
/// on the same readings and stops if a figure differs.
struct Score {
  /// The counts of one level.
  struct Counts: Equatable {
    var pages = 0
    var pagesRead = 0
    var foreignPages = 0
    var foreignRead = 0
    var questions = 0
    var accepted = 0
    var silent = 0
    var review = 0
    var asked = 0
    var cells = 0
    var cellsAccepted = 0
    var cellsWrong = 0
    var junk = 0
    var junkAccepted = 0

    static func + (a: Counts, b: Counts) -> Counts {
      Counts(
        pages: a.pages + b.pages, pagesRead: a.pagesRead + b.pagesRead,
        foreignPages: a.foreignPages + b.foreignPages, foreignRead: a.foreignRead + b.foreignRead,
        questions: a.questions + b.questions, accepted: a.accepted + b.accepted,
        silent: a.silent + b.silent, review: a.review + b.review, asked: a.asked + b.asked,
        cells: a.cells + b.cells, cellsAccepted: a.cellsAccepted + b.cellsAccepted,
        cellsWrong: a.cellsWrong + b.cellsWrong, junk: a.junk + b.junk,
        junkAccepted: a.junkAccepted + b.junkAccepted)
    }

    /// One-sided exact 95 % bound of silent answers per accepted one (Clopper and Pearson, 1934);
    /// `nil` where nothing was accepted.
    var bound: Double? { Self.upper95(silent, of: accepted) }

    static func upper95(_ count: Int, of total: Int) -> Double? {
      guard total > 0 else { return nil }
      guard count < total else { return 1 }
      var (low, high) = (Double(count) / Double(total), 1.0)
      for _ in 0..<100 {
        let middle = (low + high) / 2
        if chance(of: count, in: total, at: middle) > 0.05 { low = middle } else { high = middle }
      }
      return high
    }

    /// The chance of `count` or fewer of `total` at a rate.
    private static func chance(of count: Int, in total: Int, at rate: Double) -> Double {
      guard rate > 0, rate < 1 else { return rate <= 0 ? 1 : 0 }
      return (0...count).map { i in
        let ways = lgamma(Double(total + 1)) - lgamma(Double(i + 1)) - lgamma(Double(total - i + 1))
        return exp(ways + Double(i) * log(rate) + Double(total - i) * log1p(-rate))
      }.reduce(0, +)
    }
  }

  /// An answer that is not plainly right: a silent error or a review.
  struct Finding {
    var sheet: Truth.Sheet
    var question: String
    var isSilent: Bool
    var truth: [[String]]
    var answer: Answer?
    /// The kinds of the marks of this question, as the truth names them.
    var kinds: [String]
  }

  private(set) var levels: [(name: String, counts: Counts)] = []
  private(set) var findings: [Finding] = []
  /// Pages of the form that were not read, with the reason.
  private(set) var unread: [(sheet: Truth.Sheet, reason: String)] = []

  var total: Counts { levels.map(\.counts).reduce(Counts(), +) }

  /// Scores one sheet.
  ///
  /// - Parameters:
  ///   - sheet: What the sheet says.
  ///   - form: The form that it belongs to.
  ///   - codes: The ids of the form's code questions.
  ///   - reading: What was read; `nil` where the page was rejected or failed.
  ///   - reason: Why it was not read.
  mutating func add(
    _ sheet: Truth.Sheet, form: String, codes: Set<String>, reading: PageReading?, reason: String
  ) {
    var counts = Counts()
    defer { add(counts, level: sheet.level ?? "all") }
    guard let formPage = sheet.formPage else {
      counts.foreignPages = 1
      counts.foreignRead = reading == nil ? 0 : 1
      return
    }
    counts.pages = 1
    let answers = sheet.answers ?? [:]
    for cell in answers.filter({ codes.contains($0.key) }).flatMap(\.value)
    where cell != "" && cell != Truth.hidden {
      if cell == "?" { counts.junk += 1 } else { counts.cells += 1 }
    }
    guard let reading else {
      unread.append((sheet, reason))
      return
    }
    guard reading.form == form, reading.formPage == formPage else {
      let misread = Set(answers.keys).union((sheet.ask ?? [:]).keys).count
      counts.questions = misread
      counts.accepted = misread
      counts.silent = misread
      return
    }
    counts.pagesRead = 1
    let given = Dictionary(reading.answers.map { ($0.question, $0) }) { first, _ in first }
    // A question may stand in `ask` alone.
    for question in Set(answers.keys).union((sheet.ask ?? [:]).keys).sorted() {
      let truth = answers[question] ?? []
      if codes.contains(question) {
        Self.scoreCode(truth, given[question], &counts)
      } else {
        score(question, truth, sheet, given[question], &counts)
      }
    }
  }

  private mutating func score(
    _ question: String, _ truth: [String], _ sheet: Truth.Sheet, _ answer: Answer?,
    _ counts: inout Counts
  ) {
    counts.questions += 1
    let asks = sheet.ask?[question]
    let right = asks ?? [truth]
    let isSilent: Bool
    switch answer?.outcome {
    case .review:
      if asks != nil {
        counts.asked += 1
        return
      }
      counts.review += 1
      isSilent = false
    case .accepted(let value, _):
      counts.accepted += 1
      if right.contains(where: { $0.sorted() == value.sorted() }) { return }
      isSilent = true
    case nil:
      counts.accepted += 1
      isSilent = true
    }
    if isSilent { counts.silent += 1 }
    let kinds = (sheet.marks ?? []).filter { $0.question == question }.compactMap(\.kind)
    findings.append(
      Finding(
        sheet: sheet, question: question, isSilent: isSilent, truth: right, answer: answer,
        kinds: kinds))
  }

  private static func scoreCode(_ truth: [String], _ answer: Answer?, _ counts: inout Counts) {
    for (index, wanted) in truth.enumerated() {
      guard let cells = answer?.cells, index < cells.count,
        case .accepted(let value, _) = cells[index]
      else { continue }
      switch wanted {
      case "?": counts.junkAccepted += 1
      case Truth.hidden: break
      case "": if value != "" { counts.cellsWrong += 1 }
      default:
        counts.cellsAccepted += 1
        if value != wanted { counts.cellsWrong += 1 }
      }
    }
  }

  private mutating func add(_ counts: Counts, level: String) {
    if let at = levels.firstIndex(where: { $0.name == level }) {
      levels[at].counts = levels[at].counts + counts
    } else {
      levels.append((level, counts))
    }
  }
}
