// SPDX-License-Identifier: Apache-2.0
import Ballot
import Form
import Geometry
import Testing

@Suite("Confidence")
struct ConfidenceTests {
  private static let question = Question(
    id: "q", label: "",
    kind: .single(
      ["1", "2"].map {
        Target(value: $0, shape: .box, box: BlankBox(x: 0, y: 0, width: 4, height: 4))
      }))

  /// A page whose one question has these probabilities of marked.
  private static func page(
    _ marked: [Double], readers: [ClosedRange<Double>?] = [nil, nil], leftover: Double = 0
  ) -> PageEvidence {
    PageEvidence(
      noise: 0.01, printResidual: 0.02, pixelsPerMM: 11.8,
      questions: [
        QuestionEvidence(
          question: "q",
          targets: zip(["1", "2"], zip(marked, readers)).map { value, seen in
            MarkEvidence(
              value: value, marked: seen.0, readers: seen.1, cancelled: 0, inkMM2: 0, strokeMM: 0,
              coverage: 0, corners: [])
          }, leftoverInkMM2: leftover, leftoverStrokeMM: leftover * 2)
      ])
  }

  private static func confidence(of page: PageEvidence) -> Double? {
    let rules = Rules(acceptAt: 0, blankInkMM2: 100, boxInkMM2: 100)
    guard case .accepted(_, let value) = rules.decide(page, questions: [question])[0].outcome
    else { return nil }
    return value
  }

  @Test("Surer targets make a surer answer")
  func surer() throws {
    let sure = try #require(Self.confidence(of: Self.page([0.999, 0.0001])))
    let less = try #require(Self.confidence(of: Self.page([0.9, 0.02])))
    #expect(sure > less)
  }

  @Test("Readers that disagree make the answer less sure than readers that agree")
  func disagreement() throws {
    let agree = try #require(Self.confidence(of: Self.page([0.99, 0.001])))
    let differ = try #require(
      Self.confidence(of: Self.page([0.99, 0.001], readers: [0.4...0.999, nil])))
    #expect(differ < agree)
  }

  @Test("Ink that no mark explains makes a blank answer less sure")
  func leftoverInk() throws {
    let clean = try #require(Self.confidence(of: Self.page([0.001, 0.001])))
    let inked = try #require(Self.confidence(of: Self.page([0.001, 0.001], leftover: 2)))
    #expect(inked < clean)
  }

  @Test("A weight stands for each figure")
  func weights() {
    #expect(Confidence.trained.weights.count == QuestionFigures.names.count)
  }
}
