// SPDX-License-Identifier: Apache-2.0
import Ballot
import Form
import Foundation
import Geometry
import Imaging
import OMR
import Testing

/// What happens to a sheet on its way, one thing at a time.
struct Wear: CustomTestStringConvertible, Sendable {
  var testDescription: String
  var warp = KnownWarp(dpi: 200)
  /// What happens to the paper, in its own pixels.
  var onPaper: @Sendable (inout SheetDrawing) -> Void = { _ in }
  /// What happens to the scan.
  var onScan: @Sendable (inout GrayPicture) -> Void = { _ in }
  /// So many of the sheet's ten questions may be asked because of it.
  var mayAsk = 1

  static let all = warps + papers + scans

  private static let warps = [
    Wear(testDescription: "upside down", warp: KnownWarp(dpi: 200, turns: 2)),
    Wear(testDescription: "on its side", warp: KnownWarp(dpi: 200, turns: 1)),
    Wear(testDescription: "skewed", warp: KnownWarp(dpi: 200, skewDegrees: -4)),
    Wear(
      testDescription: "stretched and shrunk", warp: KnownWarp(dpi: 200, scaleX: 0.97, scaleY: 1.03)
    ),
    Wear(testDescription: "fed unevenly", warp: KnownWarp(dpi: 200, feed: (0.5, 90))),
    Wear(
      testDescription: "photographed aslant",
      warp: KnownWarp(dpi: 200, skewDegrees: 2, scaleX: 0.85, scaleY: 0.85, tilt: 0.25)),
    Wear(testDescription: "cut at its foot", warp: KnownWarp(dpi: 200, cut: 25)),
    Wear(testDescription: "grainy", warp: KnownWarp(dpi: 200, noise: 14)),
    Wear(testDescription: "at 300 dpi", warp: KnownWarp(dpi: 300)),
    Wear(testDescription: "at 100 dpi", warp: KnownWarp(dpi: 100)),
  ]

  private static let papers = [
    Wear(
      testDescription: "folded across",
      onPaper: {
        $0.fill(BlankBox(x: 0, y: 212, width: 210, height: 0.4), level: 215)
        $0.fill(BlankBox(x: 0, y: 212.4, width: 210, height: 0.4), level: 255)
      }),
    Wear(
      testDescription: "punched",
      onPaper: { sheet in
        for y in [108.0, 188] {
          sheet.fill(BlankBox(x: 8, y: y, width: 6, height: 6), level: 40)
        }
      }),
    Wear(
      testDescription: "stained",
      onPaper: { $0.shade(BlankBox(x: 120, y: 185, width: 45, height: 40), by: 0.85) }),
    Wear(
      testDescription: "on gray paper",
      onPaper: { $0.shade(BlankBox(x: 0, y: 0, width: 210, height: 297), by: 0.8) }),
  ]

  private static let scans = [
    Wear(
      testDescription: "under a shadow",
      onScan: { picture in
        for y in 0..<picture.height {
          for x in 0..<picture.width {
            let share = 1 - 0.4 * Double(x + y) / Double(picture.width + picture.height)
            picture[x, y] = UInt8(Double(picture[x, y]) * share)
          }
        }
      }),
    Wear(testDescription: "out of focus", onScan: { $0 = $0.blurred(sigma: 1.2) }),
    Wear(testDescription: "printed bold", onScan: { $0 = $0.darkest(within: 1) }),
    Wear(
      testDescription: "in black and white",
      onScan: { picture in
        picture.pixels = picture.pixels.map { $0 < 150 ? 0 : 255 }
      }),
    Wear(
      testDescription: "with a streak of the scanner through a column of boxes",
      onScan: { picture in
        let x = Int(130 / 25.4 * 200)
        for y in 0..<picture.height {
          picture[x, y] = UInt8(Double(picture[x, y]) * 0.8)
          picture[x + 1, y] = UInt8(Double(picture[x + 1, y]) * 0.8)
        }
      }, mayAsk: 4),
    Wear(
      testDescription: "with a black border",
      onScan: { $0 = $0.framed(left: 60, top: 40, right: 30, bottom: 80, level: 5) }),
    Wear(
      testDescription: "on a larger scanner's white",
      onScan: { $0 = $0.framed(left: 20, top: 0, right: 180, bottom: 320, level: 252) }),
  ]
}

