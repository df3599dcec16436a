// SPDX-License-Identifier: Apache-2.0
import Imaging
import Review
import Testing

@Suite struct DrawingTests {
  /// Paper with one upright stroke, a pixel wide.
  static func stroke(width: Int, height: Int, at x: Int, level: UInt8 = 30) -> GrayPicture {
    var picture = GrayPicture(width: width, height: height, filledWith: 235)
    for y in 0..<height { picture[x, y] = level }
    return picture
  }

  static let cell = (width: 8, height: 16)

  @Test(
    "A thin upright stroke stays upright, unbroken and where it was",
    arguments: [30, 120, 170] as [UInt8])
  func keepsStrokes(level: UInt8) {
    let picture = Self.stroke(width: 700, height: 110, at: 350, level: level)
    let drawing = Drawing(picture, graphics: .symbols, columns: 77, rows: 12, cell: Self.cell)
    let places = drawing.lines.map { line in
      Array(line).firstIndex { $0 != " " && $0 != "\u{2800}" }
    }
    let column = Int(350 / drawing.pixelsPerColumn)
    #expect(places == [Int?](repeating: column, count: drawing.rows))
    #expect(drawing.columns <= 77 && drawing.rows <= 12)
  }

  @Test("Paper is dark: dots are drawn for ink only")
  func paperIsEmpty() {
    let picture = GrayPicture(width: 400, height: 60, filledWith: 180)
    let drawing = Drawing(picture, graphics: .symbols, columns: 40, rows: 6, cell: Self.cell)
    #expect(drawing.lines.allSatisfy { $0.allSatisfy { $0 == " " || $0 == "\u{2800}" } })
  }

  @Test("Pictures for sixel and kitty come as escapes over blank lines")
  func escapes() throws {
    let picture = Self.stroke(width: 300, height: 60, at: 100)
    let sixel = Drawing(picture, graphics: .sixel, columns: 60, rows: 10, cell: Self.cell)
    #expect(try #require(sixel.escape).hasPrefix("\u{1B}P"))
    let kitty = Drawing(picture, graphics: .kitty, columns: 60, rows: 10, cell: Self.cell)
    #expect(try #require(kitty.escape).hasPrefix("\u{1B}_G"))
    #expect(kitty.lines == [String](repeating: "", count: kitty.rows))
  }

  @Test("Inside tmux pictures are symbols, whatever the outer terminal can do")
  func detects() {
    #expect(
      Graphics.auto.settled(environment: ["TERM": "xterm-kitty", "TMUX": "/tmp/x"]) == .symbols)
    #expect(Graphics.auto.settled(environment: ["TERM": "xterm-kitty"]) == .kitty)
    #expect(Graphics.auto.settled(environment: ["TERM": "dumb"]) == .symbols)
    #expect(Graphics.sixel.settled(environment: ["TMUX": "/tmp/x"]) == .sixel)
  }
}
