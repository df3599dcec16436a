// SPDX-License-Identifier: Apache-2.0
import Ballot
import Geometry
import Imaging

extension RGBPicture {
  /// The page with what was read: marked targets green, taken-back ones red, all targets of a
  /// question that asks orange, the rest blue.
  func drawing(_ reading: PageReading) -> RGBPicture {
    var picture = self
    let answers = Dictionary(reading.answers.map { ($0.question, $0) }) { first, _ in first }
    for seen in reading.evidence.questions {
      let isAsked = answers[seen.question].map { !$0.isAccepted } ?? false
      for target in seen.targets {
        let color: RGBColor =
          isAsked
          ? .orange : target.marked > 0.5 ? .green : target.cancelled > 0.5 ? .red : .blue
        picture.drawFrame(color, target.corners)
      }
      for cell in seen.cells { picture.drawFrame(isAsked ? .orange : .blue, cell) }
    }
    return picture
  }

  /// Three lines wide, so that it is seen on a page that is shown small.
  private mutating func drawFrame(_ color: RGBColor, _ corners: [PagePoint]) {
    for (from, to) in zip(corners, corners.dropFirst() + corners.prefix(1)) {
      for shift in [-1.0, 0, 1] {
        drawLine(color, from: (from.x + shift, from.y), to: (to.x + shift, to.y))
        drawLine(color, from: (from.x, from.y + shift), to: (to.x, to.y + shift))
      }
    }
  }
}
