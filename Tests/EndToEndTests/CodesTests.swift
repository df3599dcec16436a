// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("Codes measured") struct CodesMeasuredTests {
  /// A file of written digits as `tools/pack-digits.py` makes it: each of 0 to 9 in lines.
  private static let digits: [UInt8] = {
    let corners: [[Int]] = [
      [0, 0, 500, 0, 500, 1000, 0, 1000, 0, 0], [250, 0, 250, 1000],
      [0, 0, 500, 0, 500, 450, 0, 1000, 500, 1000],
      [0, 0, 500, 0, 200, 400, 500, 700, 400, 1000, 0, 1000],
      [400, 1000, 400, 0, 0, 650, 550, 650],
      [500, 0, 0, 0, 0, 450, 500, 500, 500, 1000, 0, 1000],
      [400, 0, 0, 600, 0, 1000, 500, 1000, 500, 600, 0, 600], [0, 0, 500, 0, 200, 1000],
      [250, 480, 0, 200, 250, 0, 500, 200, 0, 800, 250, 1000, 500, 800, 250, 480],
      [500, 400, 0, 400, 0, 0, 500, 0, 500, 400, 400, 1000],
    ]
    func word(_ value: Int) -> [UInt8] { [UInt8(value & 255), UInt8(value >> 8)] }
    var bytes: [UInt8] = []
    for (digit, places) in corners.enumerated() {
      bytes += [UInt8(digit), 1]
      bytes += word(10)
      bytes.append(1)
      bytes += word(places.count / 2)
      for place in places { bytes += word(place) }
    }
    return bytes
  }()

  @Test("Written digits are painted and read the same every time, whole codes counted")
  func table() throws {
    let file = NSTemporaryDirectory() + "/phieu-digits-" + UUID().uuidString
    try Data(Self.digits).write(to: URL(fileURLWithPath: file))
    defer { try? FileManager.default.removeItem(atPath: file) }
    let runs = try (0..<2).map { _ in
      try Program.run(
        ["codes", "--digits", file, "--count", "90", "--codes", "20"],
        program: Program.built("measure"))
    }
    #expect(runs.allSatisfy { $0.status == 0 }, "\(runs[0].errors)")
    #expect(runs[0].output == runs[1].output)
    let clean = runs[0].output.split(separator: "\n").filter { $0.hasPrefix("| clean |") }
      .map { $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
    #expect(clean.count == 2, "a row of digits and one of codes")
    let share = try #require(clean.first.flatMap { Double($0[2]) })
    #expect(share > 50, "plain digits of a ruler's strokes: \(share) % accepted")
  }

  @Test("A file of digits that is not there is told by name")
  func missing() throws {
    let run = try Program.run(
      ["codes", "--digits", "/nonexistent.digits"], program: Program.built("measure"))
    #expect(run.status != 0 && run.errors.contains("nonexistent.digits"), "\(run.errors)")
  }
}
