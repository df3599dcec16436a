// SPDX-License-Identifier: Apache-2.0
import Codes
import Geometry
import Imaging
import Testing

struct IsolationTests {
  @Test(
    "Empty cells are empty, wherever the registration says they lie", arguments: [-0.35, 0, 0.4])
  func emptyCells(error: Double) throws {
    let comb = DrawnComb(cells: 5)
    let cells = comb.isolated(on: try comb.field(), errorX: error, errorY: -error)
    #expect(cells.count == 5)
    #expect(cells.allSatisfy { $0.ink == nil && $0.inkMM2 == 0 })
  }

  @Test("Empty cells are empty in black and white, with pale lines, with thicker lines")
  func emptyCellsOtherwisePrinted() throws {
    var split = DrawnComb(cells: 4)
    split.split()
    #expect(split.isolated(on: try split.field()).allSatisfy { $0.ink == nil })
    let pale = DrawnComb(cells: 4, line: 190)
    #expect(pale.isolated(on: try pale.field(line: 190)).allSatisfy { $0.ink == nil })
    // A photocopy: the blank is black, the page gray and swollen.
    var swollen = DrawnComb(cells: 4, line: 90)
    for cell in swollen.cells {
      let corners = cell.corners.map { ($0.x, $0.y) }
      swollen.draw([corners[0], corners[1]], width: 0.5, level: 90)
      swollen.draw([corners[1], corners[2]], width: 0.5, level: 90)
    }
    #expect(swollen.isolated(on: try swollen.field()).allSatisfy { $0.ink == nil })
  }

  @Test("A digit that leaves its cell stays whole and leaves its neighbours empty")
  func leaning() throws {
    var comb = DrawnComb(cells: 3)
    comb.write(7, in: 1, height: 6, dx: 1.6, dy: 1.2)
    let cells = comb.isolated(on: try comb.field())
    #expect(cells[0].ink == nil)
    #expect(cells[2].ink == nil)
    let ink = try #require(cells[1].ink)
    // As high as it was written, where it crosses the lower line and the right one.
    #expect(abs(Double(ink.height) / 12 - 6.4) < 0.35)
    #expect(!cells[1].isCut)
  }

  @Test("A stroke across a line is put back together")
  func bridged() throws {
    var comb = DrawnComb(cells: 2)
    comb.write(1, in: 0, height: 6, dy: 2)
    let ink = try #require(comb.isolated(on: try comb.field())[0].ink)
    let middle = (0..<ink.height).filter { y in
      !(0..<ink.width).contains { ink[$0, y] > 60 }
    }
    #expect(middle.isEmpty, "rows without ink: \(middle)")
  }

  @Test("Digits that touch are cut between their cells, and said to be")
  func touching() throws {
    var comb = DrawnComb(cells: 2)
    comb.write(0, in: 0, height: 5, dx: 1.9)
    comb.write(0, in: 1, height: 5, dx: -1.9)
    let cells = comb.isolated(on: try comb.field())
    #expect(cells.allSatisfy { $0.isCut && $0.ink != nil })
  }

  @Test("Of a chain of digits that touch none is lost")
  func chain() throws {
    var comb = DrawnComb(cells: 6)
    for cell in 0..<6 { comb.write(0, in: cell, height: 5) }
    // As high as the middles of the digits lie, from the first to the last.
    comb.draw([(8.5, 9.7), (41.2, 9.7)])
    let cells = comb.isolated(on: try comb.field())
    #expect(cells.allSatisfy { $0.isCut && $0.ink != nil })
  }

  @Test("A streak through an empty code is no digit")
  func streak() throws {
    var comb = DrawnComb(cells: 3)
    comb.draw([(14.3, 0.2), (14.3, 19)], width: 0.2, level: 90)
    #expect(comb.isolated(on: try comb.field()).allSatisfy { $0.ink == nil })
  }

  @Test("Specks and what shines through from the back are left out, and counted")
  func dirt() throws {
    var comb = DrawnComb(cells: 2)
    comb.write(4, in: 0)
    comb.draw([(11.6, 8.2), (11.65, 8.2)], width: 0.25)
    comb.write(3, in: 0, height: 2, dx: -1.9, dy: 2, level: 200)
    let cells = comb.isolated(on: try comb.field())
    #expect(cells[0].ink != nil)
    #expect(cells[0].dirtMM2 > 0.05)
    #expect(cells[1].ink == nil)
  }

  @Test("Ink is as dark as the cell's own strokes: a pencil's digit looks like a pen's")
  func normalised() throws {
    var comb = DrawnComb(cells: 2)
    comb.write(5, in: 0, level: 20)
    comb.write(5, in: 1, level: 170)
    let cells = comb.isolated(on: try comb.field())
    let (pen, pencil) = (try #require(cells[0].ink), try #require(cells[1].ink))
    #expect(cells[0].strength > 2.5 * cells[1].strength)
    let means = [pen, pencil].map { picture in
      picture.pixels.reduce(0) { $0 + Double($1) } / Double(picture.pixels.count)
    }
    #expect(abs(means[0] - means[1]) < 15)
  }

  @Test("Cells that are no cells, or lie off the picture, are taken as they come")
  func nonsense() throws {
    let blank = GrayPicture(width: 40, height: 40)
    #expect(PreparedField(question: "x", cells: [], blank: blank, pixelsPerMM: 12) == nil)
    let huge = BlankBox(x: 0, y: 0, width: 4000, height: 4000)
    #expect(PreparedField(question: "x", cells: [huge], blank: blank, pixelsPerMM: 12) == nil)
    let away = BlankBox(x: 500, y: 500, width: 6, height: 7)
    let field = try #require(
      PreparedField(question: "x", cells: [away], blank: blank, pixelsPerMM: 12))
    let cells = CellIsolation.isolate(
      blank, map: { PagePoint(x: $0.x, y: $0.y) }, field: field)
    #expect(cells.map(\.ink) == [nil])
  }
}

struct CellPicturesTests {
  @Test("A digit fills the readers' pictures, a dot stays small")
  func scaled() {
    let digit = GrayPicture(width: 40, height: 60, filledWith: 255)
    let line = CellPictures.forLine(digit)
    #expect((line.width, line.height) == (17, 36))
    let rows = (0..<36).filter { line[8, $0] > 0 }
    #expect(rows == Array(5..<31))
    let dot = CellPictures.forNetwork(GrayPicture(width: 5, height: 5, filledWith: 255))
    #expect(dot.count { $0 > 0 } <= 25)
  }

  @Test("Shrinking keeps the mean", arguments: [(37, 53), (28, 30), (120, 200)])
  func mean(size: (Int, Int)) {
    var ink = GrayPicture(width: size.0, height: size.1, filledWith: 0)
    for at in ink.pixels.indices { ink.pixels[at] = UInt8(at * 37 % 256) }
    let small = CellPictures.forNetwork(ink)
    let scale = 22 / Double(max(size.0, size.1))
    let sum = ink.pixels.reduce(0) { $0 + Double($1) } / Double(ink.pixels.count)
    let area = (Double(size.0) * scale).rounded() * (Double(size.1) * scale).rounded()
    #expect(abs(small.reduce(0) { $0 + Double($1) } / area - sum) < 1.5)
  }
}
