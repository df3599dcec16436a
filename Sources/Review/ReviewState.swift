// SPDX-License-Identifier: Apache-2.0
import Ballot
import Form
public import Store

/// What a review is doing: a value that keys change. What is to be done outside is told as a
/// deed; the state goes on when it is told that the deed was done.
public struct ReviewState: Sendable {
  /// What a key asks for.
  public enum Deed: Hashable, Sendable {
    case settle(ReviewItem, value: [String], note: String)
    case choose(ReviewItem, keepsCopy: Bool, note: String)
    case withdraw(SettlementNumber)
    case quit
  }

  /// What happened last, for the line that tells it.
  public enum Notice: Hashable, Sendable {
    case settled(question: String, value: [String])
    case chosen(question: String, keepsCopy: Bool)
    case withdrawn(question: String)
    case skipped(question: String)
    case nothingToUndo
    /// That key answers nothing here.
    case unknownKey
    /// What was typed is no serial.
    case noSerial
    case failed(String)
  }

  public private(set) var items: [ReviewItem]
  /// What is on the screen; `nil` when nothing is left.
  public private(set) var current: Int?
  /// The current question, once it is loaded.
  public private(set) var subject: ReviewSubject?
  /// Options that are chosen so far, in a question that takes several.
  public private(set) var chosen: Set<Int> = []
  /// Characters of a code so far, one a cell; `""` empty.
  public private(set) var typed: [String] = []
  /// The cell that the next character goes to.
  public private(set) var cell = 0
  public private(set) var notice: Notice?
  /// What this review settled, in order: the index of the item, and the settlement's number.
  public private(set) var settled: [(item: Int, number: SettlementNumber)] = []
  /// Items that need no answer of this review any more.
  private var done: Set<Int> = []
  /// Items that a choice between copies made needless, by the choice.
  private var needless: [SettlementNumber: Set<Int>] = [:]

  public init(items: [ReviewItem]) {
    self.items = items
    current = items.isEmpty ? nil : 0
  }

  /// Adds what has come to wait since the review began: a serial that was typed may have made two
  /// copies of a page.
  public mutating func add(_ more: [ReviewItem]) {
    let new = more.filter { !items.contains($0) }
    if current == nil, !new.isEmpty { current = items.count }
    items += new
  }

  /// How many questions still wait.
  public var left: Int { items.count - done.count }

  /// Puts the current question on the screen.
  public mutating func show(_ subject: ReviewSubject) {
    self.subject = subject
    chosen = []
    typed = []
    cell = 0
    switch subject.kind {
    case .single, .copies: break
    case .multiple(let options):
      // What the machine thinks is marked is chosen at first: most often it is right.
      chosen = Set(options.indices.filter { options[$0].marked > 0.5 })
    case .code(let cells):
      typed = cells.map { $0 ?? "" }
      cell = cells.firstIndex { $0 == nil } ?? 0
    }
  }

  /// What a key does, and what it asks for.
  public mutating func press(_ key: Key) -> Deed? {
    notice = nil
    if key == .control("c") { return .quit }
    guard let subject, let current else {
      switch key {
      case .character("u"), .control("u"): return undo()
      case .character("q"), .enter, .escape: return .quit
      default: return nil
      }
    }
    if case .code = subject.kind { return pressInCode(key, items[current]) }
    if case .copies = subject.kind, key == .character("0") || key == .character(" ") {
      notice = .unknownKey
      return nil
    }
    switch key {
    case .character("q"), .escape: return .quit
    case .character("u"), .control("u"): return undo()
    case .character("n"), .tab: skip()
    case .character("0"), .character(" "):
      return .settle(items[current], value: [], note: "blank")
    case .character(let letter): return choose(letter, subject)
    case .enter:
      guard case .multiple(let options) = subject.kind else {
        notice = .unknownKey
        return nil
      }
      let value = options.indices.filter(chosen.contains).map { options[$0].value }
      return .settle(items[current], value: value, note: "chosen")
    default: notice = .unknownKey
    }
    return nil
  }

