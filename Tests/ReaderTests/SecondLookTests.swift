// SPDX-License-Identifier: Apache-2.0
import Ballot
import Form
import Geometry
import Imaging
import OMR
import Reader
import Testing

/// Which pages of a batch are looked at a second time.
@Suite("Second look")
struct SecondLookTests {
  private let target = Target(
    value: "1", shape: .box, box: BlankBox(x: 20, y: 20, width: 4, height: 4))

  /// A form page of one question, prepared, and one sheet of it with a line in the box that the
  /// blank has not.
  private func prepared() -> (marks: PreparedMarks, sheet: GrayPicture) {
    var blank = GrayPicture(width: 400, height: 400)
    for at in 0..<32 {
      for thick in 0..<2 {
        blank[160 + at, 160 + thick] = 20
        blank[160 + at, 191 - thick] = 20
        blank[160 + thick, 160 + at] = 20
        blank[191 - thick, 160 + at] = 20
      }
    }
    var sheet = blank
    for x in 200..<260 { for y in 180..<190 { sheet[x, y] = 100 } }
    let page = FormPage(
      number: 1, blank: BlankSource(file: "b.png", width: 400, height: 400, dpi: 25.4 * 8),
      questions: [Question(id: "q", label: "", kind: .single([target]))])
    return (PreparedMarks(PreparedPage(form: "f", page: page, blank: blank)), sheet)
  }

  private struct Flat: BlankToPage {
    func pagePoint(_ point: BlankPoint) -> PagePoint {
      PagePoint(x: point.x * 8, y: point.y * 8)
    }
  }

  private func prints(sheets: Int) -> BatchPrints {
    let (marks, sheet) = prepared()
    let prints = BatchPrints()
    for _ in 0..<sheets {
      _ = MarkReader().read(
        sheet, map: Flat(), agreement: { _ in 1 }, on: marks, key: "f",
        note: { prints.note($0, page: 0, on: marks) })
    }
    return prints
  }

  private func outcome(accepted: Bool) -> PageOutcome {
    let seen = QuestionEvidence(
      question: "q",
      targets: [
        MarkEvidence(
          value: "1", marked: 0.1, cancelled: 0, inkMM2: 0, strokeMM: 0, coverage: 0, corners: [])
      ])
    return .read(
      PageReading(
        form: "f", formPage: 1, rotation: .upright,
        registration: RegistrationSummary(residualMM: 0, places: 1, placesLookedAt: 1),
        evidence: PageEvidence(noise: 0, printResidual: 0, pixelsPerMM: 8, questions: [seen]),
        rules: Rules(),
        answers: [
          Answer(
            question: "q",
            outcome: accepted
              ? .accepted([], confidence: 0.99)
              : .review(candidates: [[], ["1"]], reasons: [.doubtfulMark("1")]))
        ]))
  }

  /// Pages 1 and 2 of file 0 and page 1 of file 1; only page 2 asks.
  private func noted() -> SecondLook {
    var look = SecondLook()
    look.note(outcome(accepted: true), page: 1, file: 0)
    look.note(outcome(accepted: false), page: 2, file: 0)
    look.note(outcome(accepted: true), page: 1, file: 1)
    return look
  }

  @Test("Pages that ask are looked at again where twelve sheets tell what they print")
  func asks() {
    let look = noted().narrowed(to: prints(sheets: 12)) { _, _ in 0 }
    #expect(look.files == [0])
    #expect(look.leftOut(file: 0) == [1])
    #expect(look.reading(outcome(accepted: true), page: 2, file: 0)?.answers[0].isAccepted == true)
    #expect(look.reading(outcome(accepted: true), page: 1, file: 0) == nil)
    #expect(look.reading(.rejected(.emptyPage), page: 2, file: 0) == nil)
  }

  @Test("No page is looked at again where eleven sheets, or none, tell it")
  func tooFew() {
    #expect(noted().narrowed(to: prints(sheets: 11)) { _, _ in 0 }.files.isEmpty)
    #expect(noted().narrowed(to: BatchPrints()) { _, _ in 0 }.files.isEmpty)
  }
}
