// SPDX-License-Identifier: Apache-2.0
public import Form
package import Geometry
public import Imaging

/// What reading a form page's codes needs of the form: made once, shared by all workers.
public struct PreparedCodes: Sendable {
  /// One a code, in the page's order.
  package let fields: [PreparedField]

  /// - Parameters:
  ///   - page: The form's page.
  ///   - blank: Its picture, `page.blank.width` × `page.blank.height`.
  public init(_ page: FormPage, blank: GrayPicture) {
    let pixels = 1 / page.blank.mmPerPixel
    fields = page.questions.compactMap { question in
      guard case .code(let cells) = question.kind else { return nil }
      return PreparedField(
        question: question.id, cells: cells, blank: blank, pixelsPerMM: pixels)
    }
  }
}

/// One code's cells with the print round them.
package struct PreparedField: Sendable {
  package let question: String
  package let canvas: FieldCanvas
  package let cells: [BlankBox]
  /// The cells in squares of the canvas.
  let boxes: [FieldBox]
  let lines: [CellLine]
  /// 1 where the blank has other print than the lines, and a little round it.
  let print: [UInt8]

  /// What is darker than the paper by this is print, in levels.
  private static let printLevel: Float = 45
  /// Print is kept out with so much round it, in squares: 0.35 mm, a registration's error and
  /// the widening of a photocopy.
  private static let printMargin = 4
  /// What stands so near to a line is the line, uneven: squares, 0.4 mm.
  private static let lineMargin = 5.0

  /// `nil` where the cells are too large to be cells; `pixelsPerMM` is the blank picture's.
  package init?(
    question: String, cells: [BlankBox], blank: GrayPicture, pixelsPerMM: Double
  ) {
    guard let canvas = FieldCanvas(around: cells) else { return nil }
    self.question = question
    self.canvas = canvas
    self.cells = cells
    boxes = cells.map { canvas.box($0) }
    let sampled = canvas.sample(blank) {
      PagePoint(x: $0.x * pixelsPerMM, y: $0.y * pixelsPerMM)
    }
    let paper = sampled.pixels.sorted()[sampled.pixels.count * 3 / 4]
    let darkness = FloatPicture(
      width: canvas.width, height: canvas.height, pixels: sampled.pixels.map { paper - $0 })
    lines = CellLines.onBlank(boxes, darkness: darkness)
    print = Self.otherPrint(darkness, lines: lines)
  }

  private static func otherPrint(_ darkness: FloatPicture, lines: [CellLine]) -> [UInt8] {
    var mask = darkness.pixels.map { $0 > printLevel ? UInt8(1) : 0 }
    let (width, height) = (darkness.width, darkness.height)
    for line in lines {
      line.forEachSquare(margin: lineMargin, width: width, height: height) { mask[$0] = 0 }
    }
    guard mask.contains(1) else { return mask }
    return GrayPicture(width: width, height: height, pixels: mask)
      .brightest(within: printMargin).pixels
  }
}

extension CellLine {
  /// Each square of the line with a margin across it, as an index into a canvas.
  func forEachSquare(margin: Double, width: Int, height: Int, _ body: (Int) -> Void) {
    let isAcross = direction == .across
    let ends =
      max(
        0, Int(from.rounded()))..<max(
        max(0, Int(from.rounded())), min(isAcross ? width : height, Int(to.rounded())))
    for across in band(margin: margin)
    where across >= 0 && across < (isAcross ? height : width) {
      for along in ends { body(isAcross ? across * width + along : along * width + across) }
    }
  }
}
