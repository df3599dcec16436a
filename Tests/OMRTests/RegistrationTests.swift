// SPDX-License-Identifier: Apache-2.0
import Ballot
import Form
import Geometry
import Imaging
import OMR
import Testing

@Suite("Registration")
struct RegistrationTests {
  let sheet = SheetDrawing(seed: 1)
  let blank: RegistrationBlank

  init() throws {
    blank = try RegistrationBlank(sheet.page(of: "a"))
  }

  private func fit(_ picture: GrayPicture) throws -> PageFit {
    try Registrar().register(picture, on: [blank]).get().fit
  }

  private func rejection(_ picture: GrayPicture, on blanks: [RegistrationBlank]) -> Rejection? {
    switch Registrar().register(picture, on: blanks) {
    case .success: nil
    case .failure(let rejection): rejection
    }
  }

  static let warps: [(name: String, warp: KnownWarp, limitMM: Double)] = [
    ("as it is", KnownWarp(), 0.02),
    ("turned clockwise", KnownWarp(turns: 1, skewDegrees: 1), 0.03),
    ("upside down", KnownWarp(turns: 2, skewDegrees: -3, noise: 20), 0.05),
    ("turned counterclockwise", KnownWarp(turns: 3, scaleX: 0.97), 0.03),
    ("skewed by 5°", KnownWarp(skewDegrees: 5), 0.03),
    ("skewed by 12° the other way", KnownWarp(skewDegrees: -12), 0.05),
    ("stretched and shrunk by 5 %", KnownWarp(scaleX: 0.95, scaleY: 1.05), 0.03),
    ("much smaller than its picture", KnownWarp(scaleX: 0.7, scaleY: 0.7), 0.05),
    ("in perspective", KnownWarp(skewDegrees: 2, scaleX: 0.85, scaleY: 0.85, tilt: 0.3), 0.05),
    ("fed unevenly", KnownWarp(feed: (0.8, 70)), 0.25),
    ("at 300 dpi", KnownWarp(dpi: 300, skewDegrees: -1), 0.03),
    ("at 75 dpi", KnownWarp(dpi: 75, skewDegrees: 0.5), 0.15),
  ]

  @Test("A sheet is found where it lies", arguments: warps)
  func finds(name: String, warp: KnownWarp, limitMM: Double) throws {
    let picture = warp.scan(sheet)
    let fit = try fit(picture)
    #expect(fit.rotation.degreesClockwise == 90 * warp.turns)
    #expect(warp.largestError(of: fit, picture) < limitMM)
    #expect(Double(fit.summary.places) > 0.95 * Double(fit.summary.placesLookedAt))
    #expect(fit.summary.residualMM < limitMM)
  }

  @Test("The same page gives the same fit, whatever was registered before")
  func repeats() throws {
    let registrar = Registrar()
    let picture = KnownWarp(skewDegrees: 2, noise: 12).scan(sheet)
    let first = try registrar.register(picture, on: [blank]).get().fit
    _ = registrar.register(KnownWarp(turns: 2).scan(sheet), on: [blank])
    let second = try registrar.register(picture, on: [blank]).get().fit
    #expect(first.summary == second.summary)
    for box in sheet.boxes {
      #expect(first.pagePoint(box.center) == second.pagePoint(box.center))
    }
  }

  @Test("A row of places is what its places are one by one, also beyond the sheet")
  func rows() throws {
    let fit = try fit(KnownWarp(skewDegrees: 3).scan(sheet))
    var row = [SIMD2<Float>](repeating: .zero, count: 200)
    for y in [-40, 0.3, 150.7, 330] {
      fit.pageRow(from: BlankPoint(x: -30, y: y), stepMM: 1.37, into: &row)
      for (index, place) in row.enumerated() {
        let point = fit.pagePoint(BlankPoint(x: -30 + 1.37 * Double(index), y: y))
        #expect(abs(Double(place.x) - point.x) < 0.01 && abs(Double(place.y) - point.y) < 0.01)
      }
    }
  }

  @Test("Print that is gone agrees nowhere, the rest is found all the same")
  func lostPrint() throws {
    var worn = sheet
    worn.fill(BlankBox(x: 15, y: 100, width: 185, height: 45), level: 250)
    let fit = try fit(worn.picture)
    #expect(fit.agreement(around: BlankPoint(x: 80, y: 122)) < 0.3)
    #expect(fit.agreement(around: BlankPoint(x: 60, y: 60)) > 0.9)
    #expect(KnownWarp().largestError(of: fit, worn.picture) < 0.1)
  }

