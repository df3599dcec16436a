// SPDX-License-Identifier: Apache-2.0
import Form
import Geometry

// How to mark, in words and in little pictures: right, wrong, taken back.

extension Composer {
  private var rule: CancelRule { form.cancel(on: look) }

  private var markingWords: String {
    if !form.head.marking.isEmpty { return form.head.marking }
    switch look {
    case .boxes:
      return "Xin Ông/Bà đánh dấu tích hoặc dấu nhân (×) vào ô vuông của phương án được chọn."
    case .digits:
      return "Xin Ông/Bà khoanh tròn xung quanh chữ số (1, 2, 3, …) tương ứng với phương án trả "
        + "lời mà Ông/Bà lựa chọn."
    }
  }

  private var correctingWords: String {
    if !form.head.correcting.isEmpty { return form.head.correcting }
    switch rule {
    case .none: return ""
    case .blacken:
      return "Muốn bỏ một ô đã đánh dấu: tô kín cả ô đó, rồi đánh dấu vào ô khác."
    case .crossedRing:
      return "Muốn bỏ một chữ số đã khoanh: gạch chéo vòng tròn đó, rồi khoanh chữ số khác."
    }
  }

  /// The frame that tells how to mark.
  func instruction() -> Strip {
    var strip = Strip(above: 1.6)
    let pictures = pictures()
    let pictureWide = 25.0
    let wide = width - Double(pictures.count) * pictureWide - 5
    var y = 1.6
    y += append(markingWords, body, to: &strip, x: left + 2, y: y, width: wide).height + 0.4
    y += append(correctingWords, body, to: &strip, x: left + 2, y: y, width: wide).height
    let height = max(y + 1.6, 15)
    for (index, picture) in pictures.enumerated() {
      let x = right - Double(pictures.count - index) * pictureWide
      let caption = TextStyle(size: 8.5, isBold: true).centred()
      let words = fonts.extent(picture.caption, caption, width: pictureWide - 2).height
      append(
        picture.caption, caption, to: &strip, x: x + 1, y: height - words - 1.4,
        width: pictureWide - 2)
      let drawn = picture.drawings.map {
        $0.moved(x: x + pictureWide / 2, y: (height - words - 1.4) / 2)
      }
      strip.drawings += drawn
    }
    strip.height = height
    let frame = BlankBox(x: left, y: 0, width: width, height: height)
    strip.drawings.append(.frame(frame, line: 0.25))
    return strip
  }

  private struct Picture {
    var caption: String
    /// Round its own middle.
    var drawings: [Drawing]
  }

  private func pictures() -> [Picture] {
    var pictures = [
      Picture(caption: "Đúng", drawings: look == .boxes ? rightBoxes : rightDigits),
      Picture(caption: "Sai", drawings: look == .boxes ? wrongBoxes : wrongDigits),
    ]
    switch rule {
    case .none: break
    case .blacken: pictures.append(Picture(caption: "Bỏ ô trái", drawings: takenBackBoxes))
    case .crossedRing:
      pictures.append(Picture(caption: "Bỏ số 4", drawings: takenBackDigits))
    }
    return pictures
  }

  // MARK: - Boxes

  private func box(_ x: Double) -> BlankBox {
    BlankBox(x: x - Self.box / 2, y: -Self.box / 2, width: Self.box, height: Self.box)
  }

  private func tick(_ x: Double, _ y: Double) -> Drawing {
    .path(
      [
        BlankPoint(x: x - 1.6, y: y), BlankPoint(x: x - 0.5, y: y + 1.5),
        BlankPoint(x: x + 2.1, y: y - 2.2),
      ], line: 0.5, dash: 0)
  }

  private func cross(_ x: Double, _ size: Double = 1.7) -> [Drawing] {
    [-1.0, 1].map { turn in
      .path(
        [BlankPoint(x: x - size, y: -size * turn), BlankPoint(x: x + size, y: size * turn)],
        line: 0.5, dash: 0)
    }
  }

  private var rightBoxes: [Drawing] {
    [.frame(box(-5), line: 0.3), tick(-5, 0), .frame(box(5), line: 0.3)] + cross(5)
  }

  private var wrongBoxes: [Drawing] {
    // Beside the box, and round it.
    [
      .frame(box(-4), line: 0.3), tick(-8.6, 0), .frame(box(5), line: 0.3),
      .ellipse(BlankBox(x: 1.2, y: -3.8, width: 7.6, height: 7.6), line: 0.5),
    ]
  }

  private var takenBackBoxes: [Drawing] {
    [.fill(box(-5), ink: 1), .frame(box(5), line: 0.3), tick(5, 0)]
  }

  // MARK: - Digits

  private func digit(_ text: String, _ x: Double) -> [Drawing] {
    let cell = BlankBox(x: x - 4, y: -3.2, width: 8, height: 6.4)
    return target(text, in: cell)
  }

  private func ring(_ x: Double, _ wide: Double = 6, y: Double = -2.8) -> Drawing {
    .ellipse(BlankBox(x: x - wide / 2, y: y, width: wide, height: 5.6), line: 0.5)
  }

  private var rightDigits: [Drawing] { digit("4", -4) + digit("5", 4) + [ring(-4)] }

  private var wrongDigits: [Drawing] {
    // One ring round two digits.
    digit("4", -4) + digit("5", 4) + [ring(0, 14)]
  }

  private var takenBackDigits: [Drawing] {
    let over = cross(0, 2.6).map { $0.moved(x: -4, y: 0) }
    return digit("4", -4) + digit("5", 4) + [ring(-4), ring(4)] + over
  }
}
