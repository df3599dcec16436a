// SPDX-License-Identifier: Apache-2.0
public import Imaging

extension ReviewCrop {
  /// Between two copies: white, a line, white; in pixels.
  private static let gap = (white: 8, line: 2)
  /// Copies whose heights differ by less are drawn as they are.
  private static let sameHeight = 1.1

  /// The same question of two copies of a page side by side, as two things to choose between. The
  /// finer one is drawn coarser, so that both have about the same size.
  public static func pair(_ first: GrayPicture, _ second: GrayPicture) -> ReviewCrop {
    let ratio = Double(first.height) / Double(max(1, second.height))
    let left = ratio > sameHeight ? AreaMean.shrunk(first, by: ratio) : first
    let right = 1 / ratio > sameHeight ? AreaMean.shrunk(second, by: 1 / ratio) : second
    let start = left.width + 2 * gap.white + gap.line
    var picture = GrayPicture(
      width: start + right.width, height: max(left.height, right.height))
    for y in 0..<picture.height {
      for x in 0..<gap.line { picture[left.width + gap.white + x, y] = 0 }
    }
    picture.paste(left, x: 0)
    picture.paste(right, x: start)
    return ReviewCrop(
      picture: picture,
      targets: [(0, left), (start, right)].map {
        Frame(
          x: Double($0.0), y: 0, width: Double($0.1.width), height: Double(picture.height))
      })
  }
}

extension GrayPicture {
  /// Puts a picture into this one, at its upper edge.
  fileprivate mutating func paste(_ other: GrayPicture, x: Int) {
    for y in 0..<other.height {
      let to = y * width + x
      pixels.replaceSubrange(
        to..<(to + other.width),
        with: other.pixels[(y * other.width)..<((y + 1) * other.width)])
    }
  }
}
