// SPDX-License-Identifier: Apache-2.0

/// Why a file or a page of it could not be decoded.
public enum ScanFailure: Error, Hashable, Sendable, Codable {
  case notFound
  case unreadable(reason: String)
  /// A folder, a device, a pipe.
  case notAFile
  case empty
  /// More bytes than the limit: not read.
  case fileTooLarge(bytes: Int, limit: Int)
  /// No format that is known here.
  case unknownFormat
  /// The file ends before its picture does.
  case truncated(format: String)
  /// The library that decodes the format says what is wrong.
  case damaged(format: String, detail: String)
  case encrypted(format: String)
  /// More pixels than the limit: refused before memory is taken.
  case tooLarge(width: Int, height: Int, limit: Int)
  /// A kind of picture that this program does not decode.
  case unsupported(format: String, detail: String)
  /// A file without a page.
  case noPages(format: String)
  /// A page that the file does not have was asked for.
  case noSuchPage(number: Int)
  /// The pages after `limit` are not read.
  case tooManyPages(limit: Int)
  /// Another program that decodes this kind is not installed.
  case helperMissing(program: String)
  case helperTimedOut(program: String, seconds: Double)
  case helperFailed(program: String, detail: String)
}
