// SPDX-License-Identifier: Apache-2.0
import Foundation
import Imaging

// The printed lines of a comb. Where they stand on the blank is found once; on the page each is
// looked for again, because a registration of 0.1 mm is not enough to take a line of 0.25 mm off
// and leave the stroke beside it. A line's darkness at each distance from its middle is taken
// from the middle of the sorted levels along it, so that strokes across it do not pull.

/// A printed line round or between cells, in squares of the canvas.
struct CellLine: Hashable, Sendable {
  enum Direction: Hashable, Sendable { case across, down }

  var direction: Direction
  /// The middle, across the line.
  var middle: Double
  /// Where it begins and ends, along the line.
  var from: Double
  var to: Double
  var width: Double
  /// How much darker than the paper, in levels.
  var darkness: Double

  /// The squares that belong to it, across the line, with a margin on both sides.
  func band(margin: Double) -> ClosedRange<Int> {
    let low = Int((middle - width / 2 - margin).rounded())
    return low...max(low, Int((middle + width / 2 + margin).rounded()) - 1)
  }
}

enum CellLines {
  private static let mm = FieldCanvas.pixelsPerMM
  /// Forms give a cell by the line's edge or its middle: it is looked for so far round, in mm.
  private static let reachOnBlank = 0.7
  /// The registration's error at worst, in mm.
  private static let reachOnPage = 0.5
  /// How far one line may be from where all lines of its direction say, in mm.
  private static let reachOfOne = 0.22
  /// The most that a line is wide on a scan, in mm.
  private static let mostWidth = 0.9
  /// A line is this much darker than what is beside it, in levels.
  private static let leastDarkness = 25.0

  /// The lines round some cells as the blank has them. `darkness` is the blank's, in levels.
  static func onBlank(_ cells: [FieldBox], darkness: FloatPicture) -> [CellLine] {
    var lines: [CellLine] = []
    for cell in cells {
      let sides: [(CellLine.Direction, Double, Double, Double)] = [
        (.across, cell.top, cell.left, cell.right), (.across, cell.bottom, cell.left, cell.right),
        (.down, cell.left, cell.top, cell.bottom), (.down, cell.right, cell.top, cell.bottom),
      ]
      for (direction, middle, from, to) in sides {
        let place = CellLine(
          direction: direction, middle: middle, from: from, to: to, width: 0, darkness: 0)
        guard var line = found(place, reach: reachOnBlank * mm, in: darkness) else { continue }
        // Lines go on round the corner.
        line.from -= line.width
        line.to += line.width
        let isKnown = lines.contains {
          $0.direction == direction && abs($0.middle - line.middle) < 0.4 * mm
            && min($0.to, line.to) - max($0.from, line.from) > 0.5 * (to - from)
        }
        if !isKnown { lines.append(line) }
      }
    }
    return lines
  }

  /// The lines as the page has them; one that does not stand out keeps the place that the others
  /// give it, and their width.
  static func onPage(_ printed: [CellLine], darkness: FloatPicture) -> [CellLine] {
    var result: [CellLine] = []
    for direction in [CellLine.Direction.across, .down] {
      let wanted = printed.filter { $0.direction == direction }
      let first = wanted.compactMap { line in
        found(line, reach: reachOnPage * mm, in: darkness).map { $0.middle - line.middle }
      }.sorted()
      let shift = first.count * 2 >= wanted.count && !first.isEmpty ? first[first.count / 2] : 0
      let again = wanted.map { line in
        var place = line
        place.middle += shift
        return (place: place, found: found(place, reach: reachOfOne * mm, in: darkness))
      }
      let widths = again.compactMap { $0.found?.width }.sorted()
      let dark = again.compactMap { $0.found?.darkness }.sorted()
      let usualWidth = widths.isEmpty ? nil : widths[widths.count / 2]
      let ragged = raggedWidth(again.compactMap(\.found), in: darkness)
      let width = usualWidth.map { max($0, ragged) }
      let usual = dark.isEmpty ? nil : dark[dark.count / 2]
      for (place, seen) in again {
        var line = seen ?? place
        line.from = place.from
        line.to = place.to
        // A stroke along a line makes it look wide: others say how wide it is.
        if let width { line.width = max(width, min(line.width, width + 0.1 * mm)) }
        if seen == nil { line.width = width ?? place.width + 0.1 * mm }
        if seen == nil, let usual { line.darkness = usual }
        result.append(line)
      }
    }
    return result
  }

