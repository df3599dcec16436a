// SPDX-License-Identifier: Apache-2.0
public import Form

/// How scores become answers.
///
/// Rules see evidence only, so that a stored reading can be decided again without its picture.
/// They are stored with each reading. The figures of ink come from a trial on painted sheets of
/// another program (docs/reading.md tells what they give on ours).
public struct Rules: Hashable, Sendable, Codable {
  /// A mark at least so probable is accepted as the answer. An answer is as sure as its weakest
  /// target: the errors of a page's targets have one cause more often than many, so that a
  /// product asks too often where a row has 26 letters, and too seldom where it has two boxes.
  ///
  /// 0.95 where nothing else is said: of 469 such marks at 0.7 to 0.97 on seven draws of painted
  /// office ballots eleven were none, of 173 at 0.95 to 0.97 none was; the readers promised less.
  public var acceptAt: Double
  /// Beside an accepted answer no other target is marked with more than this probability …
  public var otherDoubt: Double
  /// … and of a blank answer none: a mark that was not seen is the worst of errors.
  public var blankDoubt: Double
  /// A second mark at least so probable makes a single question ask.
  public var secondMarkAt: Double
  /// A blank answer asks where more leftover ink than this stands beside it, in mm² …
  public var blankInkMM2: Double
  /// … in a stroke longer than this, in mm.
  public var blankStrokeMM: Double
  /// An answered question of boxes asks where more ink than this stands at another box, in mm² …
  public var boxInkMM2: Double
  /// … in a stroke longer than this, in mm.
  public var boxStrokeMM: Double
  /// Leftover ink counts only beyond so many times the sheet's median question.
  public var inkOverMedian: Double
  /// A target covered more than this is filled.
  public var filledCoverage: Double
  /// Under this share of agreeing places round a question its places are not sure.
  public var leastAgreement: Double
  /// How a code's cells are decided.
  public var codes: CodeRules

  public init(
    acceptAt: Double = 0.95, otherDoubt: Double = 0.02, blankDoubt: Double = 0.01,
    secondMarkAt: Double = 0.5,
    blankInkMM2: Double = 0.15,
    blankStrokeMM: Double = 1.5, boxInkMM2: Double = 0.3, boxStrokeMM: Double = 3,
    inkOverMedian: Double = 2, filledCoverage: Double = 0.85, leastAgreement: Double = 0.3,
    codes: CodeRules = CodeRules()
  ) {
    self.acceptAt = acceptAt
    self.otherDoubt = otherDoubt
    self.blankDoubt = blankDoubt
    self.secondMarkAt = secondMarkAt
    self.blankInkMM2 = blankInkMM2
    self.blankStrokeMM = blankStrokeMM
    self.boxInkMM2 = boxInkMM2
    self.boxStrokeMM = boxStrokeMM
    self.inkOverMedian = inkOverMedian
    self.filledCoverage = filledCoverage
    self.leastAgreement = leastAgreement
    self.codes = codes
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    func number(_ key: CodingKeys) throws -> Double { try values.decode(Double.self, forKey: key) }
    let acceptAt = try number(.acceptAt)
    self.init(
      acceptAt: acceptAt,
      // Readings that were stored before had one limit for all.
      otherDoubt: try values.decodeIfPresent(Double.self, forKey: .otherDoubt) ?? 1 - acceptAt,
      blankDoubt: try values.decodeIfPresent(Double.self, forKey: .blankDoubt) ?? 1 - acceptAt,
      secondMarkAt: try number(.secondMarkAt), blankInkMM2: try number(.blankInkMM2),
      blankStrokeMM: try number(.blankStrokeMM), boxInkMM2: try number(.boxInkMM2),
      boxStrokeMM: try number(.boxStrokeMM), inkOverMedian: try number(.inkOverMedian),
      filledCoverage: try number(.filledCoverage), leastAgreement: try number(.leastAgreement),
      codes: try values.decode(CodeRules.self, forKey: .codes))
  }

