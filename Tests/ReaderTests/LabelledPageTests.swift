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

/// The counter's form, printed: its frozen folder is gone when the test is.
final class PrintedForm {
  let folder: WrittenFolder
  let layout: PrintLayout
  let fonts: PrintFonts

  init() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let path = NSTemporaryDirectory() + "/phieu-printed-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      atPath: root.appendingPathComponent("templates/one-stop-9/form.yaml").path,
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

  func page(serial: String) throws -> GrayPicture {
    try SheetPicture.picture(of: layout, page: 1, serial: serial, dpi: 150, fonts: fonts)
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

  @Test("A page whose code is gone is told by its look, and its serial is asked")
  func damaged() throws {
    var page = try printed.page(serial: "000123")
    let places = try #require(printed.layout.placed.pages[0].label)
    let perMM = 150 / 25.4
    for y in Int(places.code.y * perMM)..<Int(places.code.center.y * perMM) {
      for x in Int(places.code.x * perMM)..<Int(places.code.maxX * perMM) { page[x, y] = 0 }
    }
    guard case .read(let reading) = read(page) else {
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
