// SPDX-License-Identifier: Apache-2.0

/// A way through the pages of an opened file, in order.
protocol PageWalk: AnyObject {
  /// The next page, decoded or not to be decoded; `nil` after the last one. Pages count from 1;
  /// without a number comes what is wrong with the file.
  func next() -> (page: Int?, result: Result<ScannedPage, ScanFailure>)?

  /// Goes past the next page without decoding it. `false` after the last one.
  func skip() -> Bool
}

/// The walk through a format that holds one picture: page 1.
final class SinglePicture: PageWalk {
  private let decode: () throws(ScanFailure) -> DecodedPicture
  private var ended = false

  init(_ decode: @escaping () throws(ScanFailure) -> DecodedPicture) {
    self.decode = decode
  }

  func next() -> (page: Int?, result: Result<ScannedPage, ScanFailure>)? {
    guard !ended else { return nil }
    ended = true
    do throws(ScanFailure) {
      let decoded = try decode()
      let page = ScannedPage(number: 1, picture: decoded.picture, dpi: decoded.dpi)
      return (1, .success(page))
    } catch {
      return (1, .failure(error))
    }
  }

  func skip() -> Bool {
    defer { ended = true }
    return !ended
  }
}