  /// Decides every question of a page once, in the form's order; `text` is left out.
  ///
  /// - Parameters:
  ///   - evidence: What was measured; its questions are the page's, in the same order.
  ///   - questions: The form page's questions.
  ///   - cancel: How the form says that an answer is taken back; `nil` where it does not say.
  /// - Returns: An answer a question.
  public func decide(
    _ evidence: PageEvidence, questions: [Question], cancel: CancelRule? = nil
  ) -> [Answer] {
    var rules = self
    var answers = rules.answers(evidence, questions: questions, cancel: cancel)
    func isUsual(_ asks: (Answer) -> Bool, _ share: Double) -> Bool {
      let count = answers.count(where: asks)
      return count >= Self.fewest && Double(count) > share * Double(answers.count)
    }
    if isUsual(\.hasDoubtfulMark, Self.doubtfulShare) {
      rules.blankDoubt *= Self.sharper
      answers = rules.answers(evidence, questions: questions, cancel: cancel)
    }
    if isUsual(\.hasForeignInk, Self.inkedShare) {
      rules = rules.surer(by: Self.stricter)
      answers = rules.answers(evidence, questions: questions, cancel: cancel)
    }
    return answers
  }

  /// Fewer questions than this tell nothing of a page.
  fileprivate static let fewest = 5
  /// Where more than this share of a page's questions have a mark that is not sure, its pen is
  /// hardly seen, and what was not seen at all may be a mark too: light fills in small bubbles of
  /// a painted photograph, a hundred asked, ten accepted as blank at 0.99 to 0.999 …
  private static let doubtfulShare = 0.2
  /// … and a blank answer must be surer by this factor.
  private static let sharper = 0.1
  /// Where more than this share of a page's questions have ink that nobody accounts for, somebody
  /// crossed out blocks or wrote all over: the reader of marks was trained on few such pages, and
  /// a line that passes looks like a mark. There its probabilities are worth less …
  private static let inkedShare = 0.1
  /// … and what is accepted must be surer by this factor.
  private static let stricter = 0.25

  private func answers(
    _ evidence: PageEvidence, questions: [Question], cancel: CancelRule?
  ) -> [Answer] {
    let usual = CodeRules.usualStrength(evidence)
    let habit = Habit(evidence, questions: questions, rules: self)
    return zip(questions, evidence.questions).compactMap { question, seen in
      switch question.kind {
      case .text: nil
      case .code:
        codes.decide(
          question, seen, usual: usual, losesPrint: habit.losesPrint, rules: self
        ).held(to: question.rule)
      case .single, .multiple: decide(question, seen, habit: habit, cancel: cancel)
      }
    }
  }

