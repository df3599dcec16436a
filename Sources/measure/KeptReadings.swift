// SPDX-License-Identifier: Apache-2.0
import Ballot
import Form
import Foundation

/// Readings of a set kept in a folder: its form, and a line a page with truth and evidence.
///
/// Reading a set takes minutes, deciding it again by other rules a second (`measure decide`).
struct KeptReadings {
  var form: BallotForm
  var pages: [MeasuredPage]

  private static let formFile = "form.yaml"
  private static let pagesFile = "readings.jsonl"

  private struct Line: Codable {
    var sheet: Truth.Sheet
    var reading: PageReading?
    var reason: String
    var failed: Bool
  }

  /// Writes a set below `top`, in a folder of the set's name.
  func write(_ name: String, below top: URL) throws {
    let folder = top.appendingPathComponent(
      name.replacingOccurrences(of: ", ", with: "-").replacingOccurrences(of: " ", with: "-"))
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(try FormYAML.text(form).utf8).write(to: folder.appendingPathComponent(Self.formFile))
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    var bytes = Data()
    for page in pages {
      bytes += try encoder.encode(
        Line(
          sheet: page.sheet, reading: page.reading, reason: page.reason, failed: page.failed))
      bytes.append(UInt8(ascii: "\n"))
    }
    try bytes.write(to: folder.appendingPathComponent(Self.pagesFile))
  }

  /// The folders of sets that were kept below `top`, sorted by name.
  static func names(below top: URL) -> [String] {
    let names = FileManager.default.enumerator(atPath: top.path)?.compactMap { $0 as? String }
    return (names ?? []).filter { ($0 as NSString).lastPathComponent == pagesFile }
      .map { ($0 as NSString).deletingLastPathComponent }.sorted()
  }

  /// Reads what was kept in a folder.
  init(folder: URL) throws {
    let file = folder.appendingPathComponent(Self.formFile)
    form = try FormYAML.read(try String(contentsOf: file, encoding: .utf8), file: file.path)
    let decoder = JSONDecoder()
    pages = try Data(contentsOf: folder.appendingPathComponent(Self.pagesFile))
      .split(separator: UInt8(ascii: "\n"))
      .map { bytes in
        let line = try decoder.decode(Line.self, from: bytes)
        return MeasuredPage(
          sheet: line.sheet, reading: line.reading, reason: line.reason, failed: line.failed,
          decodeMS: 0, registerMS: 0, scoreMS: 0)
      }
  }

  init(form: BallotForm, pages: [MeasuredPage]) {
    self.form = form
    self.pages = pages
  }

  /// The same pages, their evidence decided by these rules.
  func decided(by rules: Rules) -> KeptReadings {
    var result = self
    for index in pages.indices {
      guard let reading = pages[index].reading,
        let page = form.pages.first(where: { $0.number == reading.formPage })
      else { continue }
      let serial = reading.answers.filter { answer in
        !page.questions.contains { $0.id == answer.question }
      }
      // Only the second look's evidence is kept: where it differed from the first it still does.
      let differing = reading.answers.filter { answer in
        if case .review(_, let reasons) = answer.outcome {
          reasons.contains(.looksDiffer)
        } else {
          false
        }
      }
      result.pages[index].reading?.rules = rules
      result.pages[index].reading?.answers =
        rules.decide(reading.evidence, questions: page.questions, cancel: form.cancel)
        .map { new in differing.first { $0.question == new.question } ?? new } + serial
    }
    return result
  }

  /// What the readings are worth against their truth.
  func score() -> Score {
    let codes = Set(form.questions.filter(\.isCode).map(\.id))
    var score = Score()
    for page in pages {
      // `measure accuracy` knows one form at a time and calls it by its plain name.
      let isPlain = page.reading?.form == form.name
      score.add(
        page.sheet, form: isPlain ? form.name : form.id, codes: codes, reading: page.reading,
        reason: page.reason)
    }
    return score
  }
}
