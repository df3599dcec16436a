// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// A page that was scanned twice and not read alike, from the scanner to the table.
@Suite(.serialized) struct CopiesTests {
  @Test("Copies that differ are named by scan and status, and one is kept by one key")
  func differing() throws {
    let folder = try PrintTests.Folder()
    _ = try folder.phieu("form", "print", "one-stop-9", "--sheets", "1", "-o", "a.pdf")
    var page = try GrayPage(of: folder.path + "/a.pdf", in: folder.path)
    let place = try folder.boxes(of: "respondent")
    page.cross(place.boxes[0], dpi: place.dpi)
    try page.write(folder.path + "/b.pgm")
    _ = try folder.phieu("scan", folder.path + "/a.pdf")
    let scan = try folder.phieu("scan", folder.path + "/b.pgm")
    #expect(scan.status == 0, "\(scan.errors)")
    let named =
      "serial 000001: doubled page 1 (\(folder.path)/a.pdf, page 1; \(folder.path)/b.pgm, page 1); "
      + "they do not say the same, choose one: phieu review"
    #expect(scan.lines.contains { $0.hasSuffix(named) }, "\(scan.output)")
    #expect(scan.lines.last == "Next: phieu review")
    let status = try folder.phieu("status")
    #expect(status.lines.contains { $0.hasSuffix(named) }, "\(status.output)")
    #expect(status.lines.contains("  verified: 0"), "\(status.output)")

    let terminal = try TestTerminal(
      running:
        "\(Program.path) review --workspace \(folder.path) --lang en --reviewer Lan")
    let screen = try terminal.wait("the two copies") { $0.contains("scanned twice") }
    #expect(screen.contains("respondent: blank ≠ 1"), "\(screen)")
    #expect(screen.unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) }, "no picture")
    try terminal.press("2")
    _ = try terminal.wait("the end") { $0.contains("No question is left.") }
    try terminal.press("q")
    _ = try terminal.wait("the summary") { $0.contains("Settled: 1. Left: 0.") }

    let after = try folder.phieu("status")
    #expect(after.lines.contains("  verified: 1"), "\(after.output)")
    #expect(!after.output.contains("doubled"), "\(after.output)")
    let table = try folder.phieu("export", "--format", "csv")
    let rows = table.output.split(separator: "\r\n")
    #expect(rows.count == 2 && rows.last?.contains("b.pgm,1,,,,1,") == true, "\(table.output)")
  }
}
