// SPDX-License-Identifier: Apache-2.0
import Codes
import Imaging
import Testing

struct DigitLineTests {
  struct Example: CustomTestStringConvertible {
    let testDescription: String
    let symbols: String
    let count: Int
    let cells: [String?]
  }

  static let examples = [
    Example(testDescription: "a digit a cell", symbols: ".4.1.", count: 2, cells: ["4", "1"]),
    Example(testDescription: "what is no digit", symbols: ".#.", count: 1, cells: ["#"]),
    Example(
      testDescription: "a cell without symbol", symbols: ".4..7.", count: 3, cells: ["4", nil, "7"]),
    Example(testDescription: "two in a cell", symbols: ".41.7.", count: 2, cells: [nil, "7"]),
    Example(testDescription: "a dot too few", symbols: ".47.", count: 2, cells: [nil, nil]),
    Example(testDescription: "a dot too many", symbols: ".4.7..", count: 2, cells: [nil, nil]),
    Example(testDescription: "before the first dot", symbols: "4.7.", count: 1, cells: [nil]),
    Example(testDescription: "after the last dot", symbols: ".4.7", count: 1, cells: [nil]),
    Example(testDescription: "nothing", symbols: "", count: 2, cells: [nil, nil]),
  ]

  @Test("A line is believed only where its dots stand as they were set", arguments: examples)
  func parsed(_ example: Example) {
    let symbols = example.symbols.map { LineSymbol(text: String($0), confidence: 0.9) }
    #expect(DigitLine.cells(symbols, count: example.count).map { $0?.text } == example.cells)
  }

  @Test("A line is white, with a dot before, between and after the digits")
  func drawn() {
    let digit = GrayPicture(width: 10, height: CellPictures.lineHeight, filledWith: 255)
    let line = DigitLine.picture([digit, digit])
    #expect((line.width, line.height) == (74, 36))
    let dots = (0..<line.width).filter { line[$0, 30] == 0 }
    #expect(
      dots == Array(7..<11) + Array(18..<28) + Array(35..<39) + Array(46..<56) + Array(63..<67))
    #expect(line[8, 27] == 255 && line[8, 32] == 255)
  }
}
