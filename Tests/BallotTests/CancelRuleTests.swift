// SPDX-License-Identifier: Apache-2.0
import Ballot
import Form
import Geometry
import Testing

/// A question with targets 1, 2, 3 on a sheet of other, plain questions.
private struct Example: CustomTestStringConvertible {
  var testDescription: String
  var cancel: CancelRule?
  var isMultiple = false
  var shape = TargetShape.box
  var marked: [Double] = [0, 0, 0]
  var cancelled: [Double] = [0, 0, 0]
  var retracted: [Double] = [0, 0, 0]
  var coverage: [Double] = [0, 0, 0]
  /// How dark the first target is between its print.
  var ground = 0.0
  /// How much the marks of the sheet's other questions cover.
  var habit = [0.2, 0.2, 0.2, 0.2]
  /// How much they look taken back.
  var habitRetracted = 0.0
  /// `nil`: a person is asked.
  var accepted: [String]?
  var reasons: [Reason] = []

  private var targets: [Target] {
    (1...3).map {
      Target(
        value: String($0), shape: shape,
        box: BlankBox(x: Double($0) * 10, y: 0, width: 5, height: 5))
    }
  }

  func decide() -> Answer {
    let targets = targets
    let question = Question(
      id: "q", label: "", kind: isMultiple ? .multiple(targets) : .single(targets))
    let seen = QuestionEvidence(
      question: "q",
      targets: targets.indices.map {
        MarkEvidence(
          value: targets[$0].value, marked: marked[$0], cancelled: cancelled[$0],
          inkMM2: 1, strokeMM: 5, coverage: coverage[$0], ground: $0 == 0 ? ground : 0,
          retracted: retracted[$0], corners: [])
      })
    let others = (0..<4).map { row in
      QuestionEvidence(
        question: "other\(row)",
        targets: targets.map {
          MarkEvidence(
            value: $0.value, marked: $0.value == "1" ? 1 : 0, cancelled: 0, inkMM2: 1,
            strokeMM: 5, coverage: $0.value == "1" ? habit[row] : 0,
            retracted: $0.value == "1" ? habitRetracted : 0, corners: [])
        })
    }
    let page = PageEvidence(
      noise: 0, printResidual: 0, pixelsPerMM: 12, questions: [seen] + others)
    let questions =
      [question] + others.map { Question(id: $0.question, label: "", kind: .single(targets)) }
    return Rules().decide(page, questions: questions, cancel: cancel)[0]
  }
}

