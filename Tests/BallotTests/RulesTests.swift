// SPDX-License-Identifier: Apache-2.0
import Ballot
import Form
import Foundation
import Geometry
import Testing

/// A question with targets 1, 2, 3 and what was measured of them.
private struct Example: CustomTestStringConvertible {
  var testDescription: String
  var isMultiple = false
  var shape = TargetShape.char
  var marked: [Double]
  var cancelled: [Double] = [0, 0, 0]
  var coverage: [Double] = [0, 0, 0]
  var inks: [Double] = [0, 0, 0]
  var leftover = (ink: 0.0, stroke: 0.0)
  var beside = (ink: 0.0, stroke: 0.0)
  var isOffPicture = false
  var agreement = 1.0
  var lostPrint: [Double] = [0, 0, 0]
  /// `nil`: a person is asked.
  var accepted: [String]?
  var reasons: [Reason] = []

  func decide() -> Answer? {
    let targets = (1...3).map {
      Target(
        value: String($0), shape: shape,
        box: BlankBox(x: Double($0) * 10, y: 0, width: 5, height: 5))
    }
    let question = Question(
      id: "q", label: "", kind: isMultiple ? .multiple(targets) : .single(targets))
    let seen = QuestionEvidence(
      question: "q",
      targets: targets.indices.map {
        MarkEvidence(
          value: targets[$0].value, marked: marked[$0], cancelled: cancelled[$0],
          inkMM2: inks[$0], strokeMM: 0, coverage: coverage[$0], lostPrint: lostPrint[$0],
          corners: [])
      },
      leftoverInkMM2: leftover.ink, leftoverStrokeMM: leftover.stroke,
      besideInkMM2: beside.ink, besideStrokeMM: beside.stroke, agreement: agreement,
      isOffPicture: isOffPicture)
    // Four plain rows more, so that the sheet has a habit: marks that do not fill.
    let others = (0..<4).map { row in
      QuestionEvidence(
        question: "other\(row)",
        targets: targets.map {
          MarkEvidence(
            value: $0.value, marked: $0.value == "1" ? 1 : 0, cancelled: 0, inkMM2: 1,
            strokeMM: 5, coverage: 0.1, corners: [])
        })
    }
    let page = PageEvidence(
      noise: 0, printResidual: 0, pixelsPerMM: 12, questions: [seen] + others)
    let questions =
      [question] + others.map { Question(id: $0.question, label: "", kind: .single(targets)) }
    return Rules().decide(page, questions: questions).first
  }
}

