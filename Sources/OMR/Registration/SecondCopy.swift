// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Looks for the form's print standing on the picture twice: two sheets fed at once.
///
/// Print of the page that the fit does not explain is matched again; if much of it lies together
/// as the blank's does, but not where the fit puts it, a second sheet is showing. Counts of
/// agreeing places never see it: the upper sheet agrees everywhere.
enum SecondCopy {
  /// So many spots that lie together are a second sheet: single sheets show at most 4 (on 333
  /// pages), two sheets put together 11 and more where print of the lower one shows.
  static let enough = 10
  /// In millimetres: a second sheet lies at least so far from where the fit puts it.
  static let apartMM = 8.0

  /// Marks make print look a little like other print; a second sheet's is alike.
  static let leastLikeness = 0.6

  /// Spots of the blank that are found again, together, elsewhere than the fit puts them.
  static func matches(_ map: FittedMap, _ blank: RegistrationBlank, _ view: PageView) -> Int {
    // A second sheet is as large on the picture as the first.
    let scale = map.projection.scale(at: SIMD2(blank.widthMM, blank.heightMM) / 2)
    let fitting = blank.descriptions.min {
      abs(log($0.size * scale)) < abs(log($1.size * scale))
    }
    guard let (size, blankValues) = fitting else { return 0 }
    // What the blank shows where the page's keypoints come from, a millimetre or two apart:
    // descriptions stand that, and the field is not needed.
    let origins = view.keypoints.positions.map { map.projection.inverse($0) }
    var there = Descriptions(blank.views, at: origins, size: size)
    for _ in 0..<map.turns { there = there.turnedClockwise() }
    let unexplained = view.keypoints.positions.indices.filter {
      view.descriptions.likeness($0, there, $0) < Matching.leastLikeness
    }
    guard unexplained.count >= enough else { return 0 }
    let positions = unexplained.map { view.keypoints.positions[$0] }
    let descriptions = view.descriptions.picked(unexplained)
    var most = 0
    var values = blankValues
    for turns in 0..<4 {
      if turns > 0 { values = values.turnedClockwise() }
      let matches = Matching.matches(
        Matching.nearest(descriptions, values), page: positions,
        blank: blank.keypoints.positions, mutual: false
      ).filter {
        let off = map($0.blank) - $0.page
        return $0.likeness > leastLikeness && off.x * off.x + off.y * off.y > apartMM * apartMM
      }
      if let best = Consensus.best(of: matches, turns: turns, scale: 1 / size) {
        // One spot of the blank, found many times, is a pattern and no sheet.
        most = max(most, Set(best.agreeing.map(\.blank)).count)
      }
    }
    return most
  }
}
