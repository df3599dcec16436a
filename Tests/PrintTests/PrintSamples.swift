// SPDX-License-Identifier: Apache-2.0
import Form
import Foundation

enum PrintSamples {
  /// A small form of every kind of entry.
  static let text = """
    form: ward-2
    title: Phiếu góp ý
    introduction: Vì sao hỏi, và câu trả lời được giữ kín.
    sections:
    - title: PHẦN A
      questions:
      - {type: line, label: Thôn}
      - {id: commune, type: code, label: Mã xã, pattern: '___'}
      - {id: day, type: code, label: Ngày, pattern: '__/__/____'}
      - id: sex
        type: single
        label: Giới tính
        options: [{value: '1', label: Nam}, {value: '2', label: Khác, text: sex_other}]
      - type: matrix
        label: Mức độ hài lòng
        levels:
        - {value: '5', label: Rất hài lòng}
        - {value: '1', label: Rất không hài lòng}
        items:
        - heading: A. Tiếp cận
        - {id: n1, label: Dễ tìm}
        - {id: n2, label: Đủ ghế}
      - {id: comment, type: text, label: Ý kiến, lines: 3}

    """

  static func form(_ text: String = text) throws -> WrittenForm {
    guard case .written(let form, _) = try FormYAML.content(text, file: "form.yaml") else {
      throw FormError.noSuchFile("no written form")
    }
    return form
  }

  /// A form of `templates/` as it is shipped.
  static func shipped(_ name: String) throws -> WrittenForm {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let path = root.appendingPathComponent("templates/\(name)").path
    guard case .written(let folder) = try FormSource.load(path) else {
      throw FormError.noSuchFile(path)
    }
    return folder.form
  }
}
