// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation

/// How many pages are worked on at a time.
struct WorkerOptions: ParsableArguments {
  @Option(help: "How many workers.")
  var workers = 2

  func validate() throws {
    guard (1...64).contains(workers) else { throw ValidationError("--workers: 1 to 64") }
  }
}

/// What becomes of a table.
struct TableOptions: ParsableArguments {
  @Option(help: "Write the table here.")
  var out: String?

  /// Prints a table, and writes it between a heading and what else belongs to it.
  func give(_ table: String, heading: String, after: [String] = []) throws {
    print(table)
    guard let out else { return }
    try ([heading + table] + after).joined(separator: "\n")
      .write(toFile: out, atomically: true, encoding: .utf8)
  }
}

/// What is shown of the cases behind a table of accuracy.
struct CaseOptions: ParsableArguments {
  @Option(help: "Write pictures of what was misread or asked here.")
  var crops: String?

  @Flag(help: "List every silent error, review and page that was not read.")
  var list = false

  /// Collects the cases, with pictures where they were asked for.
  var report: FindingsReport {
    FindingsReport(cropFolder: crops.map { URL(fileURLWithPath: $0) })
  }

  /// Lists the cases of one set where that was asked for.
  func list(_ name: String, of report: FindingsReport) {
    guard list else { return }
    for line in report.lines(of: name) { say("  " + line) }
  }
}

/// Where painted pages lie while they are measured.
struct PaintedOptions: ParsableArguments {
  @Option(help: "Keep the painted pages and their truth here.")
  var keep: String?

  /// Does something with the folder that is kept, or with one that is removed afterwards.
  func withFolder(_ body: (_ folder: String) async throws -> Void) async throws {
    if let keep { return try await body(keep) }
    let process = ProcessInfo.processInfo.processIdentifier
    let folder = NSTemporaryDirectory() + "/measure-painted-\(process)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await body(folder)
  }
}

/// Says a line on standard error.
func say(_ line: String) {
  FileHandle.standardError.write(Data((line + "\n").utf8))
}
