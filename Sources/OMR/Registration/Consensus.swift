// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// One way the sheet may lie: the similarity that most matches agree with.
struct Hypothesis {
  /// Quarter turns clockwise.
  var turns: Int
  /// The matches within `Consensus.tolerance`.
  var agreeing: [Match]
  /// All matches that were offered.
  var offered: [Match]
}

/// Consensus of matches: random pairs propose similarities, all matches vote.
///
/// - SeeAlso: M. Fischler, R. Bolles, *Random sample consensus*, CACM 24 (1981), 381–395.
enum Consensus {
  static let draws = 600
  /// In millimetres: takes in perspective and curl, before there is a projection.
  static let tolerance = 3.0
  /// Pairs nearer than this, in millimetres, say little about turn and scale.
  static let leastApart = 13.0
  /// Descriptions stand no more, in radians and as a ratio.
  static let mostTurn = 13 * Double.pi / 180
  static let mostScale = 1.13

  /// The similarity that most matches agree with.
  ///
  /// - Parameters:
  ///   - matches: Of one page and one blank.
  ///   - turns: Quarter turns clockwise at which the descriptions were compared.
  ///   - scale: The page's size over the blank's at which they were compared.
  /// - Returns: `nil` where no two matches propose anything.
  static func best(of matches: [Match], turns: Int, scale: Double) -> Hypothesis? {
    guard matches.count >= 4 else { return nil }
    var chances: [Double] = []
    chances.reserveCapacity(matches.count)
    var sum = 0.0
    for match in matches {
      sum += match.likeness - Matching.leastLikeness + 0.1
      chances.append(sum)
    }
    var random = SeededDraws(seed: 0x5EED)
    func draw() -> Int {
      let value = random.next() * sum
      var (low, high) = (0, chances.count - 1)
      while low < high {
        let middle = (low + high) / 2
        if chances[middle] > value { high = middle } else { low = middle + 1 }
      }
      return low
    }
    var (bestCount, bestTurn, bestShift) = (0, SIMD2<Double>.zero, SIMD2<Double>.zero)
    for _ in 0..<draws {
      let (a, b) = (matches[draw()], matches[draw()])
      guard let turn = similarity(a, b, turns: turns, scale: scale) else { continue }
      let shift = a.page - product(turn, a.blank)
      let count = votes(matches, turn: turn, shift: shift)
      if count > bestCount { (bestCount, bestTurn, bestShift) = (count, turn, shift) }
    }
    guard bestCount >= 4 else { return nil }
    let agreeing = matches.filter {
      squaredLength($0.page - product(bestTurn, $0.blank) - bestShift) < tolerance * tolerance
    }
    return Hypothesis(turns: turns, agreeing: agreeing, offered: matches)
  }

  /// Turn and scale, as a complex number, that take the blank's pair to the page's.
  private static func similarity(_ a: Match, _ b: Match, turns: Int, scale: Double)
    -> SIMD2<Double>?
  {
    let (blank, page) = (b.blank - a.blank, b.page - a.page)
    let length = squaredLength(blank)
    guard length > leastApart * leastApart else { return nil }
    let turn = product(page, SIMD2(blank.x, -blank.y)) / length
    let ratio = squaredLength(turn) / (scale * scale)
    guard ratio < mostScale * mostScale, ratio > 1 / (mostScale * mostScale) else { return nil }
    let left = product(turn, conjugateOfQuarterTurns(turns))
    guard abs(atan2(left.y, left.x)) < mostTurn else { return nil }
    return turn
  }

  private static func votes(_ matches: [Match], turn: SIMD2<Double>, shift: SIMD2<Double>) -> Int {
    var count = 0
    for match in matches {
      let off = match.page - product(turn, match.blank) - shift
      count += off.x * off.x + off.y * off.y < tolerance * tolerance ? 1 : 0
    }
    return count
  }

  @inline(__always)
  private static func product(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> SIMD2<Double> {
    SIMD2(a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x)
  }

  @inline(__always)
  private static func squaredLength(_ a: SIMD2<Double>) -> Double { a.x * a.x + a.y * a.y }

  private static func conjugateOfQuarterTurns(_ turns: Int) -> SIMD2<Double> {
    switch turns & 3 {
    case 0: SIMD2(1, 0)
    case 1: SIMD2(0, -1)
    case 2: SIMD2(-1, 0)
    default: SIMD2(0, 1)
    }
  }
}
