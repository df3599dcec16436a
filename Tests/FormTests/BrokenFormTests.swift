// SPDX-License-Identifier: Apache-2.0
import Form
import Testing

/// A broken file: each change of the example, and all that must be told of it.
struct Broken: CustomTestStringConvertible {
  var testDescription: String
  var changes: [(old: String, new: String)]
  var said: [String]

  init(_ description: String, _ changes: [(String, String)], _ said: [String]) {
    testDescription = description
    self.changes = changes.map { (old: $0.0, new: $0.1) }
    self.said = said
  }
}

@Suite struct BrokenFormTests {
  static let broken = [
    Broken(
      "no title", [("title: Phiếu góp ý\n", "")],
      ["form.yaml:1:1: `title` is missing"]),
    Broken(
      "no introduction: nothing says why it is asked",
      [("introduction: Vì sao hỏi, và câu trả lời được giữ kín.\n", "")],
      ["form.yaml:1:1: `introduction` is missing"]),
    Broken(
      "a name that is no folder's", [("form: ward-2", "form: ../ward")],
      [
        "form.yaml:1:7: form: found `../ward`, expected letters, digits, `-`, `_`, `.`, not beginning with a dot"
      ]),
    Broken(
      "a misspelt key and a look that there is not",
      [("look: boxes", "look: bubbles"), ("cancel: blacken", "cancels: blacken")],
      [
        "form.yaml:4:7: look: found `bubbles`, expected one of boxes, digits",
        "form.yaml:5:1: unknown key `cancels`, expected one of form, title, organisation, subtitle, introduction, marking, correcting, closing, look, cancel, silent, size, wording, origin, sections",
      ]),
    Broken(
      "a cancel rule of the other look", [("cancel: blacken", "cancel: crossed-ring")],
      ["form.yaml:5:9: cancel: found `crossed-ring`, expected one of none, blacken"]),
    Broken(
      "an id twice, one of them a text area's",
      [("- {value: '2', label: Khác, text: sex_other}", "- {value: '2', label: Khác, text: sex}")],
      [
        "form.yaml:28:39: sections[0].questions[3].options[1].text: `sex` again, first in line 22, expected to be unique"
      ]),
    Broken(
      "an id that no table can have", [("- id: n1", "- id: câu 1")],
      [
        "form.yaml:39:11: sections[1].questions[0].items[1].id: found `câu 1`, expected a plain letter, then plain letters, digits, `_`, `-`, `.`"
      ]),
    Broken(
      "the program's own id", [("- id: n1", "- id: serial")],
      [
        "form.yaml:39:11: sections[1].questions[0].items[1].id: found `serial`, expected another name; `serial` is the program's"
      ]),
    Broken(
      "a value twice and a question without words",
      [("{value: '2', label: Khác", "{value: '1', label: Khác"), ("    label: Giới tính\n", "")],
      [
        "form.yaml:22:5: sections[0].questions[3]: `label` is missing",
        "form.yaml:27:15: sections[0].questions[3].options[1].value: `1` again, first in line 26, expected to be unique",
      ]),
    Broken(
      "a choice of one",
      [("    - {value: '2', label: Khác, text: sex_other}\n", "")],
      ["form.yaml:27:5: sections[0].questions[3].options: found `[…]`, expected at least two"]),
    Broken(
      "no type, and a type that there is not",
      [("    type: text\n", ""), ("type: yes-no", "type: yesno")],
      [
        "form.yaml:44:11: sections[1].questions[1].type: found `yesno`, expected one of single, multiple, matrix, yes-no, code, text, line",
        "form.yaml:48:5: sections[1].questions[2]: `type` is missing",
      ]),
    Broken(
      "a pattern without cells", [("pattern: '___'\n", "pattern: 'abc'\n")],
      [
        "form.yaml:14:14: sections[0].questions[1].pattern: found `\"abc\"`, expected `_` for each cell and separators between, such as `__/__/____`"
      ]),
    Broken(
      "issued codes of another length, and one twice",
      [("['007', '012']", "['07', '012', '012']")],
      [
        "form.yaml:15:14: sections[0].questions[1].issued[0]: found `\"07\"`, expected 3 digits",
        "form.yaml:15:27: sections[0].questions[1].issued[2]: `012` again, first in line 15, expected to be unique",
      ]),
    Broken(
      "issued codes whose check digit is wrong",
      [("pattern: '___'\n", "pattern: '___'\n    check: luhn\n")],
      [
        "form.yaml:16:14: sections[0].questions[1].issued[0]: found `\"007\"`, expected a last digit that is right by luhn",
        "form.yaml:16:21: sections[0].questions[1].issued[1]: found `\"012\"`, expected a last digit that is right by luhn",
      ]),
    Broken(
      "days that are none, or in the wrong order",
      [
        ("{from: 2024-11-21, to: 2024-11-24}", "{from: 2024-11-31, to: 24/11}"),
        ("cell: [6, 8]", "cell: [5, 8]"),
      ],
      [
        "form.yaml:20:19: sections[0].questions[2].dates.from: found `2024-11-31`, expected a day such as 2024-11-21",
        "form.yaml:20:35: sections[0].questions[2].dates.to: found `24/11`, expected a day such as 2024-11-21",
        "form.yaml:21:11: sections[0].questions[2].cell: found `[5, 8]`, expected [width, height] in mm, [6, 8] to [20, 20]",
      ]),
    Broken(
      "a last day before the first", [("to: 2024-11-24", "to: 2024-11-20")],
      [
        "form.yaml:20:35: sections[0].questions[2].dates.to: found `2024-11-20`, expected 2024-11-21 or later"
      ]),
    Broken(
      "a date of three cells", [("pattern: '__/__/____'", "pattern: '___'")],
      [
        "form.yaml:20:12: sections[0].questions[2].dates: found `___`, expected eight cells ddmmyyyy or six ddmmyy"
      ]),
    Broken(
      "levels and items that are none",
      [
        (
          "    - {value: '5', label: Rất hài lòng}\n    - {value: '1', label: Rất không hài lòng}\n",
          "    - 5\n    - 1\n"
        ), ("    - {id: y1, label: nộp hồ sơ}\n", "      []\n"),
      ],
      [
        "form.yaml:34:7: sections[1].questions[0].levels[0]: found `5`, expected keys and values",
        "form.yaml:35:7: sections[1].questions[0].levels[1]: found `1`, expected keys and values",
        "form.yaml:47:7: sections[1].questions[1].items: found `[]`, expected at least one",
      ]),
    Broken(
      "options at a text, too many lines, text that is too long",
      [("lines: 3", "lines: 99\n    options: []")],
      [
        "form.yaml:51:12: sections[1].questions[2].lines: found `99`, expected a whole number from 1 to 40",
        "form.yaml:52:5: sections[1].questions[2]: unknown key `options`, expected one of type, id, label, english, note, factor, wording, lines",
      ]),
    Broken(
      "anchors, a key twice, an empty label",
      [
        ("label: Thôn", "label: &a Thôn"), ("title: PHẦN B", "title: PHẦN B\n  title: PHẦN C"),
        ("label: Mã xã", "label: ''"),
      ],
      [
        "form.yaml:10:12: sections[0].questions[0].label: anchors and aliases (&, *) are not taken; write it out",
        "form.yaml:13:12: sections[0].questions[1].label: found `\"\"`, expected 1 to 2000 characters",
        "form.yaml:30:3: sections[1]: key `title` again, first in line 29, expected once",
      ]),
    Broken(
      "sections that are no list", [("sections:\n", "sections: none\nold:\n")],
      [
        "form.yaml:6:11: sections: found `none`, expected a list",
        "form.yaml:7:1: unknown key `old`, expected one of form, title, organisation, subtitle, introduction, marking, correcting, closing, look, cancel, silent, size, wording, origin, sections",
      ]),
    Broken(
      "no YAML at all", [("items:\n    - {id: y1", "items: {\n    - {id: y1")],
      [
        "form.yaml:47:5: malformed YAML: while parsing a flow node: did not find expected node content"
      ]),
    Broken(
      "everything at once",
      [
        ("form: ward-2\n", ""), ("size", "size"), ("value: '5', label: Rất hài lòng", "label: ''"),
        ("lines: 3", "lines: x"), ("id: comment", "id: n1"),
      ],
      [
        "form.yaml:1:1: `form` is missing",
        "form.yaml:33:7: sections[1].questions[0].levels[0]: `value` is missing",
        "form.yaml:33:15: sections[1].questions[0].levels[0].label: found `\"\"`, expected 1 to 500 characters",
        "form.yaml:47:9: sections[1].questions[2].id: `n1` again, first in line 38, expected to be unique",
        "form.yaml:50:12: sections[1].questions[2].lines: found `x`, expected a whole number from 1 to 40",
      ]),
  ]

  @Test("Every error of a broken form is told with its place, none hidden", arguments: broken)
  func told(_ example: Broken) {
    let text = example.changes.reduce(writtenExample) { $0.replacing($1.old, with: $1.new) }
    #expect(problems(yaml: text) == example.said)
  }
}