  /// How wide the lines are with the ragged edges that a 1-bit scan or a photocopy gives them:
  /// the mean over all of them, over what strokes across and beside them leave everywhere.
  private static func raggedWidth(_ lines: [CellLine], in darkness: FloatPicture) -> Double {
    guard !lines.isEmpty else { return 0 }
    let reach = Int(0.9 * mm)
    var profile = [Double](repeating: 0, count: 2 * reach + 1)
    for line in lines {
      for offset in -reach...reach {
        profile[offset + reach] += mean(
          at: Int((line.middle + Double(offset)).rounded(.down)), line, in: darkness)
      }
    }
    let ground =
      max(
        profile.prefix(reach / 3).reduce(0, +), profile.suffix(reach / 3).reduce(0, +)
      ) / Double(reach / 3)
    let limit = ground + 0.12 * ((profile.max() ?? 0) - ground)
    var (begin, end) = (reach, reach)
    while begin > 0, profile[begin - 1] > limit { begin -= 1 }
    while end < 2 * reach, profile[end + 1] > limit { end += 1 }
    let width = Double(end - begin + 1)
    return width <= mostWidth * mm ? width : 0
  }

  /// The mean of the darkness along a line, at most the line's own.
  private static func mean(at across: Int, _ line: CellLine, in darkness: FloatPicture) -> Double {
    let isAcross = line.direction == .across
    guard across >= 0, across < (isAcross ? darkness.height : darkness.width) else { return 0 }
    let begin = max(0, Int(line.from))
    let end = min(isAcross ? darkness.width : darkness.height, Int(line.to))
    guard begin < end else { return 0 }
    var sum = 0.0
    for along in begin..<end {
      let at = isAcross ? across * darkness.width + along : along * darkness.width + across
      sum += min(Double(darkness.pixels[at]), line.darkness)
    }
    return sum / Double(end - begin)
  }

  /// The line within `reach` of a place, or `nil` where none stands out.
  private static func found(
    _ place: CellLine, reach: Double, in darkness: FloatPicture
  ) -> CellLine? {
    let outer = reach + mostWidth / 2 * mm
    let low = Int((place.middle - outer).rounded(.down))
    let profile = (low...Int((place.middle + outer).rounded(.up))).map {
      level(at: $0, place, in: darkness)
    }
    let near = profile.indices.filter { abs(Double(low + $0) + 0.5 - place.middle) <= reach }
    guard let top = near.max(by: { profile[$0] < profile[$1] }) else { return nil }
    let ground = profile.sorted()[profile.count / 4]
    let peak = profile[top] - ground
    guard peak >= leastDarkness else { return nil }
    var (begin, end) = (top, top)
    while begin > 0, profile[begin - 1] - ground > peak / 5 { begin -= 1 }
    while end + 1 < profile.count, profile[end + 1] - ground > peak / 5 { end += 1 }
    guard Double(end - begin + 1) <= mostWidth * mm else { return nil }
    // Edges between squares: where the profile crosses a fifth of its peak.
    let left = Double(begin) + (begin > 0 ? part(profile, begin - 1, begin, ground, peak) : 0)
    let right =
      Double(end + 1)
      - (end + 1 < profile.count
        ? part(profile, end + 1, end, ground, peak) : 0)
    var line = place
    line.middle = Double(low) + (left + right) / 2
    line.width = max(1, right - left)
    line.darkness = peak
    return line
  }

  /// How much of the square inside a run still lies outside, by the slope to the square beyond.
  private static func part(
    _ profile: [Double], _ outside: Int, _ inside: Int, _ ground: Double, _ peak: Double
  ) -> Double {
    let (a, b) = (profile[outside] - ground, profile[inside] - ground)
    guard b > a else { return 0 }
    return max(0, min(0.5, (peak / 5 - a) / (b - a) - 0.5))
  }

  /// The darkness at a distance across the line: the mean of the middle of the levels along it.
  private static func level(
    at across: Int, _ line: CellLine, in darkness: FloatPicture
  ) -> Double {
    let isAcross = line.direction == .across
    let limit = isAcross ? darkness.height : darkness.width
    guard across >= 0, across < limit else { return 0 }
    let length = line.to - line.from
    let begin = max(0, Int(line.from + 0.08 * length))
    let end = min(isAcross ? darkness.width : darkness.height, Int(line.to - 0.08 * length))
    guard begin < end else { return 0 }
    let levels = (begin..<end).map {
      isAcross
        ? darkness.pixels[across * darkness.width + $0]
        : darkness.pixels[$0 * darkness.width + across]
    }.sorted()
    let (low, high) = (levels.count / 5, max(levels.count / 5 + 1, levels.count * 11 / 20))
    return levels[low..<min(high, levels.count)].reduce(0.0) { $0 + Double($1) }
      / Double(min(high, levels.count) - low)
  }
}
