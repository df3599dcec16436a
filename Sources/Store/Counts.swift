// SPDX-License-Identifier: Apache-2.0
public import Ballot
import GRDB

/// How much there is in a workspace.
public struct StoreCounts: Hashable, Sendable, Codable {
  public var files = 0
  /// Files whose reading was interrupted.
  public var interruptedFiles = 0
  public var pagesRead = 0
  public var pagesRejected = 0
  /// Pages and whole files that could not be decoded.
  public var pagesFailed = 0
  /// Pages read, by the form's name.
  public var pagesByForm: [String: Int] = [:]
  /// Answers of pages that count: not those of a copy that a person dropped.
  public var answers = 0
  /// Answers that the rules accepted, as far as nobody settled them otherwise.
  public var answersAccepted = 0
  public var answersSettled = 0
  /// Questions that wait for a person.
  public var answersOpen = 0

  public init() {}
}

/// A page that is not read, and why.
public struct UnreadPage: Hashable, Sendable {
  /// The file's path as it was given.
  public var file: String
  /// From 1; `nil` for the file as a whole.
  public var page: Int?
  public var why: Why

  public enum Why: Hashable, Sendable {
    case rejected(Rejection)
    /// The failure as its own room encoded it.
    case failed(facts: String)
  }
}

extension BallotStore {
  public func counts() throws(StoreFailure) -> StoreCounts {
    try read { db in
      func count(_ sql: String) throws -> Int { try Int.fetchOne(db, sql: sql) ?? 0 }
      var counts = StoreCounts()
      counts.files = try count("SELECT count(*) FROM file")
      counts.interruptedFiles = try count(
        """
        SELECT count(*) FROM file AS f WHERE NOT EXISTS (
          SELECT 1 FROM pass_end WHERE pass = (SELECT max(id) FROM pass WHERE file = f.id))
        """)
      let statuses = try Row.fetchCursor(
        db, sql: "SELECT status, form, count(*) AS pages FROM standing_reading GROUP BY 1, 2")
      while let row = try statuses.next() {
        let pages: Int = row["pages"]
        switch row["status"] as String {
        case "read":
          counts.pagesRead += pages
          counts.pagesByForm[row["form"]] = pages
        case "rejected": counts.pagesRejected += pages
        default: counts.pagesFailed += pages
        }
      }
      counts.answers = try count(
        "SELECT count(*) FROM counting_reading AS r JOIN answer AS a ON a.reading = r.id")
      counts.answersOpen = try count("SELECT count(*) FROM open_question")
      counts.answersSettled = try count(
        """
        SELECT count(DISTINCT r.id || ' ' || s.question)
        FROM standing_settlement AS s JOIN counting_reading AS r
        ON r.sheet = s.sheet AND r.form = s.form AND r.form_page = s.form_page
        """)
      counts.answersAccepted = counts.answers - counts.answersOpen - counts.answersSettled
      return counts
    }
  }

  /// Pages that are not read, in the order of the files and their pages.
  public func unreadPages() throws(StoreFailure) -> [UnreadPage] {
    try read { db in
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT r.id, r.status, r.detail, f.path, s.page FROM standing_reading AS r
          JOIN sheet AS s ON s.id = r.sheet JOIN file AS f ON f.id = s.file
          WHERE r.status <> 'read' ORDER BY f.id, s.page
          """)
      var pages: [UnreadPage] = []
      while let row = try rows.next() {
        let detail: String = row["detail"]
        let id: Int64 = row["id"]
        let page: Int = row["page"]
        let why: UnreadPage.Why =
          row["status"] == "rejected"
          ? .rejected(try StoredJSON.value(Rejection.self, detail, of: "reading \(id)"))
          : .failed(facts: detail)
        pages.append(UnreadPage(file: row["path"], page: page == 0 ? nil : page, why: why))
      }
      return pages
    }
  }
}
