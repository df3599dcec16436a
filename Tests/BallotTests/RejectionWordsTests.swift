// SPDX-License-Identifier: Apache-2.0
import Ballot
import Language
import Testing

@Suite("Rejections in words")
struct RejectionWordsTests {
  static let table: [(Rejection, english: String, vietnamese: String)] = [
    (
      .notAPageOf(forms: ["office-form"], agreeing: 3, places: 40),
      "not a page of office-form: 3 of 40 places agree",
      "không phải trang của office-form: 3 trên 40 vị trí khớp"
    ),
    (
      .notAPageOf(forms: ["a", "b", "c"], agreeing: 0, places: 330),
      "not a page of a, b or c: 0 of 330 places agree",
      "không phải trang của a, b hay c: 0 trên 330 vị trí khớp"
    ),
    (
      .perhapsAnotherVersion(form: "a", agreeing: 210, places: 330),
      "perhaps another version of a: only 210 of 330 places agree",
      "có thể là phiên bản khác của a: chỉ 210 trên 330 vị trí khớp"
    ),
    (
      .missingVersion(form: "sipas-2024", version: "3f2a9c01d4"),
      "sipas-2024 version 3f2a9c01d4 is not in templates/",
      "phiên bản 3f2a9c01d4 của sipas-2024 không có trong templates/"
    ),
    (
      .ambiguous(forms: ["a/1", "a/2"]), "fits a/1 and a/2 about as well",
      "khớp a/1 và a/2 gần như nhau"
    ),
    (
      .twoSheets(form: "a"), "two sheets at once: the print of a stands twice on the page",
      "hai tờ cùng lúc: nội dung in của a có hai lần trên trang"
    ),
    (
      .partMissing(form: "a", missing: 20, targets: 71),
      "part of a is missing: 20 of 71 places to mark are off the page",
      "thiếu một phần của a: 20 trên 71 ô đánh dấu nằm ngoài trang"
    ),
    (
      .slipped(form: "a"),
      "rows of a cannot be told apart: the page is bent or seen aslant; scan it flat",
      "không phân biệt được các hàng của a: trang bị cong hoặc chụp nghiêng; hãy quét phẳng"
    ),
    (
      .backOf(form: "a"), "the back of a sheet of a: its print shines through in a mirror",
      "mặt sau của một tờ a: nội dung in hằn qua giấy, ngược chiều"
    ),
    (.emptyPage, "hardly any print on the page", "trang gần như không có nội dung in"),
  ]

  @Test("A rejection says why, in both languages", arguments: table)
  func says(_ rejection: Rejection, english: String, vietnamese: String) {
    #expect(rejection.words(.english) == english)
    #expect(rejection.words(.vietnamese) == vietnamese)
  }
}
