// SPDX-License-Identifier: Apache-2.0
import Ballot
import Form
import Foundation
import Geometry
import Imaging
import OMR
import Print
import Reader
import Scanner
import Testing

/// A shipped form, the counter's unless told otherwise, printed: its frozen folder is gone when the
/// test is.
final class PrintedForm {
  let folder: WrittenFolder
  let fonts: PrintFonts
  private(set) var layout: PrintLayout

  init(_ name: String = "one-stop-9") throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let path = NSTemporaryDirectory() + "/phieu-printed-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      atPath: root.appendingPathComponent("templates/\(name)/form.yaml").path,
      toPath: path + "/form.yaml")
    guard case .written(let folder) = try FormSource.load(path) else {
      throw FormError.noSuchFile(path)
    }
    self.folder = folder
    fonts = try PrintFonts()
    layout = try PrintLayout(folder.form, fonts: fonts)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder.path) }

  func freeze() throws {
    let blanks = try BlankPicture.pictures(of: layout, fonts: fonts).map {
      try encodePNG($0, isSmall: true)
    }
    try folder.freeze(layout.placed, blanks: blanks)
  }

  /// Freezes another version of the form; pages are then of that one.
  func freeze(_ change: (inout WrittenForm) -> Void) throws {
    var form = folder.form
    change(&form)
    layout = try PrintLayout(form, fonts: fonts)
    try freeze()
  }

  func page(_ number: Int = 1, serial: String, dpi: Double = 150) throws -> GrayPicture {
    try SheetPicture.picture(of: layout, page: number, serial: serial, dpi: dpi, fonts: fonts)
  }

  /// A page on which ink was spilt over the upper half of the QR code, and where so asked over the
  /// end of the serial too.
  func spoiltPage(serial: String, dpi: Double = 150, andSerial: Bool = false) throws -> GrayPicture
  {
    var page = try page(serial: serial, dpi: dpi)
    guard let places = layout.placed.pages[0].label else { return page }
    let code = BlankBox(
      x: places.code.x, y: places.code.y, width: places.code.width, height: places.code.height / 2)
    let digits = BlankBox(x: places.serial.x + 4, y: places.serial.y, width: 6, height: 4)
    for box in andSerial ? [code, digits] : [code] {
      for y in Int(box.y * dpi / 25.4)..<Int(box.maxY * dpi / 25.4) {
        for x in Int(box.x * dpi / 25.4)..<Int(box.maxX * dpi / 25.4) { page[x, y] = 0 }
      }
    }
    return page
  }
}

@Suite struct LabelledPageTests {
  let printed: PrintedForm
  let reader: PageReader

  init() throws {
    printed = try PrintedForm()
    try printed.freeze()
    let forms = try PreparedForms(folders: [printed.folder.path])
    reader = PageReader(forms, model: JoinedReader.trained)
  }

  func read(_ picture: GrayPicture) -> PageOutcome {
    reader.read(ScannedPage(number: 1, picture: picture, dpi: nil), from: "a.png")
  }

  @Test("A printed page is read with its serial, and nothing but its questions is asked")
  func reads() throws {
    guard case .read(let reading) = read(try printed.page(serial: "000123")) else {
      Issue.record("not read")
      return
    }
    #expect(reading.serial == "000123")
    #expect(reading.form == printed.layout.placed.id && reading.formPage == 1)
    #expect(reading.answers.map(\.question).contains("n1"))
    #expect(!reading.answers.map(\.question).contains(LabelPlaces.serialQuestion))
  }

  @Test(
    "A page whose code is gone is told by its look, and its printed serial is read",
    arguments: ["000123", "7", "999999999999", "000000000008"], [150, 200, 300] as [Double])
  func damagedCode(serial: String, dpi: Double) throws {
    guard case .read(let reading) = read(try printed.spoiltPage(serial: serial, dpi: dpi)) else {
      Issue.record("not read")
      return
    }
    #expect(reading.serial == serial)
    #expect(!reading.answers.map(\.question).contains(LabelPlaces.serialQuestion))
  }

  /// A page as it shines through to the back of its sheet.
  func seenFromBehind(_ page: GrayPicture, strength: Double) -> GrayPicture {
    var back = page
    for y in 0..<page.height {
      let row = page.pixels[y * page.width..<(y + 1) * page.width].reversed()
      for (x, level) in row.enumerated() {
        back[x, y] = UInt8(255 - strength * (255 - Double(level)))
      }
    }
    return back
  }

