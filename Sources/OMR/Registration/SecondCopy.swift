// SPDX-License-Identifier: Apache-2.0

/// Looks for the form's print standing on the picture twice: two sheets fed at once.
///
/// Print of the page that the fit does not explain is matched again; if much of it lies together
/// as the blank's does, but not where the fit puts it, a second sheet is showing. Counts of
/// agreeing places never see it: the upper sheet agrees everywhere.
enum SecondCopy {
  /// So many matches that lie together are a second sheet; a single sheet shows at most a few,
  /// where its own print repeats.
  static let enough = 12
  /// In millimetres: print this near to where the fit puts the like of it is explained.
  static let explainedMM = 2.0
  /// In millimetres: a second sheet lies at least so far from where the fit puts it.
  static let apartMM = 8.0

  static func matches(_ map: FittedMap, _ blank: RegistrationBlank, _ view: PageView) -> Int {
    let expected = blank.keypoints.positions.map { map($0) }
    var upright = blank.descriptions[0].values
    let turns = map.turns
    for _ in 0..<turns { upright = upright.turnedClockwise() }
    let unexplained = view.keypoints.positions.indices.filter { index in
      !expected.indices.contains { near in
        let off = expected[near] - view.keypoints.positions[index]
        guard off.x * off.x + off.y * off.y < explainedMM * explainedMM else { return false }
        return view.descriptions.likeness(index, upright, near) > Matching.leastLikeness
      }
    }
    guard unexplained.count >= enough else { return 0 }
    let positions = unexplained.map { view.keypoints.positions[$0] }
    let descriptions = view.descriptions.picked(unexplained)
    var most = 0
    var values = blank.descriptions[0].values
    for turns in 0..<4 {
      if turns > 0 { values = values.turnedClockwise() }
      let matches = Matching.matches(
        Matching.nearest(descriptions, values), page: positions,
        blank: blank.keypoints.positions, mutual: false
      ).filter {
        let off = map($0.blank) - $0.page
        return off.x * off.x + off.y * off.y > apartMM * apartMM
      }
      if let best = Consensus.best(of: matches, turns: turns, scale: 1) {
        most = max(most, best.agreeing.count)
      }
    }
    return most
  }
}
