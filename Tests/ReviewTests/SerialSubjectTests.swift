// SPDX-License-Identifier: Apache-2.0
import Ballot
import Form
import Geometry
import Review
import Store
import Testing

@Suite struct SerialSubjectTests {
  static let item = ReviewSamples.item(LabelPlaces.serialQuestion)

  /// The serial of a page as it is put to a person.
  static func subject() throws -> ReviewSubject {
    var form = ReviewSamples.form
    let box = BlankBox(x: 0, y: 0, width: 24, height: 5)
    form.pages[0].label = LabelPlaces(code: box, serial: box)
    var reading = ReviewSamples.reading
    reading.answers.append(
      Answer(
        question: LabelPlaces.serialQuestion,
        outcome: .review(candidates: [], reasons: [.noLabel]),
        cells: Array(repeating: .review(candidates: []), count: 12)))
    return try #require(ReviewSubject(item, in: reading, of: form))
  }

  @Test("The serial of a page without a legible code is typed, with its zeros")
  func typed() throws {
    let subject = try Self.subject()
    #expect(subject.label == "Số phiếu" && subject.reasons == [.noLabel])
    var state = ReviewState(items: [Self.item])
    state.show(subject)
    for letter in "000123" { #expect(state.press(.character(letter)) == nil) }
    guard case .settle(_, let value, _) = state.press(.enter) else {
      Issue.record("nothing to settle")
      return
    }
    #expect(value == ["000123"])
  }
}
