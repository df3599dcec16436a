// SPDX-License-Identifier: Apache-2.0
public import Ballot
public import Form
import Foundation

/// Ballots as tables, written a line at a time, so that a survey of any size needs the memory
/// of one ballot.
public struct BallotTable: Sendable {
  /// How the rows are cut.
  public enum Layout: String, Hashable, Sendable, CaseIterable {
    /// One row a ballot, the questions as columns.
    case wide
    /// One row an answer, with who gave it.
    case long
  }

  let form: BallotForm
  let includesUnverified: Bool
  let layout: Layout

  /// - Parameters:
  ///   - form: The form of all ballots; it alone makes the columns.
  ///   - layout: How the rows are cut.
  ///   - includesUnverified: Whether ballots that are not verified are written too; a column
  ///     `verified` then says `yes` or `no`.
  public init(form: BallotForm, layout: Layout, includesUnverified: Bool) {
    self.form = form
    self.layout = layout
    self.includesUnverified = includesUnverified
  }

  /// Writes the table as CSV.
  ///
  /// - Parameters:
  ///   - ballots: In the order in which they are to stand. Ballots of other forms are passed
  ///     over.
  ///   - write: Takes the text piece by piece: the byte order mark with the header, then lines.
  /// - Returns: How many ballots were written.
  @discardableResult
  public func write(
    _ ballots: some Sequence<BallotRecord>, to write: (String) throws -> Void
  ) rethrows -> Int {
    let columns = ExportColumns(form: form, reserved: fixedNames)
    let header =
      switch layout {
      case .wide: fixedNames + columns.columns.map(\.name)
      case .long: fixedNames
      }
    try write(CSVWriter.byteOrderMark + CSVWriter.line(header))
    var count = 0
    for ballot in ballots where ballot.form == form.id {
      guard includesUnverified || ballot.isVerified else { continue }
      count += 1
      let answers = Dictionary(
        ballot.answers.map { ($0.question, $0) }, uniquingKeysWith: { _, last in last })
      switch layout {
      case .wide: try write(wideLine(ballot, answers, columns))
      case .long: try write(longLines(ballot, answers))
      }
    }
    return count
  }

  /// The columns that every form has.
  var fixedNames: [String] {
    let verified = includesUnverified ? ["verified"] : []
    let serial = form.hasLabels ? ["serial"] : []
    return switch layout {
    case .wide: ["ballot"] + serial + ["file", "page"] + verified
    case .long:
      ["ballot"] + serial + verified
        + ["question", "state", "value", "source", "confidence", "reviewer", "date"]
    }
  }

  private func serial(_ ballot: BallotRecord) -> [String] {
    form.hasLabels ? [ballot.serial ?? ""] : []
  }

  private func verified(_ ballot: BallotRecord) -> [String] {
    includesUnverified ? [ballot.isVerified ? "yes" : "no"] : []
  }

  private func wideLine(
    _ ballot: BallotRecord, _ answers: [String: BallotAnswer], _ columns: ExportColumns
  ) -> String {
    var cells = [String(ballot.number)] + serial(ballot)
    cells += [
      Self.joined(ballot.pages.map(\.file)),
      Self.joined(ballot.pages.map { String($0.page) }),
    ]
    cells += verified(ballot)
    cells += columns.columns.map { column in
      guard let values = answers[column.question.id]?.value else { return columns.openMark }
      guard let option = column.option else { return Self.joined(values) }
      return values.contains(option.value) ? "1" : "0"
    }
    return CSVWriter.line(cells)
  }

  private func longLines(_ ballot: BallotRecord, _ answers: [String: BallotAnswer]) -> String {
    var text = ""
    for question in form.questions {
      if case .text = question.kind { continue }
      let answer = answers[question.id]
      let values = answer?.value
      var cells = [String(ballot.number)] + serial(ballot) + verified(ballot) + [question.id]
      cells.append(
        values.map { $0.allSatisfy(\.isEmpty) ? "blank" : "answered" } ?? "open")
      cells.append(values.map(Self.joined) ?? "")
      switch answer?.source {
      case .machine(let confidence) where values != nil:
        cells += ["machine", JSONText.short(ReadingLine.probability(confidence)), "", ""]
      case .person(let reviewer, let date) where values != nil:
        cells += ["person", "", reviewer, date.formatted(.iso8601)]
      default:
        cells += ["", "", "", ""]
      }
      text += CSVWriter.line(cells)
    }
    return text
  }

  /// Several values in one cell: separated by `;`, a `;` or `\` of a value with `\` before it.
  static func joined(_ values: [String]) -> String {
    guard values.count > 1 else { return values.first ?? "" }
    return values.map {
      $0.replacing("\\", with: "\\\\").replacing(";", with: "\\;")
    }.joined(separator: ";")
  }
}
