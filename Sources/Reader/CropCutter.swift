// SPDX-License-Identifier: Apache-2.0
public import Ballot
import Imaging
public import Scanner

/// Cuts questions out of kept files. Keeps the page that it decoded last: a review goes through
/// a page's questions one after the other.
public final class CropCutter {
  private let limits: ScanLimits
  private var last: (path: String, page: Int, picture: GrayPicture)?

  public init(limits: ScanLimits = ScanLimits()) { self.limits = limits }

  /// Cuts a question out of a page of a file.
  ///
  /// - Parameters:
  ///   - path: The file, as in `originals/`.
  ///   - page: From 1.
  ///   - question: The question's id.
  ///   - reading: What was read there: it says where the question lies.
  /// - Returns: `nil` where the reading has no places for the question.
  /// - Throws: Why the page cannot be decoded any more.
  public func crop(
    path: String, page: Int, question: String, reading: PageReading
  ) throws(ScanFailure) -> QuestionCrop? {
    guard let seen = reading.evidence.questions.first(where: { $0.question == question }) else {
      return nil
    }
    if last?.path != path || last?.page != page {
      let file = try ScannedFile(path: path, limits: limits)
      let decoded = try PageSource(file, limits: limits).page(page).get()
      last = (path, page, decoded.picture)
    }
    guard let picture = last?.picture else { return nil }
    return QuestionCrop(picture, seen, pixelsPerMM: reading.evidence.pixelsPerMM)
  }
}
