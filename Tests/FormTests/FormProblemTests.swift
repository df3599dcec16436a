// SPDX-License-Identifier: Apache-2.0
import Form
import Language
import Testing

/// A change to the example, and what is then said.
struct Spoiled: CustomTestStringConvertible, Sendable {
  var old: String
  var new: String
  var said: [String]

  var testDescription: String { said.first ?? new }

  init(_ old: String, _ new: String, _ said: String...) {
    self.old = old
    self.new = new
    self.said = said
  }
}

@Suite struct FormProblemTests {
  static let spoiled = [
    Spoiled(
      "\"single\"", "\"singel\"",
      "form.json:5:32: pages[0].questions[0].type: found `\"singel\"`, expected one of single, multiple, code, text"
    ),
    Spoiled(
      "\"type\": \"single\", ", "", "form.json:5:9: pages[0].questions[0]: `type` is missing"),
    Spoiled(
      "\"value\": \"01\"", "\"value\": 1",
      "form.json:6:35: pages[0].questions[0].targets[0].value: found `1`, expected a string"),
    Spoiled(
      "\"value\": \"no\"", "\"value\": \"01\"",
      "form.json:7:35: pages[0].questions[0].targets[1].value: `01` again, first in line 6, expected to be unique"
    ),
    Spoiled(
      "\"id\": \"other\"", "\"id\": \"c01\"",
      "form.json:15:17: pages[1].questions[0].id: `c01` again, first in line 5, expected to be unique"
    ),
    Spoiled(
      "[310, 2210, 50, 50]", "[310, 2210, 50]",
      "form.json:9:68: pages[0].questions[1].targets[0].box: found `[310, 2210, 50]`, expected four numbers [x, y, width, height]"
    ),
    Spoiled(
      "[310, 2210, 50, 50]", "[310, \"2210\", 50, 50]",
      "form.json:9:68: pages[0].questions[1].targets[0].box: found `[310, 2210, 50, 50]`, expected four numbers [x, y, width, height]"
    ),
    Spoiled(
      "[310, 2210, 50, 50]", "[2431, 2210, 50, 50]",
      "form.json:9:68: pages[0].questions[1].targets[0].box: reaches outside the page, expected inside 2480 × 3508 pixels"
    ),
    Spoiled(
      "[310, 2210, 50, 50]", "[310, 2210, 50, -50]",
      "form.json:9:68: pages[0].questions[1].targets[0].box: found `[310, 2210, 50, -50]`, expected a width and height of at least one pixel"
    ),
    Spoiled(
      "\"shape\": \"bubble\"", "\"shape\": \"oval\"",
      "form.json:10:54: pages[0].questions[1].targets[1].shape: found `\"oval\"`, expected one of box, bubble, char, cell"
    ),
    Spoiled(
      "[[1510, 310, 71, 95], [1590, 310, 71, 95]]", "[]",
      "form.json:12:20: pages[0].questions[2].cells: found `[]`, expected at least one"),
    Spoiled(
      "\"width\": 2480", "\"width\": 2480.5",
      "form.json:3:51: pages[0].width: found `2480.5`, expected a whole number from 16 to 32768"),
    Spoiled(
      "\"dpi\": 300", "\"dpi\": 0",
      "form.json:3:80: pages[0].dpi: found `0`, expected a number from 10 to 2400"),
    Spoiled(
      "\"page\": 2", "\"page\": 1",
      "form.json:13:15: pages[1].page: found `1`, expected a whole number from 2 to 999"),
    Spoiled(
      "\"blank-2.png\"", "\"../blank-2.png\"",
      "form.json:13:27: pages[1].blank: found `\"../blank-2.png\"`, expected the name of a picture in the form's folder, without a path"
    ),
    Spoiled(
      "\"blank-2.png\"", "\"form.yaml\"",
      "form.json:13:27: pages[1].blank: found `\"form.yaml\"`, expected the name of a picture in the form's folder, without a path"
    ),
    Spoiled(
      "\"blank-2.png\"", "\"blank-1.png\"",
      "form.json:13:27: pages[1].blank: `blank-1.png` again, first in line 3, expected to be unique"
    ),
    Spoiled(
      "\"ward-1\"", "\"../ward\"",
      "form.json:1:11: form: found `\"../ward\"`, expected letters, digits, `-`, `_`, `.`, not beginning with a dot"
    ),
    Spoiled(
      "\"Mã xã\"", "\"Mã xã\", \"label\": \"\"",
      "form.json:11:62: pages[0].questions[2]: key `label` again, first in line 11, expected once"),
    Spoiled(
      "\"id\": \"way\"", "\"id\": \"w\\u001bay\"",
      "form.json:8:17: pages[0].questions[1].id: found `\"w\\u{1b}ay\"`, expected text without control characters and without spaces at its ends"
    ),
    Spoiled(
      "\"dpi\": 300,", "\"dpi\": 300", "form.json:4:7: found `\"questions\":`, expected `,` or `}`"),
    Spoiled("199.9,", "199.,", "form.json:13:84: found `,`, expected a digit"),
    Spoiled("} ] } ] }", "} ] } ]", "form.json:15:94: nothing found, expected `,` or `}`"),
  ]

  @Test(
    "What is wrong with a form.json is told with its place and what was expected",
    arguments: spoiled)
  func spoiledJSON(_ example: Spoiled) {
    #expect(exampleJSON.contains(example.old))
    #expect(problems(json: exampleJSON.replacing(example.old, with: example.new)) == example.said)
  }

  @Test("All problems are told at once, in the order of their places")
  func allAtOnce() {
    let spoiled = exampleJSON.replacing("\"single\"", with: "\"singel\"")
      .replacing("\"bubble\"", with: "\"oval\"").replacing("\"ward-1\"", with: "\"\"")
    let places = problems(json: spoiled).map { $0.prefix(14) }
    #expect(places == ["form.json:1:11", "form.json:5:32", "form.json:10:5"])
  }

  @Test("Further keys of other programs are passed over in form.json")
  func passesOver() throws {
    let more = exampleJSON.replacing(
      "\"title\":", with: "\"software\": {\"a\": [1]}, \"version\": 1.2, \"title\":")
    #expect(
      try FormJSON.read(more, file: "a") == FormJSON.read(exampleJSON, file: "a"))
  }

  @Test("A problem has words in both languages", arguments: Language.allCases)
  func bothLanguages(language: Language) {
    do {
      _ = try FormJSON.read("[]", file: "form.json")
      Issue.record("read")
    } catch {
      let words = [
        Language.english: "form.json:1:1: found `[]`, expected keys and values",
        .vietnamese: "form.json:1:1: gặp `[]`, cần các khoá và giá trị",
      ]
      #expect(error.words(language) == words[language])
    }
  }

  @Test("Deep nesting is refused before the stack is used up")
  func deepNesting() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(problems(json: deep) == ["form.json:1:33: nested more than 32 deep"])
    let yaml = problems(yaml: deep)
    #expect(yaml.count == 1 && yaml[0].hasPrefix("form.yaml:1:"))
  }

  @Test("More than a hundred problems are cut off")
  func cutsOff() {
    let boxes = Array(repeating: "[0,0,0,0]", count: 150).joined(separator: ",")
    let json = exampleJSON.replacing(
      "[[1510, 310, 71, 95], [1590, 310, 71, 95]]", with: "[\(boxes)]")
    #expect(problems(json: json).count == 100)
  }
}
