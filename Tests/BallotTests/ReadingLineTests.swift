// SPDX-License-Identifier: Apache-2.0
import Ballot
import Foundation
import Geometry
import Language
import Testing

/// A reading with every kind of answer.
let exampleReading = PageReading(
  form: "office-form", formPage: 1, rotation: .upright,
  registration: RegistrationSummary(residualMM: 0.080049, places: 54, placesLookedAt: 60),
  evidence: PageEvidence(
    noise: 0.02, printResidual: 0.1, pixelsPerMM: 11.811,
    questions: [
      QuestionEvidence(
        question: "c01",
        targets: [
          MarkEvidence(
            value: "3", marked: 0.9, cancelled: 0.01, inkMM2: 4.2, strokeMM: 7, coverage: 0.3,
            corners: [PagePoint(x: 1, y: 2.5)])
        ],
        cells: [[PagePoint(x: 0.1, y: 0.2)]], leftoverInkMM2: 1, leftoverStrokeMM: 2,
        agreement: 0.75, isOffPicture: true)
    ]),
  rules: Rules(acceptAt: 0.98),
  answers: [
    Answer(question: "c01", outcome: .accepted(["3"], confidence: 0.9999991)),
    Answer(question: "c02", outcome: .accepted([], confidence: 0.999998)),
    Answer(
      question: "c03",
      outcome: .review(candidates: [["2"], ["3"]], reasons: [.severalMarks(["2", "3"])])),
    Answer(
      question: "commune", outcome: .review(candidates: [], reasons: [.written]),
      cells: [
        .accepted("2", confidence: 0.9997), .accepted("", confidence: 0.9999),
        .review(candidates: ["1", "7"]),
      ]),
    Answer(
      question: "village", outcome: .accepted(["07"], confidence: 0.99),
      cells: [.accepted("0", confidence: 0.995), .accepted("7", confidence: 0.994)]),
  ])

@Suite struct ReadingLineTests {
  @Test("A page that was read prints as in the contract")
  func read() {
    let line = ReadingLine(file: "scans/a.png", page: 1, outcome: .read(exampleReading))
    let expected =
      #"{"file":"scans/a.png","page":1,"status":"read","form":"office-form","formPage":1,"#
      + #""rotation":0,"registration":{"residualMM":0.08,"places":54},"answers":["#
      + #"{"question":"c01","state":"accepted","value":["3"],"confidence":0.9999991},"#
      + #"{"question":"c02","state":"accepted","value":[],"confidence":0.999998},"#
      + #"{"question":"c03","state":"review","value":null,"candidates":[["2"],["3"]],"#
      + #""reasons":["two marks, neither taken back"]},"#
      + #"{"question":"commune","state":"review","value":null,"cells":["#
      + #"{"state":"accepted","value":"2","confidence":0.9997},"#
      + #"{"state":"accepted","value":"","confidence":0.9999},"#
      + #"{"state":"review","value":null,"candidates":["1","7"]}]},"#
      + #"{"question":"village","state":"accepted","value":"07","confidence":0.99,"cells":["#
      + #"{"state":"accepted","value":"0","confidence":0.995},"#
      + #"{"state":"accepted","value":"7","confidence":0.994}]}]}"#
    #expect(line.json(.english) == expected)
  }

  @Test("A page that was not read prints its reason")
  func notRead() {
    let rejected = ReadingLine(
      file: "scans/b.png", page: 1,
      outcome: .rejected(reason: "not a page of office-form: 3 of 40 places agree"))
    #expect(
      rejected.json(.english)
        == #"{"file":"scans/b.png","page":1,"status":"rejected","#
        + #""reason":"not a page of office-form: 3 of 40 places agree"}"#)
    let failed = ReadingLine(
      file: "scans/c.pdf", page: nil, outcome: .failed(reason: "encrypted PDF"))
    #expect(
      failed.json(.english)
        == #"{"file":"scans/c.pdf","page":null,"status":"failed","reason":"encrypted PDF"}"#)
  }

