// SPDX-License-Identifier: Apache-2.0
public import Ballot
import Foundation
public import Form
import GRDB

extension BallotStore {
  /// The ballots of some forms, in the order of the files and their pages.
  ///
  /// Pages with a serial are one ballot by form, version and serial, wherever they were scanned. A
  /// page without one belongs to the ballot of consecutive pages 1, 2, … of one file; that ends
  /// where the next page of the form does not follow: another form, page 1 again, a page left
  /// out, a page that was not read, or one that has a serial. So a lost page leaves two ballots
  /// with missing pages and never one ballot of two people's. A ballot's number is its first
  /// page's number in the workspace, which never changes. Readings of other forms are left out.
  public func ballots(of forms: [BallotForm]) throws(StoreFailure) -> [BallotRecord] {
    var ballots: [BallotRecord] = []
    try forEachBallot(of: forms) { ballots.append($0) }
    return ballots
  }

  /// Hands out the ballots one by one, as `ballots(of:)` lists them: memory for the answers of
  /// one of them, and for the places of all.
  public func forEachBallot(
    of forms: [BallotForm], _ body: (BallotRecord) throws -> Void
  ) throws(StoreFailure) {
    try forEachGroup(of: forms) { group, form, answers in
      try body(try group.ballot(of: form, answers: answers))
    }
  }

  /// Hands out the pages of each ballot, with what tells the answers of one of them.
  func forEachGroup(
    of forms: [BallotForm],
    _ body: (PageGroup, BallotForm, (JoinedPage) throws -> [BallotAnswer]) throws -> Void
  ) throws(StoreFailure) {
    let forms = Dictionary(forms.map { ($0.id, $0) }) { first, _ in first }
    try read { db in
      let settlements = try Self.standingSettlements(db)
      for group in try Self.groups(db, forms: forms, settlements) {
        guard let form = forms[group.form] else { continue }
        try body(group, form) { page in
          let questions = form.pages.first { $0.number == page.origin.formPage }
          return try Self.answers(
            db, reading: page.reading, to: questions?.asked(hasSerial: group.serial != nil) ?? [],
            settled: { settlements[page.place(of: $0)] })
        }
      }
    }
  }

  /// The pages that were read, joined.
  private static func groups(
    _ db: Database, forms: [String: BallotForm],
    _ settlements: Settled
  ) throws -> [PageGroup] {
    let dropped = try droppedPages(db)
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT r.id, r.sheet, r.status, r.form, r.form_page, r.serial, f.path, f.sha256, s.page
        FROM standing_reading AS r
        JOIN sheet AS s ON s.id = r.sheet JOIN file AS f ON f.id = s.file
        ORDER BY f.id, s.page
        """)
    var joiner = PageJoiner()
    while let row = try rows.next() {
      let status: String = row["status"]
      let name: String? = row["form"]
      guard status == "read", let form = name.flatMap({ forms[$0] }) else {
        joiner.endRun()
        continue
      }
      let page = JoinedPage(
        reading: row["id"], sheet: row["sheet"], form: form.id, origin: PageOrigin(row))
      let said = settlements[page.place(of: LabelPlaces.serialQuestion)]?.value.joined()
      let printed: String? = row["serial"]
      let serial = printed ?? said.flatMap { SheetLabel.isSerial($0) ? $0 : nil }
      joiner.add(page, serial: serial, counts: !dropped.contains(page.dropped))
    }
    return joiner.groups.filter { !$0.pages.isEmpty }
  }

  /// The answers to a page's questions, in the form's order. A question that the reading does
  /// not have, as after an edit of the form, is open: it never passes for blank.
  private static func answers(
    _ db: Database, reading: Int64, to questions: [Question],
    settled: (String) -> (value: [String], source: BallotAnswer.Source)?
  ) throws -> [BallotAnswer] {
    var read: [String: (value: [String], confidence: Double)] = [:]
    let rows = try Row.fetchCursor(
      db.cachedStatement(
        sql: "SELECT question, value, confidence FROM answer "
          + "WHERE reading = ? AND state = 'accepted'"),
      arguments: [reading])
    while let row = try rows.next() {
      let value = try StoredJSON.value([String].self, row["value"], of: "reading \(reading)")
      read[row["question"]] = (value, row["confidence"])
    }
    return questions.compactMap { question in
      if case .text = question.kind { return nil }
      if let settled = settled(question.id) {
        return BallotAnswer(question: question.id, value: settled.value, source: settled.source)
      }
      guard let answer = read[question.id] else {
        return BallotAnswer(question: question.id, value: nil, source: .open)
      }
      return BallotAnswer(
        question: question.id, value: answer.value,
        source: .machine(confidence: answer.confidence))
    }
  }

  private typealias Settled = [SettledPlace: (value: [String], source: BallotAnswer.Source)]

  private static func standingSettlements(_ db: Database) throws -> Settled {
    var settlements: Settled = [:]
    let rows = try Row.fetchCursor(db, sql: "SELECT * FROM standing_settlement ORDER BY id")
    while let row = try rows.next() {
      let id: Int64 = row["id"]
      let place = SettledPlace(
        sheet: row["sheet"], form: row["form"], formPage: row["form_page"],
        question: row["question"])
      settlements[place] = (
        try StoredJSON.value([String].self, row["value"], of: "settlement \(id)"),
        .person(reviewer: row["reviewer"], date: try Date(storedText: row["at"]))
      )
    }
    return settlements
  }
}

/// What a settlement is said of: the ink of a question, whichever reading asked.
struct SettledPlace: Hashable {
  var sheet: Int64
  var form: String
  var formPage: Int
  var question: String
}

extension FormPage {
  /// The questions of a page that a ballot must have answers to. A page of a form with labels
  /// asks for its serial where it has none: a person says which it is, or that there is none.
  fileprivate func asked(hasSerial: Bool) -> [Question] {
    hasSerial ? questions : questions + (label.map { [$0.question] } ?? [])
  }
}
