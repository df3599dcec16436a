// SPDX-License-Identifier: Apache-2.0
import Testing

import OMR

@Suite("Patches")
struct PatchesTests {
  /// A mask from rows of `#` and `.`.
  private func patches(_ rows: [String]) -> Patches {
    let width = rows[0].count
    let mask = rows.flatMap { $0.map { $0 == "#" ? UInt8(1) : 0 } }
    return Patches(mask: mask, width: width, height: rows.count)
  }

  @Test("Squares that touch at a corner are one patch")
  func corners() {
    #expect(patches(["#..", ".#.", "..#"]).count == 1)
    #expect(patches(["#.#", "...", "#.#"]).count == 4)
  }

  @Test("Arms that meet below become one patch")
  func arms() {
    let found = patches([
      "#...#...#", "#...#...#", "#########", ".........", "#########",
    ])
    #expect(found.count == 2)
    #expect(Set(found.runs.filter { $0.y < 3 }.map(\.patch)) == [0])
    #expect(found.runs.last?.patch == 1)
  }

  @Test("Runs cover the mask exactly, whatever the width", arguments: [1, 7, 8, 9, 31])
  func coverage(width: Int) {
    let mask = (0..<(width * 5)).map { UInt8(($0 * 7 % 11) < 5 ? 1 : 0) }
    let found = Patches(mask: mask, width: width, height: 5)
    var covered = [UInt8](repeating: 0, count: mask.count)
    for run in found.runs { for x in run.xs { covered[run.y * width + x] += 1 } }
    #expect(covered == mask)
  }
}
