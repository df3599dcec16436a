// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Ballot
import Form
import Foundation

/// Writes what speaks for and against the likeliest answer to each question of painted sheets.
struct Questions: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "questions",
    abstract: "What speaks for and against the likeliest answer to each question of sheets.")

  @Option(help: "The file to write: a line a question, whether the guess is right, its figures.")
  var out: String

  @Option(help: "Also writes each target's probabilities here.")
  var targets: String?

  @Argument(help: "Folders of sheets with truth.")
  var folders: [String]

  func run() async throws {
    var rows =
      (["sheet", "question", "kind", "right"] + QuestionFigures.names)
      .joined(separator: "\t") + "\n"
    var seen = "sheet\tquestion\tvalue\ttrue\tmarked\tleast\tmost\tcancelled\tink mm2\n"
    for path in folders {
      let folder = try SheetFolder(path)
      let pages = try await SetReading.read(Truth(folder: folder.url), of: folder, workers: 2)
      for page in pages {
        guard let reading = page.reading, reading.formPage == page.sheet.formPage else { continue }
        rows += lines(page.sheet, reading, folder)
        seen += targetLines(page.sheet, reading, folder)
      }
      FileHandle.standardError.write(Data("\(path): \(pages.count) pages\n".utf8))
    }
    try Data(rows.utf8).write(to: URL(fileURLWithPath: out))
    if let targets { try Data(seen.utf8).write(to: URL(fileURLWithPath: targets)) }
  }

  private func targetLines(
    _ sheet: Truth.Sheet, _ reading: PageReading, _ folder: SheetFolder
  ) -> String {
    reading.evidence.questions.map { question in
      let answer = sheet.answers?[question.question] ?? []
      return question.targets.map { target in
        let numbers = [
          target.marked, target.markedLow, target.markedHigh, target.cancelled, target.inkMM2,
        ].map { String(format: "%.5f", $0) }
        return
          ([
            folder.form.name + "/" + sheet.file, question.question, target.value,
            answer.contains(target.value) ? "1" : "0",
          ] + numbers).joined(separator: "\t") + "\n"
      }.joined()
    }.joined()
  }

  private func lines(
    _ sheet: Truth.Sheet, _ reading: PageReading, _ folder: SheetFolder
  ) -> String {
    let questions = folder.form.pages[reading.formPage - 1].questions
    return Rules().guesses(reading.evidence, questions: questions).map { guess in
      // What a careful person would ask is right only as one of the values listed.
      let right =
        sheet.ask?[guess.question].map { $0.contains(guess.values) }
        ?? (sheet.answers?[guess.question] == guess.values)
      let kind = sheet.ask?[guess.question] == nil ? "plain" : "ask"
      let figures = guess.figures.values.map { String($0) }
      return
        ([folder.form.name + "/" + sheet.file, guess.question, kind, right ? "1" : "0"]
        + figures).joined(separator: "\t") + "\n"
    }.joined()
  }
}
