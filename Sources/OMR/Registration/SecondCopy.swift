// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Looks for the form's print standing on the picture twice: two sheets fed at once.
///
/// Print of the page that the fit does not explain is matched again; if much of it lies together
/// as the blank's does, but not where the fit puts it, a second sheet is showing. Counts of
/// agreeing places never see it: the upper sheet agrees everywhere.
struct SecondCopy {
  /// The share of its spots that were found where the fit puts them, too: two sheets show some
  /// print twice, a version that lacks a question shows it once, some of it moved.
  let twice: Double

  /// So many spots that lie together are a second sheet: single sheets show at most 4 (on 333
  /// pages), two sheets put together 11 and more where print of the lower one shows.
  static let enough = 10
  /// In millimetres: a second sheet lies at least so far from where the fit puts it.
  static let apartMM = 8.0

  /// Marks make print look a little like other print; a second sheet's is alike.
  static let leastLikeness = 0.6

  /// As near a spot as this, in millimetres, what was found there is it.
  private static let hereMM = 3.0

  /// Spots of the blank that are found together elsewhere than the fit puts them; `nil` where too
  /// few are.
  init?(_ map: FittedMap, _ blank: RegistrationBlank, _ view: PageView) {
    // A second sheet is as large on the picture as the first.
    let scale = map.projection.scale(at: SIMD2(blank.widthMM, blank.heightMM) / 2)
    let fitting = blank.descriptions.min {
      abs(log($0.size * scale)) < abs(log($1.size * scale))
    }
    guard let (size, blankValues) = fitting else { return nil }
    // What the blank shows where the page's keypoints come from, a millimetre or two apart:
    // descriptions stand that, and the field is not needed.
    let origins = view.keypoints.positions.map { map.projection.inverse($0) }
    var there = Descriptions(blank.views, at: origins, size: size)
    for _ in 0..<map.turns { there = there.turnedClockwise() }
    let unexplained = view.keypoints.positions.indices.filter {
      view.descriptions.likeness($0, there, $0) < Matching.leastLikeness
    }
    guard unexplained.count >= Self.enough else { return nil }
    let positions = unexplained.map { view.keypoints.positions[$0] }
    let descriptions = view.descriptions.picked(unexplained)
    var spots: Set<SIMD2<Double>> = []
    var values = blankValues
    for turns in 0..<4 {
      if turns > 0 { values = values.turnedClockwise() }
      let matches = Matching.matches(
        Matching.nearest(descriptions, values), page: positions,
        blank: blank.keypoints.positions, mutual: false
      ).filter {
        let off = map($0.blank) - $0.page
        return $0.likeness > Self.leastLikeness
          && off.x * off.x + off.y * off.y > Self.apartMM * Self.apartMM
      }
      if let best = Consensus.best(of: matches, turns: turns, scale: 1 / size) {
        // One spot of the blank, found many times, is a pattern and no sheet.
        let found = Set(best.agreeing.map(\.blank))
        if found.count > spots.count { spots = found }
      }
    }
    guard spots.count >= Self.enough else { return nil }
    let isUnexplained = Set(unexplained)
    let explained = origins.indices.filter { !isUnexplained.contains($0) }.map { origins[$0] }
    let twice = spots.count { spot in
      explained.contains {
        let off = $0 - spot
        return off.x * off.x + off.y * off.y < Self.hereMM * Self.hereMM
      }
    }
    self.twice = Double(twice) / Double(spots.count)
  }
}
