// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Ballot
import Form
import Foundation
import Language
import Scanner
import Store

/// Compares what a workspace holds of the demo batch with what stands beside it.
struct Demo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare a scanned demo with its expectations; ends with 1 on a difference.")

  @Argument(help: "The folder of scans, with expected.json.")
  var folder: String

  @Option(help: "The workspace that they were scanned into.")
  var workspace = "."

  func run() async throws {
    let place = Workspace(folder: workspace)
    let store = try BallotStore(place)
    let forms = try Self.forms(in: place.templates)
    let expected = try DemoExpectations(folder: URL(fileURLWithPath: folder))
    let found = try DemoFindings(store: store, forms: forms, expected: expected)
    print("sheet                    expected   became     questions for a person")
    for row in found.rows { print(row) }
    print(
      "\n\(found.pagesRead) pages read, \(expected.sheets.count - found.pagesRead) not; "
        + "\(found.accepted) answers accepted, \(found.asked) for a person, "
        + "\(found.silent) accepted wrongly; \(found.ballots) ballots")
    guard found.differences.isEmpty else {
      for line in found.differences { print("differs: \(line)") }
      throw ExitCode(1)
    }
    print("All as expected.")
  }

  /// All forms of a folder of forms, each version by itself.
  private static func forms(in templates: String) throws -> [BallotForm] {
    try FileManager.default.contentsOfDirectory(atPath: templates).sorted().flatMap { name in
      let source = try FormSource.load(templates + "/" + name)
      if case .written(let folder) = source { return try folder.versions().map(\.form) }
      return try source.readable().map(\.form)
    }
  }
}

/// What stands beside the demo batch.
struct DemoExpectations {
  struct Ballot: Decodable {
    var form: String
    var serial: String
    var missing: [Int]
    var doubled: [Int]
  }

  private struct File: Decodable { var ballots: [Ballot] }

  var sheets: [Truth.Sheet]
  var ballots: [Ballot]
  /// By the file's SHA-256: its name.
  var names: [String: String] = [:]

  init(folder: URL) throws {
    sheets = try Truth(folder: folder, file: "expected.json").sheets
    let data = try Data(contentsOf: folder.appendingPathComponent("expected.json"))
    ballots = try JSONDecoder().decode(File.self, from: data).ballots
    for name in Set(sheets.map(\.file)) {
      let path = folder.appendingPathComponent(name).path
      names[try ScannedFile(path: path).sha256] = name
    }
  }
}
