// SPDX-License-Identifier: Apache-2.0
import Ballot
public import Form
public import Foundation
public import Language
public import Store

/// A review on the terminal: shows what waits, takes keys, stores every decision at once.
public struct ReviewSession {
  /// Why a review could not begin or go on.
  public enum Failure: Error, Hashable, Sendable {
    case notATerminal
    case terminalRefused(String)
    case store(StoreFailure)
  }

  /// What came of it.
  public struct Summary: Hashable, Sendable {
    /// Settlements of this review that stand.
    public var settled: Int
    /// Questions of this review that still wait.
    public var left: Int
  }

  let store: BallotStore
  let forms: [String: BallotForm]
  let reviewer: String
  let language: Language
  let graphics: Graphics
  let now: () -> Date
  let crop: (ReviewItem) throws -> ReviewCrop?

  /// - Parameters:
  ///   - store: Where the questions wait and the answers go.
  ///   - forms: The workspace's forms; a question of another form is left alone.
  ///   - reviewer: Whose decisions these are.
  ///   - language: Of the screen.
  ///   - graphics: How pictures are shown; `auto` goes by `environment`.
  ///   - environment: The process's environment.
  ///   - now: The clock.
  ///   - crop: Cuts a question out of its page.
  public init(
    store: BallotStore, forms: [BallotForm], reviewer: String, language: Language,
    graphics: Graphics, environment: [String: String], now: @escaping () -> Date,
    crop: @escaping (ReviewItem) throws -> ReviewCrop?
  ) {
    self.store = store
    self.forms = Dictionary(forms.map { ($0.id, $0) }) { first, _ in first }
    self.reviewer = reviewer
    self.language = language
    self.graphics = graphics.settled(environment: environment)
    self.now = now
    self.crop = crop
  }

  /// Runs until nothing is left or the reviewer quits. The terminal is then as it was.
  ///
  /// - Throws: `Failure`. Decisions made before it are stored.
  public func run() throws(Failure) -> Summary {
    var state: ReviewState
    do { state = ReviewState(items: try open()) } catch { throw .store(error) }
    let terminal: Terminal
    do { terminal = try Terminal() } catch {
      switch error {
      case .notATerminal: throw .notATerminal
      case .refused(let words): throw .terminalRefused(words)
      }
    }
    defer { terminal.leave() }
    var picture = Picture()
    var size = terminal.size
    var mustDraw = true
    while true {
      load(&state, &picture)
      if mustDraw {
        guard show(state, &picture, on: terminal, size) else { break }
        mustDraw = false
      }
      switch terminal.next(milliseconds: 200) {
      case .key(let key):
        if let deed = state.press(key), !perform(deed, &state) { return summary(state) }
        if state.current == nil {
          do { state.add(try open()) } catch { state.fail(error.words(language)) }
        }
        mustDraw = true
      case .quiet:
        if terminal.size != size {
          size = terminal.size
          picture.drawing = nil
          mustDraw = true
        }
      case .closed: return summary(state)
      }
    }
    return summary(state)
  }

  /// What waits: copies first, because what the one that is dropped asks need not be answered.
  private func open() throws(StoreFailure) -> [ReviewItem] {
    try store.openCopies(of: Array(forms.values)) + store.openItems()
  }

  private func summary(_ state: ReviewState) -> Summary {
    Summary(settled: state.settled.count, left: state.left)
  }

  /// Does what the state asks for.
  ///
  /// - Returns: False where the review ends.
  private func perform(_ deed: ReviewState.Deed, _ state: inout ReviewState) -> Bool {
    do throws(StoreFailure) {
      switch deed {
      case .quit: return false
      case .settle(let item, let value, let note):
        let settlement = Settlement(
          question: item.question, value: value, reviewer: reviewer, date: now(), note: note)
        state.didSettle(value, try store.settle(item.reading, settlement))
      case .choose(let item, let keepsCopy, let note):
        let number = try store.choose(
          item, keepsCopy: keepsCopy, by: reviewer, at: now(), note: note)
        state.didChoose(keepsCopy: keepsCopy, number)
      case .withdraw(let number):
        try store.withdraw(number, by: reviewer, at: now(), note: "undo")
        state.didWithdraw()
      }
    } catch {
      switch (error, deed) {
      case (.alreadySettled, .settle), (.alreadySettled, .choose): state.pass(error.words(language))
      case (.notStanding, .withdraw): state.didWithdraw()
      default: state.fail(error.words(language))
      }
    }
    return true
  }

  /// Puts the current question on the screen, passing over those that cannot be put.
  private func load(_ state: inout ReviewState, _ picture: inout Picture) {
    while let current = state.current, state.subject == nil {
      let item = state.items[current]
      do throws(StoreFailure) {
        guard let form = forms[item.form],
          let subject = ReviewSubject(item, in: try store.pageReading(item.reading), of: form)
        else {
          state.pass(
            language == .vietnamese
              ? "câu \(item.question) không còn trong mẫu \(item.form)"
              : "question \(item.question) is no longer in form \(item.form)")
          continue
        }
        state.show(subject)
        picture = Picture()
        do { picture.crop = try crop(item) } catch { picture.crop = nil }
      } catch {
        state.pass(error.words(language))
      }
    }
  }

  /// The current question's picture, and how it was drawn for the window's size.
  private struct Picture {
    var crop: ReviewCrop?
    /// The crop as it fits the window best.
    var shown: ReviewCrop?
    var drawing: Drawing?
  }

  private func show(
    _ state: ReviewState, _ picture: inout Picture, on terminal: Terminal, _ size: Terminal.Size
  ) -> Bool {
    if picture.drawing == nil, let crop = picture.crop {
      let columns = max(10, size.columns - ReviewScreen.gutter)
      let rows = ReviewScreen.pictureRows(rows: size.rows)
      let isSymbols = graphics == .symbols || graphics == .auto
      let fitted = crop.fitted(
        columns: columns, rows: rows, dotsAcross: isSymbols ? 2 : size.cellWidth,
        dotsDown: isSymbols ? 4 : size.cellHeight)
      picture.shown = fitted
      picture.drawing = Drawing(
        fitted.picture, graphics: graphics, columns: columns, rows: rows,
        cell: (size.cellWidth, size.cellHeight))
    }
    let drawing = state.subject == nil ? nil : picture.drawing
    let targets: [(column: Int, row: Int)] =
      drawing.map { drawing in
        (picture.shown?.targets ?? []).map {
          (
            column: Int($0.middleX / drawing.pixelsPerColumn),
            row: Int($0.middleY / drawing.pixelsPerRow)
          )
        }
      } ?? []
    let screen = ReviewScreen(
      state, drawing: drawing, targets: targets, language: language, columns: size.columns,
      rows: size.rows)
    var text = graphics == .kitty ? "\u{1B}_Ga=d\u{1B}\\" : ""
    text += "\u{1B}[H"
    text += screen.lines().map { "\u{1B}[0m\u{1B}[2K" + $0 }.joined(separator: "\r\n")
    text += "\u{1B}[J"
    if let escape = drawing?.escape {
      text += "\u{1B}[\(ReviewScreen.linesAbovePicture + 1);\(ReviewScreen.gutter + 1)H" + escape
    }
    return terminal.write(text)
  }
}
