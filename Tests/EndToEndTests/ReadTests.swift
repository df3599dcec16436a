// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite struct ReadTests {
  /// A folder with files that cannot be read, and one that can.
  private static func batch(in folder: String) throws -> [String] {
    let good = try Data(contentsOf: URL(fileURLWithPath: Program.demo + "/02-feeder.jpg"))
    let files: [(String, Data)] = [
      ("a10.jpg", good), ("a2.png", Data("no picture".utf8)), ("a3.tif", Data()),
      ("b.jpg", good.prefix(good.count / 2)), ("c\u{1B}[2J.png", pixelBomb),
    ]
    for (name, bytes) in files {
      try bytes.write(to: URL(fileURLWithPath: folder + "/" + name))
    }
    return ["a2.png", "a3.tif", "a10.jpg", "b.jpg", "c\u{1B}[2J.png"]
  }

  /// A PNG that claims 32,768 × 32,768 pixels in a few bytes.
  private static var pixelBomb: Data {
    var header: [UInt8] = [0x49, 0x48, 0x44, 0x52, 0, 0, 0x80, 0, 0, 0, 0x80, 0, 8, 0, 0, 0, 0]
    var crc: UInt32 = ~0
    for byte in header {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    header += withUnsafeBytesOfBigEndian(~crc)
    return Data([0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 0, 0, 0, 13] + header)
  }

  private static func withUnsafeBytesOfBigEndian(_ number: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }

  @Test("Files that cannot be read have their reasons, in the order of the input; the rest is read")
  func mixedBatch() throws {
    let workspace = try DemoWorkspace()
    let names = try Self.batch(in: workspace.path + "/scans")
    let run = try Program.run([
      "read", "--form", workspace.path + "/templates/one-stop-9", "--json", "--lang", "en",
      "--workers", "3", workspace.path + "/scans",
    ])
    #expect(run.status == 1)
    let pages = try run.lines.map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    let files = pages.compactMap { $0["file"] as? String }
    #expect(files == names.map { workspace.path + "/scans/" + $0 })
    let statuses = pages.compactMap { $0["status"] as? String }
    #expect(statuses == ["failed", "failed", "read", "failed", "failed"])
    #expect(pages.allSatisfy { ($0["reason"] as? String)?.isEmpty != true })
    let answers = try #require(pages[2]["answers"] as? [[String: Any]])
    #expect(answers.count == 16)
    #expect(!run.errors.contains("\u{1B}[2J"), "a file's name must not reach the terminal")
  }

  static let usages: [([String], Int32)] = [
    (["read", "--json"], 64),
    (["read", "--json", "--form", "/nonexistent", "x.png"], 66),
    (["read", "--json", "--nonsense"], 64),
    (["status", "--workspace", "/nonexistent"], 66),
    (["export", "--workspace", "/nonexistent"], 66),
    (["review", "--workspace", "/nonexistent", "--reviewer", "Lan"], 66),
    (["scan", "--workspace", "/nonexistent"], 66),
    (["--help"], 0),
  ]

  @Test("What is used wrongly ends with the contract's status", arguments: usages)
  func exitStatuses(arguments: [String], status: Int32) throws {
    #expect(try Program.run(arguments).status == status)
  }

  @Test("A missing file is said, the others are read, and the status says so")
  func missingFile() throws {
    let workspace = try DemoWorkspace()
    let run = try Program.run([
      "read", "--form", workspace.path + "/templates/one-stop-9", "--json", "--lang", "en",
      "none.png", Program.demo + "/02-feeder.jpg",
    ])
    #expect(run.status == 66)
    #expect(run.lines.count == 2)
    #expect(
      run.lines.first
        == #"{"file":"none.png","page":null,"status":"failed","reason":"no such file"}"#)
  }

  @Test("Debug pictures are numbered, for each page")
  func debugImages() throws {
    let workspace = try DemoWorkspace()
    let folder = workspace.path + "/debug"
    let run = try Program.run([
      "read", "--form", workspace.path + "/templates/one-stop-9", "--debug-images", folder,
      Program.demo + "/02-feeder.jpg",
    ])
    #expect(run.status == 0, "\(run.errors)")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(names.count >= 3)
    #expect(names.first?.contains("02-feeder.jpg-p1-01-") == true)
    #expect(names.last?.hasSuffix("-answers.png") == true)
  }
}
