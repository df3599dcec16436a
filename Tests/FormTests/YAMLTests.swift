// SPDX-License-Identifier: Apache-2.0
import Form
import Testing

@Suite struct YAMLTests {
  static let small = """
    form: small
    title: Phiếu nhỏ
    pages:
    - blank: {picture: b.png, width: 1000, height: 1000, dpi: 100}
      questions:
      - id: q1
        type: single
        shape: box
        targets:
        - {value: 007, box: [10, 10, 20, 20]}
        - {value: yes, box: [40, 10, 20, 20], shape: bubble}

    """

  @Test("Scalars are text: codes keep their zeros, yes stays yes")
  func scalarsAreText() throws {
    let form = try FormYAML.read(Self.small, file: "form.yaml")
    #expect(form.questions[0].targets.map(\.value) == ["007", "yes"])
  }

  @Test("A target's own shape goes before its question's")
  func ownShape() throws {
    let form = try FormYAML.read(Self.small, file: "form.yaml")
    #expect(form.questions[0].targets.map(\.shape) == [.box, .bubble])
  }

  @Test("A byte order mark and Windows line ends are taken")
  func windows() throws {
    let windows = Self.small.replacing("\n", with: "\r\n")
    #expect(
      try FormYAML.read(windows, file: "f") == FormYAML.read(Self.small, file: "f"))
  }

  static let spoiled = [
    Spoiled(
      "questions:", "questions: []\n  other:",
      "form.yaml:6:3: pages[0]: unknown key `other`, expected one of page, blank, label, questions"),
    Spoiled(
      "title:", "titel:",
      "form.yaml:2:1: unknown key `titel`, expected one of form, version, title, look, cancel, silent, pages"
    ),
    Spoiled(
      "    type: single\n", "    type: single\n    label: a\n    label: b\n",
      "form.yaml:9:5: pages[0].questions[0]: key `label` again, first in line 8, expected once"),
    Spoiled(
      "title: Phiếu nhỏ\n", "title: a\n'title': b\n\"title\": c\n",
      "form.yaml:3:1: key `title` again, first in line 2, expected once",
      "form.yaml:4:1: key `title` again, first in line 2, expected once"),
    Spoiled(
      "dpi: 100}", "dpi: 100, dpi: 200, width: 3}",
      "form.yaml:4:64: pages[0].blank: key `dpi` again, first in line 4, expected once",
      "form.yaml:4:74: pages[0].blank: key `width` again, first in line 4, expected once"),
    Spoiled(
      "[10, 10, 20, 20]", "&box [10, 10, 20, 20]",
      "form.yaml:10:25: pages[0].questions[0].targets[0].box: anchors and aliases (&, *) are not taken; write it out"
    ),
    Spoiled(
      "[10, 10, 20, 20]", "*box",
      "form.yaml:10:25: malformed YAML: found undefined alias"),
    Spoiled(
      "[10, 10, 20, 20]", "[10, 1_0, 20, 20]",
      "form.yaml:10:25: pages[0].questions[0].targets[0].box: found `[10, 1_0, 20, 20]`, expected four numbers [x, y, width, height]"
    ),
    Spoiled(
      "    shape: box\n", "    shape: bax\n",
      "form.yaml:8:12: pages[0].questions[0].shape: found `bax`, expected one of box, bubble, char, cell"
    ),
    Spoiled(
      "    shape: box\n", "",
      "form.yaml:9:7: pages[0].questions[0].targets[0]: `shape` is missing"),
    Spoiled(
      "dpi: 100}", "dpi: 100",
      "form.yaml:5:12: malformed YAML: while parsing a flow mapping: did not find expected ',' or '}'"
    ),
    Spoiled(
      "form: small\n", "form: small\n---\n",
      "form.yaml:2:1: malformed YAML: expected a single document in the stream: but found another document"
    ),
  ]

  @Test(
    "What is wrong with a form.yaml is told with its place and what was expected",
    arguments: spoiled)
  func spoiledYAML(_ example: Spoiled) {
    #expect(Self.small.contains(example.old))
    #expect(problems(yaml: Self.small.replacing(example.old, with: example.new)) == example.said)
  }

  @Test(
    "An empty file, a list, a lone word are no forms", arguments: ["", "# nothing\n", "- a", "a"])
  func noForms(text: String) {
    #expect(problems(yaml: text).count == 1)
  }

  @Test("Stars and ampersands in labels are no references")
  func stars() throws {
    var form = try FormJSON.read(exampleJSON, file: "f")
    let question = form.pages[0].questions[0]
    form.pages[0].questions = (0..<40).map {
      Question(id: "q\($0)", label: "Họ tên *bắt buộc, R&D, A & B", kind: question.kind)
    }
    #expect(try FormYAML.read(FormYAML.text(form), file: "f") == form)
  }

  @Test("References that multiply are told, not followed")
  func laughs() {
    var text = "form: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1..<20 {
      let many = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      text += "k\(level): &a\(level) [\(many)]\n"
    }
    let told = "anchors and aliases (&, *) are not taken; write it out"
    #expect(problems(yaml: text) == ["form.yaml:1:7: \(told)"])
    // As a key they would be compared, which takes for ever.
    #expect(problems(yaml: text + "? *a19\n: x\n") == ["form.yaml:1:7: \(told)"])
    let few = "form: &a [x]\ntitle: *a\n&b pages: x\n"
    #expect(
      problems(yaml: few) == [
        "form.yaml:1:7: form: \(told)", "form.yaml:1:7: title: \(told)",
        "form.yaml:3:1: pages: \(told)",
      ])
  }
}
