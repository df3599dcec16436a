// SPDX-License-Identifier: Apache-2.0
public import Form

/// What a drilled question is given, in turn: the twelve things that a reader of marks must tell
/// apart, each as often as any other.
public enum DrilledKind: String, Sendable, CaseIterable {
  case fill, cross
  case tickLeaving = "tick leaving the box"
  case slash
  case faintCross = "faint pencil cross"
  case lightFill = "light fill"
  case ring = "ring round the box"
  case crossBeside = "cross beside the box"
  case takenBack = "taken back with another"
  case twoCrosses = "two crosses"
  case crossAndSpeck = "cross and speck"
  case nothing

  /// The questions that are drilled: of one answer, with several targets to choose from.
  public static func drills(_ question: Question) -> Bool {
    if case .single = question.kind { question.targets.count > 1 } else { false }
  }

  /// The kinds of mark that it is made of, on the answer's target.
  fileprivate var mark: MarkKind? {
    switch self {
    case .fill: .solidFill
    case .cross, .faintCross, .takenBack, .twoCrosses, .crossAndSpeck: .cross
    case .tickLeaving: .longTick
    case .slash: .slash
    case .lightFill: .lightFill
    case .ring: .boxRing
    case .crossBeside: .crossBeside
    case .nothing: nil
    }
  }
}

extension PageFiller {
  /// Fills a page with the twelve kinds in turn, the first drilled question with the kind of
  /// number `offset`; other questions stay empty.
  mutating func drill(from offset: Int, _ chance: inout SeededGenerator) -> FilledPage {
    var number = offset
    var drilled: [String: DrilledKind] = [:]
    for (index, question) in page.questions.enumerated() where !sites[index].isEmpty {
      filled.answers[question.id] = []
      filled.labels[question.id] = Dictionary(
        question.targets.map { ($0.value, .untouched) }, uniquingKeysWith: { a, _ in a })
      guard DrilledKind.drills(question) else { continue }
      let kind = DrilledKind.allCases[number % DrilledKind.allCases.count]
      drill(kind, question, sites[index], &chance)
      drilled[question.id] = kind
      number += 1
    }
    filled.drilled = drilled
    return filled
  }

  private mutating func drill(
    _ kind: DrilledKind, _ question: Question, _ sites: [Site], _ chance: inout SeededGenerator
  ) {
    guard let mark = kind.mark else { return }
    var chosen = Int(chance.unit() * Double(sites.count))
    let other = (chosen + 1 + Int(chance.unit() * Double(sites.count - 1))) % sites.count
    // Beside a box is beside no other one: on the row's outer side.
    if kind == .crossBeside { chosen = outermost(of: sites) }
    var hand = hand
    hand.pen = kind == .faintCross ? Pen.faintPencil.inHand(&chance) : hand.pen
    if kind == .takenBack {
      takeBack(question, other, sites, hand, another: true, &chance)
    }
    self.mark(question, chosen, sites, hand, as: mark, &chance)
    if kind == .twoCrosses {
      self.mark(question, other, sites, hand, as: mark, &chance)
      filled.ask[question.id] = []
    }
    settle(question)
    if kind == .crossAndSpeck { speck(question, sites, hand, &chance) }
  }

  private func outermost(of sites: [Site]) -> Int {
    let order = sites.indices.sorted { sites[$0].x < sites[$1].x }
    return hand.besideRight ? order[order.count - 1] : order[0]
  }
}
