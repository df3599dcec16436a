// SPDX-License-Identifier: Apache-2.0
import Form
import Geometry

/// A code as somebody wrote it: what stands in its cells, in their order.
struct WrittenCode: Sendable {
  enum Content: Sendable {
    case nothing
    case digit(WrittenDigit)
    /// A digit that was struck out, written over or blackened.
    /// The digits are this hand's, of different values.
    case junk(CellJunk, of: [WrittenDigit])
  }

  var cells: [StripCell]
  var contents: [Content]
  var writing: CodeWriting
}

/// How one person writes digits into cells.
struct CodeWriting: Sendable {
  /// In millimetres, in a cell of 7 mm and more.
  var height: Double
  var shear: Double
  /// How far digits lie off the middle, a deviation in millimetres.
  var stray: Double

  init(_ wear: StripWear, _ chance: inout SeededGenerator) {
    let heights: ClosedRange<Double>
    (heights, stray) =
      switch wear {
      case .clean: (3.3...5.2, 0.3)
      case .office: (3.1...5.8, 0.45)
      case .hard: (3.0...6.4, 0.65)
      }
    height = chance.from(heights)
    shear = chance.normal(0, 0.1)
  }

  /// Where the next digit stands.
  func place(in cell: StripCell, _ chance: inout SeededGenerator) -> DigitPlace {
    // In a small cell people write smaller.
    let fit = min(1, cell.height / 7)
    return DigitPlace(
      x: cell.x + cell.width / 2 + chance.normal(0, stray),
      y: cell.y + cell.height / 2 + chance.normal(0, stray),
      height: height * fit * chance.normal(1, 0.07), aspect: chance.normal(1, 0.05),
      turn: chance.normal(0, 0.05), shear: shear + chance.normal(0, 0.05))
  }
}

/// Writes codes into their cells, as one person does.
struct CodeFiller: Sendable {
  let digits: DigitHands
  let rates: MarkRates
  let writing: CodeWriting
  /// Which of the hands this person has.
  let hand: UInt64

  /// Fills a code's cells and writes down what they say: a digit, `""` or `"?"` each.
  func fill(
    _ question: Question, _ boxes: [BlankBox], on filled: inout FilledPage,
    _ chance: inout SeededGenerator
  ) {
    var truth = boxes.map { _ in "" }
    defer { filled.answers[question.id] = truth }
    guard !chance.happens(rates.codeBlank) else { return }
    let value = Self.value(question.rule, count: boxes.count, &chance)
    let contents = value.enumerated().map { index, digit -> WrittenCode.Content in
      if chance.happens(rates.cellSpoilt) {
        let kinds = (0...9).compactMap { digits.digit($0, hand: hand, &chance) }
        guard !kinds.isEmpty else { return .nothing }
        truth[index] = "?"
        return .junk(chance.pick(CellJunk.spoilt), of: kinds)
      }
      guard let written = digits.digit(digit, hand: hand, &chance) else { return .nothing }
      truth[index] = String(digit)
      return .digit(written)
    }
    filled.actions.append(
      .write(
        WrittenCode(
          cells: boxes.map { StripCell(x: $0.x, y: $0.y, width: $0.width, height: $0.height) },
          contents: contents, writing: writing)))
  }

  /// A code that the form's rule allows: one that is issued, a day, digits with their check
  /// digit, or any digits.
  static func value(
    _ rule: CodeRule?, count: Int, _ chance: inout SeededGenerator
  ) -> [Int] {
    func any() -> [Int] { (0..<count).map { _ in Int(chance.unit() * 10) } }
    guard let rule else { return any() }
    if !rule.issued.isEmpty {
      let code = rule.issued[Int(chance.unit() * Double(rule.issued.count))]
      return code.compactMap(\.wholeNumberValue)
    }
    // By trial: one in ten has the right check digit, every other day lies in a form's years.
    for _ in 0..<400 {
      let code = rule.dates.map { day($0, count: count, &chance) } ?? any()
      if rule.fault(of: code.map(String.init).joined()) == nil { return code }
    }
    return any()
  }

  /// A day of the range's years, as `ddmmyyyy` or `ddmmyy`; not of every month is it one.
  private static func day(
    _ dates: ClosedRange<CivilDate>, count: Int, _ chance: inout SeededGenerator
  ) -> [Int] {
    let years = dates.upperBound.year - dates.lowerBound.year + 1
    let year = dates.lowerBound.year + Int(chance.unit() * Double(years))
    let (day, month) = (1 + Int(chance.unit() * 31), 1 + Int(chance.unit() * 12))
    let yearDigits = count == 8 ? [year / 1000 % 10, year / 100 % 10] : []
    return [day / 10, day % 10, month / 10, month % 10] + yearDigits + [year / 10 % 10, year % 10]
  }
}

extension CellJunk {
  /// How people spoil a cell of a sheet: the strips' kinds that stand where a digit was meant.
  static let spoilt: [(CellJunk, Double)] = weights.filter {
    [.struckOut, .crossedOut, .overwritten, .zigzag, .blackened, .twoDigits].contains($0.0)
  }
}

extension DigitPainter {
  /// Writes a code into its cells.
  mutating func write(
    _ code: WrittenCode, on ink: inout Raster, _ chance: inout SeededGenerator
  ) {
    for (cell, content) in zip(code.cells, code.contents) {
      let place = code.writing.place(in: cell, &chance)
      switch content {
      case .nothing: break
      case .digit(let digit): paint(digit, at: place, on: &ink, &chance)
      case .junk(let kind, let spoilt):
        spoil(
          kind, place, cell, on: &ink, any: { spoilt[Int($0.unit() * Double(spoilt.count))] },
          &chance)
      }
    }
  }
}
