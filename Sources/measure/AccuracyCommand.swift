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

  @Option(help: "Further folders of sheets with truth.")
  var also: [String] = []

  @Option(help: "Only sets whose path has this in it.")
  var only: [String] = []

  @Option(help: "Write the table here.")
  var out: String?

  @Option(help: "Write pictures of what was misread or asked here.")
  var crops: String?

  @Option(help: "How many workers.")
  var workers = 2

  @Flag(help: "List every silent error and review.")
  var list = false

  func run() async throws {
    var table = AccuracyTable()
    var report = FindingsReport(cropFolder: crops.map { URL(fileURLWithPath: $0) })
    let folders = also + Self.folders(below: sets)
    if folders.count == also.count { Self.say("no sets below \(sets): only what is here is read") }
    for path in folders where only.isEmpty || only.contains(where: { path.contains($0) }) {
      let folder = try SheetFolder(path)
      let truth = try Truth(folder: folder.url)
      let pages = try await SetReading.read(truth, of: folder, workers: workers)
      let name = Self.name(of: path, below: sets)
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
      try ScoreCheck.compare(score, pages: pages, folder: folder, sets: sets)
      let places = try TargetPlaces(folder: folder.url)
      table.add(name, score: score, pages: pages, places: places)
      try report.add(name, score: score, pages: pages, folder: folder)
      Self.say("\(name): \(pages.count) pages")
      if list { for line in report.lines(of: name) { Self.say("  " + line) } }
    }
    let text = table.markdown()
    print(text)
    if let out {
      try (AccuracyTable.heading + text + "\n" + report.summary()).write(
        toFile: out, atomically: true, encoding: .utf8)
    }
  }

  /// The folders below a folder that hold a `truth.json`, sorted by name.
  private static func folders(below top: String) -> [String] {
    let manager = FileManager.default
    guard let names = manager.enumerator(atPath: top) else { return [] }
    return names.compactMap { $0 as? String }.filter {
      ($0 as NSString).lastPathComponent == "truth.json"
    }
    .map { (top as NSString).appendingPathComponent(($0 as NSString).deletingLastPathComponent) }
    .sorted()
  }

  private static func name(of path: String, below top: String) -> String {
    path.hasPrefix(top + "/") ? String(path.dropFirst(top.count + 1)) : path
  }

  private static func say(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }
}
