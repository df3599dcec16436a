// SPDX-License-Identifier: Apache-2.0
public import Language

extension Reason: Wording {
  public func words(_ language: Language) -> String {
    switch language {
    case .english: english
    case .vietnamese: vietnamese
    }
  }

  private var english: String {
    switch self {
    case .severalMarks(let values) where values.count == 2: "two marks, neither taken back"
    case .severalMarks(let values): "\(values.count) marks, none taken back"
    case .doubtfulMark(let value): "the mark at \(value) may be an answer or not"
    case .unexplainedInk: "nothing is marked, but there is ink near the question"
    case .inkBeside: "there is ink at another box, too, that may be a mark"
    case .darkGround: "a place to mark came out so dark that a mark there cannot be seen"
    case .lostPrint: "thin print is missing on this scan, so a mark may be, too: scan it darker"
    case .lostPen:
      "the pen hardly shows in black and white, so a mark may be missing: look at the paper"
    case .perhapsTakenBack(let value): "the mark at \(value) may have been taken back"
    case .takenBackOtherwise(let value):
      "the mark at \(value) looks taken back, but not in the form's own way"
    case .offPicture: "a place to mark lies off the picture"
    case .uncertainPlace: "the print around the question was not found"
    case .unsure: "not sure enough"
    case .looksDiffer: "two looks at this page do not say the same"
    case .written: "written by hand, for a person to read"
    case .againstRule: "no such code: against the form's list, check digit or days"
    case .noLabel:
      "no QR code and no serial could be read: type the digits before the dash, or leave it empty"
    }
  }

  private var vietnamese: String {
    switch self {
    case .severalMarks(let values) where values.count == 2: "hai dấu, chưa dấu nào bị xoá"
    case .severalMarks(let values): "\(values.count) dấu, chưa dấu nào bị xoá"
    case .doubtfulMark(let value): "dấu ở \(value) chưa chắc là câu trả lời"
    case .unexplainedInk: "không ô nào được đánh dấu, nhưng có mực gần câu hỏi"
    case .inkBeside: "ở một ô khác cũng có mực, có thể là dấu"
    case .darkGround: "có ô đánh dấu bị đậm đến mức không thể thấy dấu ở đó"
    case .lostPrint: "bản quét mất nhiều nét in mảnh nên có thể mất cả dấu: hãy quét đậm hơn"
    case .lostPen:
      "bản quét đen trắng hầu như không còn nét bút nên có thể mất cả dấu: hãy xem tờ giấy"
    case .perhapsTakenBack(let value): "dấu ở \(value) có thể đã được rút lại"
    case .takenBackOtherwise(let value):
      "dấu ở \(value) có vẻ đã được rút lại, nhưng không theo cách mẫu phiếu hướng dẫn"
    case .offPicture: "có ô đánh dấu nằm ngoài ảnh"
    case .uncertainPlace: "không tìm thấy phần in quanh câu hỏi"
    case .unsure: "chưa đủ chắc chắn"
    case .looksDiffer: "hai lần xem trang này không cho cùng kết quả"
    case .written: "chữ viết tay, cần người đọc"
    case .againstRule: "không có mã này: trái danh sách, số kiểm tra hoặc ngày của mẫu phiếu"
    case .noLabel:
      "không đọc được mã QR và số phiếu: hãy gõ các chữ số trước dấu gạch, hoặc để trống"
    }
  }
}
