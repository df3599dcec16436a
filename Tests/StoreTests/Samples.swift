// SPDX-License-Identifier: Apache-2.0
import Ballot
import Form
import Foundation
import Geometry
import Store

/// A folder of its own for a test, gone when the test is.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "/phieu-store-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ text: String) throws -> String {
    let file = path + "/" + name
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    return file
  }
}

enum Samples {
  static let noon = Date(timeIntervalSince1970: 1_790_000_000)

  /// A form of so many pages, each with a single question `q1`, `q2`, …
  static func form(_ name: String = "khao-sat", pages: Int = 1) -> BallotForm {
    BallotForm(
      name: name, title: "",
      pages: (1...pages).map { page in
        FormPage(
          number: page, blank: BlankSource(file: "b.png", width: 100, height: 100, dpi: 100),
          questions: [
            Question(
              id: "q\(page)", label: "",
              kind: .single(
                ["1", "2"].map {
                  Target(
                    value: $0, shape: .box, box: BlankBox(x: 0, y: 0, width: 5, height: 5))
                }))
          ])
      })
  }

  /// A reading whose only question was accepted as `value`, or is asked where that is `nil`.
  static func reading(
    _ form: String = "khao-sat", page: Int = 1, value: [String]? = ["1"]
  ) -> PageReading {
    let outcome: Answer.Outcome =
      if let value {
        .accepted(value, confidence: 0.99)
      } else {
        .review(candidates: [["1"], ["2"]], reasons: [.severalMarks(["1", "2"])])
      }
    let mark = MarkEvidence(
      value: "1", marked: 0.9, cancelled: 0.01, inkMM2: 3, strokeMM: 4, coverage: 0.3,
      corners: [PagePoint(x: 1, y: 2), PagePoint(x: 9, y: 2)])
    return PageReading(
      form: form, formPage: page, rotation: .upsideDown,
      registration: RegistrationSummary(residualMM: 0.05, places: 40, placesLookedAt: 44),
      evidence: PageEvidence(
        noise: 0.02, printResidual: 0.1, pixelsPerMM: 11.8,
        questions: [QuestionEvidence(question: "q\(page)", targets: [mark])]),
      rules: Rules(), answers: [Answer(question: "q\(page)", outcome: outcome)])
  }

  /// Keeps a file as if its hash were its own bytes in hexadecimal: the store asks no more of it
  /// than to be different for different bytes.
  static func keep(_ store: BallotStore, _ path: String) throws -> KeptFile {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    let digits = bytes.map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
    let sha256 = digits + String(repeating: "0", count: 64 - digits.count)
    return try unsafe bytes.withUnsafeBytes {
      try unsafe store.workspace.keep(path, sha256: sha256, bytes: $0)
    }
  }

  /// Stores a file of these outcomes, page by page.
  static func feed(
    _ store: BallotStore, _ path: String, _ outcomes: [StoredOutcome], again: Bool = false
  ) throws {
    let kept = try keep(store, path)
    guard let pass = try store.begin(kept, again: again, at: noon) else { return }
    for (index, outcome) in outcomes.enumerated() where !pass.done.contains(index + 1) {
      try store.store(outcome, page: index + 1, in: pass, at: noon)
    }
    try store.end(pass, at: noon)
  }
}
