// SPDX-License-Identifier: Apache-2.0
public import Ballot
public import Form
public import Store

/// A question as it is put to a person.
public struct ReviewSubject: Hashable, Sendable {
  /// What can be answered.
  public enum Kind: Hashable, Sendable {
    case single([Option])
    case multiple([Option])
    /// So many cells, and what the machine accepted in each; `nil` where it asks.
    case code([String?])
    /// Two copies of a page of which one counts, and where they do not say the same.
    case copies([CopyDifference])
  }

  /// A value that can be given with one key.
  public struct Option: Hashable, Sendable {
    public var key: Character
    public var value: String
    /// The machine's probability that it is marked.
    public var marked: Double
  }

  public var item: ReviewItem
  /// What is asked, as printed; empty where nobody gave it.
  public var label: String
  public var kind: Kind
  /// What it might be, likeliest first.
  public var candidates: [[String]]
  /// What each cell of a code might be where the machine asks, likeliest first; empty elsewhere.
  public var cellCandidates: [[String]]
  public var reasons: [Reason]

  /// Puts an item of a reading to a person.
  ///
  /// - Returns: `nil` where form and reading do not have the question, as after an edit of the
  ///   form.
  public init?(_ item: ReviewItem, in reading: PageReading, of form: BallotForm) {
    if let copy = item.copy {
      // Whatever questions form and reading have by now.
      (self.item, label, kind) = (item, "", .copies(copy.differences))
      (candidates, cellCandidates, reasons) = ([], [], [])
      return
    }
    guard
      let question = form.pages.first(where: { $0.number == reading.formPage })?
        .question(item.question),
      let answer = reading.answers.first(where: { $0.question == item.question })
    else { return nil }
    self.item = item
    label = question.label
    (candidates, reasons) = ([], [])
    if case .review(let candidates, let reasons) = answer.outcome {
      (self.candidates, self.reasons) = (candidates, reasons)
    }
    cellCandidates = answer.cells.map {
      if case .review(let candidates) = $0 { candidates } else { [] }
    }
    let evidence = reading.evidence.questions.first { $0.question == item.question }
    let options = zip(Self.optionKeys, question.targets).map { key, target in
      Option(
        key: key, value: target.value,
        marked: evidence?.targets.first { $0.value == target.value }?.marked ?? 0)
    }
    guard options.count == question.targets.count else { return nil }
    switch question.kind {
    case .single: kind = .single(options)
    case .multiple: kind = .multiple(options)
    case .code(let cells):
      kind = .code(
        cells.indices.map { index in
          guard answer.cells.indices.contains(index),
            case .accepted(let text, _) = answer.cells[index]
          else { return nil }
          return text
        })
    case .text: return nil
    }
  }

  /// Keys for options: 1 to 9, then letters without those that command (n, q, u), then capitals.
  static let optionKeys = Array("123456789abcdefghijklmoprstvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
}
