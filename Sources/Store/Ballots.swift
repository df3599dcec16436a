// SPDX-License-Identifier: Apache-2.0
public import Ballot
import Foundation
public import Form
import GRDB

extension BallotStore {
  /// The ballots of some forms, in the order of the files and their pages.
  ///
  /// A ballot is made of consecutive pages 1, 2, … of one file. It ends where the next page of
  /// the form does not follow: another form, page 1 again, a page left out, or a page that was
  /// not read. So a lost page leaves two ballots with missing pages and never one ballot of two
  /// people's. Its number is its first page's number in the workspace, which never changes.
  /// Readings of other forms are left out.
  public func ballots(of forms: [BallotForm]) throws(StoreFailure) -> [BallotRecord] {
    var ballots: [BallotRecord] = []
    try forEachBallot(of: forms) { ballots.append($0) }
    return ballots
  }

  /// Hands out the ballots one by one, as `ballots(of:)` lists them: memory for one of them.
  public func forEachBallot(
    of forms: [BallotForm], _ body: (BallotRecord) throws -> Void
  ) throws(StoreFailure) {
    let forms = Dictionary(forms.map { ($0.name, $0) }) { first, _ in first }
    try read { db in
      let settlements = try Self.standingSettlements(db)
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT r.id, r.sheet, r.status, r.form, r.form_page, f.path, f.sha256, s.page
          FROM standing_reading AS r
          JOIN sheet AS s ON s.id = r.sheet JOIN file AS f ON f.id = s.file
          ORDER BY f.id, s.page
          """)
      var joiner = PageJoiner()
      while let row = try rows.next() {
        let status: String = row["status"]
        let name: String? = row["form"]
        guard status == "read", let form = name.flatMap({ forms[$0] }) else {
          try joiner.close().map(body)
          continue
        }
        let origin = PageOrigin(row)
        let asked = form.pages.first { $0.number == origin.formPage }?.questions ?? []
        let answers = try Self.answers(
          db, reading: row["id"], to: asked,
          settled: { question in
            settlements[
              SettledPlace(
                sheet: row["sheet"], form: form.name, formPage: origin.formPage,
                question: question)]
          })
        try joiner.add(origin, answers, sheet: row["sheet"], form: form).map(body)
      }
      try joiner.close().map(body)
    }
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

  private static func standingSettlements(
    _ db: Database
  ) throws -> [SettledPlace: (value: [String], source: BallotAnswer.Source)] {
    var settlements: [SettledPlace: (value: [String], source: BallotAnswer.Source)] = [:]
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
private struct SettledPlace: Hashable {
  var sheet: Int64
  var form: String
  var formPage: Int
  var question: String
}

/// Joins pages to ballots as they come.
private struct PageJoiner {
  private var current: BallotRecord?
  private var pageCount = 0

  /// Adds a page.
  ///
  /// - Returns: The ballot that this page ended, if any.
  mutating func add(
    _ origin: PageOrigin, _ answers: [BallotAnswer], sheet: Int64, form: BallotForm
  ) -> BallotRecord? {
    if var ballot = current, let last = ballot.pages.last, ballot.form == form.name,
      last.sha256 == origin.sha256, last.page + 1 == origin.page,
      last.formPage + 1 == origin.formPage
    {
      ballot.pages.append(origin)
      ballot.answers += answers
      current = ballot
      return nil
    }
    let ended = close()
    current = BallotRecord(number: Int(sheet), form: form.name, pages: [origin], answers: answers)
    pageCount = form.pages.count
    return ended
  }

  /// Ends the current ballot and tells what it lacks.
  mutating func close() -> BallotRecord? {
    defer { current = nil }
    guard var ballot = current else { return nil }
    let there = Set(ballot.pages.map(\.formPage))
    ballot.missingPages = (1...max(pageCount, 1)).filter { !there.contains($0) }
    return ballot
  }
}
