// SPDX-License-Identifier: Apache-2.0
import Codes
import Geometry
import Imaging
import Testing

/// A comb of cells drawn by the tests themselves, at 300 dpi: they share nothing with the painter.
struct DrawnComb {
  static let pixelsPerMM = 300 / 25.4
  static let cellSize = (width: 6.4, height: 7.4)
  static let origin = (x: 6.0, y: 6.0)

  var picture: GrayPicture
  let cells: [BlankBox]

  /// An empty comb of so many cells; `line` is the level of its lines, 0.3 mm wide.
  init(cells count: Int, line: UInt8 = 20, paper: UInt8 = 240) {
    let mm = Self.pixelsPerMM
    let width = Int((2 * Self.origin.x + Double(count) * Self.cellSize.width) * mm)
    let height = Int((2 * Self.origin.y + Self.cellSize.height) * mm)
    picture = GrayPicture(width: width, height: height, filledWith: paper)
    cells = (0..<count).map {
      BlankBox(
        x: Self.origin.x + Double($0) * Self.cellSize.width, y: Self.origin.y,
        width: Self.cellSize.width, height: Self.cellSize.height)
    }
    for cell in cells {
      let corners = cell.corners.map { ($0.x, $0.y) }
      for (a, b) in zip(corners, corners.dropFirst() + [corners[0]]) {
        draw([a, b], width: 0.3, level: line)
      }
    }
  }

  /// Draws straight lines from place to place, in millimetres.
  mutating func draw(_ places: [(Double, Double)], width: Double = 0.45, level: UInt8 = 30) {
    let mm = Self.pixelsPerMM
    for (a, b) in zip(places, places.dropFirst()) {
      let reach = width / 2 * mm + 1
      let (ax, ay, bx, by) = (a.0 * mm, a.1 * mm, b.0 * mm, b.1 * mm)
      let length = max(1e-9, (bx - ax) * (bx - ax) + (by - ay) * (by - ay))
      for y in max(0, Int(min(ay, by) - reach))...min(picture.height - 1, Int(max(ay, by) + reach))
      {
        for x in max(0, Int(min(ax, bx) - reach))...min(picture.width - 1, Int(max(ax, bx) + reach))
        {
          let (px, py) = (Double(x) + 0.5 - ax, Double(y) + 0.5 - ay)
          let t = max(0, min(1, (px * (bx - ax) + py * (by - ay)) / length))
          let (dx, dy) = (px - t * (bx - ax), py - t * (by - ay))
          let cover = max(0, min(1, width / 2 * mm - (dx * dx + dy * dy).squareRoot() + 0.5))
          let old = Double(picture[x, y])
          picture[x, y] = min(picture[x, y], UInt8(old + (Double(level) - old) * cover))
        }
      }
    }
  }

  /// Writes a digit into a cell, off its middle by so much, in millimetres.
  mutating func write(
    _ digit: Int, in cell: Int, height: Double = 4.6, dx: Double = 0, dy: Double = 0,
    width: Double = 0.45, level: UInt8 = 30
  ) {
    let middle = cells[cell].center
    for line in Self.shapes[digit] {
      draw(
        line.map { (middle.x + dx + $0.0 * height, middle.y + dy + $0.1 * height) },
        width: width, level: level)
    }
  }

  /// Digits as lines; (0, 0) is the middle, 1 the height.
  static let shapes: [[[(Double, Double)]]] = [
    [ring(0, 0, 0.28, 0.5)],
    [[(-0.12, -0.3), (0.04, -0.5), (0.04, 0.5)]],
    [
      [
        (-0.26, -0.28), (-0.18, -0.44), (0, -0.5), (0.2, -0.43), (0.26, -0.25), (0.16, -0.02),
        (-0.28, 0.5), (0.3, 0.5),
      ]
    ],
    [
      [
        (-0.24, -0.42), (0, -0.5), (0.22, -0.38), (0.2, -0.14), (-0.04, -0.03), (0.2, 0.06),
        (0.27, 0.26), (0.16, 0.45), (-0.06, 0.5), (-0.26, 0.4),
      ]
    ],
    [[(-0.02, -0.5), (-0.3, 0.14), (0.3, 0.14)], [(0.12, -0.2), (0.1, 0.5)]],
    [
      [
        (0.24, -0.5), (-0.18, -0.5), (-0.22, -0.08), (0.04, -0.14), (0.24, 0), (0.27, 0.24),
        (0.12, 0.46), (-0.1, 0.5), (-0.26, 0.4),
      ]
    ],
    [[(0.16, -0.5), (-0.12, -0.22), (-0.24, 0.14)] + ring(0, 0.24, 0.24, 0.26, from: 0.5)],
    [[(-0.28, -0.5), (0.28, -0.5), (-0.04, 0.5)]],
    [ring(0, -0.26, 0.2, 0.24), ring(0, 0.24, 0.25, 0.26)],
    [ring(0, -0.25, 0.22, 0.25), [(0.22, -0.25), (0.2, 0.1), (0.08, 0.5)]],
  ]

  private static func ring(
    _ x: Double, _ y: Double, _ rx: Double, _ ry: Double, from part: Double = 0
  ) -> [(Double, Double)] {
    // Sixteen corners of a circle, by halving: no trigonometry needed.
    let eighth: [(Double, Double)] = [(1, 0), (0.924, 0.383), (0.707, 0.707), (0.383, 0.924)]
    var circle = eighth
    circle += eighth.map { (-$0.1, $0.0) }
    circle += eighth.map { (-$0.0, -$0.1) }
    circle += eighth.map { ($0.1, -$0.0) }
    let begin = Int(part * 16)
    let turned = Array(circle[begin...] + circle[..<begin])
    return (turned + [turned[0]]).map { (x + $0.0 * rx, y + $0.1 * ry) }
  }

  /// The comb as a prepared field, from its own empty blank.
  func field(line: UInt8 = 20) throws -> PreparedField {
    let blank = DrawnComb(cells: cells.count, line: line)
    return try #require(
      PreparedField(
        question: "code", cells: cells, blank: blank.picture, pixelsPerMM: Self.pixelsPerMM))
  }

  /// The isolated cells, where the registration is wrong by so much, in millimetres.
  func isolated(
    on field: PreparedField, errorX: Double = 0, errorY: Double = 0
  ) -> [IsolatedCell] {
    CellIsolation.isolate(
      picture,
      map: {
        PagePoint(x: ($0.x + errorX) * Self.pixelsPerMM, y: ($0.y + errorY) * Self.pixelsPerMM)
      }, field: field)
  }

  /// Black and white alone.
  mutating func split(at level: UInt8 = 128) {
    for at in picture.pixels.indices { picture.pixels[at] = picture.pixels[at] > level ? 255 : 0 }
  }
}
