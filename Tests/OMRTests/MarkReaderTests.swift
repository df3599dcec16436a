// SPDX-License-Identifier: Apache-2.0
import Ballot
import Form
import Geometry
import Imaging
import Testing

import OMR

/// The page lies on its blank at 6 pixels a millimetre, nothing bent.
struct Flat: BlankToPage {
  func pagePoint(_ point: BlankPoint) -> PagePoint { PagePoint(x: point.x * 6, y: point.y * 6) }
}

/// A sheet of six rows of three boxes of 4 mm, drawn pixel by pixel at 6 pixels a millimetre.
enum Sheet {
  static let scale = 6.0
  static let (width, height) = (900, 900)

  static let questions: [Question] = (0..<6).map { row in
    Question(
      id: "q\(row)", label: "",
      kind: .single(
        (0..<3).map { column in
          Target(
            value: String(column + 1), shape: .box,
            box: BlankBox(
              x: 30 + 35 * Double(column), y: 25 + 15 * Double(row), width: 4, height: 4))
        }))
  }

  /// The blank: outlines of half a millimetre and a bar of print beside each box.
  static func blank() -> GrayPicture {
    var picture = GrayPicture(width: width, height: height)
    for box in questions.flatMap(\.boxes) {
      let (x, y, side) = (Int(box.x * scale), Int(box.y * scale), Int(box.width * scale))
      for at in 0..<side {
        for thick in 0..<3 {
          picture[x + at, y + thick] = 20
          picture[x + at, y + side - 1 - thick] = 20
          picture[x + thick, y + at] = 20
          picture[x + side - 1 - thick, y + at] = 20
        }
      }
      for dy in 8..<14 { for dx in 40..<100 { picture[x + dx, y + dy] = dx % 9 < 6 ? 30 : 255 } }
    }
    return picture
  }

  static func prepared() -> PreparedPage {
    PreparedPage(
      form: "sheet",
      page: FormPage(
        number: 1,
        blank: BlankSource(file: "blank-1.png", width: width, height: height, dpi: 25.4 * scale),
        questions: questions),
      blank: blank())
  }

  /// A cross of a ballpoint in a target's box.
  static func cross(_ picture: inout GrayPicture, row: Int, column: Int, level: UInt8 = 70) {
    let box = questions[row].boxes[column]
    for step in 0...60 {
      let part = Double(step) / 60
      for (x, y) in [(part, part), (part, 1 - part)] {
        let px = Int((box.x - 0.3 + x * 4.6) * scale)
        let py = Int((box.y - 0.3 + y * 4.6) * scale)
        for dx in 0..<3 { for dy in 0..<3 { picture[px + dx, py + dy] = level } }
      }
    }
  }

  /// A line of a ballpoint between two places, in shares of a target's box.
  static func line(
    _ picture: inout GrayPicture, row: Int, column: Int, from: (Double, Double),
    to: (Double, Double), level: UInt8 = 70
  ) {
    let box = questions[row].boxes[column]
    for step in 0...90 {
      let part = Double(step) / 90
      let px = Int((box.x + box.width * (from.0 + part * (to.0 - from.0))) * scale)
      let py = Int((box.y + box.width * (from.1 + part * (to.1 - from.1))) * scale)
      for dx in 0..<2 { for dy in 0..<2 { picture[px + dx, py + dy] = level } }
    }
  }

  /// A tick.
  static func tick(_ picture: inout GrayPicture, row: Int, column: Int) {
    line(&picture, row: row, column: column, from: (0.2, 0.5), to: (0.45, 0.85))
    line(&picture, row: row, column: column, from: (0.45, 0.85), to: (1, 0.1))
  }

  static func read(_ picture: GrayPicture) -> PageEvidence {
    MarkReader().read(
      picture, map: Flat(), agreement: { _ in 1 }, on: PreparedMarks(prepared()), key: "sheet")
  }

  static func answers(_ picture: GrayPicture) -> [Answer.Outcome] {
    Rules().decide(read(picture), questions: questions).map(\.outcome)
  }
}

@Suite("Mark reader")
struct MarkReaderTests {
  /// The values accepted; `nil` where a person is asked.
  private func accepted(_ picture: GrayPicture) -> [[String]?] {
    Sheet.answers(picture).map {
      if case .accepted(let value, _) = $0 { value } else { nil }
    }
  }

  @Test("A sheet left blank reads blank everywhere")
  func blank() {
    #expect(accepted(Sheet.blank()) == [[String]?](repeating: [], count: 6))
  }

  @Test("Crosses are read where they stand")
  func crosses() {
    var page = Sheet.blank()
    for row in 0..<6 { Sheet.cross(&page, row: row, column: row % 3) }
    #expect(accepted(page) == [["1"], ["2"], ["3"], ["1"], ["2"], ["3"]])
  }

