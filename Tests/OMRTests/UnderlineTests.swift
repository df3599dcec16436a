// SPDX-License-Identifier: Apache-2.0
import Ballot
import Form
import Geometry
import Imaging
import OMR
import Testing

/// A table of four rows of four printed digits in cells of 14 × 10 mm, at 6 pixels a millimetre.
private struct DigitTable {
  static let scale = 6.0
  static let (left, top) = (30.0, 25.0)

  static let questions: [Question] = (0..<4).map { row in
    Question(
      id: "q\(row)", label: "",
      kind: .single(
        (0..<4).map { column in
          Target(
            value: String(column + 1), shape: .char,
            box: BlankBox(
              x: left + 14 * Double(column), y: top + 10 * Double(row), width: 14, height: 10))
        }))
  }

  var picture = GrayPicture(width: 720, height: 600)

  /// The blank; `shift` is how many pixels lower its lines are printed.
  init(linesLowerBy shift: Int = 0) {
    for row in 0...4 {
      let y = Self.top + 10 * Double(row) + Double(shift) / Self.scale
      bar(x: Self.left, y: y, width: 56, height: 0.35)
    }
    for column in 0...4 {
      bar(x: Self.left + 14 * Double(column), y: Self.top, width: 0.35, height: 40)
    }
    // What stands for a digit, and a word before each row.
    for row in 0..<4 {
      let y = Self.top + 10 * Double(row) + 3.5
      for column in 0..<4 {
        bar(x: Self.left + 14 * Double(column) + 6.8, y: y, width: 0.5, height: 3)
      }
      for letter in 0..<5 { bar(x: 8 + 3 * Double(letter), y: y, width: 1, height: 2.5) }
    }
  }

  mutating func bar(x: Double, y: Double, width: Double, height: Double, level: UInt8 = 30) {
    for row in Int(y * Self.scale)..<Int((y + height) * Self.scale) {
      for column in Int(x * Self.scale)..<Int((x + width) * Self.scale) {
        picture[column, row] = level
      }
    }
  }

  /// A pen's line under a digit, so far above the foot of its cell.
  mutating func underline(row: Int, column: Int, aboveFoot: Double, length: Double = 6) {
    bar(
      x: Self.left + 14 * Double(column) + 7 - length / 2,
      y: Self.top + 10 * Double(row + 1) - aboveFoot, width: length, height: 0.5, level: 110)
  }

  func read() -> PageEvidence {
    let page = FormPage(
      number: 1,
      blank: BlankSource(file: "blank-1.png", width: 720, height: 600, dpi: 25.4 * Self.scale),
      questions: Self.questions)
    let prepared = PreparedMarks(
      PreparedPage(form: "digits", page: page, blank: DigitTable().picture))
    return MarkReader().read(
      picture, map: Flat(), agreement: { _ in 1 }, on: prepared, key: "digits")
  }
}

@Suite struct UnderlineTests {
  @Test(
    "A line at the foot of a digit's cell, or just under it, is ink that a blank answer asks for",
    arguments: [1.5, 1.0, -0.8])
  func atTheFoot(aboveFoot: Double) {
    var table = DigitTable()
    table.underline(row: 1, column: 2, aboveFoot: aboveFoot)
    let evidence = table.read()
    guard
      case .review = Rules().decide(evidence, questions: DigitTable.questions)[1].outcome
    else {
      Issue.record("accepted: \(evidence.questions[1])")
      return
    }
    #expect(
      evidence.questions[1].targets[2].marked > 0.5 || evidence.questions[1].leftoverInkMM2 > 0.5)
  }

  @Test("So is a broad one from edge to edge of its cell")
  func broad() {
    var table = DigitTable()
    table.bar(
      x: DigitTable.left + 14.6, y: DigitTable.top + 17, width: 12.8, height: 1.1, level: 90)
    guard
      case .review = Rules().decide(table.read(), questions: DigitTable.questions)[1].outcome
    else {
      Issue.record("accepted")
      return
    }
  }

  @Test("So it is where every row has one, which is no dirt but how somebody marks")
  func everywhere() {
    var table = DigitTable()
    for row in 0..<4 { table.underline(row: row, column: row, aboveFoot: 1.2) }
    let answers = Rules().decide(table.read(), questions: DigitTable.questions)
    let isBlank = answers.map { if case .accepted([], _) = $0.outcome { true } else { false } }
    #expect(isBlank == [false, false, false, false])
  }

  @Test("A table's lines that are printed a little lower are no lines under digits")
  func shiftedLines() {
    for shift in 0...2 {
      #expect(
        DigitTable(linesLowerBy: shift).read().questions.allSatisfy { $0.leftoverInkMM2 == 0 })
    }
  }
}
