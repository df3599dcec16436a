// SPDX-License-Identifier: Apache-2.0

/// What a question's marks say, as far as the rules could tell.
public struct Answer: Hashable, Sendable, Codable {
  /// The question's id.
  public var question: String
  public var outcome: Outcome
  /// Cells of a code, in order; empty for others.
  public var cells: [CellAnswer]

  public init(question: String, outcome: Outcome, cells: [CellAnswer] = []) {
    self.question = question
    self.outcome = outcome
    self.cells = cells
  }

  /// What became of the question.
  public enum Outcome: Hashable, Sendable, Codable {
    /// The marked values in the form's order, `[]` where nothing is marked, and the
    /// probability that this is right: that of its weakest target, for errors of one answer
    /// mostly have one cause.
    case accepted([String], confidence: Double)
    /// A person is asked: what it might be, likeliest first, and why it asks.
    case review(candidates: [[String]], reasons: [Reason])
  }

  /// True where the rules accepted the answer.
  public var isAccepted: Bool {
    if case .accepted = outcome { true } else { false }
  }
}

/// One cell of a code.
public enum CellAnswer: Hashable, Sendable, Codable {
  /// The character, `""` where the cell is empty.
  case accepted(String, confidence: Double)
  case review(candidates: [String])
}

/// Why a person is asked.
public enum Reason: Hashable, Sendable, Codable {
  /// A single question with several marks, none taken back.
  case severalMarks([String])
  /// A mark here that may be an answer or not.
  case doubtfulMark(String)
  /// Nothing is marked, but there is ink that no mark accounts for.
  case unexplainedInk
  /// Beside the marks there is ink at another target, as dark as they are.
  case inkBeside
  /// A target came out so dark that a mark there would not be seen.
  case darkGround
  /// Thin print is missing all over the page, so that a mark may be missing, too.
  case lostPrint
  /// In black and white the few marks of the page hardly show, so that others may be missing.
  case lostPen
  /// The mark here may be taken back: a filled place alone where this hand ticks, or what looks
  /// taken back as the form says it is done, but not beside exactly one other mark.
  case perhapsTakenBack(String)
  /// The mark here looks taken back, but not as the form says it is done.
  case takenBackOtherwise(String)
  /// A target lies off the picture.
  case offPicture
  /// The print round the question was not found again.
  case uncertainPlace
  /// The answer is not sure enough.
  case unsure
  /// A first look at the page held another answer for likelier than the second.
  case looksDiffer
  /// Written characters, which nobody has read yet.
  case written
  /// The code breaks the form's rule: its list, its check digit or its days.
  case againstRule
  /// Neither the page's label nor its printed serial could be read, so that the serial is asked.
  case noLabel
}
