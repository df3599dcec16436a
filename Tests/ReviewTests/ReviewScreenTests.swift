// SPDX-License-Identifier: Apache-2.0
import Imaging
import Language
import Review
import Store
import Testing

@Suite struct ReviewScreenTests {
  private static func lines(
    _ state: ReviewState, drawing: Drawing? = nil, targets: [(column: Int, row: Int)] = [],
    _ language: Language = .vietnamese, columns: Int = 60, rows: Int = 16
  ) -> [String] {
    ReviewScreen(
      state, drawing: drawing, targets: targets, language: language, columns: columns, rows: rows
    ).lines()
  }

  @Test("A question shows where it stands, what was seen, why it asks, and the keys")
  func single() {
    let lines = Self.lines(ReviewSamples.state("c03", "way"))
    #expect(
      lines == [
        "scans/a\\u{1b}[2J.png, trang 2                  còn 2, xong 0",
        String(repeating: "─", count: 60),
        "c03  Nơi ngồi chờ",
        "Máy thấy: 2 (98%), 3 (91%) · hai dấu, chưa dấu nào bị xoá",
        "",
        "   (không mở được ảnh của trang này)",
        "1 = 1   2 = 2   3 = 3",
        "", "", "", "", "", "", "",
        "",
        "phím của ô = chọn · 0 bỏ trống · n để sau · u hoàn tác · q …",
      ])
  }

  @Test("Chosen answers are ticked")
  func multiple() {
    let lines = Self.lines(ReviewSamples.state("way"), .english)
    #expect(lines[2] == "way")
    #expect(lines[6] == "[x] 1 = 1   [x] 2 = 2   [ ] 3 = 3")
  }

  @Test("A code shows its cells and the one that is typed into")
  func code() {
    let lines = Self.lines(ReviewSamples.state("xa"), .english)
    #expect(lines[3] == "Read: 7?? · written by hand, for a person to read")
    #expect(lines[6] == "Type:  7 [␣] ␣ ")
  }

  @Test("Keys stand under the targets that they mark")
  func ruler() throws {
    let drawing = Drawing(
      GrayPicture(width: 400, height: 40), graphics: .symbols, columns: 50, rows: 5,
      cell: (8, 16))
    let lines = Self.lines(
      ReviewSamples.state("c03"), drawing: drawing, targets: [(4, 1), (20, 1), (40, 1)])
    let row = lines[ReviewScreen.linesAbovePicture + drawing.rows]
    let places = Array(row).indices.filter { Array(row)[$0] != " " }
    #expect(places == [4, 20, 40].map { $0 + ReviewScreen.gutter })
    #expect(row.filter { $0 != " " } == "123")
  }

  @Test("Keys stand beside targets that are one above the other")
  func column() {
    let drawing = Drawing(
      GrayPicture(width: 40, height: 120), graphics: .symbols, columns: 50, rows: 6,
      cell: (8, 16))
    let lines = Self.lines(
      ReviewSamples.state("c03"), drawing: drawing, targets: [(4, 0), (4, 2), (4, 4)], rows: 24)
    let first = ReviewScreen.linesAbovePicture
    #expect([0, 2, 4].map { lines[first + $0].first } == ["1", "2", "3"])
    #expect(lines[first + 1].first == " ")
  }

  @Test("The end says what was done")
  func end() {
    var state = ReviewSamples.state("c03")
    state.didSettle(["1"], SettlementNumber(1))
    let lines = Self.lines(state, .english)
    #expect(lines[3] == "No question is left.")
    #expect(lines[4] == "Settled this time: 1.")
    #expect(lines[14] == "✓ c03: 1")
  }

  @Test(
    "A screen has as many lines as the window, none wider than it",
    arguments: [(80, 24), (40, 12), (20, 10), (200, 60)])
  func fits(columns: Int, rows: Int) {
    for question in ["c03", "way", "xa"] {
      let drawing = Drawing(
        GrayPicture(width: 900, height: 90), graphics: .symbols,
        columns: max(10, columns - ReviewScreen.gutter),
        rows: ReviewScreen.pictureRows(rows: rows), cell: (8, 16))
      for language in Language.allCases {
        let lines = Self.lines(
          ReviewSamples.state(question), drawing: drawing, language, columns: columns, rows: rows)
        #expect(lines.count == rows)
        #expect(lines.allSatisfy { $0.terminalWidth <= columns })
        #expect(!lines.joined().contains("\u{1B}"))
      }
    }
  }
}
