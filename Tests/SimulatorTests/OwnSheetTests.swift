// SPDX-License-Identifier: Apache-2.0
import Form
import Geometry
import Simulator
import Testing

/// Sheets as they are ordered: whose hand, what is written in cells, how they are fed.
struct OwnSheetTests {
  static var rule: CodeRule {
    get throws {
      let first = try #require(CivilDate(year: 2024, month: 1, day: 1))
      let last = try #require(CivilDate(year: 2025, month: 12, day: 31))
      return CodeRule(pattern: "__/__/____", dates: first...last)
    }
  }

  /// The small form with a date to be written below its rows.
  static func painter(cancel: CancelRule = .none) throws -> SheetPainter {
    var form = TestForm.form
    form.cancel = cancel
    let cells = (0..<8).map {
      BlankBox(x: 25 + 7 * Double($0), y: 64, width: 6.4, height: 8)
    }
    form.pages[0].questions.append(
      Question(id: "date", label: "", rule: try rule, kind: .code(cells: cells)))
    return SheetPainter(form: form, blanks: [TestForm.blank])
  }

  static func order(_ seed: UInt64) throws -> SheetOrder {
    var order = SheetOrder(seed: seed)
    // All ten digits, so that any day can be written.
    let file = (0...9).flatMap { [UInt8($0)] + CellStripTests.file[1..<19] }
    order.digits = DigitHands(try WrittenDigits(file))
    return order
  }

  @Test("What is written in cells is a code that the form allows, or nothing, or spoilt")
  func writesCodes() throws {
    var written = 0
    for seed in 1...60 as ClosedRange<UInt64> {
      let truth = try Self.painter().paint(
        page: 0, level: .clean, order: try Self.order(seed), file: "x"
      ).truth
      let cells = try #require(truth.answers["date"])
      #expect(cells.count == 8)
      if cells.allSatisfy(\.isEmpty) || cells.contains("?") || cells.contains("~") { continue }
      written += 1
      #expect(try Self.rule.fault(of: cells.joined()) == nil, "\(cells)")
    }
    #expect(written > 45)
  }

  @Test("Cells with a digit are darker than cells of a sheet without digits")
  func digitsShow() throws {
    let painter = try Self.painter()
    var (with, without) = (0.0, 0.0)
    for seed in 1...6 as ClosedRange<UInt64> {
      var order = try Self.order(seed)
      for isWritten in [true, false] {
        if !isWritten { order.digits = nil }
        let sheet = try painter.paint(page: 0, level: .clean, order: order, file: "x")
        for cell in 0..<8 {
          let place = try #require(sheet.places["date/\(cell)"])
          let sum = Self.ink(sheet, place)
          if isWritten { with += sum } else { without += sum }
        }
      }
    }
    #expect(with > without + 6 * 8 * 4, "\(with) against \(without)")
  }

  private static func ink(_ sheet: PaintedSheet, _ place: [Double]) -> Double {
    let reach = Int(2.4 * Double(sheet.truth.scan.dpi) / 25.4)
    let picture = sheet.picture
    var sum = 0.0
    for y in Int(place[1]) - reach...Int(place[1]) + reach {
      for x in Int(place[0]) - reach...Int(place[0]) + reach {
        sum += 255 - Double(picture.pixels[(y * picture.width + x) * picture.channels])
      }
    }
    return sum / Double((2 * reach + 1) * (2 * reach + 1))
  }

  @Test("A page that is scanned twice says the same and looks otherwise")
  func scannedTwice() throws {
    for seed in 1...6 as ClosedRange<UInt64> {
      var order = try Self.order(seed)
      order.handSeed = 9
      order.scanSeed = 100
      let first = try Self.painter().paint(page: 0, level: .clean, order: order, file: "x")
      order.scanSeed = 101
      let second = try Self.painter().paint(page: 0, level: .clean, order: order, file: "x")
      #expect(first.truth.answers == second.truth.answers)
      #expect(first.truth.marks.map(\.kind) == second.truth.marks.map(\.kind))
      #expect(first.picture.pixels != second.picture.pixels)
    }
  }

  @Test("One hand fills all pages of a ballot, another hand the next")
  func oneHand() throws {
    var pens: Set<String> = []
    for hand in 1...12 as ClosedRange<UInt64> {
      let ballot = try (1...3 as ClosedRange<UInt64>).map { seed in
        var order = try Self.order(seed)
        order.handSeed = hand
        return try Self.painter().paint(page: 0, level: .office, order: order, file: "x")
          .truth.scan.pen
      }
      #expect(Set(ballot).count == 1)
      pens.formUnion(ballot)
    }
    #expect(pens.count > 3)
  }