  private mutating func choose(_ letter: Character, _ subject: ReviewSubject) -> Deed? {
    switch subject.kind {
    case .single(let options):
      if let option = options.first(where: { $0.key == letter }) {
        return .settle(subject.item, value: [option.value], note: "key \(letter)")
      }
    case .multiple(let options):
      if let index = options.firstIndex(where: { $0.key == letter }) {
        chosen.formSymmetricDifference([index])
        return nil
      }
    case .copies:
      if letter == "1" || letter == "2" {
        return .choose(subject.item, keepsCopy: letter == "2", note: "key \(letter)")
      }
    case .code: break
    }
    notice = .unknownKey
    return nil
  }

  private mutating func pressInCode(_ key: Key, _ item: ReviewItem) -> Deed? {
    switch key {
    case .escape: return .quit
    case .control("u"): return undo()
    case .tab: skip()
    case .enter:
      if item.question == LabelPlaces.serialQuestion, !isSerialOrNone {
        notice = .noSerial
        return nil
      }
      let shown = typed.map { $0.isEmpty ? "␣" : $0 }.joined()
      return .settle(item, value: [Answer.codeValue(typed)], note: "typed \(shown)")
    case .left: cell = max(0, cell - 1)
    case .right: cell = min(typed.count - 1, cell + 1)
    case .backspace:
      if typed[cell].isEmpty { cell = max(0, cell - 1) }
      typed[cell] = ""
    case .character(let letter) where letter == " " || letter == "?" || letter.isASCIIAlphanumeric:
      typed[cell] = letter == " " ? "" : String(letter)
      cell = min(typed.count - 1, cell + 1)
    default: notice = .unknownKey
    }
    return nil
  }

  /// Whether the characters typed so far are a serial, or none at all.
  private var isSerialOrNone: Bool {
    let text = Answer.codeValue(typed)
    return text.isEmpty || SheetLabel.isSerial(text)
  }

  private mutating func undo() -> Deed? {
    guard let last = settled.last else {
      notice = .nothingToUndo
      return nil
    }
    return .withdraw(last.number)
  }

  private mutating func skip() {
    guard let current else { return }
    notice = .skipped(question: items[current].question)
    move(after: current)
  }

  /// The current item was settled, and stored.
  public mutating func didSettle(_ value: [String], _ number: SettlementNumber) {
    guard let current else { return }
    settled.append((current, number))
    done.insert(current)
    notice = .settled(question: items[current].question, value: value)
    move(after: current)
  }

  /// Which copy counts was chosen, and stored: nobody is asked any more what the other one asks.
  public mutating func didChoose(keepsCopy: Bool, _ number: SettlementNumber) {
    guard let current, let copy = items[current].copy else { return }
    let dropped = keepsCopy ? items[current].reading : copy.reading
    let needless = Set(items.indices.filter { $0 != current && items[$0].asks(dropped) })
      .subtracting(done)
    self.needless[number] = needless
    done.formUnion(needless)
    settled.append((current, number))
    done.insert(current)
    notice = .chosen(question: items[current].question, keepsCopy: keepsCopy)
    move(after: current)
  }

  /// The last settlement or choice was withdrawn, and that is stored.
  public mutating func didWithdraw() {
    guard let last = settled.popLast() else { return }
    done.remove(last.item)
    done.subtract(needless.removeValue(forKey: last.number) ?? [])
    notice = .withdrawn(question: items[last.item].question)
    current = last.item
    subject = nil
  }

  /// The current item cannot be settled here: somebody else did, or its question is gone.
  public mutating func pass(_ words: String) {
    guard let current else { return }
    done.insert(current)
    notice = .failed(words)
    move(after: current)
  }

  /// Something went wrong that leaves the question where it is.
  public mutating func fail(_ words: String) { notice = .failed(words) }

  private mutating func move(after index: Int) {
    let order = Array(items.indices[(index + 1)...]) + Array(items.indices[...index])
    current = order.first { !done.contains($0) }
    subject = nil
  }
}

extension ReviewItem {
  /// Whether it asks something of a reading, or which of that and another counts.
  fileprivate func asks(_ reading: ReadingNumber) -> Bool {
    self.reading == reading || copy?.reading == reading
  }
}

extension Character {
  /// A digit or letter that every keyboard has.
  fileprivate var isASCIIAlphanumeric: Bool { isASCII && (isLetter || isNumber) }
}
