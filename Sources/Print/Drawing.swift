// SPDX-License-Identifier: Apache-2.0
import Geometry

/// How words are set.
struct TextStyle: Hashable, Sendable {
  enum Alignment: Int32, Hashable, Sendable {
    case left = 0
    case centre = 1
    case right = 2
  }

  /// In points.
  var size: Double
  var isBold = false
  var alignment = Alignment.left

  func bold() -> TextStyle { TextStyle(size: size, isBold: true, alignment: alignment) }
  func centred() -> TextStyle { TextStyle(size: size, isBold: isBold, alignment: .centre) }
  func scaled(_ factor: Double) -> TextStyle {
    TextStyle(size: size * factor, isBold: isBold, alignment: alignment)
  }
}

/// One thing that is drawn, in millimetres on the blank. `ink` goes from 0 to 1, black.
enum Drawing: Hashable, Sendable {
  /// Words from an upper left corner; lines break at the width where there is one.
  case text(String, TextStyle, at: BlankPoint, width: Double?)
  /// The border of a box, drawn inside it.
  case frame(BlankBox, line: Double)
  case fill(BlankBox, ink: Double)
  /// A line with round ends; dotted where `dash`, the distance of its dots, is not 0.
  case path([BlankPoint], line: Double, dash: Double)
  case ellipse(BlankBox, line: Double)

  func moved(x dx: Double = 0, y dy: Double) -> Drawing {
    switch self {
    case .text(let text, let style, let at, let width):
      .text(text, style, at: at.shifted(x: dx, y: dy), width: width)
    case .frame(let box, let line): .frame(box.moved(x: dx, y: dy), line: line)
    case .fill(let box, let ink): .fill(box.moved(x: dx, y: dy), ink: ink)
    case .path(let points, let line, let dash):
      .path(points.map { $0.shifted(x: dx, y: dy) }, line: line, dash: dash)
    case .ellipse(let box, let line): .ellipse(box.moved(x: dx, y: dy), line: line)
    }
  }

  /// A straight line.
  static func rule(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, line: Double = 0.25
  ) -> Drawing {
    .path([BlankPoint(x: x1, y: y1), BlankPoint(x: x2, y: y2)], line: line, dash: 0)
  }

  /// A dotted line to write on.
  static func dots(from x1: Double, to x2: Double, y: Double) -> Drawing {
    .path([BlankPoint(x: x1, y: y), BlankPoint(x: x2, y: y)], line: 0.25, dash: 1.1)
  }
}

extension Box {
  func moved(x dx: Double, y dy: Double) -> Box {
    Box(x: x + dx, y: y + dy, width: width, height: height)
  }
}
