// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Ballot
import Form
import Foundation
import Language

/// Reads the demo batch and compares it with what stands beside it.
struct Demo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Read the demo batch and compare it with its expectations; ends with 1 on a difference.")

  @Argument(help: "The folder of scans, with expected.json.")
  var folder: String

  @Option(help: "The form that the batch is of.")
  var form = "templates/demo-one-stop"

  func run() async throws {
    let scans = URL(fileURLWithPath: folder)
    let truth = try Truth(folder: scans, file: "expected.json")
    let set = try SheetFolder(form, sheets: scans)
    let pages = try await SetReading.read(truth, of: set, workers: 2)
    var wrong: [String] = []
    var score = Score()
    print("sheet                    expected   became     questions for a person")
    for page in pages {
      let became = page.reading != nil ? "read" : page.failed ? "failed" : "rejected"
      let expected = page.sheet.status ?? (page.sheet.formPage == nil ? "rejected" : "read")
      let asked = page.reading?.answers.filter { !$0.isAccepted } ?? []
      let name = page.sheet.file + ((page.sheet.page ?? 1) > 1 ? " p. \(page.sheet.page ?? 1)" : "")
      let row = [
        name.padding(toLength: 24, withPad: " ", startingAt: 0),
        expected.padding(toLength: 10, withPad: " ", startingAt: 0),
        became.padding(toLength: 10, withPad: " ", startingAt: 0),
        page.reading == nil ? page.reason : asked.map(\.question).joined(separator: ", "),
      ]
      print(row.joined(separator: " "))
      if became != expected { wrong.append("\(name): \(became), expected \(expected)") }
      for question in (page.sheet.ask ?? [:]).keys.sorted()
      where page.reading != nil && !asked.contains(where: { $0.question == question }) {
        wrong.append("\(name): \(question) should be asked")
      }
      score.add(
        page.sheet, form: set.form.name, codes: [], reading: page.reading, reason: page.reason)
    }
    let total = score.total
    print(
      "\n\(total.pagesRead) pages read, \(pages.count - total.pagesRead) not; "
        + "\(total.questions) answers: \(total.accepted) accepted, "
        + "\(total.questions - total.accepted) for a person, \(total.silent) accepted wrongly")
    for finding in score.findings where finding.isSilent {
      wrong.append("\(finding.sheet.file): \(finding.question) is accepted wrongly")
    }
    guard wrong.isEmpty else {
      for line in wrong { print("differs: \(line)") }
      throw ExitCode(1)
    }
    print("All as expected.")
  }
}
