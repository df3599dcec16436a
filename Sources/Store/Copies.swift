// SPDX-License-Identifier: Apache-2.0
public import Ballot
public import Form
public import Foundation
import GRDB

// A page of a ballot may be scanned more than once. Copies that say the same are one. Where they
// do not, no machine knows which of them counts: a person chooses one of two, and the other is out
// of its ballot, with the questions that it asks. Nothing of it is lost: its file, its reading and
// the choice stay.

/// The same page of the same ballot, scanned once more.
public struct PageCopy: Hashable, Sendable {
  /// The ballot's serial.
  public var serial: String
  public var reading: ReadingNumber
  public var origin: PageOrigin
  /// Where the two do not say the same; at least one.
  public var differences: [CopyDifference]

  public init(
    serial: String, reading: ReadingNumber, origin: PageOrigin, differences: [CopyDifference]
  ) {
    self.serial = serial
    self.reading = reading
    self.origin = origin
    self.differences = differences
  }
}

/// A question that two copies of a page answer differently, or that one of them still asks.
public struct CopyDifference: Hashable, Sendable {
  public var question: String
  /// What the first copy says; `nil` where a person is still to be asked.
  public var first: [String]?
  public var second: [String]?

  public init(question: String, first: [String]?, second: [String]?) {
    self.question = question
    self.first = first
    self.second = second
  }

  /// The differences of two copies' answers, which are those to the same questions. An answer that
  /// neither copy has is one: whoever looks at the two sees at once which of them is better.
  static func between(_ first: [BallotAnswer], _ second: [BallotAnswer]) -> [CopyDifference] {
    zip(first, second).filter { $0.value == nil || $0.value != $1.value }
      .map { CopyDifference(question: $0.question, first: $0.value, second: $1.value) }
  }
}

extension BallotStore {
  /// Pages of which two copies do not say the same, each with the first copy that differs, in the
  /// order of the ballots.
  public func openCopies(of forms: [BallotForm]) throws(StoreFailure) -> [ReviewItem] {
    var items: [ReviewItem] = []
    try forEachGroup(of: forms) { group, form, answers in
      for (_, copies) in group.copies {
        guard let first = copies.first, copies.count > 1 else { continue }
        let said = try answers(first)
        for copy in copies.dropFirst() {
          let differences = CopyDifference.between(said, try answers(copy))
          guard let most = differences.first else { continue }
          items.append(
            ReviewItem(
              reading: ReadingNumber(id: first.reading), question: most.question, form: form.id,
              origin: first.origin,
              copy: PageCopy(
                serial: group.serial ?? "", reading: ReadingNumber(id: copy.reading),
                origin: copy.origin,
                differences: differences)))
          // A further copy is compared with whichever of these two is kept.
          break
        }
      }
    }
    return items
  }

  /// Adds a person's choice which of two copies of a page counts.
  ///
  /// - Parameters:
  ///   - item: One of `openCopies`.
  ///   - keepsCopy: Whether the copy counts; else the first one does.
  ///   - reviewer: Who says so.
  ///   - now: When.
  ///   - note: Why: the key that was pressed.
  /// - Returns: The choice's number, by which it can be withdrawn.
  /// - Throws: `alreadySettled` where a choice stands that dropped one of them; `nonsense` where
  ///   the item has no copy.
  public func choose(
    _ item: ReviewItem, keepsCopy: Bool, by reviewer: String, at now: Date, note: String
  ) throws(StoreFailure) -> SettlementNumber {
    try write { db in
      guard let copy = item.copy else { throw StoreFailure.nonsense(detail: "no copy") }
      let (first, second) = (
        try Self.sheet(db, of: item.reading), try Self.sheet(db, of: copy.reading)
      )
      let standing = try String.fetchOne(
        db,
        sql: """
          SELECT reviewer FROM standing_choice
          WHERE dropped IN (?, ?) AND form = ? AND form_page = ?
          """,
        arguments: [first, second, item.form, item.origin.formPage])
      if let standing {
        throw StoreFailure.alreadySettled(question: item.question, reviewer: standing)
      }
      try db.execute(
        sql: """
          INSERT INTO choice (kept, dropped, form, form_page, reviewer, at, note)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          keepsCopy ? second : first, keepsCopy ? first : second, item.form, item.origin.formPage,
          reviewer, now.storedText, note,
        ])
      return SettlementNumber(id: db.lastInsertedRowID, isChoice: true)
    }
  }

  private static func sheet(_ db: Database, of reading: ReadingNumber) throws -> Int64 {
    let sheet = try Int64.fetchOne(
      db, sql: "SELECT sheet FROM reading WHERE id = ?", arguments: [reading.id])
    guard let sheet else { throw StoreFailure.nonsense(detail: "no reading \(reading.id)") }
    return sheet
  }

  /// The sheets that are out, as pages of forms.
  static func droppedPages(_ db: Database) throws -> Set<DroppedPage> {
    var dropped: Set<DroppedPage> = []
    let rows = try Row.fetchCursor(
      db, sql: "SELECT dropped, form, form_page FROM standing_choice")
    while let row = try rows.next() {
      dropped.insert(
        DroppedPage(sheet: row["dropped"], form: row["form"], formPage: row["form_page"]))
    }
    return dropped
  }
}

/// A copy that does not count, as the page of the form that it was told apart as.
struct DroppedPage: Hashable {
  var sheet: Int64
  var form: String
  var formPage: Int
}