@Suite("Rules")
struct RulesTests {
  private static let examples = [
    Example(testDescription: "a row nobody marked is blank", marked: [0, 0, 0], accepted: []),
    Example(testDescription: "one sure mark is the answer", marked: [0, 1, 0], accepted: ["2"]),
    Example(
      testDescription: "two marks of a single question are asked", marked: [1, 1, 0],
      reasons: [.severalMarks(["1", "2"])]),
    Example(
      testDescription: "two marks of a multiple question are both taken", isMultiple: true,
      marked: [1, 1, 0], accepted: ["1", "2"]),
    Example(
      testDescription: "one of several answers with little ink in its target must be surer",
      isMultiple: true, marked: [1, 0.98, 0], coverage: [0.3, 0.1, 0],
      reasons: [.doubtfulMark("2")]),
    Example(
      testDescription: "with as much as the others it need not", isMultiple: true,
      marked: [1, 0.98, 0], coverage: [0.3, 0.2, 0], accepted: ["1", "2"]),
    Example(
      testDescription: "a doubtful mark is asked", marked: [0.6, 0, 0],
      reasons: [.doubtfulMark("1")]),
    Example(
      testDescription: "small doubts do not add up: their cause is one",
      marked: [0.009, 0.009, 0.009],
      accepted: []),
    Example(
      testDescription: "a row that may hold a mark that was not seen is asked",
      marked: [0.003, 0.015, 0.003], reasons: [.doubtfulMark("2")]),
    Example(
      testDescription: "beside the one answer another mark is rare, so that some doubt is let pass",
      marked: [0.999, 0.15, 0.003], accepted: ["1"]),
    Example(
      testDescription: "but not any", marked: [0.999, 0.2, 0.003],
      reasons: [.doubtfulMark("2")]),
    Example(
      testDescription: "of several answers one says nothing of another", isMultiple: true,
      marked: [0.999, 0.025, 0.003], reasons: [.doubtfulMark("2")]),
    Example(
      testDescription: "beside a doubtful answer every doubt counts", marked: [0.94, 0.025, 0.003],
      reasons: [.doubtfulMark("1"), .doubtfulMark("2")]),
    Example(
      testDescription: "an empty row with a stroke in it is asked", marked: [0, 0, 0],
      leftover: (1, 4), reasons: [.unexplainedInk]),
    Example(
      testDescription: "a stroke between two targets is asked, though it is a mark at neither",
      marked: [0, 0, 0], inks: [1, 0.9, 0], reasons: [.unexplainedInk]),
    Example(
      testDescription: "a line that passes all targets is between none of them",
      marked: [0, 0, 0], inks: [1, 0.9, 1], accepted: []),
    Example(
      testDescription: "a speck in an empty row is no stroke", marked: [0, 0, 0],
      leftover: (1, 0.8), accepted: []),
    Example(
      testDescription: "a stroke at another box than the marked one is asked", shape: .box,
      marked: [0, 1, 0], leftover: (1, 4), beside: (1, 4), reasons: [.inkBeside]),
    Example(
      testDescription: "a stroke between boxes does not hold an answer up", shape: .box,
      marked: [0, 1, 0], leftover: (1, 4), accepted: ["2"]),
    Example(
      testDescription: "a filled box alone where this hand ticks may be taken back", shape: .box,
      marked: [0, 1, 0], coverage: [0, 0.95, 0], reasons: [.perhapsTakenBack("2")]),
    Example(
      testDescription: "a filled digit is not taken for a blackened box", marked: [0, 1, 0],
      coverage: [0, 0.95, 0], accepted: ["2"]),
    Example(
      testDescription: "a blackened place with nothing marked beside it may be a mark",
      marked: [0, 0, 0], cancelled: [0, 0.99, 0], reasons: [.perhapsTakenBack("2")]),
    Example(
      testDescription: "beside a mark it is taken back", marked: [1, 0, 0],
      cancelled: [0, 0.99, 0], accepted: ["1"]),
    Example(
      testDescription: "ink where a target's print is gone may be a mark for it",
      marked: [0, 1, 0], inks: [1, 1, 0], lostPrint: [1, 0, 0], reasons: [.doubtfulMark("1")]),
    Example(
      testDescription: "a target that is covered and bare asks nothing", marked: [0, 1, 0],
      inks: [0, 1, 0], lostPrint: [1, 0, 0], accepted: ["2"]),
    Example(
      testDescription: "a mark that hides its target's print is a mark", marked: [0, 1, 0],
      inks: [0, 1, 0], lostPrint: [0, 1, 0], accepted: ["2"]),
    Example(
      testDescription: "a target off the picture is asked", marked: [0, 1, 0], isOffPicture: true,
      reasons: [.offPicture]),
    Example(
      testDescription: "places that nothing confirms are asked", marked: [0, 1, 0],
      agreement: 0.1, reasons: [.uncertainPlace]),
  ]

  @Test("A question is decided by its marks", arguments: examples)
  private func decides(_ example: Example) throws {
    let answer = try #require(example.decide())
    switch answer.outcome {
    case .accepted(let value, let confidence):
      #expect(value == example.accepted)
      #expect(confidence > 0.97)
    case .review(let candidates, let reasons):
      #expect(example.accepted == nil)
      #expect(reasons == example.reasons)
      #expect(candidates.contains([]))
    }
  }

