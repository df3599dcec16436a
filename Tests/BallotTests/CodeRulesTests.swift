// SPDX-License-Identifier: Apache-2.0
import Ballot
import Form
import Geometry
import Testing

struct CodeRulesTests {
  /// A cell that both readers name alike, sure as few are.
  static func sure(_ digit: Int) -> CellEvidence {
    var digits = [Double](repeating: 1e-6, count: 10)
    digits[digit] = 1 - 1e-5
    return CellEvidence(
      inkMM2: 2, strength: 120, symbol: String(digit), symbolConfidence: 0.99, digits: digits,
      junk: 1e-6)
  }

  /// A cell that may be one digit or another.
  static func torn(_ digit: Int, _ other: Int, symbol: Int) -> CellEvidence {
    var digits = [Double](repeating: 0.001, count: 10)
    digits[digit] = 0.6
    digits[other] = 0.38
    return CellEvidence(
      inkMM2: 2, strength: 120, symbol: String(symbol), symbolConfidence: 0.8,
      others: [String(other)], digits: digits, junk: 0.01)
  }

  static let empty = CellEvidence(inkMM2: 0)
  static let junk = CellEvidence(
    inkMM2: 5, strength: 120, symbol: "#", symbolConfidence: 0.97,
    digits: [Double](repeating: 0.01, count: 10), junk: 0.9)

  static func decide(_ cells: [CellEvidence], _ rule: CodeRule? = nil) -> Answer {
    let boxes = cells.indices.map { BlankBox(x: Double($0) * 7, y: 0, width: 7, height: 7) }
    var seen = QuestionEvidence(question: "code", targets: [])
    seen.written = cells
    let page = PageEvidence(noise: 0, printResidual: 0, pixelsPerMM: 12, questions: [seen])
    let question = Question(id: "code", label: "", rule: rule, kind: .code(cells: boxes))
    return Rules().decide(page, questions: [question])[0]
  }

  /// The rule of a code that was issued.
  static func issued(_ codes: String...) -> CodeRule {
    CodeRule(pattern: String(repeating: "_", count: codes[0].count), issued: codes)
  }

  /// The accepted characters, `?` where a person is asked.
  static func text(_ answer: Answer) -> String {
    answer.cells.map {
      if case .accepted(let character, _) = $0 { character.isEmpty ? "_" : character } else { "?" }
    }.joined()
  }

  @Test("A code of sure digits is accepted as one string")
  func allSure() {
    let answer = Self.decide([0, 2, 7].map(Self.sure))
    #expect(Self.text(answer) == "027")
    guard case .accepted(let value, let confidence) = answer.outcome else {
      Issue.record("asked")
      return
    }
    #expect(value == ["027"])
    #expect(confidence > 0.9 && confidence < 1)
  }

  @Test("A cell without ink between two digits is asked, at the ends it is empty")
  func innerEmpty() {
    #expect(Self.text(Self.decide([Self.sure(2), Self.empty, Self.sure(7)])) == "2?7")
    let answer = Self.decide([Self.empty, Self.sure(2), Self.sure(7), Self.empty])
    #expect(answer.isAccepted && Self.text(answer) == "_27_")
  }

  @Test("Where a cell of a code is asked its empty cells are, too")
  func asked() {
    let answer = Self.decide([Self.sure(2), Self.torn(7, 1, symbol: 1), Self.empty])
    #expect(Self.text(answer) == "2??")
  }

  @Test("Trailing empty cells add nothing, leading ones keep their place")
  func values() {
    #expect(Answer.codeValue(["2", "", "7", "", ""]) == "2 7")
    #expect(Answer.codeValue(["", "8", "2"]) == " 82")
    #expect(Answer.codeValue(["", ""]) == "")
  }

  @Test("A cell that nobody looked at is for a person")
  func unread() {
    let boxes = [BlankBox(x: 0, y: 0, width: 7, height: 7)]
    let page = PageEvidence(
      noise: 0, printResidual: 0, pixelsPerMM: 12,
      questions: [QuestionEvidence(question: "code", targets: [])])
    let answers = Rules().decide(
      page, questions: [Question(id: "code", label: "", kind: .code(cells: boxes))])
    #expect(answers.map(\.isAccepted) == [false])
    #expect(answers[0].cells.count == 1)
  }

  @Test("Doubt is asked, with both readers' candidates in order")
  func torn() {
    let answer = Self.decide([Self.sure(1), Self.torn(7, 1, symbol: 7), Self.junk])
    #expect(Self.text(answer) == "1??")
    #expect(answer.cells[1] == .review(candidates: ["7", "1"]))
    guard case .review(_, let reasons) = answer.outcome else {
      Issue.record("accepted")
      return
    }
    #expect(reasons == [.written])
  }

  @Test("Readers that differ are asked, however sure each is")
  func differing() {
    var cell = Self.sure(4)
    cell.symbol = "9"
    #expect(Self.text(Self.decide([cell])) == "?")
  }

  @Test("Ink much paler than the page's strokes is asked: it may shine through")
  func pale() {
    var pale = Self.sure(3)
    pale.strength = 30
    #expect(Self.text(Self.decide([Self.sure(1), Self.sure(2), pale])) == "12?")
  }

  @Test("Ink that was cut from a neighbour's is asked, unless the form knows better")
  func cut() {
    var cut = Self.sure(3)
    cut.isCut = true
    #expect(Self.text(Self.decide([Self.sure(1), cut])) == "1?")
    #expect(Self.text(Self.decide([Self.sure(1), cut], Self.issued("13", "42"))) == "13")
  }

