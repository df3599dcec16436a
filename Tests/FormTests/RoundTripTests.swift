// SPDX-License-Identifier: Apache-2.0
import Form
import Foundation
import Geometry
import Testing

@Suite struct RoundTripTests {
  @Test("A form by coordinates is read in millimetres")
  func reads() throws {
    let form = try FormJSON.read(exampleJSON, file: "form.json")
    #expect(form.name == "ward-1")
    #expect(form.title == "Phiếu khảo sát")
    #expect(form.questions.map(\.id) == ["c01", "way", "commune", "other"])
    #expect(form.questions.map(\.kind.name) == ["single", "multiple", "code", "text"])
    #expect(form.questions[0].targets.map(\.value) == ["01", "no"])
    let box = form.questions[1].targets[0].box
    #expect(abs(box.x - 310 * 25.4 / 300) < 1e-12 && abs(box.width - 50 * 25.4 / 300) < 1e-12)
    let area = try #require(form.questions[3].boxes.first)
    #expect(abs(area.x - 300 * 25.4 / 199.9) < 1e-12)
  }

  @Test("What is exported has the same values as what was imported")
  func exportsTheSameValues() throws {
    let form = try FormJSON.read(exampleJSON, file: "form.json")
    let there = try JSONSerialization.jsonObject(with: Data(exampleJSON.utf8)) as? NSDictionary
    let back =
      try JSONSerialization.jsonObject(with: Data(FormJSON.text(form).utf8)) as? NSDictionary
    #expect(there != nil && there == back)
  }

  @Test("The way through form.yaml and form.json and back changes no bit")
  func isStable() throws {
    let form = try FormJSON.read(exampleJSON, file: "form.json")
    let yaml = try FormYAML.text(form)
    let again = try FormYAML.read(yaml, file: "form.yaml")
    #expect(again == form)
    #expect(try FormYAML.text(again) == yaml)
    #expect(FormJSON.text(again) == FormJSON.text(form))
  }

  @Test("Every number of up to nine decimals comes back from millimetres", arguments: 1...20)
  func numbersComeBack(seed: UInt64) {
    var state = seed &* 0x9E37_79B9_7F4A_7C15
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for _ in 0..<2_000 {
      let dpi = [72, 96, 100, 150, 199.9, 200, 300, 400, 600, 1200][next(10)]
      let blank = BlankSource(file: "b.png", width: 30_000, height: 30_000, dpi: dpi)
      let decimals = next(10)
      let scale = (0..<decimals).reduce(1.0) { product, _ in product * 10 }
      let whole = Double(next(30_000)) * scale + Double(next(1 << 30) % Int(scale))
      let pixels = whole / scale
      let back = blank.pixels(millimetres: blank.millimetres(pixels: pixels))
      #expect(back == pixels, "\(pixels) at \(dpi) dpi, seed \(seed)")
    }
  }

  @Test("form.yaml is what a person would write")
  func yamlIsReadable() throws {
    let yaml = try FormYAML.text(FormJSON.read(exampleJSON, file: "form.json"))
    let expected = #"""
      # What is asked and where. Boxes are [x, y, width, height] in pixels of the page's picture.
      # `phieu form check` tells what is wrong after a change.
      form: ward-1
      title: Phiếu khảo sát
      pages:
      - page: 1
        blank: {picture: blank-1.png, width: 2480, height: 3508, dpi: 300}
        questions:
        - id: c01
          type: single
          label: Nơi ngồi chờ
          shape: char
          targets:
          - {value: '01', box: [1804, 902.25, 92, 78.1]}
          - {value: 'no', box: [1904.333, 902.25, 92, 78.1]}
        - id: way
          type: multiple
          label: "Cách nộp: \"trực tiếp\"\nhay trực tuyến"
          targets:
          - {value: direct, shape: box, box: [310, 2210, 50, 50]}
          - {value: online, shape: bubble, box: [410, 2210, 50, 50]}
        - id: commune
          type: code
          label: Mã xã
          cells:
          - [1510, 310, 71, 95]
          - [1590, 310, 71, 95]
      - page: 2
        blank: {picture: blank-2.png, width: 1653, height: 2339, dpi: 199.9}
        questions:
        - id: other
          type: text
          label: ''
          box: [300, 1900, 1000.5, 220]

      """#
    #expect(yaml == expected)
  }

  @Test("Text is kept in its composed form, and nothing else is changed")
  func composes() throws {
    let decomposed = exampleJSON.replacing("Mã xã", with: "Ma\u{303} xa\u{303}")
    let form = try FormJSON.read(decomposed, file: "form.json")
    let label = form.questions[2].label
    #expect(Array(label.unicodeScalars) == Array("M\u{E3} x\u{E3}".unicodeScalars))
  }

  @Test(
    "Labels of any characters survive both languages",
    arguments: [
      "", " ", "~", "null", "yes", "0x1F", "1_000", "- a", "# b", "a: b", "a #b", "'", "\"",
      "\\", "{x}", "[1]", "&a", "*a", "!tag", "%", "@", "`", "a\nb", "a\n", "\na", "a\tb",
      "😀 chữ ký", "\u{2028}", "trailing ", " leading", "|", ">", "?", ": ", "2024-01-01", "<<",
      "=", "a\u{FEFF}b", "\u{E000}", String(repeating: "dài ", count: 900),
    ])
  func labels(label: String) throws {
    var form = try FormJSON.read(exampleJSON, file: "form.json")
    form.pages[0].questions[0].label = label
    #expect(try FormYAML.read(FormYAML.text(form), file: "form.yaml") == form)
    #expect(try FormJSON.read(FormJSON.text(form), file: "form.json") == form)
  }
}