@Suite("Cancel rules")
struct CancelRuleTests {
  private static let examples = [
    // Blacken.
    Example(
      testDescription: "a blackened box beside one tick is taken back", cancel: .blacken,
      marked: [0.01, 0.995, 0], cancelled: [0.98, 0, 0], coverage: [0.95, 0.2, 0],
      accepted: ["2"]),
    Example(
      testDescription: "so it is where the reader of marks calls the filled box an answer",
      cancel: .blacken, marked: [0.99, 0.995, 0], coverage: [0.95, 0.2, 0], accepted: ["2"]),
    Example(
      testDescription: "a box that is nearly filled and looks blackened is asked, sure or not",
      cancel: .blacken, marked: [0.9965, 0, 0], retracted: [0.14, 0, 0], coverage: [0.7, 0, 0],
      habit: [0.6, 0.6, 0.6, 0.6], reasons: [.perhapsTakenBack("1")]),
    Example(
      testDescription: "a filled box that rather looks like a broad pen's cross is asked",
      cancel: .blacken, marked: [0.88, 0.96, 0], cancelled: [0.12, 0, 0],
      retracted: [0.04, 0, 0], coverage: [0.92, 0.47, 0],
      reasons: [.perhapsTakenBack("1")]),
    Example(
      testDescription: "a blackened box alone may be a choice", cancel: .blacken,
      marked: [0.99, 0, 0], coverage: [0.95, 0, 0], reasons: [.perhapsTakenBack("1")]),
    Example(
      testDescription: "a blackened box alone is asked of a hand that fills boxes, too",
      cancel: .blacken, marked: [0.99, 0, 0], coverage: [0.95, 0, 0],
      habit: [0.95, 0.95, 0.95, 0.95],
      reasons: [.perhapsTakenBack("1")]),
    Example(
      testDescription: "a blackened box that the reader of marks takes for no answer is no blank",
      cancel: .blacken, cancelled: [0.99, 0, 0], coverage: [0.95, 0, 0],
      reasons: [.perhapsTakenBack("1")]),
    Example(
      testDescription: "a blackened box beside two ticks cancels nothing", cancel: .blacken,
      marked: [0, 0.99, 0.99], cancelled: [0.98, 0, 0], coverage: [0.95, 0.2, 0.2],
      reasons: [.severalMarks(["2", "3"]), .perhapsTakenBack("1")]),
    Example(
      testDescription: "a blackened box beside one that is nearly filled is asked",
      cancel: .blacken, marked: [0, 0.99, 0], cancelled: [0.98, 0, 0],
      coverage: [0.95, 0.75, 0], reasons: [.perhapsTakenBack("1")]),
    Example(
      testDescription: "a blackened box beside a broad pen's cross, surely one, is taken back",
      cancel: .blacken, marked: [0, 0.999, 0], cancelled: [0.98, 0, 0],
      coverage: [0.95, 0.75, 0], accepted: ["2"]),
    Example(
      testDescription: "a filled box beside a tick of a hand that filled one alone is asked",
      cancel: .blacken, marked: [0.01, 0.99, 0], cancelled: [0.98, 0, 0],
      coverage: [0.95, 0.2, 0],
      habit: [0.2, 0.2, 0.9, 0.2], reasons: [.perhapsTakenBack("1")]),
    Example(
      testDescription: "a ring round a cross beside a tick is asked", cancel: .blacken,
      marked: [0.01, 0.99, 0], cancelled: [0.98, 0, 0], coverage: [0.35, 0.2, 0],
      reasons: [.takenBackOtherwise("1")]),
    Example(
      testDescription: "a blackened box of several answers is asked", cancel: .blacken,
      isMultiple: true, marked: [0, 0.99, 0], cancelled: [0.99, 0, 0],
      coverage: [0.95, 0.2, 0], reasons: [.perhapsTakenBack("1")]),
    Example(
      testDescription: "a box alone that is nearly filled, unlike this hand's marks, is asked",
      cancel: .blacken, marked: [0.99, 0, 0], coverage: [0.75, 0, 0],
      reasons: [.perhapsTakenBack("1")]),
    Example(
      testDescription: "a box alone that is nearly filled by a hand whose marks are as dense",
      cancel: .blacken, marked: [0.99, 0, 0], coverage: [0.75, 0, 0],
      habit: [0.65, 0.65, 0.65, 0.65], accepted: ["1"]),
    Example(
      testDescription: "a broad pen's cross that covers nearly all is no blackened box",
      cancel: .blacken, marked: [0.99, 0, 0], retracted: [0.001, 0, 0], coverage: [0.9, 0, 0],
      habit: [0.88, 0.88, 0.88, 0.88], accepted: ["1"]),
    Example(
      testDescription: "what covers all is one, whatever it looks like",
      cancel: .blacken, marked: [0.99, 0, 0], retracted: [0.001, 0, 0], coverage: [0.99, 0, 0],
      habit: [0.88, 0.88, 0.88, 0.88], reasons: [.perhapsTakenBack("1")]),
    Example(
      testDescription: "marks of a hand all of whose marks look taken back are answers",
      cancel: .blacken, marked: [0.99, 0, 0], retracted: [0.3, 0, 0], coverage: [0.3, 0, 0],
      habitRetracted: 0.2, accepted: ["1"]),
    Example(
      testDescription: "a mark alone that looks taken back to the reader of retractions is asked",
      cancel: .blacken, marked: [0.999, 0, 0], retracted: [0.4, 0, 0], coverage: [0.3, 0, 0],
      reasons: [.perhapsTakenBack("1")]),
    Example(
      testDescription: "a mark alone that is not quite sure is asked at a smaller suspicion",
      cancel: .blacken, marked: [0.975, 0, 0], retracted: [0.03, 0, 0], coverage: [0.3, 0, 0],
      reasons: [.perhapsTakenBack("1")]),
    Example(
      testDescription: "a mark alone that is sure is not", cancel: .blacken,
      marked: [0.995, 0, 0], retracted: [0.03, 0, 0], coverage: [0.3, 0, 0], accepted: ["1"]),
    Example(
      testDescription: "beside a blackened box the new answer may look so",
      cancel: .blacken, marked: [0.01, 0.999, 0], cancelled: [0.98, 0, 0],
      retracted: [0.99, 0.4, 0], coverage: [0.95, 0.2, 0], accepted: ["2"]),
    Example(
      testDescription: "a blackened box beside one tick hides no mark, dark as it is",
      cancel: .blacken, marked: [0.7, 0.995, 0], cancelled: [0.3, 0, 0],
      coverage: [0.95, 0.2, 0], ground: 0.9, accepted: ["2"]),
    Example(
      testDescription: "a broad pen that once covered a little more than a filled box fills none",
      cancel: .blacken, marked: [0.01, 0.999, 0], cancelled: [0.98, 0, 0],
      coverage: [0.98, 0.6, 0], habit: [0.6, 0.88, 0.6, 0.6], accepted: ["2"]),
    // Crossed rings.
    Example(
      testDescription: "a crossed-out ring beside one ring is taken back", cancel: .crossedRing,
      shape: .char, marked: [0.005, 0.995, 0], cancelled: [0.99, 0, 0], accepted: ["2"]),
    Example(
      testDescription: "a crossed-out ring that may still be an answer is asked",
      cancel: .crossedRing, shape: .char, marked: [0.3, 0.995, 0], cancelled: [0.68, 0, 0],
      reasons: [.doubtfulMark("1")]),
    Example(
      testDescription: "a crossed-out ring alone is asked", cancel: .crossedRing, shape: .char,
      cancelled: [0.99, 0, 0], reasons: [.perhapsTakenBack("1")]),
    Example(
      testDescription: "a crossed-out ring beside two rings is asked", cancel: .crossedRing,
      shape: .char, marked: [0, 0.99, 0.99], cancelled: [0.99, 0, 0],
      reasons: [.severalMarks(["2", "3"]), .perhapsTakenBack("1")]),
    Example(
      testDescription: "a crossed-out ring among several answers is asked", cancel: .crossedRing,
      isMultiple: true, shape: .char, marked: [0, 0.99, 0], cancelled: [0.99, 0, 0],
      reasons: [.perhapsTakenBack("1")]),
    // None.
    Example(
      testDescription: "without a rule in the form nothing takes a mark back",
      cancel: CancelRule.none, marked: [0, 0.99, 0], cancelled: [0.99, 0, 0],
      coverage: [0.95, 0.2, 0],
      reasons: [.takenBackOtherwise("1")]),
    Example(
      testDescription: "without a rule what may be taken back is a doubt in a blank row",
      cancel: CancelRule.none, cancelled: [0.3, 0, 0], reasons: [.doubtfulMark("1")]),
    // Whatever the rule.
    Example(
      testDescription: "one plain mark is the answer", cancel: .blacken, marked: [0, 0.99, 0],
      coverage: [0, 0.2, 0], accepted: ["2"]),
    Example(testDescription: "a row nobody marked is blank", cancel: .blacken, accepted: []),
    // A form that says nothing.
    Example(
      testDescription: "beside an answer that may have been taken back another mark is likely",
      marked: [0.99, 0.1, 0], cancelled: [0.01, 0, 0], reasons: [.doubtfulMark("2")]),
    Example(
      testDescription: "on somebody else's blank the probabilities decide alone",
      marked: [0.005, 0.995, 0], cancelled: [0.99, 0, 0], retracted: [0.99, 0.4, 0],
      coverage: [0.4, 0.2, 0],
      accepted: ["2"]),
    Example(
      testDescription: "on somebody else's blank a filled box beside a tick cancels nothing",
      marked: [0.99, 0.99, 0], coverage: [0.95, 0.2, 0],
      reasons: [.severalMarks(["1", "2"]), .perhapsTakenBack("1")]),
  ]

