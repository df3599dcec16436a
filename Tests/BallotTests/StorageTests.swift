// SPDX-License-Identifier: Apache-2.0
import Ballot
import Foundation
import Testing

/// The store keeps these values as JSON for years: they must come back as they were, and the
/// text that an older program wrote must stay readable.
@Suite struct StorageTests {
  func back<Value: Codable>(_ value: Value) throws -> Value {
    try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value))
  }

  @Test("A reading comes back as it was")
  func reading() throws {
    var reading = exampleReading
    reading.answers.append(
      Answer(
        question: "all",
        outcome: .review(candidates: [], reasons: ReasonWordsTests.words.map(\.0))))
    #expect(try back(reading) == reading)
  }

  static let rejections: [Rejection] = [
    .notAPageOf(forms: ["a", "b"], agreeing: 3, places: 40),
    .perhapsAnotherVersion(form: "a", agreeing: 20, places: 40), .ambiguous(forms: ["a", "b"]),
    .twoSheets(form: "a"), .partMissing(form: "a", missing: 2, targets: 9), .slipped(form: "a"),
    .backOf(form: "a"),
    .emptyPage,
  ]

  @Test("A rejection comes back as it was", arguments: rejections)
  func rejection(_ rejection: Rejection) throws {
    #expect(try back(rejection) == rejection)
  }

  @Test("A settlement and a ballot come back as they were")
  func ballot() throws {
    let date = Date(timeIntervalSince1970: 1_700_000_000)
    let settlement = Settlement(
      question: "c03", value: ["2"], reviewer: "Lan", date: date, note: "phím 2")
    #expect(try back(settlement) == settlement)
    let ballot = BallotRecord(
      number: 7, form: "office-form",
      pages: [PageOrigin(file: "a.pdf", sha256: "00ff", page: 3, formPage: 1)],
      answers: [
        BallotAnswer(question: "c01", value: ["3"], source: .machine(confidence: 0.9999991)),
        BallotAnswer(question: "c02", value: [], source: .person(reviewer: "Lan", date: date)),
        BallotAnswer(question: "c03", value: nil, source: .open),
      ], missingPages: [2])
    #expect(try back(ballot) == ballot)
    #expect(!ballot.isVerified)
  }

  @Test("An answer that an older program stored is still read")
  func oldText() throws {
    let stored = """
      {"question":"c03","cells":[],"outcome":{"review":{"candidates":[["2"],[]],\
      "reasons":[{"severalMarks":{"_0":["2","3"]}},{"unsure":{}}]}}}
      """
    let answer = try JSONDecoder().decode(Answer.self, from: Data(stored.utf8))
    #expect(
      answer
        == Answer(
          question: "c03",
          outcome: .review(
            candidates: [["2"], []], reasons: [.severalMarks(["2", "3"]), .unsure])))
    let accepted = """
      {"question":"c01","cells":[],"outcome":{"accepted":{"_0":["3"],"confidence":0.5}}}
      """
    #expect(
      try JSONDecoder().decode(Answer.self, from: Data(accepted.utf8))
        == Answer(question: "c01", outcome: .accepted(["3"], confidence: 0.5)))
  }
}
