// SPDX-License-Identifier: Apache-2.0
import Form
import Geometry

/// What stands at the same place of every page, in millimetres: corner marks, QR code, serial,
/// the foot. The form's own part lies between.
enum PageFrame {
  /// A4.
  static let width = 210.0
  static let height = 297.0

  static let left = 17.0
  static let right = 193.0
  static let contentWidth = right - left
  /// Where a page's content begins and ends.
  static let top = 31.0
  static let bottom = 282.5
  /// What stands left of the QR code on the first page ends here.
  static let headRight = 148.0

  /// Printers leave 4 to 5 mm at the paper's edge.
  static let cornerMarks = [(7.0, 7.0), (198, 7), (7, 285), (198, 285)].map {
    BlankBox(x: $0.0, y: $0.1, width: 5, height: 5)
  }
  /// The QR code without its margin of white.
  static let code = BlankBox(x: 175.5, y: 7, width: 17.5, height: 17.5)
  static let serial = BlankBox(x: 164, y: 25.2, width: 29, height: 4.6)

  static var label: LabelPlaces { LabelPlaces(code: code, serial: serial) }

  /// What a page of a version has besides its content.
  static func drawings(
    form: WrittenForm, version: String, page: Int, of pages: Int
  ) -> [Drawing] {
    let small = TextStyle(size: 7.5)
    var foot = small
    foot.alignment = .right
    let y = 285.6
    var drawings = cornerMarks.map { Drawing.fill($0, ink: 1) }
    drawings += [
      .text("\(form.name) · \(version)", small, at: BlankPoint(x: left, y: y), width: nil),
      .text(
        "Số phiếu:", foot, at: BlankPoint(x: headRight, y: serial.y + 1),
        width: serial.x - headRight - 1),
      .text("Trang \(page)/\(pages)", foot, at: BlankPoint(x: left, y: y), width: contentWidth),
    ]
    if page > 1 {
      drawings += [
        .text(form.title, small.bold(), at: BlankPoint(x: left, y: 17.5), width: nil),
        .text(form.head.subtitle, small, at: BlankPoint(x: left, y: 21.6), width: headRight - left),
        .rule(left, 28.4, headRight, 28.4),
      ]
    }
    return drawings
  }

  /// A sheet's serial, with its check value.
  static func drawings(serial label: SheetLabel) -> [Drawing] {
    let text = label.printedSerial
    let isLong = text.count > mostLargeDigits
    let at = BlankPoint(x: serial.x + 0.5, y: serial.y + (isLong ? 0 : -0.5))
    return [.text(text, TextStyle(size: isLong ? 9 : 11, isBold: true), at: at, width: nil)]
  }

  /// As many signs as fit into the serial's place in its usual size; up to 15 fit in the smaller.
  private static let mostLargeDigits = 12
}
