// SPDX-License-Identifier: Apache-2.0
import Form
import Foundation
import Geometry
import Imaging
import OMR

/// Chance that is the same for the same seed.
struct Chance {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 2_862_933_555_777_941_757 &+ 3_037_000_493 }

  /// From 0 up to `bound`, left out.
  mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }
}

/// A blank form drawn by chance: lines of text-like print, a table of boxes.
struct SheetDrawing {
  static let dpi = 150.0
  static let perMM = dpi / 25.4
  static let (widthMM, heightMM) = (210.0, 297.0)

  var picture = GrayPicture(
    width: Int(widthMM * perMM), height: Int(heightMM * perMM), filledWith: 250)
  var boxes: [BlankBox] = []

  /// - Parameters:
  ///   - seed: Another seed gives another form.
  ///   - changedLines: So many of its lines read otherwise: another version of the form.
  init(seed: UInt64, changedLines: Int = 0) {
    for line in 0..<40 {
      let isTable = (26..<36).contains(line)
      let isChanged = line % 2 == 0 && line / 2 < changedLines
      var chance = Chance(seed: 1000 * seed + UInt64(line) + (isChanged ? 500 : 0))
      let y = 18 + 6.5 * Double(line)
      var x = 18 + Double(chance.below(3)) * 4
      let end = isTable ? 95 : 165 + Double(chance.below(25))
      while x < end {
        for _ in 0..<(2 + chance.below(7)) {
          letter(x: x, y: y, &chance)
          x += 2.4
        }
        x += 2
      }
      if isTable {
        for column in 0..<5 {
          let box = BlankBox(x: 110 + 18 * Double(column), y: y - 0.5, width: 4, height: 4)
          boxes.append(box)
          frame(box)
        }
      }
    }
  }

  private mutating func letter(x: Double, y: Double, _ chance: inout Chance) {
    for _ in 0..<(3 + chance.below(3)) {
      let (column, row) = (0.75 * Double(chance.below(3)), 0.75 * Double(chance.below(4)))
      if chance.below(2) == 0 {
        fill(BlankBox(x: x + column, y: y + row, width: 0.3, height: 1.2))
      } else {
        fill(BlankBox(x: x + column, y: y + row, width: 1, height: 0.3))
      }
    }
  }

  private mutating func frame(_ box: BlankBox) {
    fill(BlankBox(x: box.x, y: box.y, width: box.width, height: 0.3))
    fill(BlankBox(x: box.x, y: box.maxY - 0.3, width: box.width, height: 0.3))
    fill(BlankBox(x: box.x, y: box.y, width: 0.3, height: box.height))
    fill(BlankBox(x: box.maxX - 0.3, y: box.y, width: 0.3, height: box.height))
  }

  mutating func fill(_ box: BlankBox, level: UInt8 = 30) {
    let perMM = Self.perMM
    for y in Int(box.y * perMM)..<max(Int(box.y * perMM) + 1, Int(box.maxY * perMM)) {
      for x in Int(box.x * perMM)..<max(Int(box.x * perMM) + 1, Int(box.maxX * perMM))
      where x < picture.width && y < picture.height {
        picture[x, y] = level
      }
    }
  }

  func page(of form: String, number: Int = 1) -> PreparedPage {
    let targets = boxes.enumerated().map { Target(value: "\($0)", shape: .box, box: $1) }
    let question = Question(id: "q", label: "", kind: .multiple(targets))
    return PreparedPage(
      form: form,
      page: FormPage(
        number: number,
        blank: BlankSource(
          file: "blank.png", width: picture.width, height: picture.height, dpi: Self.dpi),
        questions: [question]),
      blank: picture)
  }
}

