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

  /// What says that the page does not count.
  var dropped: DroppedPage {
    DroppedPage(sheet: sheet, form: form, formPage: origin.formPage)
  }
}

/// The pages of one ballot.
struct PageGroup {
  /// The form's id.
  var form: String
  var serial: String?
  /// The first sheet, whether it counts or not: the ballot's number, which never changes.
  var number: Int64
  /// Those that count, in the order of the files and their pages.
  var pages: [JoinedPage]

  /// Each page's copies, by the form's pages.
  var copies: [(formPage: Int, pages: [JoinedPage])] {
    Dictionary(grouping: pages, by: \.origin.formPage).sorted { $0.key < $1.key }
      .map { ($0.key, $0.value) }
  }

  /// The ballot of these pages.
  ///
  /// A page that is there more than once is told; where its copies do not say the same, the
  /// answer is open: no machine knows which of them counts.
  func ballot(
    of form: BallotForm, answers: (JoinedPage) throws -> [BallotAnswer]
  ) rethrows -> BallotRecord {
    let copies = copies
    var ballot = BallotRecord(
      number: Int(number), form: form.id, serial: serial, pages: [], answers: [])
    for (number, same) in copies {
      guard let first = same.first else { continue }
      ballot.pages += same.map(\.origin)
      var agreed = try answers(first)
      for copy in same.dropFirst() {
        let differences = CopyDifference.between(agreed, try answers(copy))
        if !differences.isEmpty { ballot.differingPages.insert(number) }
        let open = Set(differences.map(\.question))
        for index in agreed.indices where open.contains(agreed[index].question) {
          agreed[index] = BallotAnswer(
            question: agreed[index].question, value: nil, source: .open)
        }
      }
      ballot.answers += agreed
      if same.count > 1 { ballot.doubledPages.append(number) }
    }
    let there = Set(copies.map(\.formPage))
    ballot.missingPages = form.pages.map(\.number).filter { !there.contains($0) }
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

  /// - Parameters:
  ///   - page: The next page, in the order of the files and their pages.
  ///   - serial: Its sheet's number; `nil` where it has none.
  ///   - counts: False where a person chose another copy of it.
  mutating func add(_ page: JoinedPage, serial: String?, counts: Bool) {
    if let serial {
      run = nil
      let key = [page.form, serial]
      let group = bySerial[key, default: groups.count]
      if group == groups.count {
        bySerial[key] = group
        groups.append(
          PageGroup(form: page.form, serial: serial, number: page.sheet, pages: []))
      }
      if counts { groups[group].pages.append(page) }
    } else if !counts {
      run = nil
    } else if let run, let last = groups[run].pages.last, last.form == page.form,
      last.origin.sha256 == page.origin.sha256, last.origin.page + 1 == page.origin.page,
      last.origin.formPage + 1 == page.origin.formPage
    {
      groups[run].pages.append(page)
    } else {
      run = groups.count
      groups.append(
        PageGroup(form: page.form, serial: nil, number: page.sheet, pages: [page]))
    }
  }

  /// Says that something lies between the last page and the next one.
  mutating func endRun() { run = nil }
}
