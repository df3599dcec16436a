// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Ballot
import Form
import Foundation
import Geometry
import Language

/// Reads every set of sheets and prints the table of contract §6.
struct Accuracy: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Read sets of sheets with truth and print the table of accuracy.")

  @Option(help: "A folder of sets; what it lacks is said, not an error.")
  var sets = "../shared/sheets"

  @Option(help: "Only sets whose path has this in it.")
  var only: [String] = []

  @OptionGroup var output: TableOptions
  @OptionGroup var cases: CaseOptions

  @Option(help: "Keep the readings here, to be decided again by measure decide.")
  var readings: String?

  @OptionGroup var work: WorkerOptions

  @Option(help: "Accept answers at least so probable.")
  var acceptAt = Rules().acceptAt

  func run() async throws {
    var table = AccuracyTable()
    var report = cases.report
    let all = SheetSet.all(below: sets)
    if all.count == 1 { say("no sets below \(sets): only the demo is read") }
    for set in all where only.isEmpty || only.contains(where: { set.name.contains($0) }) {
      let (folder, truth) = try set.load()
      let pages = try await SetReading.read(
        truth, of: folder, workers: work.workers,
        rules: Rules(acceptAt: acceptAt))
      let name = set.name
      let codes = Set(
        folder.form.questions.filter {
          if case .code = $0.kind { true } else { false }
        }.map(\.id))
      var score = Score()
      for page in pages {
        score.add(
          page.sheet, form: folder.form.name, codes: codes, reading: page.reading,
          reason: page.reason)
      }
      try ScoreCheck.compare(score, pages: pages, set: set, sets: sets)
      let places = try TargetPlaces(folder: folder.url)
      table.add(
        name, score: score, pages: pages, places: places,
        dpi: folder.form.pages[0].blank.dpi)
      try report.add(name, score: score, pages: pages, path: folder.path)
      if let readings {
        try KeptReadings(form: folder.form, pages: pages)
          .write(name, below: URL(fileURLWithPath: readings))
      }
      say("\(name): \(pages.count) pages")
      cases.list(name, of: report)
    }
    try output.give(
      table.markdown(), heading: AccuracyTable.heading, after: [report.summary()])
  }
}