  @Test("A tick that is struck twice looks taken back, and a plain one does not")
  func struckTick() {
    var page = Sheet.blank()
    for row in 0..<6 { Sheet.tick(&page, row: row, column: 1) }
    for height in [0.35, 0.65] {
      Sheet.line(&page, row: 2, column: 1, from: (-0.15, height + 0.05), to: (1.2, height - 0.1))
    }
    let marks = Sheet.read(page).questions.map { $0.targets[1] }
    for (row, mark) in marks.enumerated() {
      #expect(mark.marked + mark.cancelled > 0.9)
      #expect(row == 2 ? mark.retracted > 0.5 : mark.retracted < 0.1, "row \(row)")
    }
    #expect(Sheet.read(page).questions.allSatisfy { $0.targets[0].retracted == 0 })
  }

  @Test("Thicker print is no mark", arguments: [1, 2])
  func thicker(radius: Int) {
    let answers = accepted(Sheet.blank().darkest(within: radius))
    #expect(answers == [[String]?](repeating: [], count: 6))
  }

  @Test("Gray paper under a shadow reads as white paper does")
  func shadow() {
    var page = Sheet.blank()
    Sheet.cross(&page, row: 2, column: 1)
    for y in 0..<page.height {
      for x in 0..<page.width {
        let light = 0.55 + 0.35 * Double(x) / Double(page.width)
        page[x, y] = UInt8(Double(page[x, y]) * light)
      }
    }
    let answers = accepted(page)
    #expect(answers[2] == ["2"])
    #expect(answers.filter { $0 == [] }.count == 5)
  }

  @Test("A streak of the scanner through a column of boxes is no mark")
  func streak() {
    var page = Sheet.blank()
    let x = Int(67 * Sheet.scale)
    for y in 0..<page.height {
      for dx in 0..<2 { page[x + dx, y] = UInt8(Double(page[x + dx, y]) * 0.85) }
    }
    #expect(accepted(page) == [[String]?](repeating: [], count: 6))
  }

  @Test("A table's line that is printed beside its place is no ink beside a question")
  func shiftedLine() throws {
    /// A line across the sheet between the third and the fourth row, so many pixels lower.
    func lined(by shift: Int) -> GrayPicture {
      var picture = Sheet.blank()
      let y = Int(71 * Sheet.scale) + shift
      for x in 60..<840 { for thick in 0..<3 { picture[x, y + thick] = 30 } }
      return picture
    }
    let page = FormPage(
      number: 1,
      blank: BlankSource(
        file: "blank-1.png", width: Sheet.width, height: Sheet.height, dpi: 25.4 * Sheet.scale),
      questions: Sheet.questions)
    let prepared = PreparedMarks(PreparedPage(form: "lined", page: page, blank: lined(by: 0)))
    func leftover(_ picture: GrayPicture) -> Double {
      MarkReader().read(
        picture, map: Flat(), agreement: { _ in 1 }, on: prepared, key: "lined"
      ).questions[3].leftoverInkMM2
    }
    #expect(leftover(lined(by: 3)) == 0)
    var struck = lined(by: 3)
    for step in 0..<40 { for dx in 0..<3 { struck[219 + step + dx, 440 + step / 4] = 60 } }
    #expect(leftover(struck) > 0.5)
  }

  /// A line through places in millimetres, half a millimetre thick.
  private func draw(
    _ picture: inout GrayPicture, level: UInt8 = 70, _ places: (x: Double, y: Double)...
  ) {
    for (a, b) in zip(places, places.dropFirst()) {
      for step in 0...200 {
        let part = Double(step) / 200
        let (x, y) = (a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part)
        for dx in 0..<3 {
          for dy in 0..<3 {
            picture[Int(x * Sheet.scale) + dx, Int(y * Sheet.scale) + dy] = level
          }
        }
      }
    }
  }

  @Test("A line that comes down between the boxes of many rows is no mark in a blank one")
  func strayLine() {
    var page = Sheet.blank()
    for row in [0, 1, 3, 4, 5] { Sheet.cross(&page, row: row, column: 1) }
    draw(&page, (36.5, 20), (37.5, 60), (38.5, 105))
    #expect(accepted(page) == [["2"], ["2"], [], ["2"], ["2"], ["2"]])
  }

  @Test("Beside an answer a cross at another box's height asks, a straight line does not")
  func besideAnAnswer() {
    for isCross in [true, false] {
      var page = Sheet.blank()
      for row in 0..<6 { Sheet.cross(&page, row: row, column: 1) }
      draw(&page, (24, 55), (27, 59))
      if isCross { draw(&page, (27, 55), (24, 59)) }
      #expect(accepted(page)[2] == (isCross ? nil : ["2"]), "cross: \(isCross)")
    }
  }

