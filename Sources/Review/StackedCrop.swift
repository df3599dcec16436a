// SPDX-License-Identifier: Apache-2.0
import Imaging

extension ReviewCrop {
  /// White between two pieces, in pixels.
  private static let seam = 6

  /// The crop as it is best seen in a window: a long row of targets is cut into pieces and piled
  /// up where that draws it larger, without most of what is above and below it.
  package func fitted(columns: Int, rows: Int, dotsAcross: Int, dotsDown: Int) -> ReviewCrop {
    func scale(_ crop: ReviewCrop) -> Double {
      DrawnSize(
        width: crop.picture.width, height: crop.picture.height, columns: columns, rows: rows,
        dotsAcross: dotsAcross, dotsDown: dotsDown
      ).pixelsPerDot
    }
    var best = self
    for pieces in 2...max(2, targets.count) {
      guard let pile = piled(pieces), scale(pile) < 0.87 * scale(best) else { continue }
      best = pile
    }
    return best
  }

  /// Targets that stand side by side, in so many pieces one below the other, each target with
  /// what is printed on its right; `nil` where they do not stand side by side.
  package func piled(_ pieces: Int) -> ReviewCrop? {
    let order = targets.indices.sorted { targets[$0].x < targets[$1].x }
    guard pieces > 1, order.count >= pieces, areSideBySide(order) else { return nil }
    let share = (order.count + pieces - 1) / pieces
    let groups = stride(from: 0, to: order.count, by: share).map {
      Array(order[$0..<min(order.count, $0 + share)])
    }
    let starts = groups.enumerated().map { rank, group -> Int in
      let first = targets[group[0]]
      guard rank > 0 else { return max(0, Int(first.x - first.width)) }
      let before = targets[order[rank * share - 1]]
      let gap = max(0, first.x - before.x - before.width)
      return Int(first.x - min(first.width / 2, gap * 0.3))
    }
    let ends = Array(starts.dropFirst()) + [picture.width]
    guard zip(starts, ends).allSatisfy({ $0 < $1 && $0 >= 0 && $1 <= picture.width }) else {
      return nil
    }
    let margin = 0.6 * (targets.map(\.height).max() ?? 0)
    let top = max(0, Int((targets.map(\.y).min() ?? 0) - margin))
    let bottom = min(
      picture.height, Int((targets.map { $0.y + $0.height }.max() ?? 0) + margin))
    guard top < bottom else { return nil }
    let height = bottom - top + Self.seam
    var result = GrayPicture(
      width: zip(starts, ends).map { $1 - $0 }.max() ?? 1, height: height * groups.count)
    var frames = targets
    for (rank, group) in groups.enumerated() {
      let (start, end) = (starts[rank], ends[rank])
      for y in top..<bottom {
        let to = (rank * height + y - top) * result.width
        let from = y * picture.width
        result.pixels.replaceSubrange(
          to..<(to + end - start), with: picture.pixels[(from + start)..<(from + end)])
      }
      for index in group {
        frames[index].x -= Double(start)
        frames[index].y += Double(rank * height - top)
      }
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
