// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A right that one program at a time has: a lock of the system on a file or folder.
///
/// The system takes it back when the program ends, however it ends.
final class FileLock: Sendable {
  private let descriptor: CInt

  /// Between two tries, in seconds.
  private static let pause = 0.02

  /// Takes the lock of a file, which is made where there is none, or of a folder that exists;
  /// waits for it up to `patience` seconds.
  ///
  /// - Throws: `busy` where another program holds it.
  init(path: String, ofFolder: Bool = false, patience: Double = 0) throws(StoreFailure) {
    let mode = ofFolder ? O_RDONLY | O_DIRECTORY : O_RDWR | O_CREAT
    let lock = unsafe open(path, mode | O_CLOEXEC, 0o666)
    guard lock >= 0 else { throw .cannotWrite(path: path, detail: lastError()) }
    var triesLeft = Int(patience / Self.pause)
    while flock(lock, LOCK_EX | LOCK_NB) != 0 {
      let isHeld = errno == EWOULDBLOCK
      let detail = lastError()
      if isHeld, triesLeft > 0 {
        triesLeft -= 1
        usleep(UInt32(Self.pause * 1_000_000))
        continue
      }
      close(lock)
      throw isHeld ? .busy(path: path) : .cannotWrite(path: path, detail: detail)
    }
    descriptor = lock
  }

  deinit { close(descriptor) }
}

/// The right to read files into a workspace, held by one program at a time.
public final class ScanLock: Sendable {
  private let lock: FileLock

  /// - Throws: `busy` where another program holds it.
  init(path: String) throws(StoreFailure) { lock = try FileLock(path: path) }
}
