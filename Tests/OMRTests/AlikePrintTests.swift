// SPDX-License-Identifier: Apache-2.0
import Form
import Geometry
import Imaging
import OMR
import Testing

/// What a target's patch shows of ink that untouched targets printed alike do not have.
@Suite("Targets printed alike")
struct AlikePrintTests {
  /// The strongest strangeness in the middle of each box: 128 is nothing.
  private func strangeness(_ picture: GrayPicture) throws -> [UInt8] {
    let look = try #require(
      MarkReader(.forPatches).look(
        picture, map: Flat(), agreement: { _ in 1 }, on: PreparedMarks(Sheet.prepared()),
        key: "sheet"))
    return look.figures.indices.map { index in
      let values = look.patch(index).values
      var most: UInt8 = 0
      // Boxes of 4 mm at 8 places a millimetre: 2.4 mm of their middle.
      for y in 14..<34 {
        for x in 30..<50 {
          most = max(most, values[(y * MarkPatch.width + x) * MarkPatch.layers + 3])
        }
      }
      return most
    }
  }

  /// The blank's sheet with a pale dot in these boxes.
  private func dotted(_ boxes: some Collection<BlankBox>) -> GrayPicture {
    var page = Sheet.blank()
    for box in boxes {
      let (x, y) = (Int(box.center.x * Sheet.scale), Int(box.center.y * Sheet.scale))
      for dx in -2..<2 { for dy in -1..<1 { page[x + dx, y + dy] = 190 } }
    }
    return page
  }

  private let boxes = Sheet.questions.flatMap(\.boxes)

  @Test("What most boxes of a page have and the blank has not is its print, not ink")
  func reprint() throws {
    let all = try strangeness(dotted(boxes))
    #expect(all.count { $0 < 150 } >= 12)
    let one = try strangeness(dotted(boxes[7...7]))
    #expect(one[7] > 190)
    #expect(one.enumerated().allSatisfy { $0.offset == 7 || $0.element < 150 })
  }

  @Test("A faint cross stands out from boxes of another print")
  func faintCross() throws {
    var page = dotted(boxes)
    let before = try strangeness(page)
    Sheet.cross(&page, row: 3, column: 1, level: 215)
    let seen = try strangeness(page)
    #expect(seen[10] > 170 && before[10] < 150)
  }
}