  @Test(
    "On a form that does not say how, a hand that fills its boxes takes none back by filling it",
    arguments: [nil, CancelRule.blacken])
  func fillingHand(cancel: CancelRule?) {
    let targets = (1...2).map {
      Target(
        value: "\($0)", shape: .box,
        box: BlankBox(x: 10 * Double($0), y: 0, width: 4, height: 4))
    }
    let questions = (0..<4).map { Question(id: "q\($0)", label: "", kind: .single(targets)) }
    let seen = questions.enumerated().map { index, question in
      QuestionEvidence(
        question: question.id,
        targets: targets.map { target in
          let isFilled = target.value == "1"
          let marked = !isFilled ? 0 : index == 0 ? 0.9 : 1
          return MarkEvidence(
            value: target.value, marked: marked, cancelled: isFilled ? 1 - marked : 0,
            inkMM2: isFilled ? 12 : 0, strokeMM: 4, coverage: isFilled ? 0.95 : 0, corners: [])
        })
    }
    let page = PageEvidence(noise: 0, printResidual: 0, pixelsPerMM: 12, questions: seen)
    let answers = Rules().decide(page, questions: questions, cancel: cancel)
    #expect(answers.map(\.isAccepted) == [Bool](repeating: cancel == nil, count: 4))
  }

  @Test("Where ink lies about all over a page, its marks must be surer")
  func foreignInk() {
    let target = Target(
      value: "1", shape: .bubble, box: BlankBox(x: 0, y: 0, width: 4, height: 4))
    let questions = (0..<20).map { Question(id: "q\($0)", label: "", kind: .single([target])) }
    func isAccepted(inked: Int) -> Bool {
      let seen = questions.enumerated().map { index, question in
        QuestionEvidence(
          question: question.id,
          targets: [
            MarkEvidence(
              value: "1", marked: index == 0 ? 0.98 : 0.001, cancelled: 0, inkMM2: 1, strokeMM: 3,
              coverage: 0, corners: [])
          ], leftoverInkMM2: (1...inked).contains(index) ? 3 : 0, leftoverStrokeMM: 5)
      }
      let page = PageEvidence(noise: 0, printResidual: 0, pixelsPerMM: 12, questions: seen)
      return Rules().decide(page, questions: questions)[0].isAccepted
    }
    #expect(isAccepted(inked: 4))
    #expect(!isAccepted(inked: 5))
  }

