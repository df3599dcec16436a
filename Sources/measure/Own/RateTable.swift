// SPDX-License-Identifier: Apache-2.0
import Ballot
import Form
import Foundation

/// What fewer silent errors cost: readings of painted ballots decided again by rules under which
/// answers must be surer, with the errors that their own probabilities let expect.
struct RateTable {
  private struct Row {
    var counts = Score.Counts()
    var expected = 0.0
  }

  private var rows: [String: [Row]] = [:]
  private var levels: [String] = []

  /// Adds the readings of a level of one form.
  mutating func add(_ kept: KeptReadings, level: String) {
    if !levels.contains(level) { levels.append(level) }
    var sums = rows[level] ?? Rules.silentRates.map { _ in Row() }
    let marks = Set(kept.form.questions.filter { !$0.targets.isEmpty }.map(\.id))
    for (index, rate) in Rules.silentRates.enumerated() {
      let decided = kept.decided(by: Rules().surer(by: rate.factor))
      sums[index].counts = sums[index].counts + decided.score().total
      for answer in decided.pages.flatMap({ $0.reading?.answers ?? [] })
      where marks.contains(answer.question) {
        if case .accepted(_, let confidence) = answer.outcome {
          sums[index].expected += 1 - confidence
        }
      }
    }
    rows[level] = sums
  }

  /// The table; empty where nothing was added.
  func markdown() -> String {
    guard !levels.isEmpty else { return "" }
    let head = ["doubt allowed"] + levels.map { "\($0): review % · expected · seen · 95 % bound" }
    let body = Rules.silentRates.enumerated().map { index, rate in
      [String(format: "%g", rate.factor)]
        + levels.map { Self.cell(rows[$0]?[index] ?? Row()) }
    }
    return """
      ## What fewer silent errors cost

      All doubts that an accepted answer may have, multiplied by a factor (`silent` of a form \
      chooses the row): what is asked then, and the silent errors in a million accepted answers: \
      those that the readers' own probabilities let expect, and those seen with their bound.

      \(markdownTable(head, body))

      """
  }

  private static func cell(_ row: Row) -> String {
    let counts = row.counts
    guard counts.accepted > 0 else { return "–" }
    let million = 1e6 / Double(counts.accepted)
    return String(
      format: "%.2f · %.0f · %.0f · %.0f",
      100 * Double(counts.review) / Double(max(1, counts.questions)), million * row.expected,
      million * Double(counts.silent), 1e6 * (counts.bound ?? 1))
  }
}
