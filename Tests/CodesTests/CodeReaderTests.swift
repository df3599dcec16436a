// SPDX-License-Identifier: Apache-2.0
import Ballot
import Codes
import Form
import Foundation
import Geometry
import Imaging
import Testing

/// A blank that lies on its page as it is, only in other units.
private struct Plain: BlankToPage {
  func pagePoint(_ point: BlankPoint) -> PagePoint {
    PagePoint(x: point.x * DrawnComb.pixelsPerMM, y: point.y * DrawnComb.pixelsPerMM)
  }
}

struct CodeReaderTests {
  private static func prepared(_ comb: DrawnComb) -> PreparedCodes {
    let blank = DrawnComb(cells: comb.cells.count).picture
    let page = FormPage(
      number: 1,
      blank: BlankSource(file: "b.png", width: blank.width, height: blank.height, dpi: 300),
      questions: [Question(id: "code", label: "", kind: .code(cells: comb.cells))])
    return PreparedCodes(page, blank: blank)
  }

  @Test("Plain digits are named the same by both readers, an inner empty cell stays empty")
  func plain() throws {
    var comb = DrawnComb(cells: 8)
    let digits = [2, 7, 0, nil, 3, 1, 4, 5]
    for (cell, digit) in digits.enumerated() {
      if let digit { comb.write(digit, in: cell) }
    }
    let seen = try #require(
      CodeReader().read(comb.picture, map: Plain(), on: Self.prepared(comb))["code"])
    #expect(seen.map { $0.inkMM2 > 0 } == digits.map { $0 != nil })
    for (cell, digit) in zip(seen, digits) {
      guard let digit else { continue }
      #expect(cell.agrees, "\(digit): \(cell)")
      #expect(cell.best == digit)
    }
  }

  @Test("Scribbles and struck-out digits are named a digit by no two readers")
  func junk() throws {
    var comb = DrawnComb(cells: 3)
    for cell in 0..<3 {
      let middle = comb.cells[cell].center
      if cell != 1 { comb.write(8, in: cell) }
      comb.draw(
        (0..<10).map { turn -> (Double, Double) in
          let side = turn % 2 == 0 ? -1.7 : 1.8
          return (middle.x + side, middle.y - 2 + 0.42 * Double(turn))
        })
    }
    let seen = try #require(
      CodeReader().read(comb.picture, map: Plain(), on: Self.prepared(comb))["code"])
    #expect(seen.allSatisfy { $0.inkMM2 > 0 && !$0.agrees })
  }

  @Test("One engine, one thread: a second recognition starts no more")
  func threads() throws {
    let engine = try #require(LineEngine.handwriting())
    var comb = DrawnComb(cells: 4)
    for cell in 0..<4 { comb.write(cell + 2, in: cell) }
    let digits = comb.isolated(on: try comb.field()).compactMap(\.ink).map(CellPictures.forLine)
    let line = DigitLine.picture(digits)
    let first = try #require(engine.symbols(line))
    let before = try Self.threadCount()
    let again = try #require(engine.symbols(line))
    #expect(try Self.threadCount() <= before)
    #expect(first == again)
    #expect(first.count { $0.text == "." } == 5)
  }

  private static func threadCount() throws -> Int {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count
  }
}

struct SerialReaderTests {
  @Test("A printed serial is read from its place, by stock data")
  func serial() throws {
    var comb = DrawnComb(cells: 8, line: 255, paper: 255)
    let digits = [0, 2, 7, 4, 1, 3, 7, 5]
    for (cell, digit) in digits.enumerated() {
      // Print stands closer than writing in cells: 3 mm high, 2.3 mm apart.
      comb.write(digit, in: cell, height: 3, dx: Double(cell) * (2.3 - 6.4), width: 0.36, level: 10)
    }
    let box = BlankBox(x: 6.5, y: 7, width: 21, height: 5.4)
    let serial = try #require(SerialReader().read(comb.picture, map: Plain(), box: box))
    #expect(serial.text == "02741375")
    #expect((0...1).contains(serial.confidence))
  }

  @Test("Where nothing is printed there is no serial")
  func nothing() {
    let paper = GrayPicture(width: 300, height: 100)
    let reader = SerialReader()
    #expect(
      reader.read(paper, map: Plain(), box: BlankBox(x: 1, y: 1, width: 20, height: 5)) == nil)
    #expect(
      reader.read(paper, map: Plain(), box: BlankBox(x: 1, y: 1, width: 0, height: 5)) == nil)
    #expect(
      reader.read(paper, map: Plain(), box: BlankBox(x: 0, y: 0, width: 9000, height: 9000)) == nil)
  }
}
