// SPDX-License-Identifier: Apache-2.0
public import Ballot
public import Foundation
import GRDB

/// How far a file has been read.
public enum FileProgress: Hashable, Sendable {
  case new
  /// A run was interrupted after these pages.
  case interrupted(done: Set<Int>)
  case finished
}

/// What became of a page, as the store keeps it.
public enum StoredOutcome: Hashable, Sendable {
  case read(PageReading)
  case rejected(Rejection)
  /// Could not be decoded: the failure as its own room encodes it in JSON.
  case failed(facts: String)
}

/// One going through a file.
public struct Pass: Hashable, Sendable {
  let file: Int64
  let id: Int64
  /// Pages that it has already, from before an interruption. 0 is the file as a whole.
  public let done: Set<Int>
}

extension BallotStore {
  /// How far the file of these bytes has been read.
  public func progress(sha256: String) throws(StoreFailure) -> FileProgress {
    try read { db in
      guard let file = try Self.file(db, sha256), let pass = try Self.newestPass(db, file) else {
        return .new
      }
      return pass.isFinished ? .finished : .interrupted(done: pass.pass.done)
    }
  }

  /// Begins to store a file's pages, or goes on after an interruption.
  ///
  /// With `again` a file that was read before is read once more.
  ///
  /// - Returns: `nil` where the file was read before and `again` is not asked: nothing changes.
  /// - Throws: `busy`, `cannotWrite`.
  public func begin(
    _ kept: KeptFile, again: Bool = false, at now: Date
  ) throws(StoreFailure) -> Pass? {
    try write { db in
      let file: Int64
      if let known = try Self.file(db, kept.sha256) {
        file = known
      } else {
        try db.execute(
          sql: "INSERT INTO file (sha256, path, bytes, at) VALUES (?, ?, ?, ?)",
          arguments: [kept.sha256, kept.path, kept.bytes, now.storedText])
        file = db.lastInsertedRowID
      }
      if let newest = try Self.newestPass(db, file) {
        if !newest.isFinished { return newest.pass }
        if !again { return nil }
      }
      try db.execute(
        sql: "INSERT INTO pass (file, at) VALUES (?, ?)", arguments: [file, now.storedText])
      return Pass(file: file, id: db.lastInsertedRowID, done: [])
    }
  }

  /// Stores what became of one page: all of it or nothing.
  ///
  /// Pages count from 1; `nil` is a file whose pages could not be told apart.
  ///
  /// - Throws: `busy`, `cannotWrite`; `nonsense` where the pass has this page already.
  public func store(
    _ outcome: StoredOutcome, page: Int?, in pass: Pass, at now: Date
  ) throws(StoreFailure) {
    try write { db in
      let sheet = try Self.sheet(db, file: pass.file, page: page ?? 0)
      let (status, detail): (String, String) =
        switch outcome {
        case .read(let reading): ("read", try StoredJSON.text(reading))
        case .rejected(let rejection): ("rejected", try StoredJSON.text(rejection))
        case .failed(let facts): ("failed", facts)
        }
      var reading: PageReading?
      if case .read(let made) = outcome { reading = made }
      try db.cachedStatement(
        sql: """
          INSERT INTO reading (sheet, pass, status, form, form_page, serial, detail, at)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          """
      ).execute(arguments: [
        sheet, pass.id, status, reading?.form, reading?.formPage, reading?.serial, detail,
        now.storedText,
      ])
      let id = db.lastInsertedRowID
      for (position, answer) in (reading?.answers ?? []).enumerated() {
        try Self.insert(db, answer, reading: id, position: position)
      }
    }
  }

  /// Says that every page of the pass is stored.
  public func end(_ pass: Pass, at now: Date) throws(StoreFailure) {
    try write { db in
      try db.execute(
        sql: "INSERT INTO pass_end (pass, at) VALUES (?, ?)", arguments: [pass.id, now.storedText])
    }
  }

  private static func file(_ db: Database, _ sha256: String) throws -> Int64? {
    try Int64.fetchOne(db, sql: "SELECT id FROM file WHERE sha256 = ?", arguments: [sha256])
  }

  private static func newestPass(
    _ db: Database, _ file: Int64
  ) throws -> (pass: Pass, isFinished: Bool)? {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT p.id, e.pass IS NOT NULL AS finished
        FROM pass AS p LEFT JOIN pass_end AS e ON e.pass = p.id
        WHERE p.file = ? ORDER BY p.id DESC LIMIT 1
        """,
      arguments: [file])
    guard let row else { return nil }
    let id: Int64 = row["id"]
    let done = try Int.fetchSet(
      db,
      sql: "SELECT s.page FROM sheet AS s JOIN reading AS r ON r.sheet = s.id "
        + "WHERE s.file = ? AND r.pass = ?",
      arguments: [file, id])
    return (Pass(file: file, id: id, done: done), row["finished"])
  }

  private static func sheet(_ db: Database, file: Int64, page: Int) throws -> Int64 {
    let known = try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT id FROM sheet WHERE file = ? AND page = ?"),
      arguments: [file, page])
    if let known { return known }
    try db.cachedStatement(sql: "INSERT INTO sheet (file, page) VALUES (?, ?)")
      .execute(arguments: [file, page])
    return db.lastInsertedRowID
  }

  private static func insert(
    _ db: Database, _ answer: Answer, reading: Int64, position: Int
  ) throws {
    var accepted: (value: String, confidence: Double)?
    if case .accepted(let value, let confidence) = answer.outcome {
      accepted = (try StoredJSON.text(value), confidence)
    }
    try db.cachedStatement(
      sql: """
        INSERT INTO answer (reading, question, position, state, value, confidence)
        VALUES (?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      reading, answer.question, position, accepted == nil ? "review" : "accepted",
      accepted?.value, accepted?.confidence,
    ])
  }
}
