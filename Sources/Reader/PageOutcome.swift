// SPDX-License-Identifier: Apache-2.0
public import Ballot
public import Scanner

/// What became of one page.
public enum PageOutcome: Hashable, Sendable {
  case read(PageReading)
  /// Decoded, but no page of the forms.
  case rejected(Rejection)
  /// Could not be decoded.
  case failed(ScanFailure)
}

/// What turns decoded pages into outcomes. One worker has one, with buffers of its own.
public protocol PageReadingContext {
  /// Reads a page of the file at `path`. What it throws ends the batch: a page that cannot be
  /// read is an outcome.
  func read(_ page: ScannedPage, from path: String) throws -> PageOutcome
}

/// What a file gives when it is asked for its next page.
public enum DecodedPage {
  case page(ScannedPage)
  /// This page could not be decoded; others may follow. `nil` is the file as a whole.
  case failed(page: Int?, ScanFailure)
}

/// A file's pages, one by one, decoded when they are asked for.
public protocol PageStream {
  /// The next page, or `nil` at the end.
  mutating func next() -> DecodedPage?
}
