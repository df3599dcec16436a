// SPDX-License-Identifier: Apache-2.0
import Form
import Geometry
import Print
import Testing

@Suite struct PrintLayoutTests {
  let fonts: PrintFonts

  init() throws { fonts = try PrintFonts() }

  func layout(_ text: String = PrintSamples.text, look: FormLook? = nil) throws -> PrintLayout {
    try PrintLayout(PrintSamples.form(text), look: look, fonts: fonts)
  }

  static let shipped: [(String, FormLook, Int)] = [
    ("sipas-2024", .boxes, 8), ("sipas-2024", .digits, 8), ("one-stop-9", .boxes, 1),
    ("five-factors-25", .boxes, 3),
  ]

  @Test("A shipped form asks on paper what its file asks", arguments: shipped)
  func shippedForms(name: String, look: FormLook, pages: Int) throws {
    let written = try PrintSamples.shipped(name)
    let placed = try PrintLayout(written, look: look, fonts: fonts).placed
    #expect(placed.counts == written.counts)
    #expect(placed.pages.count == pages)
    #expect(placed.cancel == look.cancel)
  }

  @Test("Targets have air, cells room, and all lies between head and foot", arguments: shipped)
  func places(name: String, look: FormLook, pages: Int) throws {
    let placed = try PrintLayout(PrintSamples.shipped(name), look: look, fonts: fonts).placed
    for page in placed.pages {
      for question in page.questions {
        for box in question.boxes {
          #expect(box.x > 16.9 && box.maxX < 193.1 && box.y > 31 && box.maxY < 283)
        }
        if case .code(let cells) = question.kind {
          for cell in cells { #expect(cell.width >= 6 && cell.height >= 8) }
        }
      }
      let targets = page.questions.flatMap(\.targets)
      guard look == .boxes else { continue }
      for (index, target) in targets.enumerated() {
        #expect(abs(target.box.width - 4.5) < 0.01 && abs(target.box.height - 4.5) < 0.01)
        let near = targets[..<index].filter { $0.box.grown(by: 1.7).intersects(target.box) }
        #expect(near.isEmpty, "\(target)")
      }
    }
  }

  @Test("What is frozen is read back unchanged")
  func comesBack() throws {
    for look in FormLook.allCases {
      let placed = try layout(look: look).placed
      let text = try FormYAML.text(placed)
      #expect(try FormYAML.read(text, file: "form.yaml") == placed)
    }
  }

  @Test("The same form makes the same version")
  func sameVersion() throws {
    let version = try layout().version
    #expect(version.count == 10)
    #expect(try layout("# a comment\n" + PrintSamples.text).version == version)
  }

  static let changes = [
    ("label: Dễ tìm", "label: Khó tìm"), ("{value: '5'", "{value: '4'"), ("id: n1", "id: m1"),
    ("pattern: '___'", "pattern: '____'"), ("lines: 3", "lines: 4"),
    ("form: ward-2", "form: ward-3"),
  ]

  @Test("Another word, value, id or place makes another version", arguments: changes)
  func otherVersion(old: String, new: String) throws {
    let changed = PrintSamples.text.replacing(old, with: new)
    #expect(changed != PrintSamples.text)
    #expect(try layout(changed).version != layout().version)
  }

  @Test("The looks of a form are versions of it")
  func looks() throws {
    #expect(try layout(look: .digits).version != layout(look: .boxes).version)
    let shapes = try layout(look: .digits).placed.questions.flatMap(\.targets).map(\.shape)
    #expect(Set(shapes) == [.char])
  }

  static let failures: [(String, String, FormLook, PrintFailure)] = [
    (
      "label: Dễ tìm", "label: Dễ 🙂", .boxes, .missingSigns("🙂", in: "Dễ 🙂")
    ),
    (
      "{value: '5'", "{value: 'five'", .digits, .longValue("five", question: "n1")
    ),
    ("lines: 3", "lines: 40", .boxes, .tooHigh("Ý kiến")),
  ]

  @Test("What cannot be printed is told", arguments: failures)
  func fails(old: String, new: String, look: FormLook, failure: PrintFailure) throws {
    let form = try PrintSamples.form(PrintSamples.text.replacing(old, with: new))
    #expect(throws: failure) { try PrintLayout(form, look: look, fonts: fonts) }
  }

  @Test("More levels than the page is wide are told")
  func tooWide() throws {
    let levels = (1...11).map { "    - {value: '\($0)', label: Rất không hài lòng}" }
    let wide = PrintSamples.text.replacing(
      "    - {value: '5', label: Rất hài lòng}\n", with: levels.joined(separator: "\n") + "\n"
    ).replacing("    - {value: '1', label: Rất không hài lòng}\n    items", with: "    items")
    #expect(throws: PrintFailure.tooWide("Mức độ hài lòng")) { try layout(wide) }
  }
}
