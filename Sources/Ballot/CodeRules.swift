// SPDX-License-Identifier: Apache-2.0
import Form
import Foundation

/// How a code's cells become characters.
///
/// A cell is accepted where both readers name the same digit and the score says so; an empty cell
/// where nothing is in it. What the form knows of a code (a list, a check digit, dates) chooses
/// among readings: it never makes a code out of cells that nobody could read.
public struct CodeRules: Hashable, Sendable, Codable {
  /// Digits at least so probable are accepted.
  public var acceptDigitAt: Double
  /// Under this part of the page's usual strokes a cell's ink may be the back shining through.
  public var leastStrength: Double
  /// A cell without ink of its own asks where more than this was taken for dirt, or lies deep in it
  /// and is a neighbour's, in mm²: of 105 digits of painted office strips that were found no ink
  /// of, 73 have more, of 866 empty cells 32.
  public var mostDirtMM2: Double
  /// The best entry of a list leads the second by so much: a natural logarithm (1,000 times).
  public var lead: Double
  /// Cells of a listed code are on average at least so probable: a natural logarithm (0.25).
  public var leastMean: Double
  /// With a right check digit each cell is at least so probable to the networks.
  public var leastWithCheck: Double

  public init(
    acceptDigitAt: Double = CodeScore.acceptAt, leastStrength: Double = 0.45,
    mostDirtMM2: Double = 0.2, lead: Double = 6.9, leastMean: Double = -1.39,
    leastWithCheck: Double = 0.5
  ) {
    self.acceptDigitAt = acceptDigitAt
    self.leastStrength = leastStrength
    self.mostDirtMM2 = mostDirtMM2
    self.lead = lead
    self.leastMean = leastMean
    self.leastWithCheck = leastWithCheck
  }

  /// The strokes' usual darkness on a page: the middle of all cells with ink; 0 where there are
  /// none.
  static func usualStrength(_ evidence: PageEvidence) -> Double {
    let all = evidence.questions.flatMap(\.written).filter { $0.inkMM2 > 0 }.map(\.strength)
      .sorted()
    return all.isEmpty ? 0 : all[all.count / 2]
  }

  /// Decides a code; where a page loses print its empty cells are asked.
  func decide(
    _ question: Question, _ seen: QuestionEvidence, usual: Double, losesPrint: Bool, rules: Rules
  ) -> Answer {
    guard !seen.written.isEmpty, seen.written.count == question.boxes.count else {
      return Answer(
        question: question.id, outcome: .review(candidates: [], reasons: [.written]),
        cells: question.boxes.map { _ in .review(candidates: []) })
    }
    var cells = seen.written.map { decide($0, usual: usual) }
    if seen.isOffPicture || seen.agreement < rules.leastAgreement {
      cells = zip(cells, seen.written).map { .review(candidates: candidates($1, $0)) }
      let reason: Reason = seen.isOffPicture ? .offPicture : .uncertainPlace
      return Answer(
        question: question.id, outcome: .review(candidates: [], reasons: [reason]), cells: cells)
    }
    if let rule = question.rule { cells = constrained(cells, seen.written, rule) }
    cells = asWhole(cells)
    if losesPrint { cells = cells.map { $0.isEmpty ? .review(candidates: [""]) : $0 } }
    return Answer(question: question.id, outcome: outcome(cells), cells: cells)
  }

  /// What a code's cells say of its empty ones. A person who must look at a code looks at those,
  /// too: a pen that is not read in one cell may not have been seen in another, and digits that
  /// touch are found in one cell of two. Nor does anybody leave a cell out between two digits.
  private func asWhole(_ cells: [CellAnswer]) -> [CellAnswer] {
    let isAsked = cells.contains { if case .review = $0 { true } else { false } }
    let written = cells.indices.filter { !cells[$0].isEmpty }
    guard let first = written.first, let last = written.last else { return cells }
    return cells.indices.map {
      cells[$0].isEmpty && (isAsked || (first..<last).contains($0))
        ? .review(candidates: [""]) : cells[$0]
    }
  }

  private func outcome(_ cells: [CellAnswer]) -> Answer.Outcome {
    var characters: [String] = []
    // Ink that was not seen is mostly missed in all cells at once: empty cells count once.
    var confidence = cells.contains { $0.isEmpty } ? CodeScore.emptyIsRight : 1
    for cell in cells {
      guard case .accepted(let character, let own) = cell else {
        return .review(candidates: [], reasons: [.written])
      }
      characters.append(character)
      if !character.isEmpty { confidence *= own }
    }
    return .accepted([Answer.codeValue(characters)], confidence: confidence)
  }

  private func decide(_ cell: CellEvidence, usual: Double) -> CellAnswer {
    guard cell.inkMM2 > 0 else {
      return cell.dirtMM2 > mostDirtMM2
        ? .review(candidates: [""]) : .accepted("", confidence: CodeScore.emptyIsRight)
    }
    let probability = CodeScore.trained.probability(cell)
    // What was cut from a neighbour's ink is read wrongly ten times as often.
    guard probability >= acceptDigitAt, cell.strength >= leastStrength * usual, !cell.isCut,
      let best = cell.best
    else { return .review(candidates: ranked(cell)) }
    return .accepted(String(best), confidence: probability)
  }

