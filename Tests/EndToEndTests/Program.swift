// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// The built `phieu`, run in a folder of the test's own.
struct Program {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
  static let demo = root + "/scans/demo"
  /// The forms that the demo's sheets are of, with the versions that they were printed in.
  static let demoForms = ["one-stop-9", "five-factors-25"]

  /// Beside the tests' own program.
  static var path: String { built("phieu") }

  /// A program of the package, beside the tests' own.
  static func built(_ name: String) -> String {
    let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return (tests as NSString).deletingLastPathComponent + "/" + name
  }

  struct Run {
    var status: Int32
    var output: String
    var errors: String

    var lines: [String] { output.split(separator: "\n").map(String.init) }
  }

  /// Runs to the end, in English whatever the environment says.
  static func run(
    _ arguments: [String], in folder: String = root, program: String = path
  ) throws -> Run {
    let process = try start(arguments, in: folder, program: program)
    // Errors go to a file: two pipes read one after the other can block each other.
    let output = process.output.fileHandleForReading.readDataToEndOfFile()
    process.process.waitUntilExit()
    let errors = try Data(contentsOf: process.errors)
    try FileManager.default.removeItem(at: process.errors)
    return Run(
      status: process.process.terminationStatus, output: String(decoding: output, as: UTF8.self),
      errors: String(decoding: errors, as: UTF8.self))
  }

  struct Started {
    var process: Process
    var output: Pipe
    var errors: URL
  }

  static func start(
    _ arguments: [String], in folder: String = root, program: String = path
  ) throws -> Started {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    var environment = ProcessInfo.processInfo.environment
    environment["LC_ALL"] = "C.UTF-8"
    process.environment = environment
    let output = Pipe()
    let errors = URL(fileURLWithPath: NSTemporaryDirectory() + "/phieu-errors-\(UUID().uuidString)")
    _ = FileManager.default.createFile(atPath: errors.path, contents: nil)
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    return Started(process: process, output: output, errors: errors)
  }

  /// Cancels a test that needs the demo batch where that is not there.
  static func needDemo() throws {
    for path in [demo + "/expected.json"] + demoForms.map({ root + "/templates/\($0)/versions" })
    where !FileManager.default.fileExists(atPath: path) {
      try Test.cancel("the demo batch is missing: \(path)")
    }
  }

  /// Cancels a test that needs another program where that is not there.
  static func need(_ program: String) throws -> String {
    let path = "/usr/bin/" + program
    guard FileManager.default.isExecutableFile(atPath: path) else {
      try Test.cancel("\(program) is not installed: apt-get install \(program)")
    }
    return path
  }
}

/// A workspace with the demo's forms, gone when the test is.
final class DemoWorkspace {
  let path: String

  init() throws {
    try Program.needDemo()
    path = NSTemporaryDirectory() + "/phieu-demo-" + UUID().uuidString
    try FileManager.default.createDirectory(
      atPath: path + "/scans", withIntermediateDirectories: true)
    try FileManager.default.createDirectory(
      atPath: path + "/templates", withIntermediateDirectories: true)
    for form in Program.demoForms {
      try FileManager.default.copyItem(
        atPath: Program.root + "/templates/" + form, toPath: path + "/templates/" + form)
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func phieu(_ arguments: String...) throws -> Program.Run {
    try Program.run(arguments + ["--workspace", path, "--lang", "en"])
  }

  /// What `phieu status --json` counts.
  func counts() throws -> NSDictionary {
    let status = try phieu("status", "--json")
    let object = try JSONSerialization.jsonObject(with: Data(status.output.utf8))
    return try #require(object as? NSDictionary)
  }

  /// One of the store's counts.
  func count(_ name: String) throws -> Int? {
    (try counts()["counts"] as? NSDictionary)?[name] as? Int
  }
}