  @Test("A mark is taken back as its form says, and else by a person", arguments: examples)
  private func decides(_ example: Example) {
    switch example.decide().outcome {
    case .accepted(let value, let confidence):
      #expect(value == example.accepted)
      #expect(confidence > 0.97)
    case .review(_, let reasons):
      #expect(example.accepted == nil)
      #expect(reasons == example.reasons)
    }
  }

  @Test(
    "A mark that is all there is on a page may be a blackened box whose writer's pen left no more",
    arguments: [(0.998, 2, false), (0.998, 3, true), (0.9999, 2, true)])
  func hardlySeen(marked: Double, marks: Int, isAccepted: Bool) {
    let targets = (1...2).map {
      Target(
        value: "\($0)", shape: .box,
        box: BlankBox(x: 10 * Double($0), y: 0, width: 4, height: 4))
    }
    let questions = (0..<8).map { Question(id: "q\($0)", label: "", kind: .single(targets)) }
    let seen = questions.enumerated().map { index, question in
      QuestionEvidence(
        question: question.id,
        targets: targets.map {
          let isMarked = index < marks && $0.value == "1"
          return MarkEvidence(
            value: $0.value, marked: isMarked ? marked : 0, cancelled: 0,
            inkMM2: isMarked ? 6 : 0, strokeMM: 4, coverage: isMarked ? 0.5 : 0, corners: [])
        })
    }
    let page = PageEvidence(noise: 0, printResidual: 0, pixelsPerMM: 12, questions: seen)
    func first(_ cancel: CancelRule?) -> Answer {
      Rules().decide(page, questions: questions, cancel: cancel)[0]
    }
    #expect(first(.blacken).isAccepted == isAccepted)
    #expect(first(nil).isAccepted, "a form that says nothing takes nothing back")
  }
}
