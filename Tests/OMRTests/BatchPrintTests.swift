// SPDX-License-Identifier: Apache-2.0
import Ballot
import Form
import Geometry
import Imaging
import OMR
import Testing

/// What sheets of a batch print beside their blank, told from what people write.
@Suite("Print of a batch")
struct BatchPrintTests {
  private let marks = PreparedMarks(Sheet.prepared())

  /// The blank as a copier drew it that stopped in one row: in its boxes a pale line, which the
  /// reader of marks can't tell from a pencil.
  private func lined(row: Int) -> GrayPicture {
    var page = Sheet.blank()
    for box in Sheet.questions[row].boxes {
      let (x, y) = (Int(box.x * Sheet.scale), Int(box.maxY * Sheet.scale))
      for dx in 6..<14 { page[x + dx, y - 8] = 200 }
    }
    return page
  }

  private func read(
    _ picture: GrayPicture, batch: BatchPrint? = nil, note: ((PrintSample) -> Void)? = nil
  ) -> [Answer] {
    Rules().decide(
      MarkReader().read(
        picture, map: Flat(), agreement: { _ in 1 }, on: marks, key: "sheet", batch: batch,
        note: note),
      questions: Sheet.questions)
  }

  /// The values accepted; `nil` where a person is asked.
  private func accepted(_ answers: [Answer]) -> [[String]?] {
    answers.map { if case .accepted(let value, _) = $0.outcome { value } else { nil } }
  }

  private func tally(of sheets: [GrayPicture]) throws -> PrintTally {
    var tally = try #require(PrintTally(marks))
    for sheet in sheets { _ = read(sheet, note: { tally.add($0) }) }
    return tally
  }

  @Test("A line that every sheet prints and the blank does not show is no reason to ask")
  func printedLine() throws {
    let sheets = (0..<12).map { number in
      var sheet = lined(row: 2)
      for row in 0..<6 where row != 2 {
        Sheet.cross(&sheet, row: row, column: (row + number) % 3)
      }
      return sheet
    }
    let first = read(sheets[0])
    let print = try #require(try tally(of: sheets).batchPrint())
    let second = read(sheets[0], batch: print)
    #expect(!first[2].isAccepted)
    #expect(second.count { !$0.isAccepted } == 0)
  }

  @Test("A cross over what every sheet prints is read")
  func crossOverPrint() throws {
    let sheets = [GrayPicture](repeating: lined(row: 2), count: 12)
    let print = try #require(try tally(of: sheets).batchPrint())
    var marked = lined(row: 2)
    Sheet.cross(&marked, row: 2, column: 1)
    #expect(accepted(read(marked, batch: print))[2] == ["2"])
  }

  @Test("An answer that nearly everybody gives is no print")
  func popularAnswer() throws {
    let sheets = (0..<12).map { number in
      var sheet = Sheet.blank()
      for row in 0..<6 { Sheet.cross(&sheet, row: row, column: number < 10 ? 1 : 2) }
      return sheet
    }
    let print = try tally(of: sheets).batchPrint()
    #expect(accepted(read(sheets[0], batch: print)) == [[String]?](repeating: ["2"], count: 6))
  }

  @Test("Faint marks of some at a box that most marked are no print")
  func faintAmongMany() throws {
    let sheets = (0..<20).map { number in
      var sheet = Sheet.blank()
      if number < 8 {
        let box = Sheet.questions[2].boxes[1]
        let (x, y) = (Int(box.x * Sheet.scale), Int(box.maxY * Sheet.scale))
        for dx in 6..<14 { sheet[x + dx, y - 8] = 200 }
      }
      for row in 0..<6 where row != 2 || number >= 8 {
        Sheet.cross(&sheet, row: row, column: 1)
      }
      return sheet
    }
    let print = try tally(of: sheets).batchPrint()
    #expect(!read(sheets[0], batch: print)[2].isAccepted)
  }

  @Test("Eleven sheets do not tell what the batch prints, twelve do")
  func fewSheets() throws {
    let sheets = [GrayPicture](repeating: lined(row: 2), count: 12)
    #expect(try tally(of: Array(sheets.dropLast())).batchPrint() == nil)
    #expect(try tally(of: sheets).batchPrint()?.sheets == 12)
  }
}
