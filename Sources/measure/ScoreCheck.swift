// SPDX-License-Identifier: Apache-2.0
import Ballot
import Form
import Foundation
import Language

/// Holds our own count against the sheets' `score.py`, where it is at hand: the same readings
/// must give the same figures.
enum ScoreCheck {
  struct Differs: Error, CustomStringConvertible {
    var description: String
  }

  private struct Figures: Decodable {
    struct Level: Decodable {
      var pages, pagesRead, foreignPages, foreignRead, questions, accepted, silent, review,
        asked: Int
      var cells, cellsAccepted, cellsWrong, junk, junkAccepted: Int
    }
    var levels: [String: Level]
  }

  static func compare(
    _ score: Score, pages: [MeasuredPage], set: SheetSet, sets: String
  ) throws {
    let script = (sets as NSString).appendingPathComponent("score.py")
    guard FileManager.default.fileExists(atPath: script), set.truth == "truth.json" else { return }
    let readings = FileManager.default.temporaryDirectory
      .appendingPathComponent("phieu-readings-\(ProcessInfo.processInfo.processIdentifier).jsonl")
    defer { try? FileManager.default.removeItem(at: readings) }
    let lines = pages.map { page in
      let outcome: ReadingLine.Outcome =
        if let reading = page.reading { .read(reading) } else if page.failed {
          .failed(reason: page.reason)
        } else { .rejected(reason: page.reason) }
      return ReadingLine(
        file: page.sheet.file, page: page.sheet.page ?? 1, outcome: outcome
      ).json(.english)
    }
    try (lines.joined(separator: "\n") + "\n").write(
      to: readings, atomically: true, encoding: .utf8)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "python3", script, "--json", set.sheets.appendingPathComponent(set.truth).path,
      readings.path, "--form", (set.form as NSString).appendingPathComponent("form.json"),
    ]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Differs(description: "score.py ended with \(process.terminationStatus)")
    }
    let theirs = try JSONDecoder().decode(Figures.self, from: data)
    for (name, ours) in score.levels {
      guard let level = theirs.levels[name] else {
        throw Differs(description: "score.py has no level \(name)")
      }
      let pairs = [
        ("pages", ours.pages, level.pages), ("read", ours.pagesRead, level.pagesRead),
        ("foreign read", ours.foreignRead, level.foreignRead),
        ("accepted", ours.accepted, level.accepted), ("silent", ours.silent, level.silent),
        ("review", ours.review, level.review), ("asked", ours.asked, level.asked),
        ("cells accepted", ours.cellsAccepted, level.cellsAccepted),
        ("cells wrong", ours.cellsWrong, level.cellsWrong),
        ("junk accepted", ours.junkAccepted, level.junkAccepted),
      ]
      for (figure, mine, other) in pairs where mine != other {
        throw Differs(
          description: "\(set.name), \(name): \(figure) is \(mine), score.py says \(other)")
      }
    }
  }
}
