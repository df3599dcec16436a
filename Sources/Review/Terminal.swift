// SPDX-License-Identifier: Apache-2.0
import CTerminal
import Glibc

/// The terminal in raw mode, on its second screen, until it is left or the program ends.
final class Terminal {
  /// Why there is no terminal to review on.
  enum Failure: Error {
    case notATerminal
    case refused(String)
  }

  private let input: CInt
  private let output: CInt
  private var parser = KeyParser()
  private var pending: [Key] = []

  init(input: CInt = STDIN_FILENO, output: CInt = STDOUT_FILENO) throws(Failure) {
    guard isatty(input) == 1, isatty(output) == 1 else { throw .notATerminal }
    self.input = input
    self.output = output
    guard phieu_terminal_enter(output) == 0 else {
      throw .refused(unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "")
    }
  }

  deinit { leave() }

  func leave() { phieu_terminal_leave() }

  struct Size: Hashable {
    var columns: Int
    var rows: Int
    /// Of a cell, in pixels; a usual one where the terminal does not tell.
    var cellWidth: Int
    var cellHeight: Int
  }

  var size: Size {
    var (columns, rows, width, height): (CInt, CInt, CInt, CInt) = (0, 0, 0, 0)
    let status = unsafe phieu_terminal_size(output, &columns, &rows, &width, &height)
    guard status == 0, columns > 0, rows > 0 else {
      return Size(columns: 80, rows: 24, cellWidth: 8, cellHeight: 16)
    }
    return Size(
      columns: Int(columns), rows: Int(rows), cellWidth: width > 0 ? Int(width) : 8,
      cellHeight: height > 0 ? Int(height) : 16)
  }

  /// Writes all of a text.
  ///
  /// - Returns: False where the terminal is gone.
  func write(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes {
        unsafe Glibc.write(output, $0.baseAddress?.advanced(by: written), $0.count - written)
      }
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      if count <= 0 { return false }
      written += count
    }
    return true
  }

  /// What came from the keyboard.
  enum Input: Hashable {
    case key(Key)
    /// Nothing for a while: time to look at the window's size.
    case quiet
    /// The terminal is gone.
    case closed
  }

  /// Waits for a key for at most so many milliseconds.
  func next(milliseconds: CInt) -> Input {
    if !pending.isEmpty { return .key(pending.removeFirst()) }
    // An escape alone is told from the beginning of an arrow key by what follows at once.
    let patience = parser.isWaiting ? 40 : milliseconds
    var descriptor = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
    let ready = unsafe poll(&descriptor, 1, patience)
    guard ready > 0 else {
      if ready < 0, errno != EINTR { return .closed }
      return keys([], isComplete: true)
    }
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = unsafe bytes.withUnsafeMutableBytes {
      unsafe read(input, $0.baseAddress, $0.count)
    }
    guard count > 0 else {
      return count < 0 && (errno == EINTR || errno == EAGAIN) ? .quiet : .closed
    }
    return keys(Array(bytes[..<count]), isComplete: false)
  }

  private func keys(_ bytes: [UInt8], isComplete: Bool) -> Input {
    pending += parser.keys(bytes, isComplete: isComplete)
    return pending.isEmpty ? .quiet : .key(pending.removeFirst())
  }
}
