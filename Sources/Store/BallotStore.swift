// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB

/// What was read and said in a workspace. Nothing in it is ever changed, only added.
///
/// Its face names no type of the database: another kind of store can stand beside this one.
/// Every change is one transaction, on the disk when the call returns.
public struct BallotStore: Sendable {
  public let workspace: Workspace
  let pool: DatabasePool

  /// Opens the store of a workspace.
  ///
  /// With `makingNew` a store is made where there is none; `patience` is how many seconds to
  /// wait while another program writes.
  ///
  /// - Throws: `noWorkspace`, `newerStore`, `notAStore`, `busy`, `networkFolder`, `cannotWrite`.
  public init(
    _ workspace: Workspace, makingNew: Bool = false, patience: Double = 5
  ) throws(StoreFailure) {
    self.workspace = workspace
    let path = workspace.storePath
    if makingNew {
      try makeFolder(workspace.folder)
    } else if !FileManager.default.fileExists(atPath: path) {
      throw .noWorkspace(folder: workspace.folder)
    }
    let mounts = (try? String(contentsOfFile: "/proc/self/mountinfo", encoding: .utf8)) ?? ""
    if let kind = networkKind(of: workspace.folder, mounts: mounts) {
      throw .networkFolder(folder: workspace.folder, kind: kind)
    }
    // Two programs that make one store at once would be refused by SQLite without waiting, or
    // make its tables twice.
    let opening = try FileLock(path: workspace.folder, ofFolder: true, patience: patience)
    defer { withExtendedLifetime(opening) {} }
    do {
      pool = try Self.open(path, patience: patience)
    } catch let failure as StoreFailure {
      throw failure
    } catch {
      throw StoreFailure(error, path: path)
    }
  }

  /// Takes the right to read files into the workspace, and clears up after a killed program.
  ///
  /// - Throws: `busy` where another program has it.
  public func lockForScanning() throws(StoreFailure) -> ScanLock {
    let lock = try ScanLock(path: workspace.lockPath)
    workspace.removeLeftovers()
    return lock
  }

  /// Whether a commit is on the disk before it returns.
  package var isFlushedAtEveryCommit: Bool {
    get throws {
      try pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") } == 2
    }
  }

  /// Opens the store and brings its tables up to date.
  private static func open(_ path: String, patience: Double) throws -> DatabasePool {
    let pool = try DatabasePool(path: path, configuration: configuration(patience: patience))
    // GRDB sets NORMAL, which may lose the last pages at a power cut: here, not before.
    try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
    try migrate(pool, path: path)
    return pool
  }

  private static func configuration(patience: Double) -> Configuration {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(patience)
    configuration.maximumReaderCount = 2
    return configuration
  }

  private static func migrate(_ pool: DatabasePool, path: String) throws {
    let migrator = Schema.migrator
    if try pool.read(migrator.hasBeenSuperseded) { throw StoreFailure.newerStore(path: path) }
    try migrator.migrate(pool)
  }
}

extension BallotStore {
  /// Runs a transaction; the disk has it when this returns.
  func write<T>(_ deed: (Database) throws -> T) throws(StoreFailure) -> T {
    do { return try pool.write(deed) } catch {
      throw StoreFailure(error, path: workspace.storePath)
    }
  }

  /// Reads from one moment of the store, whatever is written meanwhile.
  func read<T>(_ look: (Database) throws -> T) throws(StoreFailure) -> T {
    do { return try pool.read(look) } catch {
      throw StoreFailure(error, path: workspace.storePath)
    }
  }
}

extension StoreFailure {
  /// The facts of what the database says.
  init(_ error: any Error, path: String) {
    guard let error = error as? DatabaseError else {
      self = error as? StoreFailure ?? .nonsense(detail: "\(error)")
      return
    }
    let detail = error.message ?? "\(error.resultCode)"
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(path: path)
    case .SQLITE_NOTADB, .SQLITE_CORRUPT: self = .notAStore(path: path, detail: detail)
    case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_PERM:
      self = .cannotWrite(path: path, detail: detail)
    default: self = .nonsense(detail: detail)
    }
  }
}
