// SPDX-License-Identifier: Apache-2.0
import Ballot
import Foundation
import Store
import Testing

/// What the store refuses. The database is touched from outside with `sqlite3`, as a stranger's
/// hand would.
@Suite struct GuardTests {
  let folder: TemporaryFolder
  let store: BallotStore

  init() throws {
    folder = try TemporaryFolder()
    store = try BallotStore(Workspace(folder: folder.path), makingNew: true)
  }

  /// Runs SQL with the system's own program; `nil` where that is missing.
  func sqlite3(_ sql: String) throws -> (status: Int32, output: String)? {
    let program = "/usr/bin/sqlite3"
    guard FileManager.default.isExecutableFile(atPath: program) else { return nil }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = [store.workspace.storePath, sql]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  static let deeds = [
    "UPDATE reading SET status = 'failed', form = NULL, form_page = NULL",
    "DELETE FROM reading", "UPDATE answer SET value = '[\"2\"]'", "DELETE FROM answer",
    "UPDATE settlement SET value = '[]'", "DELETE FROM settlement", "DELETE FROM withdrawal",
    "UPDATE file SET path = 'x'", "DELETE FROM sheet", "DELETE FROM pass_end",
    "UPDATE choice SET kept = 2, dropped = 1", "DELETE FROM choice",
    "DELETE FROM choice_withdrawal",
  ]

  @Test("Nothing that is written can be changed or deleted", arguments: deeds)
  func writtenStays(_ deed: String) throws {
    try Samples.feed(
      store, try folder.write("a.png", "a"),
      [
        .read(Samples.reading(value: nil)), .read(Samples.reading(value: nil)),
        SerialTests.page(1, "07"), SerialTests.page(1, "07", value: ["2"]),
      ])
    let copies = try #require(try store.openCopies(of: [SerialTests.form]).first)
    let choice = try store.choose(
      copies, keepsCopy: false, by: "Lan", at: Samples.noon, note: "")
    try store.withdraw(choice, by: "Lan", at: Samples.noon, note: "")
    let items = try store.openItems()
    let settlement = try store.settle(
      items[0].reading,
      .init(question: "q1", value: ["1"], reviewer: "Lan", date: Samples.noon, note: ""))
    try store.withdraw(settlement, by: "Lan", at: Samples.noon, note: "")
    guard let result = try sqlite3(deed) else {
      try Test.cancel("sqlite3 is not installed: apt-get install sqlite3")
    }
    #expect(result.status != 0)
    #expect(result.output.contains("what is written stays"))
  }

  @Test("Every table is strict, durable and guarded")
  func schema() throws {
    let tables = """
      SELECT count(*) FROM pragma_table_list
      WHERE schema = 'main' AND type = 'table' AND strict = 0
      AND name NOT LIKE 'sqlite_%' AND name <> 'grdb_migrations';
      PRAGMA journal_mode;
      """
    guard let result = try sqlite3(tables) else {
      try Test.cancel("sqlite3 is not installed: apt-get install sqlite3")
    }
    #expect(result.output == "0\nwal\n")
    #expect(try store.isFlushedAtEveryCommit)
  }

  @Test("A store of a newer version is refused")
  func newerStore() throws {
    let sql = "INSERT INTO grdb_migrations VALUES ('99: from the future')"
    guard try sqlite3(sql) != nil else {
      try Test.cancel("sqlite3 is not installed: apt-get install sqlite3")
    }
    #expect(throws: StoreFailure.newerStore(path: store.workspace.storePath)) {
      try BallotStore(store.workspace)
    }
  }

  @Test("A file that is no store is refused, and no folder without one is taken for a workspace")
  func notAStore() throws {
    let other = try TemporaryFolder()
    let workspace = Workspace(folder: other.path)
    #expect(throws: StoreFailure.noWorkspace(folder: other.path)) { try BallotStore(workspace) }
    _ = try other.write("phieu.sqlite", String(repeating: "not a database ", count: 100))
    #expect {
      try BallotStore(workspace)
    } throws: { error in
      guard case StoreFailure.notAStore = error else { return false }
      return true
    }
  }

  @Test("Only one program at a time reads files into a workspace")
  func oneScanner() throws {
    let held = try store.lockForScanning()
    #expect(throws: StoreFailure.self) { try store.lockForScanning() }
    withExtendedLifetime(held) {}
  }

  @Test("Programs that open one new workspace at once all find one store", arguments: 0..<8)
  func madeOnce(_ round: Int) async throws {
    let other = try TemporaryFolder()
    let workspace = Workspace(folder: other.path)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          let store = try BallotStore(workspace, makingNew: true)
          #expect(try store.counts().pagesRead == 0)
        }
      }
      try await group.waitForAll()
    }
    withExtendedLifetime(other) {}
  }

  @Test("A store that another program is writing to is busy, not broken")
  func busy() throws {
    let program = "/usr/bin/sqlite3"
    guard FileManager.default.isExecutableFile(atPath: program) else {
      try Test.cancel("sqlite3 is not installed: apt-get install sqlite3")
    }
    let impatient = try BallotStore(store.workspace, patience: 0.1)
    let kept = try Samples.keep(store, try folder.write("a.png", "a"))
    let writer = Process()
    writer.executableURL = URL(fileURLWithPath: program)
    writer.arguments = [store.workspace.storePath]
    let (input, output) = (Pipe(), Pipe())
    writer.standardInput = input
    writer.standardOutput = output
    try writer.run()
    input.fileHandleForWriting.write(Data("BEGIN IMMEDIATE; SELECT 'begun';\n".utf8))
    _ = output.fileHandleForReading.availableData
    #expect(throws: StoreFailure.busy(path: store.workspace.storePath)) {
      try impatient.begin(kept, at: Samples.noon)
    }
    try input.fileHandleForWriting.close()
    writer.waitUntilExit()
    #expect(try impatient.begin(kept, at: Samples.noon) != nil)
  }

  @Test("A folder on a network drive is told from one on a disk")
  func networkFolders() {
    let mounts = """
      22 1 8:1 / / rw - ext4 /dev/sda1 rw
      40 22 0:44 / /mnt/survey rw,noatime shared:1 - nfs4 server:/survey rw
      """
    #expect(networkKind(of: "/mnt/survey/2026", mounts: mounts) == "nfs4")
    #expect(networkKind(of: "/mnt/survey-local", mounts: mounts) == nil)
    #expect(networkKind(of: "/home", mounts: mounts) == nil)
  }
}
