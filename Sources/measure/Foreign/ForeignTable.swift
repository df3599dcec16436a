// SPDX-License-Identifier: Apache-2.0
import Ballot
import Reader

/// What became of foreign pages, a row a kind.
struct ForeignTable {
  static let heading = """
    # Pages that are no sheet of the form

    Written by `make accuracy` (`measure foreign`); never by hand. Painted and worn as [the \
    simulator](simulator.md) does, half of the sheets with our label, and read with the forms at \
    hand that each kind says. *Read* must be 0; *accepted* counts the answers that would have been \
    stored without asking, were it not.


    """

  private struct Row {
    var pages = 0
    var read = 0
    var accepted = 0
    var reasons: [String: Int] = [:]
  }

  private var rows: [ForeignKind: Row] = [:]
  private let notes: [String]

  init(notes: [String]) { self.notes = notes }

  mutating func add(_ kind: ForeignKind, _ outcome: PageOutcome) {
    var row = rows[kind] ?? Row()
    row.pages += 1
    switch outcome {
    case .read(let reading):
      row.read += 1
      row.accepted += reading.answers.count {
        if case .accepted = $0.outcome { true } else { false }
      }
    case .rejected(let rejection): row.reasons[Self.name(of: rejection), default: 0] += 1
    case .failed: row.reasons["cannot be decoded", default: 0] += 1
    }
    rows[kind] = row
  }

  private static func name(of rejection: Rejection) -> String {
    switch rejection {
    case .notAPageOf: "no page of these forms"
    case .perhapsAnotherVersion: "perhaps another version"
    case .missingVersion: "its label names a form that is not there"
    case .ambiguous: "fits two alike"
    case .twoSheets: "two sheets"
    case .partMissing: "part is missing"
    case .slipped: "rows cannot be told apart"
    case .backOf: "the back of a sheet"
    case .emptyPage: "hardly any print"
    }
  }

  func markdown() -> String {
    let all = rows.values.reduce(into: Row()) {
      $0.pages += $1.pages
      $0.read += $1.read
      $0.accepted += $1.accepted
    }
    let lines =
      ForeignKind.allCases.compactMap { kind in rows[kind].map { Self.line(kind.rawValue, $0) } }
      + [Self.line("**all**", all)]
    return "| page | pages | read | accepted | refused as |\n| --- | --- | --- | --- | --- |\n"
      + lines.joined(separator: "\n") + "\n" + notes.map { "\n- \($0)\n" }.joined()
  }

  private static func line(_ name: String, _ row: Row) -> String {
    let reasons = row.reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { "\($0.key): \($0.value)" }.joined(separator: ", ")
    return "| \(name) | \(row.pages) | \(row.read) | \(row.accepted) | \(reasons) |"
  }
}