  @Test("Every line is JSON on one line, whatever a file is called")
  func escapes() throws {
    let name = "quét/\"1\"\\\n\r\t\u{1}\u{7F}\u{2028}ế 😀.png"
    let text = ReadingLine(file: name, page: 2, outcome: .failed(reason: "\u{65}\u{302}")).json(
      .english)
    #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "\u{2028}" })
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    #expect(object?["file"] as? String == name)
    #expect((object?["reason"] as? String)?.unicodeScalars.map(\.value) == [0xEA])
  }

  static let confidences: [(Double, String)] = [
    (1, "1"), (0, "0"), (0.5, "0.5"), (0.999_999_123_456, "0.999999123"),
    (1 - 1e-12, "0.999999999999"), (1e-12, "1e-12"), (1.0 / 3, "0.333333333"),
    (.nan, "null"),
  ]

  @Test("A confidence is short, and below 1 never prints as 1", arguments: confidences)
  func confidence(value: Double, text: String) {
    var reading = exampleReading
    reading.answers = [Answer(question: "q", outcome: .accepted([], confidence: value))]
    let line = ReadingLine(file: "a", page: 1, outcome: .read(reading)).json(.english)
    #expect(line.hasSuffix("\"confidence\":\(text)}]}"))
  }
}

@Suite struct ReasonWordsTests {
  static let words: [(Reason, String, String)] = [
    (.severalMarks(["1", "2"]), "two marks, neither taken back", "hai dấu, chưa dấu nào bị xoá"),
    (.severalMarks(["1", "2", "3"]), "3 marks, none taken back", "3 dấu, chưa dấu nào bị xoá"),
    (
      .doubtfulMark("3"), "the mark at 3 may be an answer or not",
      "dấu ở 3 chưa chắc là câu trả lời"
    ),
    (
      .unexplainedInk, "nothing is marked, but there is ink near the question",
      "không ô nào được đánh dấu, nhưng có mực gần câu hỏi"
    ),
    (
      .darkGround, "a place to mark came out so dark that a mark there cannot be seen",
      "có ô đánh dấu bị đậm đến mức không thể thấy dấu ở đó"
    ),
    (
      .lostPrint, "thin print is missing on this scan, so a mark may be, too: scan it darker",
      "bản quét mất nhiều nét in mảnh nên có thể mất cả dấu: hãy quét đậm hơn"
    ),
    (
      .lostPen,
      "the pen hardly shows in black and white, so a mark may be missing: look at the paper",
      "bản quét đen trắng hầu như không còn nét bút nên có thể mất cả dấu: hãy xem tờ giấy"
    ),
    (
      .inkBeside, "there is ink at another box, too, that may be a mark",
      "ở một ô khác cũng có mực, có thể là dấu"
    ),
    (
      .perhapsTakenBack("3"), "the mark at 3 may have been taken back",
      "dấu ở 3 có thể đã được rút lại"
    ),
    (
      .takenBackOtherwise("3"), "the mark at 3 looks taken back, but not in the form's own way",
      "dấu ở 3 có vẻ đã được rút lại, nhưng không theo cách mẫu phiếu hướng dẫn"
    ),
    (.offPicture, "a place to mark lies off the picture", "có ô đánh dấu nằm ngoài ảnh"),
    (
      .uncertainPlace, "the print around the question was not found",
      "không tìm thấy phần in quanh câu hỏi"
    ),
    (.unsure, "not sure enough", "chưa đủ chắc chắn"),
    (
      .looksDiffer, "two looks at this page do not say the same",
      "hai lần xem trang này không cho cùng kết quả"
    ),
    (.written, "written by hand, for a person to read", "chữ viết tay, cần người đọc"),
    (
      .againstRule, "no such code: against the form's list, check digit or days",
      "không có mã này: trái danh sách, số kiểm tra hoặc ngày của mẫu phiếu"
    ),
  ]

  @Test("Every reason has its words in both languages", arguments: words)
  func says(reason: Reason, english: String, vietnamese: String) {
    #expect(reason.words(.english) == english)
    #expect(reason.words(.vietnamese) == vietnamese)
  }
}