/// How a drawn sheet lies on its scan: known, so that a fit can be judged.
struct KnownWarp {
  var dpi = 150.0
  /// Quarter turns clockwise.
  var turns = 0
  var skewDegrees = 0.0
  /// Scale along each axis of the blank.
  var scaleX = 1.0
  var scaleY = 1.0
  /// How much nearer the sheet's lower end is to the camera.
  var tilt = 0.0
  /// Uneven feed along y: amplitude and wavelength in millimetres.
  var feed = (amplitude: 0.0, length: 60.0)
  /// Millimetres of the blank that are cut off at the bottom.
  var cut = 0.0
  var noise = 0

  var upright: (width: Int, height: Int) {
    let perMM = dpi / 25.4
    return (
      Int(SheetDrawing.widthMM * perMM), Int((SheetDrawing.heightMM - cut) * perMM)
    )
  }

  /// The place of the blank that a place of the upright scan shows.
  private func blank(uprightX x: Double, _ y: Double) -> BlankPoint {
    let perMM = dpi / 25.4
    let u = x / perMM - SheetDrawing.widthMM / 2
    let v = y / perMM - SheetDrawing.heightMM / 2
    let angle = -skewDegrees * Double.pi / 180
    let (ru, rv) = (u * cos(angle) - v * sin(angle), u * sin(angle) + v * cos(angle))
    let depth = 1 + tilt * rv / SheetDrawing.heightMM
    let by = rv / depth / scaleY + SheetDrawing.heightMM / 2
    return BlankPoint(
      x: ru / depth / scaleX + SheetDrawing.widthMM / 2,
      y: by + feed.amplitude * sin(2 * Double.pi * by / feed.length))
  }

  /// The place of the blank that a place of the scan shows.
  func blank(_ page: PagePoint) -> BlankPoint {
    let (width, height) = (Double(upright.width), Double(upright.height))
    switch turns {
    case 1: return blank(uprightX: page.y, height - page.x)
    case 2: return blank(uprightX: width - page.x, height - page.y)
    case 3: return blank(uprightX: width - page.y, page.x)
    default: return blank(uprightX: page.x, page.y)
    }
  }

  func scan(_ sheet: SheetDrawing) -> GrayPicture {
    let (width, height) = turns % 2 == 0 ? upright : (upright.height, upright.width)
    var chance = Chance(seed: 77)
    var picture = GrayPicture(width: width, height: height, filledWith: 250)
    let source = sheet.picture
    for y in 0..<height {
      for x in 0..<width {
        let place = blank(PagePoint(x: Double(x) + 0.5, y: Double(y) + 0.5))
        let (u, v) = (place.x * SheetDrawing.perMM - 0.5, place.y * SheetDrawing.perMM - 0.5)
        let (left, top) = (Int(u.rounded(.down)), Int(v.rounded(.down)))
        var level = 250.0
        if left >= 0, top >= 0, left < source.width - 1, top < source.height - 1 {
          let (fu, fv) = (u - Double(left), v - Double(top))
          level =
            Double(source[left, top]) * (1 - fu) * (1 - fv)
            + Double(source[left + 1, top]) * fu * (1 - fv)
            + Double(source[left, top + 1]) * (1 - fu) * fv
            + Double(source[left + 1, top + 1]) * fu * fv
        }
        if noise > 0 { level += Double(chance.below(2 * noise + 1) - noise) }
        picture[x, y] = UInt8(max(0, min(255, level)))
      }
    }
    return picture
  }

  /// The largest distance, in millimetres on the paper, of a fit from the truth over the sheet.
  func largestError(of fit: PageFit, _ picture: GrayPicture) -> Double {
    var largest = 0.0
    for y in stride(from: 0.5, to: Double(picture.height), by: 23) {
      for x in stride(from: 0.5, to: Double(picture.width), by: 23) {
        let page = PagePoint(x: x, y: y)
        let place = blank(page)
        guard place.x > 20, place.y > 20, place.x < 190, place.y < 275 else { continue }
        largest = max(largest, fit.pagePoint(place).distance(to: page) / fit.pixelsPerMM)
      }
    }
    return largest
  }
}
