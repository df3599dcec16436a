// SPDX-License-Identifier: Apache-2.0
public import Ballot
public import Foundation
import GRDB

/// A question that waits for a person.
public struct ReviewItem: Hashable, Sendable {
  /// The reading that asks.
  public var reading: ReadingNumber
  public var question: String
  /// The form's name.
  public var form: String
  public var origin: PageOrigin
  /// The same page of the same ballot scanned once more, where both do not say the same: the
  /// question is then which of the two counts.
  public var copy: PageCopy?

  /// An item as tests make it; the store hands out its own.
  public init(
    reading: ReadingNumber, question: String, form: String, origin: PageOrigin,
    copy: PageCopy? = nil
  ) {
    self.reading = reading
    self.question = question
    self.form = form
    self.origin = origin
    self.copy = copy
  }
}

/// The number of a reading in its store.
public struct ReadingNumber: Hashable, Sendable {
  let id: Int64

  public init(_ number: Int) { id = Int64(number) }
  init(id: Int64) { self.id = id }
}

/// The number of a settlement, or of a choice between copies, in its store.
public struct SettlementNumber: Hashable, Sendable {
  let id: Int64
  /// Whether it is a choice.
  let isChoice: Bool

  public init(_ number: Int) { self.init(id: Int64(number)) }
  init(id: Int64, isChoice: Bool = false) { (self.id, self.isChoice) = (id, isChoice) }
}

extension BallotStore {
  /// What waits for a person, in the order of the files and their pages.
  public func openItems() throws(StoreFailure) -> [ReviewItem] {
    try read { db in
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT q.reading, q.question, r.form, r.form_page, f.path, f.sha256, s.page
          FROM open_question AS q
          JOIN reading AS r ON r.id = q.reading
          JOIN sheet AS s ON s.id = q.sheet
          JOIN file AS f ON f.id = s.file
          ORDER BY f.id, s.page, q.position
          """)
      var items: [ReviewItem] = []
      while let row = try rows.next() {
        items.append(
          ReviewItem(
            reading: ReadingNumber(id: row["reading"]), question: row["question"],
            form: row["form"], origin: PageOrigin(row)))
      }
      return items
    }
  }

  /// What the machine read, with all its evidence.
  ///
  /// - Throws: `nonsense` where there is no such reading of a page.
  public func pageReading(_ number: ReadingNumber) throws(StoreFailure) -> PageReading {
    try read { db in
      let detail = try String.fetchOne(
        db, sql: "SELECT detail FROM reading WHERE id = ? AND status = 'read'",
        arguments: [number.id])
      guard let detail else { throw StoreFailure.nonsense(detail: "no reading \(number.id)") }
      return try StoredJSON.value(PageReading.self, detail, of: "reading \(number.id)")
    }
  }

  /// Adds what a person said of a question.
  ///
  /// - Throws: `alreadySettled` where a settlement stands: it is withdrawn first.
  public func settle(
    _ reading: ReadingNumber, _ settlement: Settlement
  ) throws(StoreFailure) -> SettlementNumber {
    try write { db in
      let standing = try String.fetchOne(
        db,
        sql: """
          SELECT s.reviewer FROM standing_settlement AS s JOIN reading AS r
          ON r.sheet = s.sheet AND r.form = s.form AND r.form_page = s.form_page
          WHERE r.id = ? AND s.question = ?
          """,
        arguments: [reading.id, settlement.question])
      if let standing {
        throw StoreFailure.alreadySettled(question: settlement.question, reviewer: standing)
      }
      try db.execute(
        sql: """
          INSERT INTO settlement (reading, question, value, reviewer, at, note)
          VALUES (?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          reading.id, settlement.question, try StoredJSON.text(settlement.value),
          settlement.reviewer, settlement.date.storedText, settlement.note,
        ])
      return SettlementNumber(id: db.lastInsertedRowID)
    }
  }

  /// Takes a settlement or a choice back by a further row; its own row stays.
  ///
  /// - Throws: `notStanding` where it was withdrawn before or never stood.
  public func withdraw(
    _ number: SettlementNumber, by reviewer: String, at now: Date, note: String
  ) throws(StoreFailure) {
    let (view, table, column) =
      number.isChoice
      ? ("standing_choice", "choice_withdrawal", "choice")
      : ("standing_settlement", "withdrawal", "settlement")
    try write { db in
      let stands = try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT 1 FROM \(view) WHERE id = ?)",
        arguments: [number.id])
      guard stands == true else { throw StoreFailure.notStanding }
      try db.execute(
        sql: "INSERT INTO \(table) (\(column), reviewer, at, note) VALUES (?, ?, ?, ?)",
        arguments: [number.id, reviewer, now.storedText, note])
    }
  }
}

extension PageOrigin {
  /// From a row with `path`, `sha256`, `page`, `form_page`.
  init(_ row: Row) {
    self.init(
      file: row["path"], sha256: row["sha256"], page: row["page"], formPage: row["form_page"])
  }
}
