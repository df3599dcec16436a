// SPDX-License-Identifier: Apache-2.0
import Foundation
import Geometry
import Form
import Imaging
import Language
import Print
import Testing

@Suite struct SheetPrinterTests {
  let fonts: PrintFonts
  let layout: PrintLayout
  let path: String

  init() throws {
    fonts = try PrintFonts()
    layout = try PrintLayout(PrintSamples.form(), fonts: fonts)
    path = NSTemporaryDirectory() + "/phieu-print-" + UUID().uuidString + ".pdf"
  }

  @Test("The same sheets make the same bytes")
  func sameBytes() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    let printer = SheetPrinter(layout, fonts: fonts)
    #expect(try printer.write(serials: ["000001", "000002"], to: path) == 2)
    let first = try Data(contentsOf: URL(fileURLWithPath: path))
    try printer.write(serials: ["000001", "000002"], to: path)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == first)
    try printer.write(serials: ["000001", "000003"], to: path)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) != first)
  }

  @Test("A page looks the same whatever files the process opens between two printings")
  func sameLetters() throws {
    func printed() throws -> (version: String, pixels: [UInt8]) {
      let fonts = try PrintFonts()
      let layout = try PrintLayout(PrintSamples.form(), fonts: fonts)
      let picture = try SheetPicture.picture(
        of: layout, page: 1, serial: "000001", dpi: 100, fonts: fonts)
      return (layout.version, picture.pixels)
    }
    let first = try printed()
    var held: [FileHandle] = []
    for _ in 0..<4 {
      held.append(try #require(FileHandle(forReadingAtPath: "/dev/null")))
      let again = try printed()
      #expect(again.version == first.version)
      let isSame = again.pixels == first.pixels
      #expect(isSame)
    }
  }

  @Test("Serials have one length and keep their zeros")
  func serials() {
    #expect(SheetPrinter.serials(from: 9, count: 2) == ["000009", "000010"])
    #expect(SheetPrinter.serials(from: 999_999, count: 2) == ["0999999", "1000000"])
  }

  static let wrong: [([String], PrintFailure)] = [
    (["12", "x1"], .noSerial("x1")), (["1234567890123"], .noSerial("1234567890123")),
    (["07", "08", "07"], .serialTwice("07")),
  ]

  @Test(
    "Serials that are none, or stand twice, are refused before anything is written",
    arguments: wrong)
  func refuses(serials: [String], failure: PrintFailure) {
    #expect(throws: failure) {
      try SheetPrinter(layout, fonts: fonts).write(serials: serials, to: path)
    }
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test("A PDF that cannot be made is told by its path")
  func cannotWrite() {
    let nowhere = "/nowhere/at/all.pdf"
    #expect(throws: PrintFailure.cannotWrite(nowhere)) {
      try SheetPrinter(layout, fonts: fonts).write(serials: ["1"], to: nowhere)
    }
  }

  @Test("A blank is the printed sheet without its code and serial")
  func blank() throws {
    let blank = try #require(try BlankPicture.pictures(of: layout, fonts: fonts).first)
    let sheet = try SheetPicture.picture(
      of: layout, page: 1, serial: "000001", dpi: 300, fonts: fonts)
    #expect((sheet.width, sheet.height) == (blank.width, blank.height))
    var (outside, inside) = (0, 0)
    let places = try #require(layout.placed.pages[0].label)
    let own = [places.code.grown(by: 0.5), places.serial.grown(by: 0.5)]
    for y in 0..<sheet.height {
      for x in 0..<sheet.width where abs(Int(sheet[x, y]) - Int(blank[x, y])) > 90 {
        let point = (x: Double(x) * 25.4 / 300, y: Double(y) * 25.4 / 300)
        if own.contains(where: { $0.contains(.init(x: point.x, y: point.y)) }) {
          inside += 1
        } else {
          outside += 1
        }
      }
    }
    #expect(outside == 0)
    #expect(inside > 5_000)
    #expect(Set(blank.pixels).count <= 4)
  }

  @Test("A failure to print has words in both languages", arguments: Language.allCases)
  func words(language: Language) {
    let words = PrintFailure.serialTwice("07").words(language)
    #expect(
      words == (language == .english ? "the serial 07 stands twice" : "số phiếu 07 có hai lần"))
  }
}
