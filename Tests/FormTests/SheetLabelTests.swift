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

  @Test("A printed serial comes back with its zeros, on its own page of its own version alone")
  func printedSerial() {
    let text = label.printedSerial
    #expect(text.hasPrefix("000123-") && text.count == 9)
    #expect(read(text) == label)
    #expect(read(text, page: 1) == nil)
    #expect(read(text, version: "3f2a9c01d5") == nil)
    for serial in ["0", "7", "999999999999"] {
      let label = SheetLabel(form: "a", version: "b", page: 1, serial: serial)
      #expect(
        SheetLabel(form: "a", version: "b", page: 1, printedSerial: label.printedSerial) == label)
    }
  }

  @Test("A printed serial with a wrong, exchanged, lost or added digit is none")
  func printedSerialChecked() {
    let signs = Array(label.printedSerial)
    for index in signs.indices where signs[index] != "-" {
      for digit in "0123456789" where digit != signs[index] {
        var changed = signs
        changed[index] = digit
        #expect(read(String(changed)) == nil)
      }
      if index > 0, signs[index - 1] != "-", signs[index - 1] != signs[index] {
        var changed = signs
        changed.swapAt(index - 1, index)
        #expect(read(String(changed)) == nil)
      }
    }
    for text in ["", "-", "000123", "000123-", "-39"] + [
      String(signs.dropFirst()), "0" + String(signs), String(signs) + "0",
      String(signs).filter { $0 != "-" },
    ] {
      #expect(read(text) == nil, "\(text)")
    }
  }

  private func read(
    _ text: String, page: Int = 2, version: String = "3f2a9c01d4"
  ) -> SheetLabel? {
    SheetLabel(form: "sipas-2024", version: version, page: page, printedSerial: text)
  }
}