  @Test("Rules that were stored with one limit for all can still be read")
  func oldRules() throws {
    let now = try JSONEncoder().encode(Rules())
    var old = try #require(try JSONSerialization.jsonObject(with: now) as? [String: Any])
    for key in ["otherDoubt", "blankDoubt"] { #expect(old.removeValue(forKey: key) != nil) }
    let read = try JSONDecoder().decode(
      Rules.self, from: JSONSerialization.data(withJSONObject: old))
    let one = 1 - Rules().acceptAt
    #expect(abs(read.blankDoubt - one) < 1e-12 && abs(read.otherDoubt - one) < 1e-12)
  }

  @Test("A form's wanted share of silent errors makes answers surer, as far as that goes")
  func silentRates() {
    #expect(Rules(silentRate: nil) == Rules() && Rules(silentRate: 0.01) == Rules())
    let rates = [0.01, 0.001, 0.000_5, 0.000_3, 0.000_1, 0.000_02, 0.000_01]
    let limits = rates.map { Rules(silentRate: $0).acceptAt }
    #expect(limits == limits.sorted() && Set(limits).count == rates.count - 1)
    #expect(Rules(silentRate: 0.000_3).blankDoubt < Rules().blankDoubt)
    #expect(limits.last.map { $0 < 1 } ?? false)
  }

  @Test("Stricter rules ask what looser ones accept, from the same evidence")
  func threshold() {
    let seen = PageEvidence(
      noise: 0, printResidual: 0, pixelsPerMM: 12,
      questions: [
        QuestionEvidence(
          question: "q",
          targets: [
            MarkEvidence(
              value: "1", marked: 0.98, cancelled: 0, inkMM2: 1, strokeMM: 3, coverage: 0,
              corners: [])
          ])
      ])
    let target = Target(
      value: "1", shape: .box, box: BlankBox(x: 0, y: 0, width: 4, height: 4))
    let questions = [Question(id: "q", label: "", kind: .single([target]))]
    #expect(Rules(acceptAt: 0.97).decide(seen, questions: questions)[0].isAccepted)
    #expect(!Rules(acceptAt: 0.99).decide(seen, questions: questions)[0].isAccepted)
  }

  @Test("Text areas are no answers; codes wait for their reader, cell by cell")
  func otherKinds() {
    let box = BlankBox(x: 0, y: 0, width: 4, height: 4)
    let questions = [
      Question(id: "t", label: "", kind: .text(box)),
      Question(id: "c", label: "", kind: .code(cells: [box, box])),
    ]
    let seen = PageEvidence(
      noise: 0, printResidual: 0, pixelsPerMM: 12,
      questions: questions.map { QuestionEvidence(question: $0.id, targets: []) })
    let answers = Rules().decide(seen, questions: questions)
    #expect(answers.map(\.question) == ["c"])
    #expect(answers.first?.cells.count == 2)
  }

  @Test("A mark half as dark as the sheet's others is asked, unless it is surely one")
  func palerMark() {
    let targets = [1, 2].map {
      Target(
        value: String($0), shape: .box,
        box: BlankBox(x: 10 * Double($0), y: 0, width: 4, height: 4))
    }
    let questions = (0..<7).map {
      Question(id: "q\($0)", label: "", kind: .single(targets))
    }
    func decide(darkness: Double, marked: Double, cancelled: Double = 0) -> Bool {
      let evidence = PageEvidence(
        noise: 0, printResidual: 0, pixelsPerMM: 12,
        questions: questions.enumerated().map { index, question in
          let mark = MarkEvidence(
            value: "1", marked: index == 0 ? marked : 1, cancelled: index == 0 ? cancelled : 0,
            inkMM2: 3, strokeMM: 5, coverage: 0.1, darkness: index == 0 ? darkness : 0.4,
            corners: [])
          let other = MarkEvidence(
            value: "2", marked: 0, cancelled: 0, inkMM2: 0, strokeMM: 0, coverage: 0, corners: [])
          return QuestionEvidence(question: question.id, targets: [mark, other])
        })
      return Rules().decide(evidence, questions: questions)[0].isAccepted
    }
    #expect(!decide(darkness: 0.15, marked: 0.99))
    #expect(decide(darkness: 0.3, marked: 0.99))
    #expect(decide(darkness: 0.15, marked: 0.9995))
    #expect(decide(darkness: 0.22, marked: 0.99))
    #expect(!decide(darkness: 0.22, marked: 0.99, cancelled: 0.006), "what a rubber left")
  }

  @Test("Where many marks are not sure, a blank answer must be surer")
  func faintHand() {
    let target = Target(
      value: "1", shape: .bubble, box: BlankBox(x: 10, y: 0, width: 4, height: 4))
    func isBlank(besides doubtful: Int) -> Bool {
      let questions = (0...20).map { Question(id: "q\($0)", label: "", kind: .single([target])) }
      let evidence = PageEvidence(
        noise: 0, printResidual: 0, pixelsPerMM: 12,
        questions: questions.enumerated().map { index, question in
          let marked = index == 0 ? 0.005 : index <= doubtful ? 0.6 : 0
          let mark = MarkEvidence(
            value: "1", marked: marked, cancelled: 0, inkMM2: 0, strokeMM: 0, coverage: 0,
            corners: [])
          return QuestionEvidence(question: question.id, targets: [mark])
        })
      return Rules().decide(evidence, questions: questions)[0].isAccepted
    }
    #expect(isBlank(besides: 4))
    #expect(!isBlank(besides: 5))
  }

  @Test("Where thin print is lost a blank answer is asked, a mark that is seen is not")
  func lostPrint() {
    let targets = (1...2).map {
      Target(
        value: "\($0)", shape: .box,
        box: BlankBox(x: 10 * Double($0), y: 0, width: 4, height: 4))
    }
    func outcome(marked: Double, lost: Double) -> Answer.Outcome {
      let seen = targets.map {
        MarkEvidence(
          value: $0.value, marked: $0.value == "1" ? marked : 0, cancelled: 0, inkMM2: 0,
          strokeMM: 0, coverage: 0, corners: [])
      }
      let evidence = PageEvidence(
        noise: 0, printResidual: 0, lostPrint: lost, pixelsPerMM: 12,
        questions: [QuestionEvidence(question: "q", targets: seen)])
      return Rules().decide(
        evidence, questions: [Question(id: "q", label: "", kind: .single(targets))])[0].outcome
    }
    guard case .review(_, [.lostPrint]) = outcome(marked: 0, lost: 0.2),
      case .accepted([], _) = outcome(marked: 0, lost: 0.1),
      case .accepted(["1"], _) = outcome(marked: 1, lost: 0.2)
    else {
      Issue.record("asked where nothing is lost, or accepted where it is")
      return
    }
  }

  @Test("A place that came out so dark that a mark would not be seen there is asked about")
  func darkGround() {
    let targets = (1...2).map {
      Target(
        value: "\($0)", shape: .bubble,
        box: BlankBox(x: 10 * Double($0), y: 0, width: 4, height: 4))
    }
    func outcome(marked: Double, cancelled: Double, ground: Double) -> Answer.Outcome {
      let first = MarkEvidence(
        value: "1", marked: marked, cancelled: cancelled, inkMM2: 0, strokeMM: 0, coverage: 0,
        ground: ground, corners: [])
      let second = MarkEvidence(
        value: "2", marked: 0, cancelled: 0, inkMM2: 0, strokeMM: 0, coverage: 0, corners: [])
      let question = Question(id: "q", label: "", kind: .single(targets))
      let evidence = PageEvidence(
        noise: 0, printResidual: 0, pixelsPerMM: 12,
        questions: [QuestionEvidence(question: "q", targets: [first, second])])
      return Rules().decide(evidence, questions: [question])[0].outcome
    }
    guard case .review(_, [.darkGround]) = outcome(marked: 0, cancelled: 0, ground: 0.6) else {
      Issue.record("a blank answer was accepted over a dark place")
      return
    }
    guard case .accepted([], _) = outcome(marked: 0, cancelled: 0, ground: 0.4),
      case .accepted(["1"], _) = outcome(marked: 1, cancelled: 0, ground: 0.6)
    else {
      Issue.record("a place that is light enough, or is the answer, was asked about")
      return
    }
  }

  @Test("A line through a box, twice as long as the sheet's marks, is asked")
  func longerMark() {
    let target = Target(
      value: "1", shape: .box, box: BlankBox(x: 10, y: 0, width: 4, height: 4))
    let questions = (0..<7).map { Question(id: "q\($0)", label: "", kind: .single([target])) }
    func decide(strokeMM: Double) -> Bool {
      let evidence = PageEvidence(
        noise: 0, printResidual: 0, pixelsPerMM: 12,
        questions: questions.enumerated().map { index, question in
          let mark = MarkEvidence(
            value: "1", marked: index == 0 ? 0.98 : 1, cancelled: 0, inkMM2: 3,
            strokeMM: index == 0 ? strokeMM : 6, coverage: 0.1, darkness: 0.4, corners: [])
          return QuestionEvidence(question: question.id, targets: [mark])
        })
      return Rules().decide(evidence, questions: questions)[0].isAccepted
    }
    #expect(!decide(strokeMM: 14))
    #expect(decide(strokeMM: 11))
  }

  @Test("In black and white a page of five questions and no mark may have lost its pen")
  func lostPen() {
    func page(isTwoTone: Bool, rows: Int, marked: Double) -> PageEvidence {
      let blank = MarkEvidence(
        value: "1", marked: 0, cancelled: 0, inkMM2: 0, strokeMM: 0, coverage: 0, corners: [])
      var first = blank
      first.marked = marked
      return PageEvidence(
        noise: 0, printResidual: 0, isTwoTone: isTwoTone, pixelsPerMM: 12,
        questions: (0..<rows).map {
          QuestionEvidence(question: "q\($0)", targets: [$0 == 0 ? first : blank])
        })
    }
    #expect(page(isTwoTone: true, rows: 5, marked: 0.2).mayHaveLostItsPen)
    #expect(!page(isTwoTone: true, rows: 5, marked: 0.9).mayHaveLostItsPen)
    #expect(!page(isTwoTone: true, rows: 4, marked: 0).mayHaveLostItsPen)
    #expect(!page(isTwoTone: false, rows: 5, marked: 0).mayHaveLostItsPen)
  }

  @Test(
    "Where black and white kept little of few marks, blank answers are asked",
    arguments: [
      (darkness: 0.1, marks: 1, asks: true), (0.1, 2, true), (0.3, 1, false), (0.1, 3, false),
    ])
  func hardlyAnyPen(darkness: Double, marks: Int, asks: Bool) {
    let target = Target(
      value: "1", shape: .box, box: BlankBox(x: 0, y: 0, width: 4, height: 4))
    let rows = (0..<8).map { row in
      MarkEvidence(
        value: "1", marked: row < marks ? 0.999 : 0, cancelled: 0, inkMM2: 0, strokeMM: 0,
        coverage: 0.4, darkness: row < marks ? darkness : 0, corners: [])
    }
    let questions = rows.indices.map {
      Question(id: "q\($0)", label: "", kind: .single([target]))
    }
    let evidence = PageEvidence(
      noise: 0, printResidual: 0, isTwoTone: true, pixelsPerMM: 12,
      questions: zip(questions, rows).map {
        QuestionEvidence(question: $0.id, targets: [$1])
      })
    let last = Rules().decide(evidence, questions: questions)[7].outcome
    if case .review(_, let reasons) = last {
      #expect(asks && reasons == [.lostPen])
    } else {
      #expect(!asks)
    }
  }

  @Test("Evidence that was stored before ink beside and marks' darkness can still be read")
  func oldEvidence() throws {
    let old = """
      {"question": "q", "cells": [], "leftoverInkMM2": 1, "leftoverStrokeMM": 2, "agreement": 1,
       "isOffPicture": false, "targets": [{"value": "1", "marked": 0.9, "cancelled": 0,
       "inkMM2": 2, "strokeMM": 4, "coverage": 0.2, "corners": []}]}
      """
    let seen = try JSONDecoder().decode(QuestionEvidence.self, from: Data(old.utf8))
    #expect(seen.besideInkMM2 == 0 && seen.leftoverInkMM2 == 1 && seen.written.isEmpty)
    #expect(seen.targets.map(\.darkness) == [0] && seen.targets.map(\.inkMM2) == [2])
  }

  @Test("On a sheet of two questions ink beside a blank answer asks, however much it is of all")
  func fewQuestions() {
    let target = Target(
      value: "1", shape: .box, box: BlankBox(x: 0, y: 0, width: 4, height: 4))
    let questions = ["a", "b"].map { Question(id: $0, label: "", kind: .single([target])) }
    let evidence = PageEvidence(
      noise: 0, printResidual: 0, pixelsPerMM: 12,
      questions: zip(questions, [0, 1.5]).map { question, ink in
        QuestionEvidence(
          question: question.id,
          targets: [
            MarkEvidence(
              value: "1", marked: 0, cancelled: 0, inkMM2: ink, strokeMM: 2, coverage: 0,
              corners: [])
          ], leftoverInkMM2: ink, leftoverStrokeMM: 2)
      })
    #expect(Rules().decide(evidence, questions: questions).map(\.isAccepted) == [true, false])
  }
}
