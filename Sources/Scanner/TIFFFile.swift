// SPDX-License-Identifier: Apache-2.0
import CTIFF
import Imaging

/// The pages of a TIFF, one after the other, by libtiff.
///
/// Pages are found by following the file's chain of directories, so that the first page of
/// thousands is there at once. A directory that says that it is the smaller copy of a page is
/// none.
@safe final class TIFFFile: PageWalk {
  static let name = "TIFF"

  /// Keeps what libtiff reads from alive.
  private let bytes: FileBytes
  private let limits: ScanLimits
  private let handle: OpaquePointer
  private var number = 0
  /// The page before this one, which a smaller copy would be of.
  private var largest: (width: UInt32, height: UInt32)?
  private var ended = false
  private var toldEmpty = false

  init(_ bytes: FileBytes, _ limits: ScanLimits) throws(ScanFailure) {
    // libtiff holds at most a row, a tile or a compressed strip in one piece.
    let most = max(limits.maxPixels.multipliedReportingOverflow(by: 8).partialValue, 1 << 20)
    let opened = unsafe bytes.withBytes { file in
      unsafe phieu_tiff_open(file.baseAddress, file.count, most)
    }
    guard let handle = unsafe opened else {
      throw bytes.count < 16
        ? .truncated(format: Self.name) : .damaged(format: Self.name, detail: "")
    }
    self.bytes = bytes
    self.limits = limits
    unsafe self.handle = unsafe handle
  }

  deinit {
    unsafe phieu_tiff_close(handle)
  }

  func skip() -> Bool {
    if case .end = advance() { return false }
    return true
  }

  func next() -> (page: Int?, result: Result<ScannedPage, ScanFailure>)? {
    switch advance() {
    case .end:
      guard number == 0, !toldEmpty else { return nil }
      toldEmpty = true
      return (nil, .failure(.noPages(format: Self.name)))
    case .failure(let failure): return (number, .failure(failure))
    case .page(let facts):
      let page = number
      return (page, Result { () throws(ScanFailure) in try decode(facts, page) })
    }
  }

  private enum Step {
    case page(phieu_tiff_page)
    case failure(ScanFailure)
    case end
  }

  /// Goes to the next page, damaged or not.
  private func advance() -> Step {
    while !ended {
      var facts = phieu_tiff_page()
      switch Int(unsafe phieu_tiff_next(handle, &facts)) {
      case PHIEU_TIFF_PAGE:
        if facts.reduced != 0, let largest, facts.width < largest.width,
          facts.height < largest.height
        {
          continue
        }
        largest = (facts.width, facts.height)
        number += 1
        return .page(facts)
      case PHIEU_TIFF_BAD_PAGE:
        number += 1
        return .failure(.damaged(format: Self.name, detail: why))
      case PHIEU_TIFF_LOST:
        ended = true
        number += 1
        return .failure(.damaged(format: Self.name, detail: why))
      default:
        ended = true
      }
    }
    return .end
  }

  private var why: String {
    unsafe phieu_tiff_why(handle).map { unsafe tame(String(cString: $0)) } ?? ""
  }

  private func decode(_ facts: phieu_tiff_page, _ page: Int) throws(ScanFailure) -> ScannedPage {
    let width = Int(facts.width)
    let height = Int(facts.height)
    try limits.admit(width: width, height: height, format: Self.name)
    let (picture, status) = unsafe grayPicture(width: width, height: height) { gray in
      unsafe phieu_tiff_decode(handle, UInt64(limits.maxPixels), gray)
    }
    guard let picture else {
      switch Int(status) {
      case PHIEU_TIFF_TRUNCATED: throw .truncated(format: Self.name)
      case PHIEU_TIFF_UNSUPPORTED: throw .unsupported(format: Self.name, detail: why)
      case PHIEU_TIFF_TOO_LARGE:
        throw .tooLarge(width: width, height: height, limit: limits.maxPixels)
      default: throw .damaged(format: Self.name, detail: why)
      }
    }
    let decoded = DecodedPicture(picture, dpiX: facts.dpi.0, dpiY: facts.dpi.1)
      .turned(Orientation(rawValue: Int(facts.orientation)) ?? .upright)
    return ScannedPage(number: page, picture: decoded.picture, dpi: decoded.dpi)
  }
}
