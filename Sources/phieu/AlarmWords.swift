// SPDX-License-Identifier: Apache-2.0
import Geometry
import Language
import Reader

extension BatchAlarm {
  /// What is wrong with the whole batch, and what to do.
  func words(_ language: Language) -> String {
    language.say(
      "Cảnh báo: \(form), trang \(formPage): phiếu in khác mẫu trống ở \(place(language)) "
        + "(\(sheets) tờ được so). Hãy so một tờ với mẫu trong templates/; nếu là bản in khác, "
        + "hãy nhập bản đó (phieu form import) rồi phieu scan --again.",
      "Warning: \(form), page \(formPage): the sheets are printed unlike the blank at "
        + "\(place(language)) (\(sheets) sheets compared). Compare one with the blank in "
        + "templates/; if it is another version, import that (phieu form import), then phieu "
        + "scan --again."
    ).shown
  }

  /// No line names more questions than this.
  private static let most = 6

  private func place(_ language: Language) -> String {
    let top = Int((places.map(\.y).min() ?? 0).rounded())
    let bottom = Int((places.map(\.maxY).max() ?? 0).rounded())
    let height = language.say(
      "cách mép trên \(top) đến \(bottom) mm", "\(top) to \(bottom) mm from the top")
    guard !questions.isEmpty else { return height }
    let more = questions.count > Self.most ? ", …" : ""
    return questions.prefix(Self.most).joined(separator: ", ") + more + ", " + height
  }
}
