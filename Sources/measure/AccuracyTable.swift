// SPDX-License-Identifier: Apache-2.0
import Ballot
import Foundation

/// The table of contract §6, a row a set and level.
struct AccuracyTable {
  static let heading = """
    # Accuracy

    Written by `make accuracy`; never by hand. *Silent* is an accepted answer that is not what the \
    sheet says: it must be 0. *Review* is what a person is asked beyond what a careful person \
    would ask. The bound is one-sided and exact, 95 %, per accepted answer. Places are distances \
    of targets from where they truly lie, where the set knows it. CPU is decoding, registering \
    and scoring on one core.

    The reader's weights are trained on this project's own painted sheets alone; nothing is \
    trained or tuned on these sets. They were looked at while designing: the debug pictures of \
    `office-form`, `openmcr-75`, `openmcr-75-first`, `odkscan-photos` and a few `amc-*` pages. Two \
    limits of registration (a second sheet on the picture, another version of the form) come from \
    a trial on these sets; `openmcr-75`, `odkscan-photos` and `office-form` showed what the limits \
    of decision 011 (second look, weakest target) let pass; how much print may be lost was judged \
    on all of them, how much ink beside the marks is usual on `office-form`. Each set is read as one batch. Ballots of our own forms, painted, stand apart: \
    they only warn ([accuracy-own](accuracy-own.md)).


    """

  private var rows: [[String]] = []
  private var groups: [(name: String, score: Score.Counts, places: [Double])] = []

  mutating func add(
    _ name: String, score: Score, pages: [MeasuredPage], places: TargetPlaces?, dpi: Double
  ) {
    for (level, counts) in score.levels {
      let members = pages.filter { ($0.sheet.level ?? "all") == level }
      let errors =
        places.map { places in members.flatMap { places.errors($0, dpi: dpi) }.sorted() } ?? []
      let cost = members.map { $0.decodeMS + $0.registerMS + $0.scoreMS }.reduce(0, +)
      rows.append(
        Self.row(name, level, counts, errors, milliseconds: cost / Double(max(1, members.count))))
    }
    let group = name.hasPrefix("real/amc-") ? "all real/amc-*" : ""
    guard !group.isEmpty else { return }
    let counts = score.levels.filter { $0.name != "low" }.map(\.counts)
      .reduce(Score.Counts(), +)
    if let at = groups.firstIndex(where: { $0.name == group }) {
      groups[at].score = groups[at].score + counts
    } else {
      groups.append((group, counts, []))
    }
  }

  private static func row(
    _ name: String, _ level: String, _ counts: Score.Counts, _ errors: [Double],
    milliseconds: Double
  ) -> [String] {
    let digits = counts.cells > 0
    return [
      name, level, "\(counts.pages + counts.foreignPages)", "\(counts.pagesRead)",
      counts.foreignPages > 0 ? "\(counts.foreignRead) of \(counts.foreignPages)" : "–",
      "\(counts.questions)", "\(counts.silent)",
      counts.bound.map { String(format: "%.4f", $0) } ?? "–",
      counts.questions > 0 ? percent(counts.review, counts.questions) : "–",
      digits ? percent(counts.cellsAccepted, counts.cells) : "–",
      digits && counts.cellsAccepted > 0
        ? String(format: "%.2f", 1000 * Double(counts.cellsWrong) / Double(counts.cellsAccepted))
        : "–",
      counts.junk > 0 ? percent(counts.junkAccepted, counts.junk) : "–",
      errors.isEmpty
        ? "–"
        : String(
          format: "%.3f / %.3f / %.3f", errors[errors.count / 2],
          errors[min(errors.count - 1, errors.count * 95 / 100)], errors[errors.count - 1]),
      milliseconds > 0 ? String(format: "%.0f", milliseconds) : "–",
    ]
  }

  private static func percent(_ part: Int, _ whole: Int) -> String {
    String(format: "%.1f", 100 * Double(part) / Double(max(1, whole)))
  }

  func markdown() -> String {
    let head = [
      "set", "level", "pages", "read", "foreign read", "questions", "silent", "95 % bound",
      "review %", "digits accepted %", "wrong per 1,000", "junk accepted %",
      "places: median / 95 % / largest mm", "CPU ms a page",
    ]
    let sums = groups.map {
      Self.row("**\($0.name)**", "72 dpi apart", $0.score, [], milliseconds: 0)
    }
    return markdownTable(head, rows + sums) + "\n"
  }
}
