// SPDX-License-Identifier: Apache-2.0
import GRDB

/// The tables, one migration a version. A migration that has shipped is never edited: what
/// changes is a new one, and an older program refuses a store that has it.
///
/// Everything is written once: triggers refuse `UPDATE` and `DELETE` on every table, so that
/// neither a bug here nor a hand with `sqlite3` can change what was read or said unnoticed.
enum Schema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1: files, sheets, readings, settlements") { db in
      try db.execute(sql: tables)
      for table in [
        "file", "pass", "pass_end", "sheet", "reading", "answer", "settlement", "withdrawal",
      ] {
        try guardAgainstChange(table, db)
      }
    }
    migrator.registerMigration("2: serials") { db in
      // The sheet's number as its label says; NULL where there is no label or it is not legible.
      try db.execute(sql: "ALTER TABLE reading ADD COLUMN serial TEXT")
    }
    migrator.registerMigration("3: choices between copies") { db in
      try db.execute(sql: choices)
      for table in ["choice", "choice_withdrawal"] { try guardAgainstChange(table, db) }
    }
    return migrator
  }

  private static func guardAgainstChange(_ table: String, _ db: Database) throws {
    for deed in ["UPDATE", "DELETE"] {
      try db.execute(
        sql: """
          CREATE TRIGGER \(table)_no_\(deed.lowercased()) BEFORE \(deed) ON \(table)
          BEGIN SELECT RAISE(ABORT, '\(table): what is written stays'); END
          """)
    }
  }

  private static let choices = """
    -- Which copy counts where a page of a ballot was scanned more than once.
    CREATE TABLE choice (
      id INTEGER PRIMARY KEY,
      kept INTEGER NOT NULL REFERENCES sheet (id),
      dropped INTEGER NOT NULL REFERENCES sheet (id),
      form TEXT NOT NULL,           -- said of the sheets as this page of this form
      form_page INTEGER NOT NULL,
      reviewer TEXT NOT NULL CHECK (reviewer <> ''),
      at TEXT NOT NULL,
      note TEXT NOT NULL,
      CHECK (kept <> dropped)
    ) STRICT;
    CREATE INDEX choice_dropped ON choice (dropped);

    -- A choice taken back. Its row stays.
    CREATE TABLE choice_withdrawal (
      choice INTEGER PRIMARY KEY REFERENCES choice (id),
      reviewer TEXT NOT NULL CHECK (reviewer <> ''),
      at TEXT NOT NULL,
      note TEXT NOT NULL
    ) STRICT;

    -- The choices that count.
    CREATE VIEW standing_choice AS
      SELECT * FROM choice AS c
      WHERE NOT EXISTS (SELECT 1 FROM choice_withdrawal WHERE choice = c.id);

    -- The readings of sheets that no choice dropped.
    CREATE VIEW counting_reading AS
      SELECT * FROM standing_reading AS r
      WHERE NOT EXISTS (
        SELECT 1 FROM standing_choice AS c
        WHERE c.dropped = r.sheet AND c.form = r.form AND c.form_page = r.form_page);

    -- Questions that wait for a person: nobody is asked of a copy that does not count.
    DROP VIEW open_question;
    CREATE VIEW open_question AS
      SELECT r.id AS reading, a.question, a.position, r.sheet
      FROM counting_reading AS r JOIN answer AS a ON a.reading = r.id
      WHERE a.state = 'review' AND NOT EXISTS (
        SELECT 1 FROM reading AS o JOIN settlement AS s ON s.reading = o.id
        WHERE o.sheet = r.sheet AND o.form = r.form AND o.form_page = r.form_page
          AND s.question = a.question
          AND NOT EXISTS (SELECT 1 FROM withdrawal WHERE settlement = s.id));
    """

  private static let tables = """
    -- A file as it came: its bytes stand in originals/ under their SHA-256.
    CREATE TABLE file (
      id INTEGER PRIMARY KEY,
      sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
      path TEXT NOT NULL,           -- as it was given the first time
      bytes INTEGER NOT NULL CHECK (bytes >= 0),
      at TEXT NOT NULL              -- ISO 8601, UTC
    ) STRICT;

    -- One going through a file. Reading it again is another pass.
    CREATE TABLE pass (
      id INTEGER PRIMARY KEY,
      file INTEGER NOT NULL REFERENCES file (id),
      at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX pass_file ON pass (file);

    -- Written when the last page of a pass is stored: without it the pass was interrupted.
    CREATE TABLE pass_end (
      pass INTEGER PRIMARY KEY REFERENCES pass (id),
      at TEXT NOT NULL
    ) STRICT;

    -- One page of a file, whatever was read there and how often. Page 0 is the file as a whole,
    -- where not even its pages could be told apart.
    CREATE TABLE sheet (
      id INTEGER PRIMARY KEY,
      file INTEGER NOT NULL REFERENCES file (id),
      page INTEGER NOT NULL CHECK (page >= 0),
      UNIQUE (file, page)
    ) STRICT;

    -- What a machine made of a sheet in one pass.
    CREATE TABLE reading (
      id INTEGER PRIMARY KEY,
      sheet INTEGER NOT NULL REFERENCES sheet (id),
      pass INTEGER NOT NULL REFERENCES pass (id),
      status TEXT NOT NULL CHECK (status IN ('read', 'rejected', 'failed')),
      form TEXT,
      form_page INTEGER,
      detail TEXT NOT NULL,         -- JSON: the whole reading, or why there is none
      at TEXT NOT NULL,
      UNIQUE (sheet, pass),
      CHECK ((status = 'read') = (form IS NOT NULL AND form_page IS NOT NULL))
    ) STRICT;

    -- The answers of a reading, for counting and joining; the evidence is in its detail.
    CREATE TABLE answer (
      reading INTEGER NOT NULL REFERENCES reading (id),
      question TEXT NOT NULL,
      position INTEGER NOT NULL,    -- in the form's order
      state TEXT NOT NULL CHECK (state IN ('accepted', 'review')),
      value TEXT,                   -- JSON list where accepted
      confidence REAL,
      PRIMARY KEY (reading, question),
      CHECK ((state = 'accepted') = (value IS NOT NULL AND confidence IS NOT NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX answer_asked ON answer (reading, position) WHERE state = 'review';

    -- What a person said of an answer.
    CREATE TABLE settlement (
      id INTEGER PRIMARY KEY,
      reading INTEGER NOT NULL,
      question TEXT NOT NULL,
      value TEXT NOT NULL,          -- JSON list
      reviewer TEXT NOT NULL CHECK (reviewer <> ''),
      at TEXT NOT NULL,
      note TEXT NOT NULL,
      FOREIGN KEY (reading, question) REFERENCES answer (reading, question)
    ) STRICT;
    CREATE INDEX settlement_reading ON settlement (reading, question);

    -- A settlement taken back. Its row stays.
    CREATE TABLE withdrawal (
      settlement INTEGER PRIMARY KEY REFERENCES settlement (id),
      reviewer TEXT NOT NULL CHECK (reviewer <> ''),
      at TEXT NOT NULL,
      note TEXT NOT NULL
    ) STRICT;

    -- The reading of a sheet that counts: the newest.
    CREATE VIEW standing_reading AS
      SELECT * FROM reading AS r
      WHERE r.id = (SELECT max(id) FROM reading WHERE sheet = r.sheet);

    -- The settlements that count. They are said of the ink, so they hold for every reading of
    -- the same sheet as the same page of the same form.
    CREATE VIEW standing_settlement AS
      SELECT s.*, r.sheet, r.form, r.form_page
      FROM settlement AS s JOIN reading AS r ON r.id = s.reading
      WHERE NOT EXISTS (SELECT 1 FROM withdrawal WHERE settlement = s.id);

    -- Questions that wait for a person.
    CREATE VIEW open_question AS
      SELECT r.id AS reading, a.question, a.position, r.sheet
      FROM standing_reading AS r JOIN answer AS a ON a.reading = r.id
      WHERE a.state = 'review' AND NOT EXISTS (
        SELECT 1 FROM reading AS o JOIN settlement AS s ON s.reading = o.id
        WHERE o.sheet = r.sheet AND o.form = r.form AND o.form_page = r.form_page
          AND s.question = a.question
          AND NOT EXISTS (SELECT 1 FROM withdrawal WHERE settlement = s.id));
    """
}
