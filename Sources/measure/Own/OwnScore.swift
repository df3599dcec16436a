// SPDX-License-Identifier: Apache-2.0
import Ballot
import Form
import Foundation
import Geometry
import Language
import Reader
import Scanner
import Simulator

/// What became of a form's painted ballots at a level.
struct OwnScore: Sendable {
  /// How many of the things that are to be told were told.
  struct Told: Sendable {
    var right = 0
    var all = 0

    var text: String { all == 0 ? "–" : "\(right) of \(all)" }
    mutating func count(_ isRight: Bool) {
      all += 1
      if isRight { right += 1 }
    }
    static func + (a: Told, b: Told) -> Told {
      Told(right: a.right + b.right, all: a.all + b.all)
    }
  }

  var answers = Score.Counts()
  var labels = Told()
  var turned = Told()
  var ballots = Told()
  var missing = Told()
  var doubled = Told()
  /// Ballots of the store that hold pages of more than one painted ballot, or a wrong serial.
  var joinedWrong = 0

  static func + (a: OwnScore, b: OwnScore) -> OwnScore {
    OwnScore(
      answers: a.answers + b.answers, labels: a.labels + b.labels, turned: a.turned + b.turned,
      ballots: a.ballots + b.ballots, missing: a.missing + b.missing,
      doubled: a.doubled + b.doubled, joinedWrong: a.joinedWrong + b.joinedWrong)
  }
}

/// Scores a batch: every form of it.
struct OwnScorer {
  let forms: [OwnForm]
  let plan: OwnPlan
  let pages: [ReadPage]
  let ballots: [BallotRecord]

  /// The score of a form, and its findings.
  func score(form index: Int) -> (score: OwnScore, answers: Score) {
    let form = forms[index].form
    let codes = Set(form.questions.filter(\.isCode).map(\.id))
    var result = OwnScore()
    var answers = Score()
    for page in pages where page.file.plan.form == index {
      let reading = page.reading
      answers.add(
        Truth.Sheet(page.file.truth), form: form.id, codes: codes, reading: reading,
        reason: page.reason)
      result.labels.count(reading?.serial == page.file.plan.serial)
      let turns = page.file.truth.scan.turned
      if turns != 0 {
        result.turned.count(reading?.rotation.degreesClockwise == (360 - 90 * turns) % 360)
      }
    }
    result.answers = answers.total
    count(form: index, id: form.id, &result)
    return (result, answers)
  }

  /// Compares the store's ballots with those that were painted.
  private func count(form index: Int, id: String, _ result: inout OwnScore) {
    let owners = Dictionary(
      pages.map { ($0.file.truth.file, "\($0.file.plan.form) \($0.file.plan.serial)") }
    ) { first, _ in first }
    let found = Dictionary(
      grouping: ballots.filter { $0.form == id }, by: { $0.serial ?? "" })
    for ballot in found.values.joined() {
      let mine = Set(ballot.pages.compactMap { owners[$0.file] })
      if mine != ["\(index) \(ballot.serial ?? "")"] { result.joinedWrong += 1 }
    }
    for planned in plan.ballots where planned.form == index {
      let fed = pages.map(\.file.plan).filter {
        $0.form == index && $0.serial == planned.serial
      }.map(\.page).sorted()
      let records = found[planned.serial] ?? []
      let record = records.count == 1 ? records.first : nil
      result.ballots.count(record?.pages.map(\.formPage).sorted() == fed)
      if !planned.missing.isEmpty {
        result.missing.count(record?.missingPages == planned.missing)
      }
      if !planned.doubled.isEmpty {
        result.doubled.count(record?.doubledPages == planned.doubled)
      }
    }
  }
}

extension ReadPage {
  /// The reading, where it was read.
  var reading: PageReading? {
    if case .read(let made) = outcome { return made }
    return nil
  }

  /// Why it was not read.
  var reason: String {
    switch outcome {
    case .read: ""
    case .rejected(let rejection): rejection.words(.english)
    case .failed(let failure): failure.words(.english)
    }
  }
}

extension Question {
  var isCode: Bool { if case .code = kind { true } else { false } }
}

extension Truth.Sheet {
  /// What is true of a painted page.
  init(_ truth: SheetTruth) {
    self.init(
      file: truth.file, page: truth.page, level: truth.level, formPage: truth.formPage,
      answers: truth.answers, ask: truth.ask,
      marks: truth.marks.map { Truth.Mark(question: $0.question, value: $0.value, kind: $0.kind) },
      targets: truth.targets, drilled: truth.drilled, status: nil, form: nil, serial: nil)
  }
}
