// SPDX-License-Identifier: Apache-2.0
public import Language

extension Rejection: Wording {
  public func words(_ language: Language) -> String {
    switch (self, language) {
    case (.notAPageOf(let forms, let agreeing, let places), .english):
      "not a page of \(Self.list(forms, or: "or")): "
        + "\(agreeing) of \(places) places agree"
    case (.notAPageOf(let forms, let agreeing, let places), .vietnamese):
      "không phải trang của \(Self.list(forms, or: "hay")): "
        + "\(agreeing) trên \(places) vị trí khớp"
    case (.perhapsAnotherVersion(let form, let agreeing, let places), .english):
      "perhaps another version of \(form): only \(agreeing) of \(places) places agree"
    case (.perhapsAnotherVersion(let form, let agreeing, let places), .vietnamese):
      "có thể là phiên bản khác của \(form): chỉ \(agreeing) trên \(places) vị trí khớp"
    case (.missingVersion(let form, let version), .english):
      "\(form) version \(version) is not in templates/"
    case (.missingVersion(let form, let version), .vietnamese):
      "phiên bản \(version) của \(form) không có trong templates/"
    case (.ambiguous(let forms), .english):
      "fits \(Self.list(forms, or: "and")) about as well"
    case (.ambiguous(let forms), .vietnamese):
      "khớp \(Self.list(forms, or: "và")) gần như nhau"
    case (.twoSheets(let form), .english):
      "two sheets at once: the print of \(form) stands twice on the page"
    case (.twoSheets(let form), .vietnamese):
      "hai tờ cùng lúc: nội dung in của \(form) có hai lần trên trang"
    case (.partMissing(let form, let missing, let targets), .english):
      "part of \(form) is missing: \(missing) of \(targets) places to mark are off the page"
    case (.partMissing(let form, let missing, let targets), .vietnamese):
      "thiếu một phần của \(form): \(missing) trên \(targets) ô đánh dấu nằm ngoài trang"
    case (.slipped(let form), .english):
      "rows of \(form) cannot be told apart: the page is bent or seen aslant; scan it flat"
    case (.slipped(let form), .vietnamese):
      "không phân biệt được các hàng của \(form): trang bị cong hoặc chụp nghiêng; hãy quét phẳng"
    case (.backOf(let form), .english):
      "the back of a sheet of \(form): its print shines through in a mirror"
    case (.backOf(let form), .vietnamese):
      "mặt sau của một tờ \(form): nội dung in hằn qua giấy, ngược chiều"
    case (.emptyPage, .english):
      "hardly any print on the page"
    case (.emptyPage, .vietnamese):
      "trang gần như không có nội dung in"
    }
  }

  /// "a", "a or b", "a, b or c".
  private static func list(_ forms: [String], or: String) -> String {
    guard let last = forms.last else { return "–" }
    guard forms.count > 1 else { return last }
    return forms.dropLast().joined(separator: ", ") + " \(or) \(last)"
  }
}
