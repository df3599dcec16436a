// SPDX-License-Identifier: Apache-2.0
import Imaging
import Testing

@Suite("Slanted sums")
struct SlantedSumsTests {
  /// One square after the other.
  private func slowly(
    _ flags: [UInt8], width: Int, bit: UInt8, rows: [Int], shifts: [Int]
  ) -> [UInt16] {
    (0..<width).map { start in
      zip(rows, shifts).reduce(0) { sum, step in
        let x = start + step.1
        guard (0..<width).contains(x) else { return sum }
        return sum + UInt16(flags[step.0 * width + x] >> bit & 1)
      }
    }
  }

  @Test("Sums along a slanting line equal their slow twin", arguments: [-0.4, -0.05, 0, 0.02, 0.3])
  func twin(slope: Double) {
    let (width, height) = (37, 61)
    var state: UInt64 = 7
    let flags = (0..<width * height).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 56) & 3
    }
    let rows = Array(stride(from: 3, to: 59, by: 2))
    let shifts = rows.map { Int((slope * Double($0 - 3)).rounded()) }
    for bit: UInt8 in 0...1 {
      #expect(
        SlantedSums(flags, width: width, bit: bit, rows: rows).along(shifts)
          == slowly(flags, width: width, bit: bit, rows: rows, shifts: shifts))
    }
  }

  @Test("Lines far down a tall picture are summed too", arguments: [0, 200, 399])
  func tall(first: Int) {
    let (width, height) = (9, 640)
    let flags = (0..<width * height).map { UInt8($0 % 11 == 0 || $0 % 3 == 0 ? 1 : 0) }
    let rows = Array(0..<height)
    let shifts = (0..<240).map { $0 / 80 }
    #expect(
      SlantedSums(flags, width: width, bit: 0, rows: rows).along(shifts, from: first)
        == slowly(
          flags, width: width, bit: 0, rows: Array(rows[first..<first + 240]), shifts: shifts))
  }

  @Test("A line that leaves the strip sums what is in it")
  func leaves() {
    let sums = SlantedSums([1, 1, 1, 1, 1, 1], width: 3, bit: 0, rows: [0, 1])
    #expect(sums.along([0, 0]) == [2, 2, 2])
    #expect(sums.along([0, 2]) == [2, 1, 1])
    #expect(sums.along([5, 5]) == [0, 0, 0])
    #expect(sums.along([-3, 0]) == [1, 1, 1])
  }
}