  private func decide(
    _ question: Question, _ measured: QuestionEvidence, habit: Habit, cancel: CancelRule?
  ) -> Answer {
    let takenBack = TakenBack(
      question, measured, cancel: cancel, choosesByFilling: habit.choosesByFilling,
      isHardlySeen: habit.isHardlySeen, usual: habit.usualMark, rules: self)
    let seen = knowingTheAnswer(
      question,
      habit.fillsTargets && cancel == nil ? filled(takenBack.evidence) : takenBack.evidence)
    let guess = bestGuess(question, seen)
    var reasons: [Reason] = []
    let marked = seen.targets.filter { $0.marked > secondMarkAt }.map(\.value)
    if case .single = question.kind, marked.count > 1 { reasons.append(.severalMarks(marked)) }
    if seen.isOffPicture { reasons.append(.offPicture) }
    if seen.agreement < leastAgreement { reasons.append(.uncertainPlace) }
    // As measured: what the form's rule takes back was dark, but it did not seem untouched.
    if measured.targets.contains(where: { hidesMarks($0, guess) }) { reasons.append(.darkGround) }
    reasons += measured.targets.filter { isCovered($0, guess) }.map { .doubtfulMark($0.value) }
    let takesMany = if case .multiple = question.kind { true } else { false }
    if habit.losesPen, takesMany || guess.values.isEmpty { reasons.append(.lostPen) }
    if guess.values.isEmpty {
      if habit.losesPrint { reasons.append(.lostPrint) }
      // What was blackened, and nothing else marked, may be how this hand marks.
      reasons += seen.targets.filter { $0.cancelled > secondMarkAt }
        .map { .perhapsTakenBack($0.value) }
      let most = question.targets.contains { $0.shape == .char } ? Self.mostUsualInkMM2 : .infinity
      let least = max(blankInkMM2, inkOverMedian * min(habit.usualInkMM2, most))
      let isStray = seen.leftoverInkMM2 > least && seen.leftoverStrokeMM > blankStrokeMM
      if isStray || hasInkBetween(seen) { reasons.append(.unexplainedInk) }
    } else if question.targets.contains(where: { $0.shape == .box }) {
      let least = max(boxInkMM2, inkOverMedian * habit.medianInkMM2)
      if seen.besideInkMM2 > least, seen.besideStrokeMM > boxStrokeMM {
        reasons.append(.inkBeside)
      }
    }
    if case .single = question.kind, guess.values.count == 1,
      let only = seen.targets.first(where: { [$0.value] == guess.values }),
      only.isFilled(self), !habit.fillsBoxes,
      question.targets.contains(where: { $0.value == only.value && $0.shape == .box })
    {
      reasons.append(.perhapsTakenBack(only.value))
    }
    let answers = seen.targets.filter { guess.values.contains($0.value) }
    let unusual =
      answers.filter(habit.usualMark.isPaler).map { Reason.perhapsTakenBack($0.value) }
      + answers.filter(habit.usualMark.isLonger).map { .doubtfulMark($0.value) }
    for reason in unusual + takenBack.reasons where !reasons.contains(reason) {
      reasons.append(reason)
    }
    if reasons.isEmpty { reasons = doubtful(seen, guess).map { .doubtfulMark($0) } }
    guard reasons.isEmpty else {
      return Answer(
        question: question.id,
        outcome: .review(candidates: candidates(question, seen, guess), reasons: reasons))
    }
    return Answer(
      question: question.id, outcome: .accepted(guess.values, confidence: guess.confidence))
  }

  /// More than this at a sheet's usual row of digits is no dirt but lines under them, in mm²: a back
  /// that shines through all rows leaves 2.5 (`office-form` hard-005, four of whose fifteen rows
  /// ask by this), a hand that underlines each digit 7.3.
  private static let mostUsualInkMM2 = 1.75

  /// A target that seems untouched and is darker than this is nothing that can be said of: gray
  /// rows of which a scanner's threshold made a thicket of dots. Untouched targets of the shared
  /// sets, bold letters in small bubbles among them, reach 0.44 with their print.
  private static let mostGround = 0.5

  /// Whether a mark could be here unseen.
  private func hidesMarks(_ target: MarkEvidence, _ guess: Guess) -> Bool {
    target.ground > Self.mostGround && !guess.values.contains(target.value)
      && target.marked + target.cancelled < secondMarkAt
  }

  /// A target that lost more than this share of its own print is covered, or was never printed: of
  /// 78,594 targets of the shared sets 47 …
  private static let mostLostPrint = 0.8

  /// … and ink there may be a mark all the same, though it stands at no box. Three have any.
  private func isCovered(_ target: MarkEvidence, _ guess: Guess) -> Bool {
    target.lostPrint > Self.mostLostPrint && target.inkMM2 > Self.inkBetweenMM2
      && !guess.values.contains(target.value)
  }

  /// A stroke between two targets is seen by both, each with about as much ink …
  private static let aboutEqual = 0.7
  /// … of more than this, in mm² …
  private static let inkBetweenMM2 = 0.5
  /// … and more than this at a third target is no mark between two.
  private static let noInkMM2 = 0.1

  /// Whether two neighbours, and no others, have about the same ink: to each of them it is beside,
  /// and nothing that it marks.
  private func hasInkBetween(_ seen: QuestionEvidence) -> Bool {
    let inked = seen.targets.indices.filter { seen.targets[$0].inkMM2 > Self.noInkMM2 }
    guard inked.count == 2, inked[1] == inked[0] + 1 else { return false }
    let inks = inked.map { seen.targets[$0].inkMM2 }
    return inks.allSatisfy { $0 > Self.inkBetweenMM2 }
      && min(inks[0], inks[1]) > Self.aboutEqual * max(inks[0], inks[1])
  }

