// SPDX-License-Identifier: Apache-2.0
import Ballot
import Form
import Geometry
import Review
import Store

enum ReviewSamples {
  static func item(_ question: String, reading: Int = 1) -> ReviewItem {
    ReviewItem(
      reading: ReadingNumber(reading), question: question, form: "khao-sat",
      origin: PageOrigin(
        file: "scans/a\u{1B}[2J.png", sha256: String(repeating: "0", count: 64), page: 2,
        formPage: 1))
  }

  static let targets = ["1", "2", "3"].enumerated().map { index, value in
    Target(
      value: value, shape: .box,
      box: BlankBox(x: 20 * Double(index), y: 0, width: 5, height: 5))
  }

  static let form = BallotForm(
    name: "khao-sat", title: "",
    pages: [
      FormPage(
        number: 1, blank: BlankSource(file: "b.png", width: 10, height: 10, dpi: 300),
        questions: [
          Question(id: "c03", label: "Nơi ngồi chờ", kind: .single(targets)),
          Question(id: "way", label: "", kind: .multiple(targets)),
          Question(
            id: "xa", label: "Mã xã", kind: .code(cells: targets.map(\.box))),
        ])
    ])

  static func mark(_ value: String, _ marked: Double) -> MarkEvidence {
    MarkEvidence(
      value: value, marked: marked, cancelled: 0, inkMM2: 1, strokeMM: 2, coverage: 0.1,
      corners: [])
  }

  static let reading = PageReading(
    form: "khao-sat", formPage: 1, rotation: .upright,
    registration: RegistrationSummary(residualMM: 0.1, places: 9, placesLookedAt: 10),
    evidence: PageEvidence(
      noise: 0, printResidual: 0, pixelsPerMM: 10,
      questions: [
        QuestionEvidence(
          question: "c03", targets: [mark("1", 0.001), mark("2", 0.98), mark("3", 0.91)]),
        QuestionEvidence(
          question: "way", targets: [mark("1", 0.999), mark("2", 0.6), mark("3", 0.01)]),
        QuestionEvidence(question: "xa", targets: []),
      ]),
    rules: Rules(),
    answers: [
      Answer(
        question: "c03",
        outcome: .review(candidates: [["2"], ["3"]], reasons: [.severalMarks(["2", "3"])])),
      Answer(
        question: "way", outcome: .review(candidates: [["1"]], reasons: [.doubtfulMark("2")])),
      Answer(
        question: "xa", outcome: .review(candidates: [], reasons: [.written]),
        cells: [
          .accepted("7", confidence: 0.999), .review(candidates: []), .review(candidates: []),
        ]),
    ])

  /// A review of these questions, the first one on the screen.
  static func state(_ questions: String...) -> ReviewState {
    var state = ReviewState(items: questions.map { item($0) })
    show(&state)
    return state
  }

  static func show(_ state: inout ReviewState) {
    guard let current = state.current,
      let subject = ReviewSubject(state.items[current], in: reading, of: form)
    else { return }
    state.show(subject)
  }
}
