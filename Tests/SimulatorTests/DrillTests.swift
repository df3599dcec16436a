// SPDX-License-Identifier: Apache-2.0
import Form
import Foundation
import Geometry
import Simulator
import Testing

/// Rows of small bubbles, each with a letter's worth of print, as answer sheets have them.
private enum BubbleForm {
  static let perMM = 300 / 25.4
  static let values = ["A", "B", "C", "D", "E"]

  static var form: BallotForm {
    let questions = (0..<12).map { row -> Question in
      let targets = values.enumerated().map { at, value -> Target in
        let left = 12 + 6.5 * Double(at) + 45 * Double(row % 2)
        let top = 10 + 9 * Double(row / 2)
        return Target(
          value: value, shape: .bubble, box: BlankBox(x: left, y: top, width: 3.4, height: 3.4))
      }
      return Question(id: "q\(row)", label: "", kind: .single(targets))
    }
    return BallotForm(
      name: "bubbles", title: "",
      pages: [
        FormPage(
          number: 1, blank: BlankSource(file: "blank-1.png", width: 1200, height: 900, dpi: 300),
          questions: questions)
      ])
  }

  static var painter: SheetPainter {
    var picture = Raster(width: 1200, height: 900, filledWith: 1)
    for box in form.questions.flatMap(\.targets).map(\.box) {
      for y in Int(box.y * perMM)...Int(box.maxY * perMM) {
        for x in Int(box.x * perMM)...Int(box.maxX * perMM) {
          let (dx, dy) = (Double(x) / perMM - box.center.x, Double(y) / perMM - box.center.y)
          let isRing = abs(hypot(dx, dy) - 1.55) < 0.15
          let isStem = abs(abs(dx) - 0.5) < 0.13 && abs(dy) < 0.8
          let isBar = abs(dx) < 0.5 && abs(dy) < 0.1
          if isRing || isStem || isBar { picture[x, y] = 0 }
        }
      }
    }
    return SheetPainter(form: form, blanks: [picture])
  }
}

private func drilled(
  _ seed: UInt64, from kind: DrilledKind, _ level: Level
) throws -> PaintedSheet {
  var order = SheetOrder(seed: seed)
  order.drillFrom = DrilledKind.allCases.firstIndex(of: kind)
  return try BubbleForm.painter.paint(page: 0, level: level, order: order, file: "x")
}

@Suite struct DrillTests {
  @Test("Drilled questions are given the twelve kinds in turn, wherever a page begins")
  func inTurn() throws {
    for (offset, first) in DrilledKind.allCases.enumerated() {
      let truth = try drilled(3, from: first, .clean).truth
      for row in 0..<12 {
        let kind = DrilledKind.allCases[(offset + row) % 12]
        #expect(truth.drilled?["q\(row)"] == kind.rawValue)
        let marks = truth.marks.filter { $0.question == "q\(row)" }.map(\.kind)
        switch kind {
        case .nothing: #expect(marks.isEmpty)
        case .twoCrosses:
          #expect(marks.count == 2)
          #expect(truth.ask["q\(row)"] != nil)
        case .takenBack: #expect(marks.count == 2 && marks[0].contains("taken back"))
        case .crossAndSpeck: #expect(marks.count == 2 && marks[1].hasPrefix("speck"))
        case .faintCross: #expect(marks.count == 1 && marks[0].hasSuffix("faint pencil"))
        default: #expect(marks.count == 1)
        }
      }
    }
  }

  /// How much darker than paper a bubble is inside its ring, 0 to 255.
  private func darkness(_ sheet: PaintedSheet, _ name: String) throws -> Double {
    let place = try #require(sheet.places[name])
    let reach = Int(1.2 * Double(sheet.truth.scan.dpi) / 25.4)
    var sum = 0.0
    for y in -reach...reach {
      for x in -reach...reach {
        let at = (Int(place[1]) + y) * sheet.picture.width + Int(place[0]) + x
        sum += 255 - Double(sheet.picture.pixels[at * sheet.picture.channels])
      }
    }
    return sum / Double((2 * reach + 1) * (2 * reach + 1))
  }

  @Test("A faint cross in a bubble counts as a mark only where it darkens the bubble")
  func faintCrosses() throws {
    var (counted, unseen) = (0, 0)
    for seed in 1...60 as ClosedRange<UInt64> {
      let sheet = try drilled(seed, from: .faintCross, .office)
      for (question, labels) in sheet.truth.targets where question == "q0" {
        guard let marked = labels.first(where: { $0.value == "marked" })?.key else { continue }
        counted += 1
        let others = try labels.keys.filter { $0 != marked }.map {
          try darkness(sheet, "\(question)/\($0)")
        }
        let usual = others.reduce(0, +) / Double(others.count)
        if try darkness(sheet, "\(question)/\(marked)") < usual + 2 { unseen += 1 }
      }
    }
    #expect(counted >= 5, "faint crosses that count as marks: \(counted)")
    #expect(unseen * 10 <= counted, "\(unseen) of \(counted) do not show")
  }
}
