// SPDX-License-Identifier: Apache-2.0
import Simulator
import Testing

struct CellStripTests {
  /// Two digits: a 7 as lines, a 1 as a picture.
  static let file: [UInt8] = {
    var bytes: [UInt8] = [7, 1, 3, 0, 1, 3, 0]
    for (x, y) in [(0, 0), (600, 0), (200, 1000)] {
      bytes += [UInt8(x % 256), UInt8(x / 256), UInt8(y % 256), UInt8(y / 256)]
    }
    bytes += [1, 0, 10, 0, 8]
    return bytes + (0..<64).map { $0 % 8 == 4 && $0 > 7 && $0 < 56 ? 255 : 0 }
  }()

  @Test("A file of digits is read to its end")
  func readDigits() throws {
    let digits = try WrittenDigits(Self.file)
    #expect(digits.lines.map(\.digit) == [7])
    #expect(digits.lines.map(\.writer) == [3])
    #expect(digits.pictures.map(\.digit) == [1])
    #expect(throws: WrittenDigits.Fault.empty) { try WrittenDigits([]) }
    #expect(throws: WrittenDigits.Fault.unknownKind(9)) { try WrittenDigits([1, 9, 0, 0]) }
    for end in 1..<Self.file.count where end != 19 {
      #expect(throws: WrittenDigits.Fault.self) { try WrittenDigits(Array(Self.file[..<end])) }
    }
  }

  @Test("The same seed paints the same strip", arguments: StripWear.allCases)
  func sameSeed(wear: StripWear) throws {
    let painter = StripPainter(try WrittenDigits(Self.file))
    let (one, other) = (painter.paint(wear, seed: 4), painter.paint(wear, seed: 4))
    #expect(one.page == other.page)
    #expect(one.truth == other.truth)
    #expect(one.truth.count == one.cells.count)
    #expect(painter.paint(wear, seed: 5).page != one.page)
  }

  @Test("Cells hold digits, junk and nothing, as often as is said")
  func shares() throws {
    let painter = StripPainter(try WrittenDigits(Self.file))
    let labels = (0..<60).flatMap { painter.paint(.clean, seed: $0).truth.map(\.label) }
    let junk = Double(labels.count { $0 == CellTruth.junk }) / Double(labels.count)
    let empty = Double(labels.count { $0 == CellTruth.empty }) / Double(labels.count)
    #expect(abs(junk - 0.18) < 0.06)
    #expect(abs(empty - 0.1) < 0.05)
    #expect(labels.allSatisfy { (0...9).contains($0) || $0 == 10 || $0 == 11 })
  }
}
