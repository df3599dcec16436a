// SPDX-License-Identifier: Apache-2.0
import Form
import Geometry
import Simulator
import Testing

/// The rates that docs/simulator.md writes down, counted on painted pages.
struct RateTests {
  /// Counted once: 300 pages of the small form at the office's level.
  static let truths: [SheetTruth] = (1...300 as ClosedRange<UInt64>).compactMap { seed in
    try? TestForm.painter.paint(
      page: 0, level: .office, order: SheetOrder(seed: seed), file: "x"
    ).truth
  }

  /// Whether a count is what a rate gives, within four deviations.
  private func isNear(_ count: Int, _ rate: Double, of total: Int) -> Bool {
    let expected = rate * Double(total)
    return abs(Double(count) - expected) <= 4 * (expected * (1 - rate)).squareRoot() + 1
  }

  @Test("An office's scans: a quarter 1-bit, a third at 200 dpi, none beyond 150 to 400")
  func scans() {
    let scans = Self.truths.map(\.scan)
    #expect(scans.count == 300)
    #expect(isNear(scans.count { $0.mode == "1-bit" }, 0.25, of: 300))
    #expect(isNear(scans.count { $0.dpi == 200 }, 0.33, of: 300))
    #expect(scans.allSatisfy { (150...400).contains($0.dpi) })
  }

  @Test("An office's hands: 1 % overvotes, 2 % corrections and specks, at most two strays a page")
  func hands() {
    // Questions of one answer that this person came to and did something at.
    let done = Self.truths.flatMap { truth in
      truth.answers.filter { question, answer in
        question.hasPrefix("row")
          && (!answer.isEmpty || truth.ask[question] != nil
            || truth.marks.contains { $0.question == question })
      }.map { (truth, $0.key) }
    }
    let doubles = done.count { truth, question in truth.ask[question] == [] }
    #expect(isNear(doubles, 0.0105, of: done.count), "\(doubles) of \(done.count)")
    let corrected = done.count { truth, question in
      truth.marks.contains { $0.question == question && $0.kind.contains("taken back") }
    }
    #expect(isNear(corrected, 0.023, of: done.count), "\(corrected) of \(done.count)")
    let specks = done.count { truth, question in
      truth.marks.contains {
        $0.question == question && $0.value == nil && $0.kind.hasPrefix("speck")
      }
    }
    #expect(isNear(specks, 0.02, of: done.count), "\(specks) of \(done.count)")
    let strays = Self.truths.map { $0.marks.count { $0.kind.hasPrefix("stray line") } }
    #expect(strays.max() == 2)
    #expect(strays.contains(1))
  }

  @Test("A stamp is red in colour, and where it lies over an answer asking is right")
  func stamps() throws {
    var (red, over) = (0, 0)
    for seed in 1...700 as ClosedRange<UInt64> where over < 6 || red < 1 {
      let sheet = try TestForm.painter.paint(
        page: 0, level: .hard, order: SheetOrder(seed: seed), file: "x")
      guard sheet.truth.marks.contains(where: { $0.kind == "stamp, red" }) else { continue }
      #expect(sheet.truth.scan.wear.contains("stamp"))
      if !sheet.truth.ask.isEmpty { over += 1 }
      guard sheet.picture.channels == 3 else { continue }
      let pixels = sheet.picture.pixels
      let reds = stride(from: 0, to: pixels.count, by: 3).count {
        Int(pixels[$0]) > Int(pixels[$0 + 1]) + 50 && Int(pixels[$0]) > Int(pixels[$0 + 2]) + 40
      }
      if reds > 300 { red += 1 }
    }
    #expect(over > 5)
    #expect(red > 0)
  }

  @Test("A torn corner takes paper, and no box that is to be spared")
  func tears() {
    var torn = 0
    for seed in 1...40 as ClosedRange<UInt64> {
      var chance = SeededGenerator(seed: seed)
      var page = Raster(width: 600, height: 800, filledWith: 1)
      let boxes = [
        BlankBox(x: 8, y: 9, width: 6, height: 6), BlankBox(x: 48, y: 60, width: 6, height: 6),
      ]
      page.tear(scale: 10, lid: 0, sparing: boxes, &chance)
      torn += page.values.contains(0) ? 1 : 0
      for box in boxes {
        for y in Int(box.y * 10)..<Int(box.maxY * 10) {
          for x in Int(box.x * 10)..<Int(box.maxX * 10) {
            #expect(page[x, y] == 1, "seed \(seed) at \(x), \(y)")
          }
        }
      }
    }
    #expect(torn == 40)
  }
}
