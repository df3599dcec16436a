// SPDX-License-Identifier: Apache-2.0
import Form
import Geometry
import Imaging
import Label
import Print
import Testing

@Suite struct LabelReaderTests {
  let layout: PrintLayout
  let fonts: PrintFonts

  init() throws {
    let text = """
      form: ward-2
      title: Phiếu góp ý
      introduction: Vì sao hỏi.
      sections:
      - questions:
        - {id: sex, type: single, label: Giới tính, options: [{value: '1', label: Nam}, {value: '2', label: Nữ}]}
      """
    guard case .written(let form, _) = try FormYAML.content(text, file: "form.yaml") else {
      throw FormError.noSuchFile("no written form")
    }
    fonts = try PrintFonts()
    layout = try PrintLayout(form, fonts: fonts)
  }

  func page(dpi: Double = 200) throws -> GrayPicture {
    try SheetPicture.picture(of: layout, page: 1, serial: "000123", dpi: dpi, fonts: fonts)
  }

  var label: SheetLabel { layout.label(page: 1, serial: "000123") }

  @Test("A label is read at every resolution of a scanner", arguments: [150.0, 200, 300, 400])
  func resolutions(dpi: Double) throws {
    #expect(LabelReader.read(try page(dpi: dpi)) == label)
  }

  @Test("A label is read however the page lies", arguments: 0..<4)
  func orientations(turns: Int) throws {
    let turned = try (0..<turns).reduce(page()) { picture, _ in picture.turned() }
    #expect(LabelReader.read(turned) == label)
  }

  @Test("A label that is not where it should be is found on the whole page")
  func anywhere() throws {
    let page = try page(dpi: 300)
    var wide = GrayPicture(width: 2 * page.width, height: 2 * page.height)
    for y in 0..<page.height {
      for x in 0..<page.width { wide[x + page.width / 3, y + page.height / 3] = page[x, y] }
    }
    #expect(LabelReader.read(wide) == label)
  }

  @Test("A code with a stamp over its corner is read, one that is half gone is not")
  func damaged() throws {
    let places = try #require(layout.placed.pages[0].label)
    let perMM = 200 / 25.4
    func blotted(share: Double) throws -> GrayPicture {
      var page = try page()
      let side = places.code.width * share * perMM
      for y in 0..<Int(side) {
        for x in 0..<Int(side) {
          page[Int(places.code.x * perMM) + x, Int(places.code.y * perMM) + y] = 0
        }
      }
      return page
    }
    // The lower right corner has no finder pattern, but here the upper left one is hit.
    #expect(LabelReader.read(try blotted(share: 0.7)) == nil)
    var smudged = try page()
    for y in 0..<25 {
      for x in 0..<25 {
        let (right, low) = (places.code.maxX * perMM, places.code.maxY * perMM)
        smudged[Int(right) - 1 - x, Int(low) - 1 - y] = 0
      }
    }
    #expect(LabelReader.read(smudged) == label)
  }

  @Test(
    "A code through which the feed jerked is read out of the enlarged corner",
    arguments: [(dpi: 120.0, part: 0.3, shift: 2), (dpi: 150, part: 0.6, shift: 3)])
  func jerk(dpi: Double, part: Double, shift: Int) throws {
    let places = try #require(layout.placed.pages[0].label)
    var page = try page(dpi: dpi)
    for y in Int((places.code.y + part * places.code.height) * dpi / 25.4)..<page.height {
      for x in (shift..<page.width).reversed() { page[x, y] = page[x - shift, y] }
    }
    #expect(LabelReader.read(page) == label)
  }

  @Test("White paper and noise have no label")
  func nothing() {
    #expect(LabelReader.read(GrayPicture(width: 800, height: 1_100)) == nil)
    var noise = GrayPicture(width: 800, height: 1_100)
    var state: UInt64 = 7
    for index in noise.pixels.indices {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      noise.pixels[index] = UInt8(truncatingIfNeeded: state >> 33)
    }
    #expect(LabelReader.read(noise) == nil)
    #expect(LabelReader.read(GrayPicture(width: 1, height: 1)) == nil)
  }
}

extension GrayPicture {
  /// Turned by a quarter, clockwise.
  fileprivate func turned() -> GrayPicture {
    var turned = GrayPicture(width: height, height: width)
    for y in 0..<height {
      for x in 0..<width { turned[height - 1 - y, x] = self[x, y] }
    }
    return turned
  }
}
