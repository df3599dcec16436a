// SPDX-License-Identifier: Apache-2.0
import Glibc

/// The right to read files into a workspace, held by one program at a time.
///
/// The system takes it back when the program ends, however it ends.
public final class ScanLock: Sendable {
  private let descriptor: CInt

  /// - Throws: `busy` where another program holds it.
  init(path: String) throws(StoreFailure) {
    let lock = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard lock >= 0 else { throw .cannotWrite(path: path, detail: lastError()) }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      let isHeld = errno == EWOULDBLOCK
      let detail = lastError()
      close(lock)
      throw isHeld ? .busy(path: path) : .cannotWrite(path: path, detail: detail)
    }
    descriptor = lock
  }

  deinit { close(descriptor) }
}