extension SheetDrawing {
  /// Makes an area darker by a share.
  mutating func shade(_ box: BlankBox, by share: Double) {
    for y in Int(box.y * Self.perMM)..<min(picture.height, Int(box.maxY * Self.perMM)) {
      for x in Int(box.x * Self.perMM)..<min(picture.width, Int(box.maxX * Self.perMM)) {
        picture[x, y] = UInt8(Double(picture[x, y]) * share)
      }
    }
  }

  /// A ballpoint's cross through a box, half a millimetre wide.
  mutating func cross(_ box: BlankBox) {
    for step in 0...120 {
      let part = -0.1 + 1.2 * Double(step) / 120
      for y in [part, 1 - part] {
        fill(
          BlankBox(
            x: box.x + part * box.width - 0.2, y: box.y + y * box.height - 0.2, width: 0.4,
            height: 0.4), level: 70)
      }
    }
  }
}

extension GrayPicture {
  /// The picture with a border of one level.
  func framed(left: Int, top: Int, right: Int, bottom: Int, level: UInt8) -> GrayPicture {
    var result = GrayPicture(
      width: width + left + right, height: height + top + bottom, filledWith: level)
    for y in 0..<height {
      for x in 0..<width { result[x + left, y + top] = self[x, y] }
    }
    return result
  }
}

/// A drawn sheet's ten rows of five boxes; some rows are crossed once, others are left blank.
@Suite("Wear")
struct WearTests {
  private static let marks: [Int?] = [0, 3, nil, 4, 1, 2, nil, nil, 2, 0]
  private let page: PreparedPage
  private let questions: [Question]
  private let filled: SheetDrawing

  init() {
    var sheet = SheetDrawing(seed: 1)
    let blank = sheet
    questions = Self.marks.indices.map { row in
      Question(
        id: "row\(row)", label: "",
        kind: .single(
          (0..<5).map {
            Target(value: "\($0)", shape: .box, box: blank.boxes[5 * row + $0])
          }))
    }
    for (row, column) in Self.marks.enumerated() {
      if let column { sheet.cross(blank.boxes[5 * row + column]) }
    }
    filled = sheet
    page = PreparedPage(
      form: "worn",
      page: FormPage(
        number: 1,
        blank: BlankSource(
          file: "blank.png", width: blank.picture.width, height: blank.picture.height,
          dpi: SheetDrawing.dpi),
        questions: questions),
      blank: blank.picture)
  }

  /// The answers to a worn sheet; `nil` where a person is asked.
  private func answers(_ wear: Wear) throws -> [[String]?] {
    var sheet = filled
    wear.onPaper(&sheet)
    var scan = wear.warp.scan(sheet)
    wear.onScan(&scan)
    let fit = try Registrar().register(scan, on: [try RegistrationBlank(page)]).get().fit
    let evidence = MarkReader().read(
      scan, map: fit, agreement: { fit.agreement(around: $0) }, on: PreparedMarks(page),
      key: "worn")
    return Rules().decide(evidence, questions: questions).map {
      if case .accepted(let value, _) = $0.outcome { value } else { nil }
    }
  }

  @Test(
    "A sheet says the same with and without each wear, and hardly asks more", arguments: Wear.all)
  func same(wear: Wear) throws {
    let truth = Self.marks.map { $0.map { ["\($0)"] } ?? [] }
    let plain = try answers(Wear(testDescription: "as it was printed"))
    #expect(plain == truth)
    let worn = try answers(wear)
    #expect(zip(worn, truth).allSatisfy { $0 == nil || $0 == $1 }, "\(worn)")
    #expect(worn.count { $0 == nil } <= wear.mayAsk, "\(worn)")
  }
}
