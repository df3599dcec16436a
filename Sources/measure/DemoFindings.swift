// SPDX-License-Identifier: Apache-2.0
import Ballot
import Form
import Foundation
import Store

/// What a workspace holds of the demo's sheets, against what it should.
///
/// It looks at the store, not at the pictures: what is compared is what the scan before it made.
/// What a person has settled meanwhile counts as asked.
struct DemoFindings {
  private(set) var rows: [String] = []
  private(set) var differences: [String] = []
  private(set) var pagesRead = 0
  private(set) var accepted = 0
  private(set) var asked = 0
  private(set) var silent = 0
  private(set) var ballots = 0

  init(store: BallotStore, forms: [BallotForm], expected: DemoExpectations) throws {
    let known = Set(expected.names.values)
    var readAs: [String: (ballot: BallotRecord, formPage: Int)] = [:]
    var mine: [BallotRecord] = []
    for ballot in try store.ballots(of: forms) {
      let pages = ballot.pages.filter { expected.names[$0.sha256] != nil }
      if !pages.isEmpty { mine.append(ballot) }
      for page in pages {
        readAs["\(expected.names[page.sha256] ?? "")#\(page.page)"] = (ballot, page.formPage)
      }
    }
    var unread: [String: String] = [:]
    for page in try store.unreadPages() {
      let name = (page.file as NSString).lastPathComponent
      guard known.contains(name) else { continue }
      let status = if case .rejected = page.why { "rejected" } else { "failed" }
      unread["\(name)#\(page.page ?? 1)"] = status
    }
    for sheet in expected.sheets {
      let place = "\(sheet.file)#\(sheet.page ?? 1)"
      let found = readAs[place]
      let became = found != nil ? "read" : unread[place] ?? "nothing"
      compare(sheet, with: found?.ballot, page: found?.formPage, became: became, forms: forms)
    }
    ballots = mine.count
    compare(mine, with: expected.ballots)
  }

  private mutating func compare(
    _ sheet: Truth.Sheet, with ballot: BallotRecord?, page: Int?, became: String,
    forms: [BallotForm]
  ) {
    let name = sheet.file + ((sheet.page ?? 1) > 1 ? " p. \(sheet.page ?? 1)" : "")
    let status = sheet.status ?? "read"
    if became != status { differences.append("\(name): \(became), expected \(status)") }
    var open: [String] = []
    if let ballot, let form = forms.first(where: { $0.id == ballot.form }) {
      pagesRead += 1
      if page != sheet.formPage || ballot.serial != sheet.serial || ballot.form != sheet.form {
        differences.append("\(name): taken for page \(page ?? 0) of \(ballot.serial ?? "?")")
      }
      let questions = form.pages.first { $0.number == page }?.questions ?? []
      for question in questions {
        guard let answer = ballot.answers.first(where: { $0.question == question.id }) else {
          continue
        }
        if case .machine = answer.source {
          accepted += 1
          check(answer, question, sheet, name)
        } else {
          asked += 1
          open.append(question.id)
        }
      }
    }
    rows.append(
      [
        name.padding(toLength: 24, withPad: " ", startingAt: 0),
        status.padding(toLength: 10, withPad: " ", startingAt: 0),
        became.padding(toLength: 10, withPad: " ", startingAt: 0),
        open.joined(separator: ", "),
      ].joined(separator: " "))
  }

  /// Whether an answer that nobody was asked about is one that may be accepted.
  private mutating func check(
    _ answer: BallotAnswer, _ question: Question, _ sheet: Truth.Sheet, _ name: String
  ) {
    let truth = sheet.answers?[question.id] ?? []
    let value = answer.value ?? []
    let isRight: Bool
    if question.isCode {
      isRight = value.joined() == truth.joined() || truth.contains(Truth.hidden)
    } else {
      let right = sheet.ask?[question.id] ?? [truth]
      isRight = right.contains { $0.sorted() == value.sorted() }
    }
    guard !isRight else { return }
    silent += 1
    differences.append("\(name): \(question.id) is accepted wrongly, \(value)")
  }

  private mutating func compare(
    _ found: [BallotRecord], with expected: [DemoExpectations.Ballot]
  ) {
    for wanted in expected {
      let name = "ballot \(wanted.serial) of \(wanted.form)"
      let same = found.filter { $0.form == wanted.form && $0.serial == wanted.serial }
      guard same.count == 1, let ballot = same.first else {
        differences.append("\(name): there are \(same.count)")
        continue
      }
      if ballot.missingPages != wanted.missing || ballot.doubledPages != wanted.doubled {
        differences.append(
          "\(name): missing \(ballot.missingPages), doubled \(ballot.doubledPages)")
      }
    }
    if found.count != expected.count {
      differences.append("\(found.count) ballots, expected \(expected.count)")
    }
  }
}