  @Test("A page lies as it is ordered to lie", arguments: [0, 1, 2, 3])
  func turns(turns: Int) throws {
    var order = try Self.order(4)
    order.turns = turns
    let sheet = try Self.painter().paint(page: 0, level: .clean, order: order, file: "x")
    #expect(sheet.truth.scan.turned == turns)
    let first = try #require(sheet.places["row0/1"])
    let last = try #require(sheet.places["row2/4"])
    // Right and below, then counter-clockwise.
    let way = (last[0] > first[0], last[1] > first[1])
    let expected = [(true, true), (true, false), (false, false), (false, true)][turns]
    #expect(way == expected)
  }

  @Test("Marks are taken back as the sheet tells", arguments: [CancelRule.blacken, .crossedRing])
  func takesBack(rule: CancelRule) throws {
    var (told, other) = (0, 0)
    for seed in 1...220 as ClosedRange<UInt64> where told < 6 {
      let truth = try Self.painter(cancel: rule).paint(
        page: 0, level: .office, order: SheetOrder(seed: seed), file: "x"
      ).truth
      for mark in truth.marks where mark.kind.contains("taken back") {
        guard let question = mark.question else { continue }
        let isBox = question == "boxes"
        let another = truth.answers[question] != []
        switch rule {
        case .blacken where isBox && another:
          if mark.kind.contains("(blackened)") { told += 1 } else { other += 1 }
        case .crossedRing
        where !mark.kind.hasPrefix("cross") && !mark.kind.hasPrefix("large cross"):
          if mark.kind.contains("(crossed out)") { told += 1 } else { other += 1 }
        default: break
        }
      }
    }
    #expect(told > 2)
    #expect(other == 0, "\(told) as told")
  }

  @Test("A filled box beside an open mark is taken back where the sheet says that this is how")
  func filledBesideAnother() throws {
    var form = TestForm.form
    form.cancel = .blacken
    form.pages[0].questions = (0..<9).map { row in
      Question(
        id: "q\(row)", label: "",
        kind: .single(
          ["a", "b", "c"].enumerated().map { column, value in
            Target(
              value: value, shape: .box,
              box: BlankBox(
                x: 25 + 20 * Double(column), y: 6 + 7.5 * Double(row), width: 4, height: 4))
          }))
    }
    let painter = SheetPainter(form: form, blanks: [TestForm.blank])
    var seen = 0
    for seed in 1...1500 as ClosedRange<UInt64> where seen < 2 {
      let truth = try painter.paint(
        page: 0, level: .clean, use: .training, order: SheetOrder(seed: seed), file: "x"
      ).truth
      for question in form.questions.map(\.id) {
        let marks = truth.marks.filter { $0.question == question && $0.value != nil }
        let others = ["speck", "taken back", "between"]
        guard marks.count == 2,
          marks.allSatisfy({ mark in !others.contains { mark.kind.contains($0) } }),
          marks.contains(where: { $0.kind.hasPrefix("fill") || $0.kind.hasPrefix("scribbled") }),
          let open = marks.first(where: { !$0.kind.contains("fill") })
        else { continue }
        seen += 1
        let answer = [try #require(open.value)]
        #expect(truth.answers[question] == answer, "\(question) of seed \(seed)")
        #expect(truth.ask[question]?.contains(answer) == true, "\(question) of seed \(seed)")
      }
    }
    #expect(seen > 0)
  }

  @Test("Where a mark against the sheet's words may be accepted, it is with the whole answer")
  func wholeAnswers() throws {
    var seen = 0
    for seed in 1...300 as ClosedRange<UInt64> where seen < 12 {
      let truth = try Self.painter(cancel: .blacken).paint(
        page: 0, level: .clean, order: SheetOrder(seed: seed), file: "x"
      ).truth
      for (question, right) in truth.ask where !right.isEmpty {
        guard truth.targets[question]?.values.contains("doubtful") == false else { continue }
        seen += 1
        #expect(right.contains(truth.answers[question] ?? []), "\(question) of seed \(seed)")
      }
    }
    #expect(seen > 5)
  }

  @Test("A mark between two targets that hardly shows may be taken for no mark")
  func betweenHardlyShows() throws {
    var (hidden, shown) = (0, 0)
    for seed in 1...900 as ClosedRange<UInt64> where hidden < 2 || shown < 2 {
      let truth = try Self.painter().paint(
        page: 0, level: .hard, order: SheetOrder(seed: seed), file: "x"
      ).truth
      for mark in truth.marks where mark.kind.contains("between two") {
        guard let question = mark.question, let contrast = mark.contrast else { continue }
        // Far from the limits of Visibility, which differ in 1-bit.
        if contrast < 0.03 {
          hidden += 1
          #expect(truth.ask[question]?.contains([]) == true, "\(question) of seed \(seed)")
        } else if contrast > 0.5 {
          shown += 1
        }
      }
    }
    #expect(hidden > 0)
    #expect(shown > 0)
  }
}
