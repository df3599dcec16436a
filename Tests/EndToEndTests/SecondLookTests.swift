// SPDX-License-Identifier: Apache-2.0
import Foundation
import Store
import Testing

/// Sheets of one printing that differ from their blank's file, scanned and read together.
@Suite struct SecondLookTests {
  /// Sheets of one-stop-9 with a pale line through every box of the question `way`.
  private func sheets(_ count: Int, in folder: PrintTests.Folder) throws {
    try FileManager.default.createDirectory(
      atPath: folder.path + "/scans", withIntermediateDirectories: true)
    for number in 1...count {
      _ = try folder.phieu(
        "form", "print", "one-stop-9", "--sheets", "1", "--first", "\(number)", "-o", "a.pdf")
      var page = try GrayPage(of: folder.path + "/a.pdf", in: folder.path)
      let place = try folder.boxes(of: "way")
      for box in place.boxes { page.line(through: box, dpi: place.dpi) }
      try page.write(folder.path + "/scans/\(number).pgm")
    }
  }

  @Test("What twelve sheets print alike is no reason to ask; both readings of each are kept")
  func twelveSheets() throws {
    let folder = try PrintTests.Folder()
    try sheets(12, in: folder)
    let scan = try folder.phieu("scan")
    #expect(scan.lines.contains { $0.hasPrefix("Looked again at 12 pages") }, "\(scan.output)")
    #expect(scan.lines.contains("Questions for a person: 0."), "\(scan.output)")
    let counts = try BallotStore(Workspace(folder: folder.path)).counts()
    #expect(counts.pagesRead == 12)
    let seen = try folder.phieu("scan")
    #expect(seen.output.hasPrefix("Pages read: 0; rejected: 0, failed: 0, files seen before: 12."))

    let read = try Program.run([
      "read", "--form", folder.path + "/templates/one-stop-9", "--json", folder.path + "/scans",
    ])
    #expect(read.lines.count == 12)
    #expect(!read.output.contains("\"review\""), "read knows of the batch, too")
  }

  @Test("Fewer sheets do not tell print from a pen: a person is asked")
  func fewSheets() throws {
    let folder = try PrintTests.Folder()
    try sheets(2, in: folder)
    let scan = try folder.phieu("scan")
    #expect(!scan.output.contains("Looked again"))
    #expect(scan.lines.contains("Questions for a person: 2."), "\(scan.output)")
  }

  @Test("Sheets that are printed unlike their blank are told once, with the place")
  func otherPrint() throws {
    let folder = try PrintTests.Folder()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/scans", withIntermediateDirectories: true)
    for number in 1...5 {
      _ = try folder.phieu(
        "form", "print", "one-stop-9", "--sheets", "1", "--first", "\(number)", "-o", "a.pdf")
      var page = try GrayPage(of: folder.path + "/a.pdf", in: folder.path)
      page.spill(x: 25...65, y: 52...57)
      try page.write(folder.path + "/scans/\(number).pgm")
    }
    let scan = try folder.phieu("scan")
    let warnings = scan.lines.filter { $0.hasPrefix("Warning: one-stop-9") }
    #expect(warnings.count == 1, "\(scan.output)")
    #expect(warnings.first?.contains("mm from the top (5 sheets compared)") == true)
  }
}