  @Test("Boxes whose own print is gone agree nowhere, whatever is found round them")
  func lostQuestion() throws {
    var worn = sheet
    let row = BlankBox(x: 60, y: 118, width: 60, height: 6)
    worn.fill(row.grown(by: 4), level: 250)
    let fit = try fit(worn.picture)
    #expect(fit.agreement(around: row.center) > 0.3)
    #expect(fit.agreement(around: row) == 0)
    #expect(fit.agreement(around: BlankBox(x: 60, y: 60, width: 60, height: 6)) > 0.9)
  }

  @Test("Of several pages the one that fits is found")
  func chooses() throws {
    let other = SheetDrawing(seed: 2)
    let blanks = [blank, try RegistrationBlank(other.page(of: "a", number: 2))]
    let scan = KnownWarp(turns: 2, skewDegrees: 1).scan(other)
    let placed = try Registrar().register(scan, on: blanks).get()
    #expect(placed.blank == 1)
    #expect(placed.fit.rotation == .upsideDown)
  }

  @Test("The stages can be drawn")
  func stages() throws {
    var stages: [String] = []
    let picture = KnownWarp(dpi: 100).scan(sheet)
    _ = Registrar().register(picture, on: [blank]) { name, draw in
      stages.append(name)
      let drawn = draw()
      #expect(drawn.pixels.contains(where: { $0 < 100 }))
      if name == "targets" { #expect(drawn.width == picture.width) }
    }
    #expect(stages == ["matches", "places", "targets"])
  }

  // MARK: What is refused

  @Test("Another form is refused, with the count of places that agree")
  func otherForm() {
    let scan = KnownWarp().scan(SheetDrawing(seed: 3))
    guard case .notAPageOf(let forms, let agreeing, let places)? = rejection(scan, on: [blank])
    else {
      Issue.record("another form was taken for this one")
      return
    }
    #expect(forms == ["a"])
    #expect(agreeing * 5 < places)
  }

  @Test("Empty paper and paper with grain are refused")
  func emptyPaper() {
    #expect(rejection(GrayPicture(width: 900, height: 1200), on: [blank]) == .emptyPage)
    #expect(rejection(GrayPicture(width: 1, height: 1), on: [blank]) == .emptyPage)
    var chance = Chance(seed: 4)
    var grain = GrayPicture(width: 1240, height: 1754)
    for index in grain.pixels.indices { grain.pixels[index] = UInt8(225 + chance.below(30)) }
    #expect(rejection(grain, on: [blank]) == .emptyPage)
  }

  @Test("Another version of the form is refused as such")
  func otherVersion() {
    let scan = KnownWarp(skewDegrees: 1).scan(SheetDrawing(seed: 1, changedLines: 20))
    guard case .perhapsAnotherVersion("a", _, _)? = rejection(scan, on: [blank]) else {
      Issue.record("another version was not told")
      return
    }
  }

  @Test("A version that lacks a question, so that all below has moved up, is not two sheets")
  func movedPrint() {
    let whole = KnownWarp().scan(sheet)
    var shorter = whole
    let (from, gone) = (Int(110 * SheetDrawing.perMM), Int(25 * SheetDrawing.perMM))
    for y in from..<whole.height {
      for x in 0..<whole.width {
        shorter[x, y] = y + gone < whole.height ? whole[x, y + gone] : 255
      }
    }
    guard case .perhapsAnotherVersion("a", _, _)? = rejection(shorter, on: [blank]) else {
      Issue.record("\(String(describing: rejection(shorter, on: [blank])))")
      return
    }
  }

  @Test("Two forms that look the same are not told by chance")
  func twins() throws {
    let twin = try RegistrationBlank(sheet.page(of: "b"))
    #expect(
      rejection(KnownWarp().scan(sheet), on: [blank, twin]) == .ambiguous(forms: ["a", "b"]))
  }

  @Test("Two sheets at once are refused", arguments: [60, 120])
  func twoSheets(shiftMM: Int) {
    let under = KnownWarp(skewDegrees: 1).scan(sheet)
    let upper = KnownWarp(skewDegrees: -1).scan(sheet)
    var both = under
    let shift = Int(Double(shiftMM) * SheetDrawing.perMM)
    for y in shift..<both.height {
      for x in 0..<both.width { both[x, y] = upper[x, y - shift] }
    }
    #expect(rejection(both, on: [blank]) == .twoSheets(form: "a"))
  }

