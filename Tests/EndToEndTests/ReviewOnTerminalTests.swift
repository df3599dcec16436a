// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// A terminal of 80 × 24 in a tmux of its own.
final class TestTerminal {
  private let tmux: String
  private let server = Process()
  private let socket = "phieu-test-" + UUID().uuidString

  init(running command: String) throws {
    tmux = try Program.need("tmux")
    // In the foreground: a server that went its own way would keep what Foundation waits for.
    server.executableURL = URL(fileURLWithPath: tmux)
    server.arguments = ["-L", socket, "-f", "/dev/null", "-u", "-D"]
    server.standardInput = FileHandle.nullDevice
    server.standardOutput = FileHandle.nullDevice
    server.standardError = FileHandle.nullDevice
    try server.run()
    let deadline = Date(timeIntervalSinceNow: 10)
    while try call(["show-options", "-g", "status"]).isEmpty, Date() < deadline { usleep(20_000) }
    _ = try call(["new-session", "-d", "-x", "80", "-y", "24", "env LC_ALL=C.UTF-8 bash --norc"])
    _ = try call(["send-keys", "-l", command])
    _ = try call(["send-keys", "Enter"])
  }

  deinit {
    _ = try? call(["kill-server"])
    kill(server.processIdentifier, SIGKILL)
  }

  func call(_ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: tmux)
    process.arguments = ["-L", socket, "-f", "/dev/null", "-u"] + arguments
    process.standardInput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: output, as: UTF8.self)
  }

  var screen: String { get throws { try call(["capture-pane", "-p"]) } }

  /// Waits until the screen is as asked for.
  func wait(_ what: String, _ holds: (String) -> Bool) throws -> String {
    let deadline = Date(timeIntervalSinceNow: 30)
    while Date() < deadline {
      let now = try screen
      if holds(now) { return now }
      usleep(20_000)
    }
    Issue.record("waited for \(what):\n\(try screen)")
    throw CancellationError()
  }

  func press(_ key: String) throws { _ = try call(["send-keys", key]) }
}

@Suite(.serialized) struct ReviewOnTerminalTests {
  private func review(_ workspace: DemoWorkspace) throws -> TestTerminal {
    try TestTerminal(
      running: "\(Program.path) review --workspace \(workspace.path) --lang en --reviewer Lan")
  }

  private func left(_ screen: String) -> Int? {
    screen.firstMatch(of: /(\d+) left, (\d+) done/).flatMap { Int($0.output.1) }
  }

  @Test("The queue is cleared on a terminal, and the CSV then holds every ballot")
  func clearsQueue() throws {
    let workspace = try DemoWorkspace()
    let sheets = ["01-flatbed.png", "07-two-marks.jpg"].map { Program.demo + "/" + $0 }
    _ = try workspace.phieu("scan", sheets[0], sheets[1])
    let asked = try #require(try workspace.count("answersOpen"))
    try #require(asked > 0)

    let terminal = try review(workspace)
    var screen = try terminal.wait("the first question") { left($0) == asked }
    #expect(screen.unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) }, "no picture")

    // One answered, taken back, and skipped; then all.
    try terminal.press(screen.contains("Enter done") ? "Enter" : "1")
    screen = try terminal.wait("one less") { left($0) == asked - 1 || $0.contains("No question") }
    // Where a code is typed, letters belong to it.
    try terminal.press(screen.contains("^U undo") ? "C-u" : "u")
    screen = try terminal.wait("undone") { left($0) == asked && $0.contains("↶") }
    for number in stride(from: asked, to: 0, by: -1) {
      try terminal.press(screen.contains("Enter done") ? "Enter" : "1")
      screen = try terminal.wait("\(number - 1) left") { left($0) == number - 1 }
    }
    #expect(screen.contains("No question is left."))
    try terminal.press("q")
    _ = try terminal.wait("the summary") { $0.contains("Settled: \(asked). Left: 0.") }
    #expect(try terminal.call(["display-message", "-p", "#{alternate_on}"]) == "0\n")

    #expect(try workspace.count("answersSettled") == asked)
    #expect(try workspace.counts()["ballotsVerified"] as? Int == 2)
    let csv = workspace.path + "/out.csv"
    #expect(try workspace.phieu("export", "--format", "csv", "--out", csv).status == 0)
    let rows = try String(contentsOfFile: csv, encoding: .utf8).split(separator: "\r\n")
    #expect(rows.count == 3, "a header and two ballots")
    #expect(FileManager.default.fileExists(atPath: workspace.path + "/out-codebook.csv"))
  }

  @Test("A review that is killed leaves the terminal as it was, and its decisions stored")
  func killed() throws {
    let workspace = try DemoWorkspace()
    _ = try workspace.phieu("scan", Program.demo + "/07-two-marks.jpg")
    let terminal = try review(workspace)
    let screen = try terminal.wait("the first question") { left($0) != nil }
    let asked = try #require(left(screen))
    try terminal.press(screen.contains("Enter done") ? "Enter" : "1")
    _ = try terminal.wait("one less") { left($0) == asked - 1 || $0.contains("No question") }
    let pid = try terminal.call(["display-message", "-p", "#{pane_pid}"])
      .trimmingCharacters(in: .whitespacesAndNewlines)
    let children = try String(
      contentsOfFile: "/proc/\(pid)/task/\(pid)/children", encoding: .utf8)
    let review = try #require(children.split(separator: " ").first.flatMap { pid_t($0) })
    kill(review, SIGTERM)
    _ = try terminal.wait("the shell again") { $0.contains("Terminated") }
    #expect(try terminal.call(["display-message", "-p", "#{alternate_on}"]) == "0\n")
    try terminal.press("echo it is $((6*7))")
    try terminal.press("Enter")
    _ = try terminal.wait("an echo") { $0.contains("it is 42") }
    #expect(try workspace.count("answersSettled") == 1)
  }

  @Test("Where there is no terminal, the review says so")
  func noTerminal() throws {
    let workspace = try DemoWorkspace()
    _ = try workspace.phieu("scan", Program.demo + "/07-two-marks.jpg")
    let run = try workspace.phieu("review", "--reviewer", "Lan")
    #expect(run.status == 64)
    #expect(run.errors.contains("needs a terminal"))
  }
}
