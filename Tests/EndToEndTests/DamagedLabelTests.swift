// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Sheets whose QR code is spoilt, from the scanner to the ballot.
@Suite(.serialized) struct DamagedLabelTests {
  /// The first page of a printed sheet with ink over its QR code.
  private func spoilt(_ folder: PrintTests.Folder) throws -> GrayPage {
    _ = try folder.phieu("form", "print", "one-stop-9", "--first", "41", "-o", "a.pdf")
    var page = try GrayPage(of: folder.path + "/a.pdf", in: folder.path)
    page.spill(x: 176...190, y: 8...20)
    return page
  }

  @Test("A sheet with a spoilt QR code has its printed serial, and nobody is asked for it")
  func printed() throws {
    let folder = try PrintTests.Folder()
    try spoilt(folder).write(folder.path + "/b.pgm")
    let scan = try folder.phieu("scan", folder.path + "/b.pgm")
    #expect(scan.status == 0 && !scan.output.contains("serial"), "\(scan.output)")
    let table = try folder.phieu("export", "--format", "csv")
    #expect(table.output.contains("\r\n1,000041,"), "\(table.output)")
  }

  @Test("Where the printed serial is spoilt too, scan says so and a person types it")
  func typed() throws {
    let folder = try PrintTests.Folder()
    var page = try spoilt(folder)
    page.spill(x: 168...176, y: 25.5...29.5)
    try page.write(folder.path + "/b.pgm")
    let scan = try folder.phieu("scan", folder.path + "/b.pgm")
    let asked =
      "ballot 1: serial not legible (\(folder.path)/b.pgm, page 1); "
      + "type it: phieu review"
    #expect(scan.lines.contains { $0.hasSuffix(asked) }, "\(scan.output)")

    let terminal = try TestTerminal(
      running: "\(Program.path) review --workspace \(folder.path) --lang en --reviewer Lan")
    _ = try terminal.wait("the serial") { $0.contains("type the digits before the dash") }
    try terminal.press("41x")
    try terminal.press("Enter")
    _ = try terminal.wait("a refusal") { $0.contains("a serial is digits alone") }
    for _ in 0..<4 { try terminal.press("BSpace") }
    try terminal.press("000041")
    try terminal.press("Enter")
    _ = try terminal.wait("the end") { $0.contains("No question is left.") }
    try terminal.press("q")
    _ = try terminal.wait("the summary") { $0.contains("Settled: 1. Left: 0.") }

    let status = try folder.phieu("status")
    #expect(status.lines.contains("  verified: 1"), "\(status.output)")
    let table = try folder.phieu("export", "--format", "csv")
    #expect(table.output.contains("\r\n1,000041,"), "\(table.output)")
  }
}
