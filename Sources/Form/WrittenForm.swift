// SPDX-License-Identifier: Apache-2.0

/// A form as a person writes it: what is asked, in which words and in which order, and nothing
/// about where it stands on paper.
///
/// Printing lays it out and freezes a version: a ``BallotForm`` with coordinates.
public struct WrittenForm: Hashable, Sendable {
  public var name: String
  public var title: String
  /// What stands round the questions.
  public var head: FormHead
  public var look: FormLook
  /// How an answer is taken back; the look's own way where the file does not say.
  public var cancel: CancelRule?
  /// The share of accepted answers that may be silent errors; `nil` where the file does not say.
  public var silentRate: Double?
  /// The size of the text, in points.
  public var textSize: Double
  /// How official the wording is, where nothing nearer says otherwise; `nil` where nobody said.
  public var wording: WordingSource?
  /// What is to be known of the wording's origin.
  public var wordingNote: String
  public var sections: [FormSection]

  public init(
    name: String, title: String, head: FormHead = FormHead(), look: FormLook = .boxes,
    cancel: CancelRule? = nil, silentRate: Double? = nil, textSize: Double = 10.5,
    wording: WordingSource? = nil,
    wordingNote: String = "", sections: [FormSection]
  ) {
    self.name = name
    self.title = title
    self.head = head
    self.look = look
    self.cancel = cancel
    self.silentRate = silentRate
    self.textSize = textSize
    self.wording = wording
    self.wordingNote = wordingNote
    self.sections = sections
  }

  /// How an answer is taken back on sheets of a look.
  public func cancel(on look: FormLook) -> CancelRule {
    guard let cancel, cancel.fits(look) else { return look.cancel }
    return cancel
  }
}

/// What stands round a form's questions. Empty texts are not printed.
public struct FormHead: Hashable, Sendable {
  /// Who asks.
  public var organisation: String
  /// The line under the title.
  public var subtitle: String
  /// Why it is asked, and that the answers are kept secret.
  public var introduction: String
  /// How to mark; the look's own words where it is empty.
  public var marking: String
  /// How to take an answer back; the cancel rule's own words where it is empty.
  public var correcting: String
  /// The last line.
  public var closing: String

  public init(
    organisation: String = "", subtitle: String = "", introduction: String = "",
    marking: String = "", correcting: String = "", closing: String = ""
  ) {
    self.organisation = organisation
    self.subtitle = subtitle
    self.introduction = introduction
    self.marking = marking
    self.correcting = correcting
    self.closing = closing
  }
}

/// Questions under one heading.
public struct FormSection: Hashable, Sendable {
  /// Empty where there is no heading.
  public var title: String
  public var note: String
  public var wording: WordingSource?
  public var entries: [FormEntry]

  public init(
    title: String = "", note: String = "", wording: WordingSource? = nil, entries: [FormEntry]
  ) {
    self.title = title
    self.note = note
    self.wording = wording
    self.entries = entries
  }
}

/// What stands in a section.
public enum FormEntry: Hashable, Sendable {
  case question(WrittenQuestion)
  case matrix(WrittenMatrix)
  /// A dotted line to write on that is never read, with its label: what it says stays on paper.
  case line(label: String)
}

/// A question as it is written.
public struct WrittenQuestion: Hashable, Sendable {
  public var id: String
  public var label: String
  public var english: String
  /// An explanation, printed smaller.
  public var note: String
  public var factor: String
  public var wording: WordingSource?
  public var kind: Kind

  public enum Kind: Hashable, Sendable {
    case single([WrittenOption])
    case multiple([WrittenOption])
    case code(CodeRule, cell: CellSize)
    /// So many lines to write on, kept as a picture.
    case text(lines: Int)
  }

  public init(
    id: String, label: String, english: String = "", note: String = "", factor: String = "",
    wording: WordingSource? = nil, kind: Kind
  ) {
    self.id = id
    self.label = label
    self.english = english
    self.note = note
    self.factor = factor
    self.wording = wording
    self.kind = kind
  }
}

/// An answer that can be marked.
public struct WrittenOption: Hashable, Sendable {
  /// What a mark says, whatever order the options are printed in.
  public var value: String
  public var label: String
  public var english: String
  /// The id of its own text area, as "other, please say" has one; `nil` where it has none.
  public var text: String?

  public init(value: String, label: String, english: String = "", text: String? = nil) {
    self.value = value
    self.label = label
    self.english = english
    self.text = text
  }
}

/// The size of a code's cells.
public struct CellSize: Hashable, Sendable {
  public var widthMM: Double
  public var heightMM: Double

  /// Smaller cells are too narrow for a hand.
  public static let least = CellSize(widthMM: 6, heightMM: 8)
  public static let usual = CellSize(widthMM: 6.5, heightMM: 8.5)

  public init(widthMM: Double, heightMM: Double) {
    self.widthMM = widthMM
    self.heightMM = heightMM
  }
}

/// Items that are all answered on the same levels, as a table.
public struct WrittenMatrix: Hashable, Sendable {
  public var label: String
  public var english: String
  public var note: String
  public var wording: WordingSource?
  public var levels: [WrittenOption]
  public var rows: [Row]

  /// A row of the table.
  public enum Row: Hashable, Sendable {
    case heading(String)
    case item(Item)
  }

  /// A question of the table.
  public struct Item: Hashable, Sendable {
    public var id: String
    public var label: String
    public var english: String
    public var note: String
    public var factor: String
    public var wording: WordingSource?

    public init(
      id: String, label: String, english: String = "", note: String = "", factor: String = "",
      wording: WordingSource? = nil
    ) {
      self.id = id
      self.label = label
      self.english = english
      self.note = note
      self.factor = factor
      self.wording = wording
    }
  }

  public init(
    label: String, english: String = "", note: String = "", wording: WordingSource? = nil,
    levels: [WrittenOption], rows: [Row]
  ) {
    self.label = label
    self.english = english
    self.note = note
    self.wording = wording
    self.levels = levels
    self.rows = rows
  }

  public var items: [Item] {
    rows.compactMap { row in
      if case .item(let item) = row { item } else { nil }
    }
  }
}

/// How much a form asks.
public struct FormCounts: Hashable, Sendable {
  /// Questions that are answered by marks.
  public var answers = 0
  public var targets = 0
  public var codes = 0
  public var cells = 0
  public var texts = 0

  public init() {}
}

extension WrittenForm {
  /// How much the form asks.
  public var counts: FormCounts {
    var counts = FormCounts()
    for entry in sections.flatMap(\.entries) { counts.add(entry) }
    return counts
  }
}

extension BallotForm {
  /// How much the form asks.
  public var counts: FormCounts {
    var counts = FormCounts()
    for question in questions {
      switch question.kind {
      case .single(let targets), .multiple(let targets):
        counts.answers += 1
        counts.targets += targets.count
      case .code(let cells):
        counts.codes += 1
        counts.cells += cells.count
      case .text: counts.texts += 1
      }
    }
    return counts
  }
}

extension FormCounts {
  fileprivate mutating func add(_ entry: FormEntry) {
    switch entry {
    case .line: break
    case .matrix(let matrix):
      answers += matrix.items.count
      targets += matrix.items.count * matrix.levels.count
    case .question(let question):
      switch question.kind {
      case .single(let options), .multiple(let options):
        answers += 1
        targets += options.count
        texts += options.count { $0.text != nil }
      case .code(let rule, _):
        codes += 1
        cells += rule.cells
      case .text: texts += 1
      }
    }
  }
}
