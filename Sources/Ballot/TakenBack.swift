// SPDX-License-Identifier: Apache-2.0
import Form

// A form tells its writers how an answer is taken back, and only that way takes one back without
// a person: a blackened box, or a crossed-out ring, beside exactly one ordinary mark of the same
// single question. A blackened box alone may be a choice, because on exam sheets filling means
// choosing; a ring round a cross means one thing here and another there. Forms that do not say
// how (somebody else's blanks) are decided by the marks' probabilities alone.

/// What a form's cancel rule makes of those marks of a question that look taken back.
struct TakenBack {
  /// What was measured, with marks that the rule takes back no longer standing as answers.
  private(set) var evidence: QuestionEvidence
  /// Why a person is asked.
  private(set) var reasons: [Reason] = []

  /// How much less than a filled box an ordinary mark covers of its box, at the least: between the
  /// two nobody can say whether it was blackened.
  static let openBelowFilled = 0.2
  /// Unless the reader of marks is surer than this that it is an answer: a cross by a broad pen
  /// covers much of its box, too.
  static let surelyAnAnswer = 0.998

  /// Where next to nothing else is marked on the page, a mark must be so sure: of faint pens'
  /// painted ballots nothing was seen but blackened boxes, and four were accepted as answers, at
  /// 0.995 to 0.9988.
  static let sureOfOne = 0.9995

  /// What a target's mark looks like to a rule.
  private enum Look {
    case untouched
    case ordinary
    /// An answer, and nearly filled: no ordinary mark, and not blackened either.
    case dense
    /// Taken back as the form says it is done.
    case asDeclared
    /// Taken back in some other way.
    case otherwise
  }

  /// - Parameters:
  ///   - question: Its targets are those of `seen`, in the same order.
  ///   - seen: What was measured.
  ///   - cancel: The form's rule; `nil` where it says none, and nothing changes.
  ///   - choosesByFilling: Whether this hand filled a box alone elsewhere on the sheet.
  ///   - isHardlySeen: Whether next to nothing is marked on the page.
  ///   - usual: This hand's middle mark.
  ///   - rules: The figures.
  init(
    _ question: Question, _ seen: QuestionEvidence, cancel: CancelRule?,
    choosesByFilling: Bool, isHardlySeen: Bool, usual: UsualMark, rules: Rules
  ) {
    evidence = seen
    guard let cancel else { return }
    let looks = zip(question.targets, seen.targets).map {
      Self.look($1, isBox: $0.shape == .box, cancel, rules)
    }
    reasons = zip(seen.targets, looks).filter { $1 == .otherwise }
      .map { .takenBackOtherwise($0.0.value) }
    let isSingle = if case .single = question.kind { true } else { false }
    let ordinary = looks.count { $0 == .ordinary }
    let isPlain =
      isSingle && cancel != .none && ordinary == 1 && !looks.contains(.dense)
      && !(cancel == .blacken && choosesByFilling)
    let isAlone = looks.count { $0 != .untouched } == 1
    for (index, look) in looks.enumerated() {
      switch look {
      case .asDeclared where !isPlain || seen.targets[index].isPerhapsBroad:
        reasons.append(.perhapsTakenBack(seen.targets[index].value))
      case .dense where isAlone && !choosesByFilling && usual.isDenser(seen.targets[index]),
        .ordinary where isAlone && usual.isRetracted(seen.targets[index]),
        .dense where isAlone && usual.isRetracted(seen.targets[index]),
        .ordinary where isHardlySeen && seen.targets[index].marked < Self.sureOfOne,
        .dense where isHardlySeen:
        // Black ink comes apart on a coarse scan, and a mark that is struck out in some way that
        // nobody declared looks much like a mark.
        reasons.append(.perhapsTakenBack(seen.targets[index].value))
      case .asDeclared where cancel == .blacken && seen.targets[index].isFilled(rules):
        // The reader of marks may call a filled box an answer; beside an ordinary mark the form's
        // own words decide.
        evidence.targets[index].marked = 0
      case .untouched where !isPlain:
        // Nothing cancels here, so what may be a mark that was taken back is a doubt.
        evidence.targets[index].marked =
          min(1, seen.targets[index].marked + seen.targets[index].cancelled)
      default: break
      }
    }
  }

  private static func look(
    _ seen: MarkEvidence, isBox: Bool, _ cancel: CancelRule, _ rules: Rules
  ) -> Look {
    let isBlackened = cancel == .blacken && isBox
    if isBlackened, seen.isFilled(rules) { return .asDeclared }
    guard seen.marked + seen.cancelled > rules.secondMarkAt else { return .untouched }
    let isDense = isBlackened && seen.coverage > rules.filledCoverage - openBelowFilled
    guard seen.cancelled > seen.marked else {
      return isDense && seen.marked < surelyAnAnswer ? .dense : .ordinary
    }
    return isDense || cancel == .crossedRing ? .asDeclared : .otherwise
  }
}

