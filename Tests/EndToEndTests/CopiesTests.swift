// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// A page that was scanned twice and not read alike, from the scanner to the table.
@Suite(.serialized) struct CopiesTests {
  /// A page of a PDF as a grey picture of 150 dpi, in the format of netpbm.
  struct GrayPage {
    var header: Data
    var width: Int
    var pixels: Data

    init(of pdf: String, in folder: String) throws {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: try Program.need("pdftoppm"))
      process.arguments = ["-gray", "-r", "150", "-singlefile", pdf, folder + "/page"]
      try process.run()
      process.waitUntilExit()
      let bytes = try Data(contentsOf: URL(fileURLWithPath: folder + "/page.pgm"))
      // P5, width and height, 255: three lines.
      let ends = bytes.indices.filter { bytes[$0] == 10 }
      header = bytes[...ends[2]]
      pixels = Data(bytes[(ends[2] + 1)...])
      let size = String(decoding: bytes[(ends[0] + 1)..<ends[1]], as: UTF8.self)
      width = Int(size.split(separator: " ")[0]) ?? 1
    }

    /// A cross over a box, as a pen makes it; the box in pixels of so many dpi.
    mutating func cross(_ box: [Double], dpi: Double) {
      let scaled = box.map { $0 * 150 / dpi }
      for step in 0...200 {
        let part = Double(step) / 200
        for y in [part, 1 - part] {
          let (atX, atY) = (Int(scaled[0] + part * scaled[2]), Int(scaled[1] + y * scaled[3]))
          for (dx, dy) in [(0, 0), (1, 0), (0, 1), (1, 1), (2, 0), (2, 1)] {
            pixels[(atY + dy) * width + atX + dx] = 30
          }
        }
      }
    }

    func write(_ path: String) throws {
      try (header + pixels).write(to: URL(fileURLWithPath: path))
    }
  }

  /// The first target of a question, in pixels, and their dots an inch.
  private func box(
    of question: String, in folder: PrintTests.Folder
  ) throws -> (box: [Double], dpi: Double) {
    let versions = folder.path + "/templates/one-stop-9/versions"
    let version = try #require(try FileManager.default.contentsOfDirectory(atPath: versions).first)
    let out = folder.path + "/form.json"
    let run = try folder.phieu("form", "export", "\(versions)/\(version)", "--out", out)
    try #require(run.status == 0, "\(run.errors)")
    let object = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(fileURLWithPath: out)))
    let page = try #require(((object as? NSDictionary)?["pages"] as? [NSDictionary])?.first)
    let questions = try #require(page["questions"] as? [NSDictionary])
    let asked = try #require(questions.first { $0["id"] as? String == question })
    let target = try #require((asked["targets"] as? [NSDictionary])?.first)
    return (
      try #require(target["box"] as? [Double]), try #require(page["dpi"] as? Double)
    )
  }

  @Test("Copies that differ are named by scan and status, and one is kept by one key")
  func differing() throws {
    let folder = try PrintTests.Folder()
    _ = try folder.phieu("form", "print", "one-stop-9", "--sheets", "1", "-o", "a.pdf")
    var page = try GrayPage(of: folder.path + "/a.pdf", in: folder.path)
    let place = try box(of: "respondent", in: folder)
    page.cross(place.box, dpi: place.dpi)
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
