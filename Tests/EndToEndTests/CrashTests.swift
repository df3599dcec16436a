// SPDX-License-Identifier: Apache-2.0
import Foundation
import Store
import Testing

@Suite struct CrashTests {
  /// How many pages are stored by now.
  private func stored(_ workspace: DemoWorkspace) -> Int {
    let store = try? BallotStore(Workspace(folder: workspace.path))
    guard let counts = try? store?.counts() else { return 0 }
    return counts.pagesRead + counts.pagesRejected + counts.pagesFailed
  }

  @Test("A scan killed again and again ends with what an undisturbed scan ends with")
  func survivesKilling() throws {
    let calm = try DemoWorkspace()
    let whole = try calm.phieu("scan", Program.demo)
    #expect(whole.status == 1, "the demo has pages that are rejected: \(whole.errors)")

    let killed = try DemoWorkspace()
    var kills = 0
    for pages in [1, 3, 6] {
      let scan = try Program.start(
        ["scan", Program.demo, "--workspace", killed.path, "--workers", "1"])
      let deadline = Date(timeIntervalSinceNow: 60)
      while scan.process.isRunning, stored(killed) < pages, Date() < deadline {
        usleep(2_000)
      }
      if scan.process.isRunning { kills += 1 }
      kill(scan.process.processIdentifier, SIGKILL)
      scan.process.waitUntilExit()
      let errors = try String(contentsOf: scan.errors, encoding: .utf8)
      try FileManager.default.removeItem(at: scan.errors)
      #expect(stored(killed) >= pages, "\(errors)")
    }
    #expect(kills >= 2, "the scans ended before they could be killed")
    let resumed = try killed.phieu("scan", Program.demo)
    #expect(resumed.status <= 1, "\(resumed.errors)")
    #expect(try killed.counts() == calm.counts())

    let seen = try killed.phieu("scan", Program.demo)
    #expect(seen.output.hasPrefix("Pages read: 0; rejected: 0, failed: 0, files seen before:"))
    #expect(try killed.counts() == calm.counts())
  }

  @Test("Two scans of one workspace at once: the second is told to try again")
  func busy() throws {
    let workspace = try DemoWorkspace()
    let store = try BallotStore(Workspace(folder: workspace.path), makingNew: true)
    let lock = try store.lockForScanning()
    let second = try workspace.phieu("scan", Program.demo)
    #expect(second.status == 75)
    #expect(second.errors.contains("in use by another program"))
    withExtendedLifetime(lock) {}
  }
}