  private func candidates(_ cell: CellEvidence, _ answer: CellAnswer) -> [String] {
    switch answer {
    case .accepted(let value, _): [value]
    case .review(let candidates): candidates
    }
  }

  /// What a cell might be, likeliest first: both readers' logarithms added; then nothing.
  func ranked(_ cell: CellEvidence) -> [String] {
    let scores = logs(cell)
    var result = scores.indices.sorted { scores[$0] > scores[$1] }
      .filter { scores[$0] > log(Self.leastCandidate) }.prefix(3).map { String($0) }
    for other in cell.others.prefix(2) where !result.contains(other) && other != "#" && other != "."
    {
      result.append(other)
    }
    return result.isEmpty ? [""] : result
  }

  /// What is less likely is no help to a person.
  private static let leastCandidate = 0.05

  /// For each digit the logarithm of the mean of what both readers give it, bounded below.
  private func logs(_ cell: CellEvidence) -> [Double] {
    let named = cell.symbol.flatMap { Int($0) }
    let certain = CodeScore.symbolIsRight(cell.symbolConfidence)
    return (0..<10).map { digit in
      let network = digit < cell.digits.count ? cell.digits[digit] : 0
      let line = named == digit ? certain : (1 - certain) / 10
      return log(max(Self.leastProbability, (network + line) / 2))
    }
  }

  /// No cell speaks against a digit more than this: far enough for the lead, near enough that one
  /// misread cell does not hide what the others say.
  private static let leastProbability = 1e-4

  private func constrained(
    _ cells: [CellAnswer], _ seen: [CellEvidence], _ rule: CodeRule
  ) -> [CellAnswer] {
    // A code that is not filled in is no code of a list.
    guard seen.allSatisfy({ $0.inkMM2 > 0 }), !seen.contains(where: isJunk) else { return cells }
    if let codes = rule.listed { return listed(cells, seen, codes) }
    if let check = rule.check { return checked(cells, seen, check) }
    return cells
  }

  private func isJunk(_ cell: CellEvidence) -> Bool { cell.symbol == "#" || cell.junk > 0.5 }

  /// The listed code that the cells say. A cell that both readers are sure of is never overruled:
  /// the list chooses for the doubtful ones alone, among what they might be.
  private func listed(
    _ cells: [CellAnswer], _ seen: [CellEvidence], _ codes: [String]
  ) -> [CellAnswer] {
    let logs = seen.map(logs)
    var best: (code: String, score: Double)?
    var second = -Double.infinity
    for code in Set(codes) where isPossible(code, cells, logs) {
      let score = zip(logs, code.utf8).reduce(0) { $0 + $1.0[Int($1.1) - 48] }
      if score > (best?.score ?? -.infinity) {
        second = best?.score ?? -.infinity
        best = (code, score)
      } else {
        second = max(second, score)
      }
    }
    guard let best, best.score - second >= lead, best.score / Double(seen.count) >= leastMean
    else {
      // Nothing on the list is near enough: what was read alone is not believed either.
      return zip(cells, seen).map { .review(candidates: candidates($1, $0)) }
    }
    let chosen = 1 / (1 + exp(second - best.score))
    return zip(cells, best.code).map { cell, digit in
      if case .accepted = cell { cell } else { .accepted(String(digit), confidence: chosen) }
    }
  }

  /// Whether the cells may say a code: it has their sure digits, and elsewhere one that is not
  /// out of the question.
  private func isPossible(_ code: String, _ cells: [CellAnswer], _ logs: [[Double]]) -> Bool {
    guard code.utf8.count == cells.count else { return false }
    return zip(zip(cells, logs), code.utf8).allSatisfy { cell, byte in
      guard (48...57).contains(byte) else { return false }
      let digit = Int(byte) - 48
      if case .accepted(let read, _) = cell.0 { return read == String(digit) }
      return cell.1[digit] > log(Self.leastCandidate)
    }
  }

  private func checked(
    _ cells: [CellAnswer], _ seen: [CellEvidence], _ check: CheckDigit
  ) -> [CellAnswer] {
    let digits = seen.compactMap(\.best)
    guard digits.count == seen.count, check.isRight(digits.map(String.init).joined()) else {
      return zip(cells, seen).map { .review(candidates: candidates($1, $0)) }
    }
    let differing = seen.count { !$0.agrees }
    let isSure = zip(seen, digits).allSatisfy { $0.digits[$1] > leastWithCheck }
    guard differing <= 1, isSure else { return cells }
    // A check digit finds ten of eleven chance errors.
    return zip(seen, digits).map { cell, digit in
      let alone = cell.agrees ? CodeScore.trained.probability(cell) : cell.digits[digit]
      return .accepted(String(digit), confidence: 1 - (1 - alone) / 11)
    }
  }
}

extension CellAnswer {
  /// True where the cell was accepted as empty.
  fileprivate var isEmpty: Bool {
    if case .accepted("", _) = self { true } else { false }
  }
}
