// SPDX-License-Identifier: Apache-2.0
import Ballot
import Form
import Geometry
import Simulator

/// What a form may know of a code.
enum CodeSort: String, CaseIterable {
  case plain = "no help"
  case issued = "500 issued"
  case checked = "check digit"
}

/// Draws codes of five digits (with a check digit six) from cells that were read, at random.
struct CodeDrawing {
  /// What became of a code.
  enum Fate { case right, wrong, asked }

  private static let length = 5
  private static let listed = 500

  private let byDigit: [[ReadCell]]
  private let cells: [ReadCell]
  private var chance: SeededGenerator

  init(_ cells: [ReadCell], seed: UInt64) {
    self.cells = cells.filter(\.isDigit)
    byDigit = (0..<10).map { digit in cells.filter { $0.truth.label == digit } }
    chance = SeededGenerator(seed: seed)
  }

  /// A code of one more draw, decided by the rules.
  mutating func code(_ sort: CodeSort) -> Fate {
    var drawn = (0..<Self.length).compactMap { _ in cells.randomElement(using: &chance) }
    var rule = CodeRule(pattern: String(repeating: "_", count: drawn.count))
    switch sort {
    case .plain: break
    case .issued:
      let others = (1..<Self.listed).map { _ in
        (0..<Self.length).map { _ in String(Int.random(in: 0...9, using: &chance)) }.joined()
      }
      rule.issued = [Self.text(drawn)] + others
    case .checked:
      let check = CheckDigit.mod11and10
      let text = Self.text(drawn)
      if let last = (0..<10).first(where: { check.isRight(text + String($0)) }),
        let cell = byDigit[last].randomElement(using: &chance)
      {
        drawn.append(cell)
      }
      rule = CodeRule(pattern: String(repeating: "_", count: drawn.count), check: check)
    }
    guard case .accepted(let value, _) = Self.decide(drawn.map(\.seen), rule: rule).outcome else {
      return .asked
    }
    return value == [Self.text(drawn)] ? .right : .wrong
  }

  private static func text(_ cells: [ReadCell]) -> String {
    cells.map { String($0.truth.label) }.joined()
  }

  /// The answer to a page's only question, a code of these cells.
  static func decide(_ cells: [CellEvidence], rule: CodeRule?) -> Answer {
    let boxes = cells.indices.map { BlankBox(x: Double($0) * 7, y: 0, width: 7, height: 9) }
    var seen = QuestionEvidence(question: "code", targets: [])
    seen.written = cells
    let question = Question(id: "code", label: "", rule: rule, kind: .code(cells: boxes))
    let page = PageEvidence(noise: 0, printResidual: 0, pixelsPerMM: 12, questions: [seen])
    return Rules().decide(page, questions: [question])[0]
  }
}
