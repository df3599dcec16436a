// SPDX-License-Identifier: Apache-2.0

extension Hypothesis {
  /// The two best ways to lay a blank on a page, the better one first.
  ///
  /// All quarter turns are tried for each size of window until one has enough matches. A first
  /// look with a part of the keypoints (the best of every cell come first) mostly shows which
  /// turn it is: the right one wins by a factor of ten on printed text.
  static func best(_ blank: RegistrationBlank, _ view: PageView) -> [Hypothesis] {
    var hypotheses: [Hypothesis] = []
    for (size, upright) in blank.descriptions {
      var turned = [upright]
      for _ in 1..<4 { turned.append(turned[turned.count - 1].turnedClockwise()) }
      let counts = turned.enumerated().map { turns, values in
        hypothesis(
          view.descriptions.prefix(pageLook), values.prefix(blankLook), blank, view, turns, size)?
          .agreeing.count ?? 0
      }
      let most = counts.max() ?? 0
      let isPlain = most >= plain && counts.count { 3 * $0 > most } == 1
      for (turns, values) in turned.enumerated() where !isPlain || counts[turns] == most {
        if let best = hypothesis(view.descriptions, values, blank, view, turns, size),
          best.agreeing.count >= RegistrationRules.leastMatches
        {
          hypotheses.append(best)
        }
      }
      if hypotheses.contains(where: { $0.agreeing.count >= RegistrationRules.enoughMatches }) {
        break
      }
    }
    hypotheses.sort { ($1.agreeing.count, $0.turns) < ($0.agreeing.count, $1.turns) }
    return Array(hypotheses.prefix(2))
  }

  /// Keypoints of the page and of the blank in the first look.
  private static let pageLook = 300
  private static let blankLook = 350
  /// So many matches at one turn, and at most a third at each other, leave no doubt.
  private static let plain = 25

  private static func hypothesis(
    _ page: Descriptions, _ values: Descriptions, _ blank: RegistrationBlank, _ view: PageView,
    _ turns: Int, _ size: Double
  ) -> Hypothesis? {
    let matches = Matching.matches(
      Matching.nearest(page, values), page: view.keypoints.positions,
      blank: blank.keypoints.positions, mutual: true)
    return Consensus.best(of: matches, turns: turns, scale: 1 / size)
  }
}