  @Test("A cell with much dirt and nothing else is not called empty")
  func dirty() {
    var dirty = Self.empty
    dirty.dirtMM2 = 1.5
    #expect(Self.text(Self.decide([Self.sure(1), dirty])) == "1?")
  }

  @Test("A list decides a doubtful cell, and nothing that is far from it")
  func issued() {
    let cells = [Self.sure(1), Self.torn(7, 1, symbol: 7), Self.sure(3)]
    #expect(Self.text(Self.decide(cells, Self.issued("173", "245", "999"))) == "173")
    #expect(Self.text(Self.decide(cells, Self.issued("113", "245"))) == "113")
    // Two entries are about as near.
    #expect(Self.text(Self.decide(cells, Self.issued("173", "113"))) == "???")
    #expect(Self.text(Self.decide(cells, Self.issued("645", "980"))) == "???")
    #expect(Self.text(Self.decide(cells, CodeRule(pattern: "___", issued: ["17"]))) == "???")
  }

  @Test("A list makes no code of what is no digit, nor of empty cells")
  func listAndJunk() {
    let list = Self.issued("12", "34")
    #expect(Self.text(Self.decide([Self.sure(1), Self.junk], list)) == "1?")
    #expect(Self.text(Self.decide([Self.empty, Self.empty], list)) == "__")
  }

  @Test("A right check digit accepts a doubtful cell, a wrong one asks for all")
  func checkDigit() {
    let rule = CodeRule(pattern: "____", check: .mod11and10)
    let right = [Self.sure(0), Self.sure(7), Self.torn(9, 4, symbol: 4), Self.sure(2)]
    #expect(Self.text(Self.decide(right, rule)) == "0792")
    #expect(Self.text(Self.decide([0, 7, 9, 3].map(Self.sure), rule)) == "????")
  }

  @Test("A list does not ask where both readers are sure of a listed code")
  func sureAndListed() {
    let cells = [Self.sure(1), Self.sure(2)]
    #expect(Self.text(Self.decide(cells, Self.issued("12", "13", "22"))) == "12")
  }

  @Test("The only listed code that fits the sure cells is not read into a cell that says another")
  func notReadInto() {
    let cells = [Self.sure(1), Self.sure(2), Self.torn(7, 1, symbol: 7)]
    #expect(Self.text(Self.decide(cells, Self.issued("127", "345"))) == "127")
    #expect(Self.text(Self.decide(cells, Self.issued("123", "345"))) == "???")
  }

  @Test("Of a list and a check digit, only listed codes with a right digit choose")
  func listAndCheckDigit() {
    let cells = [Self.sure(0), Self.sure(7), Self.torn(9, 4, symbol: 4), Self.sure(2)]
    let rule = CodeRule(pattern: "____", check: .mod11and10, issued: ["0792", "0742"])
    #expect(Self.text(Self.decide(cells, rule)) == "0792")
  }

  @Test("A date is a day between two days")
  func dates() throws {
    let from = try #require(CivilDate(year: 2024, month: 2, day: 20))
    let through = try #require(CivilDate(year: 2024, month: 3, day: 10))
    let long = CodeRule(pattern: "__/__/____", dates: from...through)
    let short = CodeRule(pattern: "__/__/__", dates: from...through)
    let doubtful =
      [2, 9, 0].map(Self.sure) + [Self.torn(7, 2, symbol: 2)] + [2, 0, 2, 4].map(Self.sure)
    #expect(Self.text(Self.decide(doubtful, long)) == "29022024")
    #expect(Self.text(Self.decide([2, 9, 0, 4, 2, 0, 2, 4].map(Self.sure), long)) == "????????")
    #expect(Self.text(Self.decide([3, 0, 0, 2, 2, 4].map(Self.sure), short)) == "??????")
    #expect(Self.text(Self.decide([2, 9, 0, 2, 2, 4].map(Self.sure), short)) == "290224")
  }

  @Test("A partly filled code is asked where a list, a check digit or days say what it must be")
  func partlyFilledWithConstraint() throws {
    let from = try #require(CivilDate(year: 2024, month: 2, day: 20))
    let part = [Self.sure(1), Self.sure(7), Self.empty]
    for rule in [Self.issued("173", "245"), CodeRule(pattern: "___", check: .luhn)] {
      let answer = Self.decide(part, rule)
      #expect(answer.outcome == .review(candidates: [["17"]], reasons: [.againstRule]))
      #expect(Self.text(answer) == "???")
    }
    let days = CodeRule(pattern: "__/__/__", dates: from...from)
    #expect(!Self.decide([2, 0, 0, 2].map(Self.sure) + [Self.empty, Self.empty], days).isAccepted)
  }

  @Test("A partly filled code is accepted as read where the rule says nothing but its cells")
  func partlyFilledWithoutConstraint() {
    let rule = CodeRule(pattern: "___")
    let answer = Self.decide([Self.sure(1), Self.sure(7), Self.empty], rule)
    #expect(answer.isAccepted && Self.text(answer) == "17_")
  }

  @Test("A code that is not filled in breaks no rule")
  func notFilledIn() {
    let answer = Self.decide([Self.empty, Self.empty], Self.issued("12", "34"))
    #expect(answer.isAccepted)
  }
}
