// SPDX-License-Identifier: Apache-2.0
import Ballot
import Geometry
import Testing

/// A second look at a page, held against the first.
@Suite("Two looks at a page")
struct TwoLooksTests {
  private func reading(_ answers: [Answer]) -> PageReading {
    PageReading(
      form: "f", formPage: 1, rotation: .upright,
      registration: RegistrationSummary(residualMM: 0, places: 1, placesLookedAt: 1),
      evidence: PageEvidence(noise: 0, printResidual: 0, pixelsPerMM: 8, questions: []),
      rules: Rules(), answers: answers)
  }

  private func accepted(_ value: [String]) -> Answer {
    Answer(question: "q", outcome: .accepted(value, confidence: 0.99))
  }

  private func asked(_ candidates: [[String]]) -> Answer {
    Answer(question: "q", outcome: .review(candidates: candidates, reasons: [.unexplainedInk]))
  }

  @Test("What the first look held likeliest the second may accept")
  func makesSure() {
    #expect(reading([accepted([])]).held(against: [asked([[], ["1"]])]).answers == [accepted([])])
    #expect(reading([accepted(["1"])]).held(against: [accepted(["1"])]).answers.count == 1)
  }

  @Test("Where the second look would accept another answer a person decides between both")
  func differs() {
    for first in [accepted(["1"]), asked([["1"], []])] {
      #expect(
        reading([accepted([])]).held(against: [first]).answers.map(\.outcome)
          == [.review(candidates: [[], ["1"]], reasons: [.looksDiffer])])
    }
  }

  @Test("What the second look doubts is asked, whatever the first accepted")
  func doubts() {
    let second = asked([["1"], ["2"]])
    #expect(reading([second]).held(against: [accepted(["1"])]).answers == [second])
  }
}