  @Test(
    "The back of a sheet, through which the print shines, is told as such", arguments: [1, 0.3])
  func back(strength: Double) throws {
    let page = seenFromBehind(try printed.page(serial: "000123"), strength: strength)
    #expect(read(page) == .rejected(.backOf(form: printed.layout.placed.id)))
  }

  @Test(
    "So is the back of columns of boxes, most of which lie on themselves in a mirror",
    arguments: [1, 2])
  func symmetricalBack(number: Int) throws {
    let printed = try PrintedForm("five-factors-25")
    try printed.freeze()
    let reader = PageReader(
      try PreparedForms(folders: [printed.folder.path]), model: JoinedReader.trained)
    let page = seenFromBehind(try printed.page(number, serial: "000123"), strength: 0.3)
    #expect(
      reader.read(ScannedPage(number: 1, picture: page, dpi: nil), from: "a.png")
        == .rejected(.backOf(form: printed.layout.placed.id)))
  }

  @Test("A page without its label that lacks one question may be a version without it")
  func lostQuestion() throws {
    let boxes = try #require(
      printed.layout.placed.pages[0].questions.first { $0.id == "n5" }
    ).boxes
    let whole = boxes.dropFirst().reduce(boxes[0]) { $0.union($1) }.grown(x: 200, y: 3)
    let part = whole.y / 297..<whole.maxY / 297
    guard case .read(let reading) = read(whitened(try printed.page(serial: "7"), part)) else {
      Issue.record("not read")
      return
    }
    let asked = try #require(reading.answers.first { $0.question == "n5" })
    guard case .review(_, let reasons) = asked.outcome else {
      Issue.record("accepted where nothing is printed")
      return
    }
    #expect(reasons.contains(.uncertainPlace))
    let nameless = whitened(try printed.spoiltPage(serial: "7", andSerial: true), part)
    guard case .rejected(.perhapsAnotherVersion) = read(nameless) else {
      Issue.record("\(read(nameless))")
      return
    }
  }

  @Test("A page without its label may be another version where much of its blank is not seen")
  func elsewhereOnItsSheet() throws {
    try printed.freeze { form in
      form.sections = form.sections.map { section in
        var short = section
        short.entries = Array(section.entries.prefix(5))
        return short
      }
    }
    let reader = PageReader(
      try PreparedForms(folders: [printed.folder.path]), model: JoinedReader.trained)
    // All that is printed, two fifths of the sheet further down; the foot of it was empty.
    let whole = try printed.spoiltPage(serial: "7", andSerial: true)
    var page = GrayPicture(width: whole.width, height: whole.height)
    let down = whole.height * 2 / 5
    for y in down..<page.height {
      for x in 0..<page.width { page[x, y] = whole[x, y - down] }
    }
    for (scan, isRead) in [(whole, true), (page, false)] {
      let outcome = reader.read(ScannedPage(number: 1, picture: scan, dpi: nil), from: "a.png")
      switch (outcome, isRead) {
      case (.read, true), (.rejected(.perhapsAnotherVersion), false): break
      default: Issue.record("\(outcome)")
      }
    }
  }

  @Test("A page that lies upside down has its printed serial read all the same")
  func damagedCodeTurned() throws {
    var page = try printed.spoiltPage(serial: "000123")
    page.pixels.reverse()
    guard case .read(let reading) = read(page) else {
      Issue.record("not read")
      return
    }
    #expect(reading.serial == "000123")
  }

  @Test("Where the printed serial is not legible either, it is asked at its place")
  func damaged() throws {
    let places = try #require(printed.layout.placed.pages[0].label)
    let perMM = 150 / 25.4
    guard case .read(let reading) = read(try printed.spoiltPage(serial: "000123", andSerial: true))
    else {
      Issue.record("not read")
      return
    }
    #expect(reading.serial == nil)
    let asked = try #require(
      reading.answers.first { $0.question == LabelPlaces.serialQuestion })
    #expect(asked.outcome == .review(candidates: [], reasons: [.noLabel]))
    let seen = reading.evidence.questions.first { $0.question == LabelPlaces.serialQuestion }
    let corner = try #require(seen?.cells.first?.first)
    #expect(abs(corner.x - places.serial.x * perMM) < 3)
    #expect(abs(corner.y - places.serial.y * perMM) < 3)
  }

  /// A reader of all versions of the form that are there by now.
  func readerOfAll() throws -> PageReader {
    PageReader(
      try PreparedForms(folders: [printed.folder.path]), model: JoinedReader.trained)
  }

  @Test("What share of silent errors a form wants holds for sheets that were printed before")
  func silentRate() throws {
    let printed = try PrintedForm()
    try printed.freeze()
    let file = URL(fileURLWithPath: printed.folder.path + "/form.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    try Data((text + "\nsilent: 0.0003\n").utf8).write(to: file)
    guard case .written(let folder) = try FormSource.load(printed.folder.path) else {
      Issue.record("no written form")
      return
    }
    #expect(try folder.versions().map(\.form.silentRate) == [0.000_3])
  }

  @Test("Of versions whose print differs, a page without its code is told by its print")
  func versions() throws {
    let first = printed.layout.placed.id
    let old = try printed.spoiltPage(serial: "000123", andSerial: true)
    // A version without the first half of the questions: the others stand elsewhere.
    try printed.freeze { form in
      form.sections = form.sections.map { section in
        var short = section
        short.entries = Array(section.entries.dropFirst(section.entries.count / 2))
        return short
      }
    }
    let second = printed.layout.placed.id
    let new = try printed.spoiltPage(serial: "000124", andSerial: true)
    let reader = try readerOfAll()
    for (page, id) in [(old, first), (new, second)] {
      let outcome = reader.read(ScannedPage(number: 1, picture: page, dpi: nil), from: "a.png")
      guard case .read(let reading) = outcome else {
        Issue.record("\(outcome)")
        continue
      }
      #expect(reading.form == id)
      #expect(reading.serial == nil)
    }
  }

  @Test("Versions that look alike are told apart by the printed serial, and else named")
  func twins() throws {
    let first = printed.layout.placed.id
    let old = try printed.spoiltPage(serial: "000123")
    let unreadable = try printed.spoiltPage(serial: "000123", andSerial: true)
    try printed.freeze { $0.title += "!" }
    let second = printed.layout.placed.id
    let new = try printed.spoiltPage(serial: "000124")
    let reader = try readerOfAll()
    for (page, id, serial) in [(old, first, "000123"), (new, second, "000124")] {
      let outcome = reader.read(ScannedPage(number: 1, picture: page, dpi: nil), from: "a.png")
      guard case .read(let reading) = outcome else {
        Issue.record("\(outcome)")
        continue
      }
      #expect(reading.form == id)
      #expect(reading.serial == serial)
    }
    let outcome = reader.read(
      ScannedPage(number: 1, picture: unreadable, dpi: nil), from: "a.png")
    guard case .rejected(.ambiguous(let names)) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(Set(names) == [first, second])
  }

  /// The page with a white band over a part of it, where its print came out nowhere.
  func whitened(_ page: GrayPicture, _ part: Range<Double>) -> GrayPicture {
    var page = page
    let rows = part.lowerBound * Double(page.height)..<part.upperBound * Double(page.height)
    for y in Int(rows.lowerBound)..<Int(rows.upperBound) {
      for x in 0..<page.width { page[x, y] = 255 }
    }
    return page
  }

  @Test("A page whose print came out badly is read where code or serial name its version")
  func fadedPrint() throws {
    let band = 0.45..<0.8
    let pages = [
      whitened(try printed.page(serial: "000123"), band),
      whitened(try printed.spoiltPage(serial: "000123"), band),
    ]
    for page in pages {
      guard case .read(let reading) = read(page) else {
        Issue.record("not read: \(read(page))")
        continue
      }
      #expect(reading.serial == "000123")
      // What stood in the band is asked.
      let asked = try #require(reading.answers.first { $0.question == "n5" })
      guard case .review(_, let reasons) = asked.outcome else {
        Issue.record("accepted where nothing is printed")
        continue
      }
      #expect(reasons.contains(.uncertainPlace))
    }
    let nameless = whitened(try printed.spoiltPage(serial: "000123", andSerial: true), band)
    guard case .rejected(.perhapsAnotherVersion) = read(nameless) else {
      Issue.record("\(read(nameless))")
      return
    }
  }

  @Test("A page of a version that is not there is rejected by the version's name")
  func otherVersion() throws {
    var form = printed.folder.form
    form.title += "!"
    let layout = try PrintLayout(form, fonts: printed.fonts)
    let page = try SheetPicture.picture(
      of: layout, page: 1, serial: "7", dpi: 150, fonts: printed.fonts)
    #expect(
      read(page) == .rejected(.missingVersion(form: "one-stop-9", version: layout.version)))
  }

  @Test("A form that was never printed cannot be read with")
  func notPrinted() throws {
    let other = try PrintedForm()
    let file = other.folder.path + "/form.yaml"
    #expect(throws: PreparedForms.Failure.form(.notPrinted(file))) {
      try PreparedForms(folders: [other.folder.path])
    }
  }
}