  @Test("A cross beside a box in a blank row is asked, a pale one that shines through is not")
  func crossBeside() {
    for (level, answer) in [(UInt8(70), [String]?.none), (232, [])] {
      var page = Sheet.blank()
      for row in [0, 1, 3, 4, 5] { Sheet.cross(&page, row: row, column: 1) }
      draw(&page, level: level, (24, 55), (27, 59))
      draw(&page, level: level, (27, 55), (24, 59))
      #expect(accepted(page)[2] == answer, "level \(level)")
    }
  }

  @Test("Two crosses of a single question are never accepted as one")
  func two() {
    var page = Sheet.blank()
    for row in 0..<6 { Sheet.cross(&page, row: row, column: 0) }
    Sheet.cross(&page, row: 3, column: 2)
    #expect(accepted(page)[3] == nil)
  }

  @Test("A page that lost its thin print says so, and its blank rows are asked")
  func lostPrint() {
    var picture = Sheet.blank()
    #expect(Sheet.read(picture).lostPrint == 0)
    // The outlines are gone, the bars beside them are not.
    for box in Sheet.questions.flatMap(\.boxes) {
      let (x, y) = (Int(box.x * Sheet.scale), Int(box.y * Sheet.scale))
      for dy in 0...25 { for dx in 0...25 { picture[x + dx, y + dy] = 255 } }
    }
    Sheet.cross(&picture, row: 2, column: 1)
    #expect(Sheet.read(picture).losesPrint)
    for (row, outcome) in Sheet.answers(picture).enumerated() where row != 2 {
      guard case .review(_, let reasons) = outcome else {
        Issue.record("row \(row) was accepted")
        continue
      }
      #expect(reasons.contains(.lostPrint))
    }
  }

  @Test("A box that somebody covered is told, and a cross that stands for it is asked")
  func coveredBox() throws {
    var page = Sheet.blank()
    Sheet.cross(&page, row: 1, column: 0)
    Sheet.cross(&page, row: 3, column: 0)
    let box = try #require(Sheet.questions[3].boxes.last)
    let (x, y) = (Int(box.x * Sheet.scale), Int(box.y * Sheet.scale))
    for dy in -5...30 { for dx in -5...30 { page[x + dx, y + dy] = 255 } }
    let lost = Sheet.read(page).questions.map { $0.targets.map(\.lostPrint) }
    #expect(lost[3].last == 1)
    #expect(lost.flatMap { $0 }.count { $0 > 0 } == 1)
    #expect(accepted(page)[3] != nil)
    Sheet.cross(&page, row: 3, column: lost[3].count - 1)
    #expect(accepted(page)[3] == nil)
  }

  @Test("Targets off the picture are told")
  func offPicture() {
    let page = GrayPicture(width: 400, height: 900)
    let offPicture = Sheet.read(page).questions.filter(\.isOffPicture)
    #expect(offPicture.count == 6)
  }
}

@Suite("Mark model")
struct MarkModelTests {
  private let head = TargetFigures.names.joined(separator: "|") + "\n0 0 0 1\n"

  private func untouched() -> TargetFigures {
    TargetFigures(values: [Float](repeating: 0, count: TargetFigures.names.count))
  }

  @Test("The trained model is of these figures")
  func trained() {
    let scores = MarkModel.trained.scores(untouched())
    let sum: Double = scores.untouched + scores.marked + scores.cancelled
    #expect(abs(sum - 1) < 1e-9)
    #expect(scores.untouched > 0.9)
  }

  @Test("A tree goes left up to its limit and right beyond it")
  func walks() throws {
    let model = try MarkModel(
      text: head + "tree\n0 0.5 1 2\n-1 2\n-1 -2\ntree\n-1 0\ntree\n-1 -9\n")
    var figures = untouched()
    figures.values[0] = 0.5
    #expect(model.scores(figures).untouched > 0.85)
    figures.values[0] = 0.6
    #expect(model.scores(figures).marked > 0.85)
  }

  private static let brokenModels: [(body: String, line: Int)] = [
    ("-1 0\n", 3), ("tree\n0 0.5 0 0\n", 4), ("tree\n999 0.5 1 2\n", 4),
    ("tree\n0 0.5 1 2\n-1 0\n-1 x\n", 6),
  ]

  @Test("A malformed model is refused, with its line", arguments: brokenModels)
  private func malformed(body: String, line: Int) {
    let text = head + body
    #expect(throws: MarkModel.Malformed(line: line)) { _ = try MarkModel(text: text) }
  }
}
