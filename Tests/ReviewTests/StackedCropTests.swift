// SPDX-License-Identifier: Apache-2.0
import Imaging
import Review
import Testing

@Suite("Stacked crop")
struct StackedCropTests {
  /// Five boxes of 20 pixels in a row of 600 × 40, each filled with its own level.
  private static func row() -> ReviewCrop {
    var picture = GrayPicture(width: 600, height: 40)
    let frames = (0..<5).map {
      ReviewCrop.Frame(x: Double(20 + 115 * $0), y: 10, width: 20, height: 20)
    }
    for (index, frame) in frames.enumerated() {
      for y in 10..<30 {
        for x in Int(frame.x)..<Int(frame.x + 20) { picture[x, y] = UInt8(10 * (index + 1)) }
      }
    }
    return ReviewCrop(picture: picture, targets: frames)
  }

  @Test("Every target keeps its own ink when a row is piled up")
  func keepsInk() throws {
    let pile = try #require(Self.row().piled(5))
    for (index, frame) in pile.targets.enumerated() {
      let (x, y) = (Int(frame.x + frame.width / 2), Int(frame.y + frame.height / 2))
      #expect(pile.picture[x, y] == UInt8(10 * (index + 1)))
    }
    #expect(zip(pile.targets, pile.targets.dropFirst()).allSatisfy { $0.y < $1.y })
    let three = try #require(Self.row().piled(3))
    #expect(three.targets[0].y == three.targets[1].y && three.targets[1].y < three.targets[2].y)
  }

  @Test("A long row is piled up in a narrow window, a column is left as it is")
  func fits() {
    let row = Self.row()
    #expect(row.fitted(columns: 77, rows: 18, dotsAcross: 2, dotsDown: 4) != row)
    let column = ReviewCrop(
      picture: GrayPicture(width: 100, height: 100),
      targets: [
        .init(x: 10, y: 10, width: 20, height: 20), .init(x: 10, y: 60, width: 20, height: 20),
      ])
    #expect(column.fitted(columns: 77, rows: 18, dotsAcross: 2, dotsDown: 4) == column)
  }
}
