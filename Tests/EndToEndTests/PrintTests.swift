// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite struct PrintTests {
  /// A workspace with the counter's form as it is shipped, gone when the test is.
  final class Folder {
    let path = NSTemporaryDirectory() + "/phieu-print-" + UUID().uuidString

    init(_ name: String = "one-stop-9") throws {
      let form = path + "/templates/" + name
      try FileManager.default.createDirectory(atPath: form, withIntermediateDirectories: true)
      try FileManager.default.copyItem(
        atPath: Program.root + "/templates/\(name)/form.yaml", toPath: form + "/form.yaml")
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func phieu(_ arguments: String...) throws -> Program.Run {
      try Program.run(arguments + ["--workspace", path, "--lang", "en"], in: path)
    }

    /// The targets of a question of the form as it was printed, in pixels, and their dots an inch.
    func boxes(of question: String) throws -> (boxes: [[Double]], dpi: Double) {
      let versions = path + "/templates/one-stop-9/versions"
      let version = try #require(
        try FileManager.default.contentsOfDirectory(atPath: versions).first)
      let run = try phieu("form", "export", "\(versions)/\(version)")
      try #require(run.status == 0, "\(run.errors)")
      let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
      let page = try #require(((object as? NSDictionary)?["pages"] as? [NSDictionary])?.first)
      let questions = try #require(page["questions"] as? [NSDictionary])
      let asked = try #require(questions.first { $0["id"] as? String == question })
      let targets = try #require(asked["targets"] as? [NSDictionary])
      return (
        try targets.map { try #require($0["box"] as? [Double]) },
        try #require(page["dpi"] as? Double)
      )
    }
  }

  @Test("A form is printed as one file of sheets, the same bytes twice, and frozen once")
  func prints() throws {
    let folder = try Folder()
    for name in ["a.pdf", "b.pdf"] {
      let run = try folder.phieu("form", "print", "one-stop-9", "--sheets", "2", "-o", name)
      #expect(run.status == 0, "\(run.errors)")
    }
    let files = try ["a.pdf", "b.pdf"].map {
      try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + $0))
    }
    #expect(files[0] == files[1])
    let versions = try FileManager.default.contentsOfDirectory(
      atPath: folder.path + "/templates/one-stop-9/versions")
    #expect(versions.count == 1 && versions[0].count == 10)
    let check = try folder.phieu("form", "check", "one-stop-9")
    #expect(check.output.contains("13 answers, 57 targets"), "\(check.errors)")
  }

  @Test("The words of a printed sheet come back as Vietnamese text")
  func text() throws {
    let pdftotext = try Program.need("pdftotext")
    let folder = try Folder()
    _ = try folder.phieu("form", "print", "one-stop-9", "-o", "a.pdf")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: pdftotext)
    process.arguments = [folder.path + "/a.pdf", folder.path + "/a.txt"]
    try process.run()
    process.waitUntilExit()
    let text = try String(contentsOfFile: folder.path + "/a.txt", encoding: .utf8)
    #expect(text.contains("PHIẾU ĐÁNH GIÁ MỨC ĐỘ HÀI LÒNG"))
    #expect(text.contains("Cán bộ, công chức có thái độ thân thiện, lịch sự."))
    #expect(text.contains("000001"))
  }

  @Test("Printed sheets are scanned into whole ballots; a page that is left out is told")
  func scans() throws {
    let qpdf = try Program.need("qpdf")
    let folder = try Folder("five-factors-25")
    _ = try folder.phieu("form", "print", "five-factors-25", "--sheets", "2", "-o", "a.pdf")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: qpdf)
    // Pages of both sheets, out of order, without the second page of the second one.
    process.arguments = [
      folder.path + "/a.pdf", "--pages", ".", "4,3,1,2,6", "--", folder.path + "/b.pdf",
    ]
    try process.run()
    process.waitUntilExit()
    let scan = try folder.phieu("scan", folder.path + "/b.pdf")
    #expect(scan.status == 0, "\(scan.errors)")
    let status = try folder.phieu("status")
    #expect(status.lines.contains("Ballots: 2"), "\(status.output)")
    let missing = "serial 000002: missing page 2 (there is: \(folder.path)/b.pdf, page 1; "
    for lines in [scan.lines, status.lines] {
      #expect(lines.contains { $0.contains(missing) }, "\(lines)")
    }
    #expect(!status.output.contains("doubled"))
  }

  @Test("Serials come from a CSV; one that is none is told")
  func serials() throws {
    let folder = try Folder()
    try Data("village,serial\na,0007\nb,0011\n".utf8)
      .write(to: URL(fileURLWithPath: folder.path + "/serials.csv"))
    let run = try folder.phieu(
      "form", "print", "one-stop-9", "--serials", "serials.csv", "-o", "a.pdf")
    #expect(run.status == 0 && run.output.contains("sheets: 2"), "\(run.errors)")
    try Data("serial\n12a\n".utf8)
      .write(to: URL(fileURLWithPath: folder.path + "/serials.csv"))
    let wrong = try folder.phieu(
      "form", "print", "one-stop-9", "--serials", "serials.csv", "-o", "b.pdf")
    #expect(wrong.status == 65 && wrong.errors.contains("`12a` is no serial"))
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/b.pdf"))
  }

  @Test("A sign that no font has is told with its place in the form")
  func missingSign() throws {
    let folder = try Folder()
    let file = folder.path + "/templates/one-stop-9/form.yaml"
    let text = try String(contentsOfFile: file, encoding: .utf8)
      .replacing("label: Quầy số", with: "label: Quầy ✓ số")
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    let run = try folder.phieu("form", "check", "one-stop-9")
    #expect(run.status == 65)
    #expect(
      run.errors.contains("form.yaml:17:12: sections[0].questions[0].label: no font has `✓`"),
      "\(run.errors)")
  }

  @Test("Every page of a form is shown with its targets named")
  func picture() throws {
    let folder = try Folder()
    let run = try folder.phieu("form", "show", "one-stop-9", "--picture", "shown.png")
    #expect(run.status == 0 && run.lines.last == "shown.png", "\(run.errors)")
    #expect(FileManager.default.fileExists(atPath: folder.path + "/shown.png"))
  }
}
