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
      var value: [String]?
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
      "read", "--form", "templates/demo-one-stop", "--json", "scans/demo",
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
        let right = sheet.ask?[answer.question] ?? [sheet.answers?[answer.question] ?? []]
        guard answer.state == "accepted" else { continue }
        #expect(
          right.contains { $0.sorted() == answer.value?.sorted() },
          "\(sheet.file) \(answer.question)")
      }
    }
  }
}
