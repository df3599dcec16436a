// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Form
import Foundation

/// What a page costs, by stage: CPU milliseconds on one core, and pages a second on all.
struct Bench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print CPU milliseconds a page by stage, and pages a second.")

  @Option(help: "A folder of sets; what it lacks is left out.")
  var sets = "../shared/sheets"

  @Option(help: "Sets to time beside the demo.")
  var only = ["real/amc-expo"]

  @Option(help: "How many rounds; the median of the rounds counts.")
  var rounds = 3

  @OptionGroup var work: WorkerOptions

  @OptionGroup var output: TableOptions

  func run() async throws {
    var text = """
      | set | pages | decode | register | score | CPU ms a page | pages a second, \(work.workers) workers |
      | --- | --- | --- | --- | --- | --- | --- |

      """
    for named in SheetSet.all(below: sets)
    where named.name == "scans/demo" || only.contains(named.name) {
      let (set, truth) = try named.load()
      // The first page of a worker also prepares the form: a round before counts nothing.
      _ = try await SetReading.read(truth, of: set, workers: 1)
      var stages: [[Double]] = []
      for _ in 0..<rounds {
        let pages = try await SetReading.read(truth, of: set, workers: 1)
        stages.append([
          median(pages.map(\.decodeMS)), median(pages.map(\.registerMS)),
          median(pages.map(\.scoreMS)),
        ])
      }
      let start = ContinuousClock.now
      let count = try await SetReading.read(truth, of: set, workers: work.workers).count
      let seconds = start.duration(to: .now) / .seconds(1)
      let medians = (0..<3).map { stage in median(stages.map { $0[stage] }) }
      text +=
        "| \(named.name) | \(truth.sheets.count) | "
        + medians.map { String(format: "%.1f", $0) }.joined(separator: " | ")
        + String(format: " | %.1f | %.1f |\n", medians.reduce(0, +), Double(count) / seconds)
    }
    try output.give(text, heading: Self.heading)
  }

  private static let heading = """
    # Performance

    Written by `make bench`; never by hand. Medians over the pages of a set, CPU milliseconds on \
    one core in a release build; the form is prepared before.


    """

  private func median(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.sorted()[values.count / 2]
  }
}
