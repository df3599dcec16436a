// SPDX-License-Identifier: Apache-2.0
import Language
import Scanner
import Testing

@Suite("Words of scan failures")
struct ScanFailureWordsTests {
  struct Example: Sendable {
    var failure: ScanFailure
    var vietnamese: String
    var english: String
    var advice: String?
  }

  static let examples = [
    Example(
      failure: .notFound, vietnamese: "không có tệp này", english: "no such file",
      advice: "check the path"),
    Example(
      failure: .unreadable(reason: "Permission denied"),
      vietnamese: "không đọc được: Permission denied",
      english: "cannot be read: Permission denied",
      advice: "check the permissions and the disk"),
    Example(
      failure: .notAFile, vietnamese: "không phải là tệp mà là thư mục hoặc thiết bị",
      english: "not a file but a folder or a device", advice: "name the files inside the folder"),
    Example(
      failure: .empty, vietnamese: "tệp rỗng", english: "empty file",
      advice: "copy the file or scan the page again"),
    Example(
      failure: .fileTooLarge(bytes: 3, limit: 2), vietnamese: "tệp có 3 byte, vượt giới hạn 2",
      english: "file of 3 bytes, more than the limit of 2",
      advice: "split it into smaller files"),
    Example(
      failure: .unknownFormat, vietnamese: "không phải ảnh hay PDF thuộc định dạng đã biết",
      english: "not a picture or PDF of a known format",
      advice: "save it as PNG, JPEG, TIFF or PDF"),
    Example(
      failure: .truncated(format: "TIFF"),
      vietnamese: "tệp TIFF bị cụt: tệp kết thúc trước khi hết ảnh",
      english: "truncated TIFF: the file ends before its picture does",
      advice: "copy the file or scan the page again"),
    Example(
      failure: .damaged(format: "PNG", detail: "CRC error"),
      vietnamese: "tệp PNG bị hỏng: CRC error", english: "damaged PNG: CRC error",
      advice: "copy the file or scan the page again"),
    Example(
      failure: .damaged(format: "PNG", detail: ""), vietnamese: "tệp PNG bị hỏng",
      english: "damaged PNG", advice: "copy the file or scan the page again"),
    Example(
      failure: .encrypted(format: "PDF"), vietnamese: "tệp PDF bị khoá bằng mật khẩu",
      english: "encrypted PDF", advice: "save it without a password, then read it again"),
    Example(
      failure: .tooLarge(width: 40_000, height: 30_000, limit: 120),
      vietnamese: "trang có 40000 × 30000 điểm ảnh, vượt giới hạn 120",
      english: "page of 40000 × 30000 pixels, more than the limit of 120",
      advice: "scan at 300 dpi"),
    Example(
      failure: .unsupported(format: "TIFF", detail: "LogLuv"),
      vietnamese: "kiểu TIFF chưa được hỗ trợ: LogLuv",
      english: "TIFF of a kind that is not supported: LogLuv",
      advice: "save it as PNG or as TIFF of 8 bits"),
    Example(
      failure: .noPages(format: "PDF"), vietnamese: "tệp PDF không có trang nào",
      english: "PDF without a page", advice: "export or scan the file again"),
    Example(
      failure: .noSuchPage(number: 3), vietnamese: "tệp không có trang 3",
      english: "the file has no page 3", advice: nil),
    Example(
      failure: .tooManyPages(limit: 5), vietnamese: "có hơn 5 trang: các trang sau không được đọc",
      english: "more than 5 pages: the others are not read",
      advice: "split it into smaller files"),
    Example(
      failure: .helperMissing(program: "pdftoppm"),
      vietnamese: "thiếu chương trình pdftoppm mà trang này cần",
      english: "the program pdftoppm, which this page needs, is missing",
      advice: "install the package poppler-utils"),
    Example(
      failure: .helperTimedOut(program: "pdftoppm", seconds: 60),
      vietnamese: "chương trình pdftoppm chạy quá 60 giây",
      english: "the program pdftoppm took more than 60 seconds",
      advice: "save the page as a picture, then read that"),
    Example(
      failure: .helperFailed(program: "pdftoppm", detail: "status 1"),
      vietnamese: "chương trình pdftoppm bị lỗi: status 1",
      english: "the program pdftoppm failed: status 1",
      advice: "save the page as a picture, then read that"),
  ]

  @Test("Each failure has its words in both languages", arguments: examples)
  func words(_ example: Example) {
    #expect(example.failure.words(.vietnamese) == example.vietnamese)
    #expect(example.failure.words(.english) == example.english)
    #expect(example.failure.recoverySuggestion(.english) == example.advice)
    #expect((example.failure.recoverySuggestion(.vietnamese) == nil) == (example.advice == nil))
  }
}
