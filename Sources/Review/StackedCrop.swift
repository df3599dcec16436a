// SPDX-License-Identifier: Apache-2.0
import Imaging

extension ReviewCrop {
  /// White between two pieces, in pixels.
  private static let seam = 6

  /// The crop as it is best seen in a window: a long row of targets is cut into a piece each and
  /// piled up where that draws it larger by a third.
  package func fitted(columns: Int, rows: Int, dotsAcross: Int, dotsDown: Int) -> ReviewCrop {
    guard let pile = stacked() else { return self }
    func scale(_ picture: GrayPicture) -> Double {
      DrawnSize(
        width: picture.width, height: picture.height, columns: columns, rows: rows,
        dotsAcross: dotsAcross, dotsDown: dotsDown
      ).pixelsPerDot
    }
    return scale(pile.picture) < 0.75 * scale(picture) ? pile : self
  }

  /// Targets that stand side by side, one below the other, each with what is printed on its
  /// right; `nil` where they do not stand side by side.
  package func stacked() -> ReviewCrop? {
    let order = targets.indices.sorted { targets[$0].x < targets[$1].x }
    guard order.count > 1, areSideBySide(order) else { return nil }
    let starts = order.enumerated().map { rank, index -> Int in
      guard rank > 0 else {
        return max(0, Int(targets[index].x - targets[index].width))
      }
      let before = targets[order[rank - 1]]
      let gap = max(0, targets[index].x - before.x - before.width)
      return Int(targets[index].x - min(targets[index].width / 2, gap * 0.3))
    }
    let ends = Array(starts.dropFirst()) + [picture.width]
    guard zip(starts, ends).allSatisfy({ $0 < $1 && $0 >= 0 && $1 <= picture.width }) else {
      return nil
    }
    let height = picture.height + Self.seam
    var result = GrayPicture(
      width: zip(starts, ends).map { $1 - $0 }.max() ?? 1, height: height * order.count)
    var frames = targets
    for (rank, index) in order.enumerated() {
      let (start, end) = (starts[rank], ends[rank])
      for y in 0..<picture.height {
        let to = (rank * height + y) * result.width
        let from = y * picture.width
        result.pixels.replaceSubrange(
          to..<(to + end - start), with: picture.pixels[(from + start)..<(from + end)])
      }
      frames[index].x -= Double(start)
      frames[index].y += Double(rank * height)
    }
    return ReviewCrop(picture: result, targets: frames)
  }

  private func areSideBySide(_ order: [Int]) -> Bool {
    zip(order, order.dropFirst()).allSatisfy { left, right in
      targets[left].x + targets[left].width <= targets[right].x + 1
        && abs(targets[left].middleY - targets[right].middleY) < targets[left].height
    }
  }
}