  @Test("Two sheets side by side on the glass are refused", arguments: [false, true])
  func sideBySide(isUpsideDown: Bool) {
    let left = KnownWarp(skewDegrees: 1).scan(sheet)
    let right = KnownWarp(skewDegrees: -1).scan(sheet)
    var both = GrayPicture(width: 2 * left.width, height: left.height)
    let last = (both.width - 1, both.height - 1)
    for y in 0..<both.height {
      for x in 0..<both.width {
        let level = x < left.width ? left[x, y] : right[x - left.width, y]
        if isUpsideDown { both[last.0 - x, last.1 - y] = level } else { both[x, y] = level }
      }
    }
    #expect(rejection(both, on: [blank]) == .twoSheets(form: "a"))
  }

  @Test("A sheet of which much is cut off is refused, one that lost its foot is not")
  func cut() throws {
    let missing = rejection(KnownWarp(cut: 85).scan(sheet), on: [blank])
    guard case .partMissing("a", let off, 50)? = missing else {
      Issue.record("\(String(describing: missing))")
      return
    }
    #expect(off > 10)
    let warp = KnownWarp(cut: 40)
    let picture = warp.scan(sheet)
    #expect(warp.largestError(of: try fit(picture), picture) < 0.1)
  }

  @Test("A blank with hardly any print is no form")
  func emptyBlank() {
    var empty = sheet
    empty.picture = GrayPicture(
      width: sheet.picture.width, height: sheet.picture.height, filledWith: 250)
    #expect(throws: RegistrationBlank.TooLittlePrint.self) {
      try RegistrationBlank(empty.page(of: "a"))
    }
  }
}

@Suite("Rows that look alike") struct NeighbourPrintTests {
  /// Twelve rows of five rings, 6 mm apart, each row with a number's worth of print in front.
  static let rows = (0..<12).map { row in
    (0..<5).map { column in
      BlankBox(x: 40 + 8 * Double(column), y: 20 + 6 * Double(row), width: 4, height: 3)
    }
  }

  static func level(missingRow: Int? = nil) -> InkLevel {
    let perMM = InkLevel.finePixelsPerMM
    var picture = GrayPicture(width: Int(120 * perMM), height: Int(110 * perMM), filledWith: 250)
    func fill(_ x: Double, _ y: Double, _ width: Double, _ height: Double) {
      for py in Int(y * perMM)..<Int((y + height) * perMM) {
        for px in Int(x * perMM)..<Int((x + width) * perMM) { picture[px, py] = 20 }
      }
    }
    for (row, boxes) in rows.enumerated() {
      // The sheet goes on with the next row where one is missing.
      let up = row > missingRow ?? 99 ? 6.0 : 0
      if row == missingRow { continue }
      for box in boxes {
        fill(box.x, box.y - up, box.width, 0.4)
        fill(box.x, box.maxY - up, box.width, 0.4)
      }
      var chance = Chance(seed: UInt64(row) + 7)
      for stroke in 0..<10 where chance.below(2) == 0 {
        fill(30 + 0.8 * Double(stroke % 5), boxes[0].y + 1.6 * Double(stroke / 5) - up, 0.5, 1.4)
      }
    }
    return .fine(picture, factor: 1, pixelsPerMM: perMM)
  }

  static var page: FormPage {
    FormPage(
      number: 1, blank: BlankSource(file: "a.png", width: 100, height: 100, dpi: 150),
      questions: rows.enumerated().map { row, boxes in
        Question(
          id: "q\(row)", label: "",
          kind: .single(
            boxes.enumerated().map { Target(value: "\($0)", shape: .bubble, box: $1) }))
      })
  }

  @Test("Rows that slipped to the next one are misplaced, those before them are not")
  func slipped() {
    let neighbours = NeighbourPrint(Self.page, on: Self.level())
    let page = Self.level(missingRow: 7)
    let misplaced = neighbours.misplaced { page.sample($0) }
    // The last row has nothing below it to be taken for.
    #expect(misplaced.map { $0.y }.sorted() == Self.rows[7...10].map { $0[0].center.y })
  }

  @Test("Nothing is misplaced on the sheet itself, nor on one whose print lies a little beside")
  func rightRows() {
    let level = Self.level()
    let neighbours = NeighbourPrint(Self.page, on: level)
    #expect(neighbours.pairs.count >= 20)
    for off in [0, 0.5] {
      let misplaced = neighbours.misplaced { level.sample($0 + SIMD2(off, -off)) }
      #expect(misplaced.isEmpty)
    }
  }
}
