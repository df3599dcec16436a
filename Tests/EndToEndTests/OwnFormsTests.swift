// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite struct OwnFormsTests {
  /// The cells of the table's last row, the sum of a level.
  private static func sums(_ output: String) throws -> [String] {
    let row = try #require(output.split(separator: "\n").last { $0.hasPrefix("| **") })
    return row.split(separator: "|").map {
      $0.trimmingCharacters(in: CharacterSet(charactersIn: " *"))
    }
  }

  @Test("Ballots of a form of our own are painted, read and joined, the same every time")
  func joined() throws {
    let arguments = [
      "own", "--form", "templates/five-factors-25", "--pages", "clean=12", "--seed", "3",
      "--digits", "/nonexistent",
    ]
    let runs = try (0..<2).map { _ in
      try Program.run(arguments, program: Program.built("measure"))
    }
    #expect(runs.allSatisfy { $0.status == 0 }, "\(runs[0].errors)")
    #expect(runs[0].output == runs[1].output)
    let cells = try Self.sums(runs[0].output)
    let pages = try #require(Int(cells[2]))
    #expect(pages >= 12)
    #expect(cells[3] == cells[2], "all pages are read")
    let ballots = cells[13].split(separator: " ").compactMap { Int($0) }
    #expect(ballots.count == 2 && ballots[0] == ballots[1], "ballots joined: \(cells[13])")
    #expect(cells[14] == "0", "joined wrong")
    #expect(runs[0].output.contains("codes were left empty"))
  }

  @Test("Pages that are no sheet of the form are painted, and none of them is read")
  func foreign() throws {
    let run = try Program.run(
      [
        "foreign", "--form", "templates/one-stop-9", "--form", "templates/five-factors-25",
        "--pages", "40", "--list",
      ], program: Program.built("measure"))
    #expect(run.status == 0, "\(run.errors)")
    let cells = try Self.sums(run.output)
    let pages = try #require(Int(cells[1]))
    #expect(pages >= 40)
    #expect(cells[2] == "0", "read: \(run.errors)")
    for kind in ["a sheet of another form", "two sheets at once", "no paper at all"] {
      #expect(run.output.contains("| \(kind) |"), "\(kind)")
    }
    #expect(run.output.contains("in another look: no form at hand for it"))
  }

  @Test("Painted pages are kept with their truth, some with a page missing or fed twice")
  func kept() throws {
    let folder = NSTemporaryDirectory() + "/phieu-own-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let run = try Program.run(
      [
        "own", "--paint-only", "--form", "templates/five-factors-25", "--pages", "clean=18",
        "--seed", "1", "--digits", "/nonexistent", "--keep", folder,
      ], program: Program.built("measure"))
    #expect(run.status == 0, "\(run.errors)")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/clean")
    #expect(names.contains { $0.contains("-again.") }, "no page is fed twice")
    let serials = Dictionary(grouping: names.filter { !$0.contains("-again.") }) {
      $0.split(separator: "-")[4]
    }
    #expect(serials.values.contains { $0.count == 2 }, "no ballot lacks a page")
    #expect(serials.values.count { $0.count == 3 } > serials.count / 2)
    let truth = try String(contentsOfFile: folder + "/truth-clean-0.json", encoding: .utf8)
    #expect(names.allSatisfy { truth.contains("clean/" + $0) })
  }
}
