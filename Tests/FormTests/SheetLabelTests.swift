// SPDX-License-Identifier: Apache-2.0
import Form
import Testing

@Suite struct SheetLabelTests {
  let label = SheetLabel(form: "sipas-2024", version: "3f2a9c01d4", page: 2, serial: "000123")

  @Test("A label comes back from its text")
  func comesBack() {
    #expect(label.text.hasPrefix("phieu/1/sipas-2024/3f2a9c01d4/2/000123/"))
    #expect(SheetLabel(text: label.text) == label)
    #expect(label.formID == "sipas-2024@3f2a9c01d4")
    #expect(BallotForm.parts(id: label.formID) == ("sipas-2024", "3f2a9c01d4"))
  }

  @Test("One wrong character and the text is no label")
  func checked() {
    let signs = Array(label.text)
    for index in signs.indices {
      var changed = signs
      changed[index] = changed[index] == "0" ? "1" : "0"
      #expect(SheetLabel(text: String(changed)) == nil, "\(String(changed))")
    }
  }

  static let others = [
    "", "https://example.org", "phieu/1", "phieu/1/a/b/c/d/e", "phieu/2/a/3f2a9c01d4/1/1/0000",
    String(repeating: "/", count: 6), String(repeating: "x", count: 10_000),
  ]

  @Test("Other codes are no labels", arguments: others)
  func refuses(text: String) { #expect(SheetLabel(text: text) == nil) }
}