/// The middle mark of a sheet: what one that stands out from this hand's is told by.
struct UsualMark {
  /// The share of its target that it covers, and how dark it is in shares of paper; 0 where
  /// nothing is marked.
  let coverage: Double
  let darkness: Double
  /// The middle of its marks' longer sides, in mm; 0 where there are few.
  let strokeMM: Double
  /// How many marks there are.
  let count: Int
  /// How probable the reader of retractions finds it that the middle mark was taken back; 0 where
  /// there are few.
  private let retracted: Double
  /// What may be taken back with more than this probability is suspected of it.
  private static let suspicion = 0.004
  /// A mark that covers so much more of its target than the usual one is denser.
  private static let dense = 0.2

  init(_ evidence: PageEvidence, rules: Rules) {
    let marks = evidence.questions.flatMap(\.targets).filter { $0.marked > rules.secondMarkAt }
    count = marks.count
    coverage = Self.middle(marks.map(\.coverage))
    let tells = marks.count >= Self.fewest
    retracted = tells ? Self.middle(marks.map(\.retracted)) : 0
    darkness = tells ? Self.middle(marks.map(\.darkness)) : 0
    strokeMM = tells ? Self.middle(marks.map(\.strokeMM)) : 0
  }

  /// Fewer marks tell nothing of how dark this hand's are.
  private static let fewest = 5
  /// A mark with less than this share of the usual darkness is paler, unless the reader of marks
  /// is surer than this that it is an answer: what a rubber leaves of a pencil's tick looks like
  /// a hard pencil's.
  private static let pale = 0.5
  /// … or with less than this, where the reader suspects that it was taken back.
  private static let suspectedPale = 0.6
  private static let sure = 0.999

  private static func middle(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.sorted()[values.count / 2]
  }

  /// A stroke so many times as long as the usual mark, and longer than ticks are, may be a line
  /// that somebody drew through a box, unless the reader of marks is surer than this.
  private static let long = 2.0
  private static let longestTickMM = 12.0
  private static let quiteSure = 0.99

  func isPaler(_ seen: MarkEvidence) -> Bool {
    seen.marked < Self.sure && seen.darkness < Self.pale * darkness
      || seen.cancelled > Self.suspicion && seen.darkness < Self.suspectedPale * darkness
  }

  func isLonger(_ seen: MarkEvidence) -> Bool {
    seen.marked < Self.quiteSure && strokeMM > 0
      && seen.strokeMM > max(Self.long * strokeMM, Self.longestTickMM)
  }

  /// A mark that stands alone asks where the reader of retractions gives more than this: on
  /// painted sheets that fitted nothing 12 of 786 standing marks, and all but 23 of 543 that were
  /// taken back …
  private static let suspected = 0.05
  /// … and of a mark that the reader of marks is less sure of, with more than this: on eight draws
  /// of painted office ballots it asks 31 of 45,000 answers more, two of which were taken back.
  private static let suspectedOfUnsure = 0.02
  private static let sureToStand = 0.995
  /// … and odds so many times as high as to this hand's middle mark: stars look struck out all of
  /// them, and nobody takes back most of what he marked. On eight draws of painted clean and office
  /// ballots 4 times asks 145 of 25,987 standing marks, this 92; of 25 that were taken back both ask
  /// the same 14.
  private static let outstanding = 16.0

  func isRetracted(_ seen: MarkEvidence) -> Bool {
    func odds(_ probability: Double) -> Double { probability / max(1e-9, 1 - probability) }
    let limit = seen.marked < Self.sureToStand ? Self.suspectedOfUnsure : Self.suspected
    return seen.retracted > limit
      && odds(seen.retracted) > Self.outstanding * odds(retracted)
  }

  func isDenser(_ seen: MarkEvidence) -> Bool { seen.coverage > coverage + Self.dense }
}

extension MarkEvidence {
  /// A cross by a broad pen covers a box nearly as a blackened one is covered, but not wholly, and
  /// the reader of retractions knows it: of 108 blackened boxes of painted office ballots that cover
  /// more than `Rules.filledCoverage` it gave none less than 0.48, of 216 marks that stand and cover
  /// as much it gave 187 less than this.
  private static let plain = 0.02
  private static let wholly = 0.95
  /// Between the two nobody can say: of 470 filled boxes beside accepted answers it gave 468 more
  /// than this, and the one that stood less.
  private static let blackened = 0.3

  /// Whether a filled box may be a cross by a broad pen.
  fileprivate var isPerhapsBroad: Bool { retracted > 0 && retracted < Self.blackened }

  /// Whether the whole target is covered, as by somebody who blackens it.
  func isFilled(_ rules: Rules) -> Bool {
    let isBroadPen = coverage < Self.wholly && retracted > 0 && retracted < Self.plain
    return coverage > rules.filledCoverage && !isBroadPen
  }
}
