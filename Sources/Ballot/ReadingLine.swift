// SPDX-License-Identifier: Apache-2.0
import Form
import Foundation
import Geometry
public import Language

/// What `phieu read --json` prints of one page: one JSON object on one line.
public struct ReadingLine: Hashable, Sendable {
  /// The file as it was given.
  public var file: String
  /// The page inside the file, from 1; `nil` where the file has no page that can be named.
  public var page: Int?
  public var outcome: Outcome

  /// What became of the page.
  public enum Outcome: Hashable, Sendable {
    case read(PageReading)
    /// Decoded and not read, with the reason in words.
    case rejected(reason: String)
    /// Not decoded, with the reason in words.
    case failed(reason: String)
  }

  public init(file: String, page: Int?, outcome: Outcome) {
    self.file = file
    self.page = page
    self.outcome = outcome
  }

  /// The line, without its newline: keys in the contract's order, text in its composed form.
  ///
  /// - Parameter language: Of the reasons why a person is asked.
  /// - Returns: One JSON object.
  public func json(_ language: Language) -> String {
    var members: [JSONText.Member] = [
      .init("file", .string(file)), .init("page", page.map { .whole($0) } ?? .null),
    ]
    switch outcome {
    case .read(let reading):
      let (name, version) = BallotForm.parts(id: reading.form)
      members += [
        .init("status", .string("read")), .init("form", Self.text(name)),
        .init("formPage", .whole(reading.formPage)),
      ]
      members += version.map { [.init("version", .string($0))] } ?? []
      members += reading.serial.map { [.init("serial", .string($0))] } ?? []
      members += [
        .init("rotation", .whole(reading.rotation.degreesClockwise)),
        .init(
          "registration",
          .object([
            .init("residualMM", .number(Self.rounded(reading.registration.residualMM, to: 4))),
            .init("places", .whole(reading.registration.places)),
          ])),
        .init("answers", .list(reading.answers.map { Self.answer($0, language) })),
      ]
    case .rejected(let reason):
      members += [.init("status", .string("rejected")), .init("reason", Self.text(reason))]
    case .failed(let reason):
      members += [.init("status", .string("failed")), .init("reason", Self.text(reason))]
    }
    return JSONText.object(members).line()
  }

  private static func answer(_ answer: Answer, _ language: Language) -> JSONText {
    var members: [JSONText.Member] = [.init("question", text(answer.question))]
    switch answer.outcome {
    case .accepted(let values, let confidence):
      // A code's value is one string, also where all its cells are empty.
      let value: JSONText =
        answer.cells.isEmpty ? .list(values.map(text)) : text(values.joined())
      members += [
        .init("state", .string("accepted")), .init("value", value),
        .init("confidence", .number(probability(confidence))),
      ]
    case .review(let candidates, let reasons):
      members += [.init("state", .string("review")), .init("value", .null)]
      if answer.cells.isEmpty {
        members += [
          .init("candidates", .list(candidates.map { .list($0.map(text)) })),
          .init("reasons", .list(reasons.map { text($0.words(language)) })),
        ]
      }
    }
    if !answer.cells.isEmpty { members.append(.init("cells", .list(answer.cells.map(cell)))) }
    return .object(members)
  }

  private static func cell(_ cell: CellAnswer) -> JSONText {
    switch cell {
    case .accepted(let value, let confidence):
      .object([
        .init("state", .string("accepted")), .init("value", text(value)),
        .init("confidence", .number(probability(confidence))),
      ])
    case .review(let candidates):
      .object([
        .init("state", .string("review")), .init("value", .null),
        .init("candidates", .list(candidates.map(text))),
      ])
    }
  }

  /// Text in its composed form (NFC). A file's name is not touched: it is the file's.
  private static func text(_ text: String) -> JSONText {
    .string(text.precomposedStringWithCanonicalMapping)
  }

  /// A probability with nine decimals. One that is not certain never rounds to certain.
  package static func probability(_ value: Double) -> Double {
    let short = rounded(value, to: 9)
    return (short == 1) == (value == 1) && (short == 0) == (value == 0) ? short : value
  }

  private static func rounded(_ value: Double, to decimals: Int) -> Double {
    let scale = (0..<decimals).reduce(1.0) { product, _ in product * 10 }
    return (value * scale).rounded() / scale
  }
}
