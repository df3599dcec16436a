// SPDX-License-Identifier: Apache-2.0
import Form
import Language
import Testing

@Suite struct WrittenFormTests {
  static func read(_ text: String) throws -> WrittenForm {
    guard case .written(let form, _) = try FormYAML.content(text, file: "form.yaml") else {
      throw FormError.noSuchFile("no written form")
    }
    return form
  }

  @Test("A written form says what is asked, and nothing of where")
  func reads() throws {
    let form = try Self.read(writtenExample)
    #expect(form.name == "ward-2" && form.look == .boxes && form.cancel == .blacken)
    #expect(form.sections.map(\.title) == ["PHẦN A", "PHẦN B"])
    #expect(form.sections.map(\.entries.count) == [4, 3])
    #expect(form.sections[0].entries[0] == .line(label: "Thôn"))
    let counts = form.counts
    #expect((counts.answers, counts.targets) == (4, 8))
    #expect((counts.codes, counts.cells, counts.texts) == (2, 11, 2))
  }

  @Test("Levels keep their values in the order in which they are printed")
  func levels() throws {
    let form = try Self.read(writtenExample)
    guard case .matrix(let matrix) = form.sections[1].entries[0] else {
      Issue.record("no matrix")
      return
    }
    #expect(matrix.levels.map(\.value) == ["5", "1"])
  }

  @Test("A heading's factor holds for its items, an item's own goes before it")
  func factors() throws {
    let form = try Self.read(writtenExample)
    guard case .matrix(let matrix) = form.sections[1].entries[0] else {
      Issue.record("no matrix")
      return
    }
    #expect(matrix.items.map(\.factor) == ["access", "seats"])
  }

  @Test("Yes and no are the levels 1 and 2")
  func yesNo() throws {
    let form = try Self.read(writtenExample)
    guard case .matrix(let matrix) = form.sections[1].entries[1] else {
      Issue.record("no rows of yes and no")
      return
    }
    #expect(matrix.levels.map(\.label) == ["Có", "Không"])
    #expect(matrix.levels.map(\.value) == ["1", "2"])
  }

  @Test("The words that will be printed are known with their places")
  func printedWords() throws {
    guard case .written(_, let printed) = try FormYAML.content(writtenExample, file: "f") else {
      Issue.record("not written")
      return
    }
    let title = try #require(printed.first)
    #expect((title.text, title.line, title.column) == ("Phiếu góp ý", 2, 8))
    #expect(!printed.contains { $0.text == "Sex" })
  }

  @Test("A form without coordinates is no form to read sheets with")
  func notPrinted() {
    #expect(throws: FormError.notPrinted("form.yaml")) {
      try FormYAML.read(writtenExample, file: "form.yaml")
    }
  }

  @Test("A wanted share of silent errors goes with the form, printed or not")
  func silentRate() throws {
    let form = try Self.read(
      writtenExample.replacing("cancel: blacken\n", with: "cancel: blacken\nsilent: 0.0003\n"))
    #expect(form.silentRate == 0.000_3)
    var placed = try FormYAML.read(YAMLTests.small, file: "form.yaml")
    #expect(placed.silentRate == nil)
    placed.silentRate = 0.000_03
    #expect(try FormYAML.read(try FormYAML.text(placed), file: "form.yaml") == placed)
  }

  @Test("A share of silent errors that nobody can promise is a problem")
  func impossibleRate() {
    let text = writtenExample.replacing("cancel: blacken\n", with: "silent: 0.0000001\n")
    #expect {
      try Self.read(text)
    } throws: { error in
      (error as? FormError)?.words(.english).contains("a number from 0.00001 to 0.01") ?? false
    }
  }

  @Test("The look says how answers are taken back, where the form does not")
  func cancelOfLook() throws {
    let form = try Self.read(writtenExample.replacing("cancel: blacken\n", with: ""))
    #expect(form.cancel(on: .boxes) == .blacken)
    #expect(form.cancel(on: .digits) == .crossedRing)
    let none = try Self.read(writtenExample.replacing("cancel: blacken", with: "cancel: none"))
    #expect(none.cancel(on: .digits) == CancelRule.none)
  }
}

@Suite struct CodeRuleTests {
  static let faults: [(CodeRule, String, CodeRule.Fault?)] = [
    (CodeRule(pattern: "___"), "007", nil),
    (CodeRule(pattern: "___"), "07", .length(2, expected: 3)),
    (CodeRule(pattern: "___"), "0x7", .notDigits),
    (CodeRule(pattern: "___", issued: ["007"]), "008", .notIssued),
    (CodeRule(pattern: "___________", check: .luhn), "79927398713", nil),
    (CodeRule(pattern: "___________", check: .luhn), "79927398710", .checkDigit),
    (CodeRule(pattern: "_____", check: .mod11and10), "07945", nil),
    (CodeRule(pattern: "_____", check: .mod11and10), "07944", .checkDigit),
    (day, "23112024", nil),
    (day, "30022024", .noDate),
    (day, "25112024", .outsideDates),
  ]

  static var day: CodeRule {
    var rule = CodeRule(pattern: "__/__/____")
    if let from = CivilDate(year: 2024, month: 11, day: 21),
      let to = CivilDate(year: 2024, month: 11, day: 24)
    {
      rule.dates = from...to
    }
    return rule
  }

  @Test("A code is compared with what it must be", arguments: faults)
  func compares(rule: CodeRule, code: String, fault: CodeRule.Fault?) {
    #expect(rule.fault(of: code) == fault)
  }

  @Test("Check digits find every single wrong digit", arguments: CheckDigit.allCases)
  func findsWrongDigits(_ check: CheckDigit) throws {
    let body = "40815"
    let last = try #require("0123456789".first { check.isRight(body + [$0]) })
    #expect("0123456789".count { check.isRight(body + [$0]) } == 1)
    for place in body.indices {
      for digit in "0123456789" where digit != body[place] {
        var other = body
        other.replaceSubrange(place...place, with: [digit])
        #expect(!check.isRight(other + [last]))
      }
    }
    #expect(!check.isRight("") && !check.isRight("0"))
  }

  @Test("Codes are listed where they were issued or are days, and as the rest of the rule has it")
  func lists() throws {
    #expect(CodeRule(pattern: "__").listed == nil)
    #expect(CodeRule(pattern: "__", check: .luhn).listed == nil)
    #expect(CodeRule(pattern: "__", issued: ["07", "7", "18"]).listed == ["07", "18"])
    #expect(CodeRule(pattern: "__", check: .luhn, issued: ["07", "18"]).listed == ["18"])
    let from = try #require(CivilDate(year: 2024, month: 2, day: 28))
    let to = try #require(CivilDate(year: 2024, month: 3, day: 1))
    #expect(
      CodeRule(pattern: "__/__/____", dates: from...to).listed
        == ["28022024", "29022024", "01032024"])
    #expect(
      CodeRule(pattern: "__/__/__", dates: from...to).listed == ["280224", "290224", "010324"])
  }

  @Test("After the year's last day comes the next year's first, and 2200 ends it")
  func nextDays() {
    #expect(
      CivilDate(year: 2023, month: 12, day: 31)?.next == CivilDate(year: 2024, month: 1, day: 1))
    #expect(
      CivilDate(year: 2023, month: 2, day: 28)?.next == CivilDate(year: 2023, month: 3, day: 1))
    #expect(CivilDate(year: 2200, month: 12, day: 31)?.next == nil)
    #expect(CivilDate(year: 1999, month: 12, day: 31)?.digits(cells: 6) == nil)
  }
}
