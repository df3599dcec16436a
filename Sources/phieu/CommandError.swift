// SPDX-License-Identifier: Apache-2.0

/// What ends a command: an exit status and the words for standard error.
///
/// `Phieu.main` is the one place that prints it and exits.
struct CommandError: Error, CustomStringConvertible {
  /// The exit statuses of the command, after `sysexits.h`.
  enum Status: Int32, Sendable {
    /// At least one page was rejected or failed; the others were read.
    case pagesNotRead = 1
    /// Wrong usage.
    case usage = 64
    /// A form or other input that says nonsense.
    case nonsense = 65
    /// No such input.
    case noInput = 66
    /// Cannot write there.
    case cannotWrite = 73
    /// An error of reading or writing.
    case inputOutput = 74
    /// Another program holds the workspace: try again.
    case busy = 75
  }

  var status: Status
  /// One or several lines, without the command's name and without a newline at the end; empty
  /// where everything was said already.
  var message: String

  init(_ status: Status, _ message: String) {
    self.status = status
    self.message = message
  }

  var description: String { message }
}
