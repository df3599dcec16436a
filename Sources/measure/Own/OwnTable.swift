// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The table of the forms of our own, a row a level and form.
struct OwnTable {
  static let heading = """
    # Accuracy on forms of our own, painted

    Written by `make accuracy` (`measure own`); never by hand. Whole ballots of the shipped forms \
    are filled, worn and scanned by the simulator ([levels and rates](simulator.md)), fed as a \
    dropped stack with pages missing, doubled and upside down, read as `phieu scan` reads them, and \
    joined by the store.

    **These sheets warn, they do not prove.** Painter and reader come from one house: what trains, \
    what calibrates and what measures differ in seed and forms (no form of this table was ever \
    trained on), the digits' writers train nothing, but pens, marks and wear come from one \
    painter. Real sheets decide: [accuracy.md](accuracy.md).

    *Silent* is an accepted answer that is not what the sheet says: it must be 0. *Review* is what \
    a person is asked beyond what a careful person would ask. The bound is one-sided and exact, \
    95 %, per accepted answer. *Labels*: QR codes read; where one is not, its serial is typed, \
    and *serials typed* counts it. *Ballots*: all their pages and no others joined. *Joined wrong* \
    counts ballots with a page of another's: it must be 0.


    """

  private static let head = [
    "level", "form", "pages", "read", "questions", "silent", "95 % bound", "review %",
    "digits accepted %", "digits wrong", "spoilt cells accepted", "labels", "turned told",
    "ballots", "joined wrong", "missing told", "doubled told",
  ]
  private var rows: [[String]] = []
  private(set) var notes: [String] = []

  mutating func add(level: String, form: String, _ score: OwnScore) {
    let counts = score.answers
    let isBold = form == "all"
    let row = [
      level, form, "\(counts.pages)", "\(counts.pagesRead)", "\(counts.questions)",
      "\(counts.silent)", counts.bound.map { String(format: "%.5f", $0) } ?? "–",
      String(format: "%.2f", 100 * Double(counts.review) / Double(max(1, counts.questions))),
      counts.cells > 0
        ? String(format: "%.1f", 100 * Double(counts.cellsAccepted) / Double(counts.cells)) : "–",
      counts.cells > 0 ? "\(counts.cellsWrong)" : "–",
      counts.junk > 0 ? "\(counts.junkAccepted) of \(counts.junk)" : "–",
      score.labels.text, score.turned.text, score.ballots.text, "\(score.joinedWrong)",
      score.missing.text, score.doubled.text,
    ]
    rows.append(isBold ? row.map { "**\($0)**" } : row)
  }

  mutating func note(_ text: String) { notes.append(text) }

  func markdown() -> String {
    markdownTable(Self.head, rows) + "\n\n" + notes.map { "- \($0)\n" }.joined()
  }
}
