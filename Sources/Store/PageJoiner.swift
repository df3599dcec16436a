// SPDX-License-Identifier: Apache-2.0
import Ballot
import Form

/// A page that was read, and where.
struct JoinedPage {
  var reading: Int64
  var sheet: Int64
  /// The form's id.
  var form: String
  var origin: PageOrigin

  /// Where a settlement of a question of this page is found.
  func place(of question: String) -> SettledPlace {
    SettledPlace(sheet: sheet, form: form, formPage: origin.formPage, question: question)
  }
}

/// The pages of one ballot.
struct PageGroup {
  /// The form's id.
  var form: String
  var serial: String?
  /// In the order of the files and their pages.
  var pages: [JoinedPage]

  /// The ballot of these pages.
  ///
  /// A page that is there more than once is told; where its copies do not say the same, the
  /// answer is open: no machine knows which of them counts.
  func ballot(
    of form: BallotForm, answers: (JoinedPage) throws -> [BallotAnswer]
  ) rethrows -> BallotRecord {
    let copies = Dictionary(grouping: pages, by: \.origin.formPage)
    var ballot = BallotRecord(
      number: Int(pages.first?.sheet ?? 0), form: form.id, serial: serial, pages: [], answers: [])
    for number in copies.keys.sorted() {
      guard let same = copies[number], let first = same.first else { continue }
      ballot.pages += same.map(\.origin)
      var agreed = try answers(first)
      for copy in same.dropFirst() {
        let other = try answers(copy)
        for (index, pair) in zip(agreed, other).enumerated() where pair.0.value != pair.1.value {
          agreed[index] = BallotAnswer(question: pair.0.question, value: nil, source: .open)
        }
      }
      ballot.answers += agreed
      if same.count > 1 { ballot.doubledPages.append(number) }
    }
    ballot.missingPages = form.pages.map(\.number).filter { copies[$0] == nil }
    return ballot
  }
}

/// Joins pages to ballots: by their serials, and those without one by their order.
struct PageJoiner {
  /// In the order of their first pages.
  private(set) var groups: [PageGroup] = []
  private var bySerial: [[String]: Int] = [:]
  /// The group of the page before, where a page without a serial may follow it.
  private var run: Int?

  mutating func add(_ page: JoinedPage, serial: String?) {
    if let serial {
      run = nil
      let key = [page.form, serial]
      if let group = bySerial[key] {
        groups[group].pages.append(page)
      } else {
        bySerial[key] = groups.count
        groups.append(PageGroup(form: page.form, serial: serial, pages: [page]))
      }
    } else if let run, let last = groups[run].pages.last, last.form == page.form,
      last.origin.sha256 == page.origin.sha256, last.origin.page + 1 == page.origin.page,
      last.origin.formPage + 1 == page.origin.formPage
    {
      groups[run].pages.append(page)
    } else {
      run = groups.count
      groups.append(PageGroup(form: page.form, serial: nil, pages: [page]))
    }
  }

  /// Says that something lies between the last page and the next one.
  mutating func endRun() { run = nil }
}