  /// What is seen by one who fills boxes on a form that does not say how answers are taken back:
  /// a full box is what this hand marks with, not one that was blackened.
  private func filled(_ seen: QuestionEvidence) -> QuestionEvidence {
    var result = seen
    for index in seen.targets.indices where seen.targets[index].coverage > filledCoverage {
      result.targets[index].marked += seen.targets[index].cancelled
      result.targets[index].cancelled = 0
    }
    return result
  }

  /// The reader of marks sees each target alone. Beside the answer to a single question a second
  /// mark is rarer than marks are elsewhere, and its odds are worth this share of what they were:
  /// of painted office ballots' targets at 0.02 to 0.5 there, 17 should have been marks, none was.
  private static let oddsBesideAnswer = 0.1
  /// Beside what may have been taken back with more than this probability another mark is likely.
  private static let takenBackDoubt = 0.002

  /// What is seen of a single question that has one mark that is surely its answer.
  private func knowingTheAnswer(_ question: Question, _ seen: QuestionEvidence) -> QuestionEvidence
  {
    guard case .single = question.kind else { return seen }
    let sure = seen.targets.filter { $0.marked >= acceptAt }
    guard sure.count == 1, sure[0].cancelled <= Self.takenBackDoubt else { return seen }
    var result = seen
    for index in seen.targets.indices where seen.targets[index].marked < acceptAt {
      let marked = seen.targets[index].marked
      let odds = Self.oddsBesideAnswer * marked
      result.targets[index].marked = odds / (odds + 1 - marked)
    }
    return result
  }

  /// The targets that are not sure enough for an answer.
  private func doubtful(_ seen: QuestionEvidence, _ guess: Guess) -> [String] {
    let most = guess.values.isEmpty ? blankDoubt : otherDoubt
    let answers = seen.targets.filter { guess.values.contains($0.value) }
    let fullest = answers.map(\.coverage).max() ?? 0
    let pale = max(Self.untouchedCoverage, Self.leastOfCoverage * fullest)
    // Beside large crosses of several answers a target has ink that is a neighbour's.
    let least = answers.count > 1 ? max(acceptAt, Self.sureBetween) : acceptAt
    return seen.targets.filter {
      guess.values.contains($0.value)
        ? $0.marked < ($0.coverage < pale ? least : acceptAt) : $0.marked > most
    }.map(\.value)
  }

  /// One of several answers that stands beside its target must be so sure: of seven such at 0.95
  /// to 0.99 in eight draws of painted office ballots one was a neighbour's ink; of sheets by other
  /// hands (tools/other-hands.py) the second cell of a cross that reached into it.
  private static let sureBetween = 0.99
  /// A target covered less than this has no ink inside, and …
  private static let untouchedCoverage = 0.02
  /// … one that is covered less than this share of what the fullest one is has little ink inside.
  private static let leastOfCoverage = 0.5

  /// The likeliest answer, and how sure its weakest target is.
  ///
  /// A single question: P([]) = Π(1 − pᵢ), P(only i) = pᵢ Π(1 − pⱼ); the largest wins. A
  /// multiple one: each target for itself.
  private func bestGuess(
    _ question: Question, _ seen: QuestionEvidence
  ) -> Guess {
    var marked: Set<Int> = []
    if case .multiple = question.kind {
      marked = Set(seen.targets.indices.filter { seen.targets[$0].marked > 0.5 })
    } else {
      var most = product(seen, marked: [])
      for index in seen.targets.indices {
        let only = product(seen, marked: [index])
        if only > most { (most, marked) = (only, [index]) }
      }
    }
    return Guess(
      values: marked.sorted().map { seen.targets[$0].value },
      confidence: seen.targets.enumerated().map {
        marked.contains($0.offset) ? $0.element.marked : 1 - $0.element.marked
      }.min() ?? 1)
  }

  /// The probability that these targets are marked and no others.
  private func product(_ seen: QuestionEvidence, marked: Set<Int>) -> Double {
    seen.targets.enumerated().reduce(1) { result, each in
      result * (marked.contains(each.offset) ? each.element.marked : 1 - each.element.marked)
    }
  }

