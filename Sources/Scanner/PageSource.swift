// SPDX-License-Identifier: Apache-2.0

/// The pages of a file, decoded one by one in order.
///
/// Memory is bounded by a page: nothing is counted or decoded ahead. What cannot be decoded is a
/// value among the pages, and the pages after it go on where the format allows. Not `Sendable`:
/// it owns a decoder's state, and each worker has its own.
public final class PageSource {
  private let file: ScannedFile
  private let limits: ScanLimits
  private let helper: PDFHelper
  private var walk: Result<any PageWalk, ScanFailure>?
  private var ended = false

  /// - Parameters:
  ///   - file: What to decode.
  ///   - limits: What its pages may ask for.
  ///   - helper: The program that draws the pages of PDFs that are not plain scans.
  public init(
    _ file: ScannedFile, limits: ScanLimits = ScanLimits(), helper: PDFHelper = PDFHelper()
  ) {
    self.file = file
    self.limits = limits
    self.helper = helper
  }

  /// The next page or why it cannot be decoded; `nil` after the last one.
  ///
  /// - Returns: `page` counts from 1; it is `nil` where the file as a whole cannot be opened,
  ///   which is then all that comes.
  public func next() -> (page: Int?, result: Result<ScannedPage, ScanFailure>)? {
    guard !ended else { return nil }
    let walk = self.walk ?? open()
    self.walk = walk
    switch walk {
    case .failure(let failure):
      ended = true
      return (nil, .failure(failure))
    case .success(let pages):
      guard let (page, result) = pages.next() else {
        ended = true
        return nil
      }
      if let page, page > limits.maxPages {
        ended = true
        return (page, .failure(.tooManyPages(limit: limits.maxPages)))
      }
      return (page, result)
    }
  }

  /// Decodes one page, wherever `next()` stands.
  ///
  /// - Parameter number: Counts from 1.
  /// - Returns: The page, or why there is none.
  public func page(_ number: Int) -> Result<ScannedPage, ScanFailure> {
    guard number >= 1 else { return .failure(.noSuchPage(number: number)) }
    guard number <= limits.maxPages else {
      return .failure(.tooManyPages(limit: limits.maxPages))
    }
    switch open() {
    case .failure(let failure): return .failure(failure)
    case .success(let pages):
      for _ in 1..<number where !pages.skip() {
        return .failure(.noSuchPage(number: number))
      }
      return pages.next()?.result ?? .failure(.noSuchPage(number: number))
    }
  }

  private func open() -> Result<any PageWalk, ScanFailure> {
    let bytes = file.bytes
    let limits = limits
    do throws(ScanFailure) {
      switch PictureFormat(bytes) {
      case .png:
        return .success(
          SinglePicture { () throws(ScanFailure) in try PNGFile.decode(bytes, limits) })
      case .jpeg:
        return .success(
          SinglePicture { () throws(ScanFailure) in try JPEGFile.decode(bytes, limits) })
      case .other(let format):
        return .success(
          SinglePicture { () throws(ScanFailure) in
            try OtherPicture.decode(bytes, format, limits)
          })
      case .tiff: return .success(try TIFFFile(bytes, limits))
      case .pdf: return .success(try PDFFile(bytes, limits, helper))
      case nil: throw .unknownFormat
      }
    } catch {
      return .failure(error)
    }
  }
}
