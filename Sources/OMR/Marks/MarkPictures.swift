// SPDX-License-Identifier: Apache-2.0
import Ballot
package import Imaging

extension MarkReader.Look {
  /// The stages of scoring, to be looked at.
  package enum Stage: String, CaseIterable {
    /// The page on its canvas, divided by its paper.
    case page
    /// The blank as this page printed it.
    case printedBlank = "printed-blank"
    /// The ink that is left, in red, with each target's box: green where it is likely marked,
    /// orange in doubt, blue untouched, gray taken back.
    case ink
  }

  package func picture(of stage: Stage) -> RGBPicture {
    switch stage {
    case .page: RGBPicture(Self.brightened(page))
    case .printedBlank: RGBPicture(Self.brightened(printed))
    case .ink: inkPicture()
    }
  }

  /// Shares of paper as levels that a screen shows.
  private static func brightened(_ picture: GrayPicture) -> GrayPicture {
    GrayPicture(
      width: picture.width, height: picture.height,
      pixels: picture.pixels.map { UInt8(min(255, Int($0) * 255 / Paper.white)) })
  }

  private func inkPicture() -> RGBPicture {
    var result = RGBPicture(Self.brightened(page))
    for at in mask.indices where mask[at] != 0 {
      result.pixels[3 * at] = 225
      result.pixels[3 * at + 1] /= 2
      result.pixels[3 * at + 2] /= 2
    }
    let targets = evidence.questions.flatMap(\.targets)
    for (place, target) in zip(windows, targets) {
      let color: RGBColor =
        if target.cancelled > 0.5 {
          RGBColor(red: 120, green: 120, blue: 120)
        } else if target.marked > 0.97 {
          .green
        } else if target.marked > 0.01 {
          .orange
        } else {
          .blue
        }
      result.drawFrame(color, place.box)
    }
    return result
  }
}

extension RGBPicture {
  /// Draws the outline of a window, two pixels wide.
  fileprivate mutating func drawFrame(_ color: RGBColor, _ place: CanvasWindowPlace) {
    for inset in 0..<2 {
      for x in place.left...max(place.left, place.right) {
        draw(color, x: x, y: place.top + inset)
        draw(color, x: x, y: place.bottom - inset)
      }
      for y in place.top...max(place.top, place.bottom) {
        draw(color, x: place.left + inset, y: y)
        draw(color, x: place.right - inset, y: y)
      }
    }
  }
}
