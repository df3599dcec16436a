// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Ballot
import Foundation

/// `measure decide`: evidence that was kept, decided again by today's rules.
struct DecideCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decide",
    abstract: "Decide kept readings again (--readings of accuracy and own) and print the table.")

  @Argument(help: "A folder of kept readings.")
  var folder: String

  @Option(help: "Only sets whose name has this in it.")
  var only: [String] = []

  @Option(help: "Accept answers at least so probable.")
  var acceptAt = Rules().acceptAt

  @Flag(help: "Print what fewer silent errors cost, by level.")
  var rates = false

  @Flag(help: "List every silent error and review.")
  var list = false

  func run() throws {
    let top = URL(fileURLWithPath: folder)
    var table = AccuracyTable()
    var report = FindingsReport(cropFolder: nil)
    var costs = RateTable()
    for name in KeptReadings.names(below: top)
    where only.isEmpty || only.contains(where: name.contains) {
      let stored = try KeptReadings(folder: top.appendingPathComponent(name))
      if rates { costs.add(stored, level: stored.pages.first?.sheet.level ?? "all") }
      let kept = stored.decided(by: Rules(acceptAt: acceptAt))
      let score = kept.score()
      table.add(name, score: score, pages: kept.pages, places: nil, dpi: 1)
      try report.add(name, score: score, pages: kept.pages, path: { $0 })
      guard list else { continue }
      print("\(name): \(kept.pages.count) pages")
      for line in report.lines(of: name) { print("  " + line) }
    }
    print(table.markdown())
    print(costs.markdown())
  }
}
