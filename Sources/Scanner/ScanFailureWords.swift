// SPDX-License-Identifier: Apache-2.0
public import Language

extension ScanFailure: Wording {
  public func words(_ language: Language) -> String {
    switch language {
    case .vietnamese: vietnamese
    case .english: english
    }
  }

  private var english: String {
    switch self {
    case .notFound: "no such file"
    case .unreadable(let reason): "cannot be read: \(reason)"
    case .notAFile: "not a file but a folder or a device"
    case .empty: "empty file"
    case .fileTooLarge(let bytes, let limit):
      "file of \(bytes) bytes, more than the limit of \(limit)"
    case .unknownFormat: "not a picture or PDF of a known format"
    case .truncated(let format): "truncated \(format): the file ends before its picture does"
    case .damaged(let format, let detail): "damaged \(format)" + Self.aside(detail)
    case .encrypted(let format): "encrypted \(format)"
    case .tooLarge(let width, let height, let limit):
      "page of \(width) × \(height) pixels, more than the limit of \(limit)"
    case .unsupported(let format, let detail):
      "\(format) of a kind that is not supported" + Self.aside(detail)
    case .noPages(let format): "\(format) without a page"
    case .noSuchPage(let number): "the file has no page \(number)"
    case .tooManyPages(let limit): "more than \(limit) pages: the others are not read"
    case .helperMissing(let program): "the program \(program), which this page needs, is missing"
    case .helperTimedOut(let program, let seconds):
      "the program \(program) took more than \(Self.plain(seconds)) seconds"
    case .helperFailed(let program, let detail):
      "the program \(program) failed" + Self.aside(detail)
    }
  }

  private var vietnamese: String {
    switch self {
    case .notFound: "không có tệp này"
    case .unreadable(let reason): "không đọc được: \(reason)"
    case .notAFile: "không phải là tệp mà là thư mục hoặc thiết bị"
    case .empty: "tệp rỗng"
    case .fileTooLarge(let bytes, let limit): "tệp có \(bytes) byte, vượt giới hạn \(limit)"
    case .unknownFormat: "không phải ảnh hay PDF thuộc định dạng đã biết"
    case .truncated(let format): "tệp \(format) bị cụt: tệp kết thúc trước khi hết ảnh"
    case .damaged(let format, let detail): "tệp \(format) bị hỏng" + Self.aside(detail)
    case .encrypted(let format): "tệp \(format) bị khoá bằng mật khẩu"
    case .tooLarge(let width, let height, let limit):
      "trang có \(width) × \(height) điểm ảnh, vượt giới hạn \(limit)"
    case .unsupported(let format, let detail):
      "kiểu \(format) chưa được hỗ trợ" + Self.aside(detail)
    case .noPages(let format): "tệp \(format) không có trang nào"
    case .noSuchPage(let number): "tệp không có trang \(number)"
    case .tooManyPages(let limit): "có hơn \(limit) trang: các trang sau không được đọc"
    case .helperMissing(let program): "thiếu chương trình \(program) mà trang này cần"
    case .helperTimedOut(let program, let seconds):
      "chương trình \(program) chạy quá \(Self.plain(seconds)) giây"
    case .helperFailed(let program, let detail):
      "chương trình \(program) bị lỗi" + Self.aside(detail)
    }
  }

  /// What a person can do about it, as a sentence without capital and full stop; `nil` where
  /// nothing helps.
  public func recoverySuggestion(_ language: Language) -> String? {
    guard let advice else { return nil }
    return language == .vietnamese ? advice.vietnamese : advice.english
  }

  private var advice: (vietnamese: String, english: String)? {
    switch self {
    case .notFound: ("kiểm tra lại đường dẫn", "check the path")
    case .unreadable: ("kiểm tra quyền đọc và ổ đĩa", "check the permissions and the disk")
    case .notAFile: ("chỉ ra từng tệp bên trong thư mục", "name the files inside the folder")
    case .empty, .truncated, .damaged:
      ("chép lại tệp hoặc quét lại trang", "copy the file or scan the page again")
    case .fileTooLarge: ("chia tệp thành nhiều tệp nhỏ hơn", "split it into smaller files")
    case .unknownFormat:
      ("lưu thành PNG, JPEG, TIFF hoặc PDF", "save it as PNG, JPEG, TIFF or PDF")
    case .encrypted:
      ("lưu lại không đặt mật khẩu rồi đọc lại", "save it without a password, then read it again")
    case .tooLarge: ("quét ở 300 dpi", "scan at 300 dpi")
    case .unsupported:
      ("lưu thành PNG hoặc TIFF 8 bit", "save it as PNG or as TIFF of 8 bits")
    case .noPages: ("xuất lại hoặc quét lại tệp", "export or scan the file again")
    case .noSuchPage: nil
    case .tooManyPages: ("chia tệp thành nhiều tệp nhỏ hơn", "split it into smaller files")
    case .helperMissing:
      ("cài gói poppler-utils", "install the package poppler-utils")
    case .helperTimedOut, .helperFailed:
      ("lưu trang thành ảnh rồi đọc lại", "save the page as a picture, then read that")
    }
  }

  /// Words of a library behind ours, where it has any.
  private static func aside(_ detail: String) -> String {
    detail.isEmpty ? "" : ": \(detail)"
  }

  /// Without ".0".
  private static func plain(_ seconds: Double) -> String {
    seconds == seconds.rounded() && abs(seconds) < 1e9 ? "\(Int(seconds))" : "\(seconds)"
  }
}
