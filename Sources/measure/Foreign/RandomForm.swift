// SPDX-License-Identifier: Apache-2.0
import Foundation
import Simulator

/// Forms in our own language whose words mean nothing: as like each other as two offices' sheets
/// are that came out of one house.
struct RandomForm {
  private var chance: SeededGenerator
  private var number = 0

  init(seed: UInt64) { chance = SeededGenerator(seed: seed).branch(0) }

  private static let words = """
    mức độ hài lòng về việc giải quyết thủ tục hành chính công dân tổ chức kết quả thời gian hồ sơ \
    tiếp nhận hướng dẫn đầy đủ rõ ràng thái độ phục vụ lịch sự nơi ngồi chờ trang thiết bị phí lệ \
    đúng hẹn trả lời phản ánh kiến nghị dễ thực hiện cán bộ ủy ban nhân dân xã huyện tỉnh thông tin \
    trường học bệnh viện đường nước sạch môi trường an ninh chính sách báo cáo năm quý kỳ
    """.split(whereSeparator: \.isWhitespace).map(String.init)

  private mutating func upTo(_ count: Int) -> Int { Int(chance.unit() * Double(count)) }

  private mutating func words(_ range: ClosedRange<Int>) -> String {
    let count = range.lowerBound + upTo(range.count)
    let text = (0..<count).map { _ in Self.words[upTo(Self.words.count)] }.joined(separator: " ")
    return text.prefix(1).uppercased() + text.dropFirst()
  }

  private func head(_ name: String, title: String, introduction: String) -> [String] {
    [
      "form: \(name)", "title: \(title)", "introduction: \(introduction)", "sections:",
      "- questions:",
    ]
  }

  /// A survey's questions, each some lines of its `form.yaml`; the head stands first.
  mutating func survey(named name: String, look: String) -> [[String]] {
    let head = head(name, title: words(4...9), introduction: words(12...50))
    var parts = [["look: \(look)"] + head]
    for _ in 0..<3 + upTo(3) { parts.append(chance.happens(0.5) ? choice() : matrix()) }
    return parts + [matrix()]
  }

  /// A page of text, with one area to write in.
  mutating func letter(named name: String) -> String {
    let head = head(name, title: words(3...8), introduction: words(150...420))
    let area = ["  - id: answer", "    type: text", "    label: \(words(2...6))", "    lines: 2"]
    return (head + area).joined(separator: "\n") + "\n"
  }

  private mutating func id() -> String {
    number += 1
    return "q\(number)"
  }

  private mutating func values(_ count: Int, of length: ClosedRange<Int>) -> [String] {
    (1...count).map { "    - {value: '\($0)', label: \(words(length))}" }
  }

  private mutating func choice() -> [String] {
    var lines = [
      "  - id: \(id())", "    type: single", "    label: \(words(3...12))", "    options:",
    ]
    lines += values(2 + upTo(4), of: 1...6)
    return lines
  }

  private mutating func matrix() -> [String] {
    var lines = ["  - type: matrix", "    label: \(words(4...12))", "    levels:"]
    lines += values(3 + upTo(3), of: 1...3)
    lines.append("    items:")
    for _ in 0..<3 + upTo(6) { lines.append("    - {id: \(id()), label: \(words(4...14))}") }
    return lines
  }
}