  /// What it might be, likeliest first: the guess, then each doubtful target alone, then blank.
  private func candidates(
    _ question: Question, _ seen: QuestionEvidence, _ guess: Guess
  ) -> [[String]] {
    var result = [guess.values]
    let likely = seen.targets.filter { $0.marked > min(blankDoubt, otherDoubt) }.sorted {
      $0.marked > $1.marked
    }
    for target in likely.prefix(4) where !result.contains([target.value]) {
      result.append([target.value])
    }
    if !result.contains([]) { result.append([]) }
    return result
  }
}

/// What the sheet tells of its writer, as far as it is a reason to ask.
private struct Habit {
  /// Ink left over at the sheet's median question, in mm².
  let medianInkMM2: Double
  /// The same for judging a blank answer: of a few questions the median may be the one that is
  /// judged by it, so there the cleanest counts.
  let usualInkMM2: Double
  /// Questions that make a median.
  private static let fewestForMedian = 6
  /// True where this hand fills boxes: at least two, and more than it ticks or crosses. Elsewhere
  /// a filled box alone may be one that was taken back.
  let fillsBoxes: Bool
  /// The same of boxes and bubbles.
  let fillsTargets: Bool
  /// True where this hand filled a box and marked nothing else of some question: on this sheet a
  /// filled box may be a choice.
  let choosesByFilling: Bool
  /// True where hardly anything is marked on a page that asks much: of a pen that leaves no more,
  /// what was blackened may be all that shows.
  let isHardlySeen: Bool
  /// True where much of the print is not on the page: thin strokes of a pen are not, either.
  let losesPrint: Bool
  /// True where a scan in black and white kept a few marks and hardly anything of them.
  let losesPen: Bool
  let usualMark: UsualMark

  init(_ evidence: PageEvidence, questions: [Question], rules: Rules) {
    let inks = zip(questions, evidence.questions).filter { !$0.0.targets.isEmpty }
      .map(\.1.leftoverInkMM2).sorted()
    medianInkMM2 = inks.isEmpty ? 0 : inks[inks.count / 2]
    usualInkMM2 = inks.count < Self.fewestForMedian ? inks.first ?? 0 : medianInkMM2
    func fills(_ shapes: Set<TargetShape>) -> Bool {
      let marks = zip(questions, evidence.questions).flatMap { question, seen in
        zip(question.targets, seen.targets).filter {
          shapes.contains($0.0.shape) && $0.1.marked > rules.secondMarkAt
        }.map(\.1.coverage)
      }
      let filled = marks.count { $0 > rules.filledCoverage }
      return filled >= 2 && filled > marks.count { $0 < rules.filledCoverage - 0.2 }
    }
    fillsBoxes = fills([.box])
    fillsTargets = fills([.box, .bubble])
    losesPrint = evidence.losesPrint
    losesPen = evidence.hardlyKeptItsPen
    usualMark = UsualMark(evidence, rules: rules)
    isHardlySeen = usualMark.count <= Self.hardly && inks.count >= Rules.fewest
    choosesByFilling = zip(questions, evidence.questions).contains { question, seen in
      let marks = zip(question.targets, seen.targets).filter {
        $1.marked + $1.cancelled > rules.secondMarkAt || $1.coverage > rules.filledCoverage
      }
      return marks.count == 1 && marks[0].0.shape == .box
        && marks[0].1.isFilled(rules)
        && marks[0].1.coverage > rules.filledCoverage + Self.broadPen
    }
  }

  /// No more marks than this on a page.
  private static let hardly = 2

  /// A cross by a felt pen covers a little more than what counts as filled; that is no habit.
  private static let broadPen = 0.04
}

/// The likeliest answer to a question.
private struct Guess {
  var values: [String]
  /// The probability that its weakest target is as it says.
  var confidence: Double
}

extension Answer {
  /// Whether it asks because of ink that no mark accounts for.
  fileprivate var hasForeignInk: Bool {
    guard case .review(_, let reasons) = outcome else { return false }
    return reasons.contains(.unexplainedInk) || reasons.contains(.inkBeside)
  }

  /// Whether it asks because a mark is not sure.
  fileprivate var hasDoubtfulMark: Bool {
    guard case .review(_, let reasons) = outcome else { return false }
    return reasons.contains { if case .doubtfulMark = $0 { true } else { false } }
  }
}
