// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite struct DemoTests {
  private struct Expected: Decodable {
    struct Sheet: Decodable {
      var file: String
      var page: Int?
      var status: String?
      var formPage: Int?
      var answers: [String: [String]]?
      var ask: [String: [[String]]]?
    }
    var sheets: [Sheet]
  }

  private struct Line: Decodable {
    struct Answer: Decodable {
      var question: String
      var state: String
      /// The marked values; a code's one string as the only one.
      var value: [String]?
      var isCode: Bool

      private enum Key: CodingKey { case question, state, value, cells }

      init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        question = try fields.decode(String.self, forKey: .question)
        state = try fields.decode(String.self, forKey: .state)
        isCode = fields.contains(.cells)
        value =
          isCode
          ? try fields.decodeIfPresent(String.self, forKey: .value).map { [$0] }
          : try fields.decodeIfPresent([String].self, forKey: .value)
      }
    }
    var file: String
    var page: Int?
    var status: String
    var answers: [Answer]?
  }

  @Test("The demo batch becomes what stands beside it: nothing is accepted wrongly")
  func demo() throws {
    try Program.needDemo()
    let data = try Data(contentsOf: URL(fileURLWithPath: Program.demo + "/expected.json"))
    let expected = try JSONDecoder().decode(Expected.self, from: data).sheets
    let run = try Program.run([
      "read", "--form", "templates/one-stop-9", "--form", "templates/five-factors-25", "--json",
      "scans/demo",
    ])
    #expect(run.status == 1)
    let lines = try run.lines.map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
    #expect(lines.count == expected.count)
    for sheet in expected {
      let line = try #require(
        lines.first {
          $0.file.hasSuffix("/" + sheet.file) && ($0.page ?? 1) == (sheet.page ?? 1)
        }, "\(sheet.file)")
      #expect(line.status == (sheet.status ?? "read"), "\(sheet.file)")
      for answer in line.answers ?? [] {
        let truth = sheet.answers?[answer.question] ?? []
        let right = sheet.ask?[answer.question] ?? [answer.isCode ? [truth.joined()] : truth]
        guard answer.state == "accepted" else { continue }
        #expect(
          right.contains { $0.sorted() == answer.value?.sorted() },
          "\(sheet.file) \(answer.question)")
      }
    }
  }

  @Test("The demo in a workspace is as expected, and a scan that lacks a file is told")
  func compared() throws {
    let measure = Program.built("measure")
    let whole = try DemoWorkspace()
    _ = try whole.phieu("scan", Program.demo)
    let right = try Program.run(
      ["demo", Program.demo, "--workspace", whole.path], program: measure)
    #expect(right.status == 0, "\(right.output)")
    #expect(right.lines.last == "All as expected.")
    #expect(try whole.counts()["ballotsIncomplete"] as? Int == 1)
    #expect(try whole.counts()["ballotsDoubled"] as? Int == 1)

    let part = try DemoWorkspace()
    _ = try part.phieu(
      "scan", Program.demo + "/05-missing-page.pdf", Program.demo + "/01-flatbed.png")
    let wrong = try Program.run(
      ["demo", Program.demo, "--workspace", part.path], program: measure)
    #expect(wrong.status == 1)
    #expect(wrong.output.contains("differs: 03-copier.tif: nothing, expected read"))
  }
}
