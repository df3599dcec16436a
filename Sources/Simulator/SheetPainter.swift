// SPDX-License-Identifier: Apache-2.0
public import Form
import Foundation
import Geometry

/// A page as a scanner gave it, and what is true of it.
public struct PaintedSheet: Sendable {
  public var picture: PaintedPicture
  public var truth: SheetTruth
  public var geometry: ScanGeometry
  /// By `question/value` (`question/number` for cells): the true middle in the scan's pixels,
  /// (0, 0) the middle of the first pixel, as the sets of painted sheets have it.
  public var places: [String: [Double]]
}

/// What sheets are painted for.
public enum SheetUse: String, Sendable, CaseIterable {
  /// To measure a reader: people and their marks as offices have them.
  case measuring
  /// To make probabilities honest: the same, without the kinds of marks and the pen that are kept
  /// for measuring.
  case calibrating
  /// To learn from: rare kinds of marks and of foreign ink raised, without what is kept for
  /// measuring.
  case training
  /// To learn what a mark looks like that was taken back: every other one is, in all ways, without
  /// what is kept for measuring.
  case takingBack
}

/// What is wanted of a page beyond its number and level.
public struct SheetOrder: Sendable {
  /// Decides what is written; the same seed writes the same.
  public var seed: UInt64
  /// Decides how it was worn and scanned; follows from `seed` where it is `nil`. One page that was
  /// scanned twice has one seed and two of these.
  public var scanSeed: UInt64?
  /// Decides who wrote it, and with which pen: one person fills all pages of a ballot.
  public var handSeed: UInt64?
  /// Quarter turns, counter-clockwise, in which the page was fed; by chance where it is `nil`.
  public var turns: Int?
  /// The page as it was printed for this sheet, of the blank's size; the blank where it is `nil`.
  package var print: Raster?
  /// Which of the drilled kinds the page's first question is given, the next the next one; filled
  /// as people do where it is `nil`.
  public var drillFrom: Int?
  /// With what digits codes are written; they stay empty where it is `nil`.
  package var digits: DigitHands?

  public init(seed: UInt64) { self.seed = seed }
}

/// Paints filled and worn pages of a form. The same seed gives the same page, whatever else is
/// painted before or beside it.
public struct SheetPainter: Sendable {
  public let form: BallotForm
  private let blanks: [Raster]
  /// What is printed where it is not the blank's own picture.
  private var prints: [Int: Raster] = [:]

  /// A painter of a form whose blanks' pictures (PNG) lie in a folder. Where `print-N.png` stands
  /// beside them, page N is printed from that: the same page as another program drew it.
  public init(form: BallotForm, folder: String) throws {
    self.form = form
    blanks = try form.pages.map { try PictureFile.readPNG(folder + "/" + $0.blank.file) }
    for (index, page) in form.pages.enumerated() {
      let print = folder + "/print-\(page.number).png"
      if FileManager.default.fileExists(atPath: print) {
        prints[index] = try PictureFile.readPNG(print)
      }
      for picture in [blanks[index], prints[index] ?? blanks[index]]
      where page.blank.width != picture.width || page.blank.height != picture.height {
        throw PictureFault(
          path: page.blank.file,
          reason: "\(picture.width) × \(picture.height) pixels, not as said")
      }
    }
  }

  package init(form: BallotForm, blanks: [Raster]) {
    self.form = form
    self.blanks = blanks
  }

  /// Paints one page, `page` counted from 0. `file` is the file's name without its ending, for the truth.
  public func paint(
    page number: Int, level: Level, use: SheetUse, seed: UInt64, file: String
  ) throws -> PaintedSheet {
    try paint(
      page: number, level: level, use: use, order: SheetOrder(seed: seed), file: file)
  }

  /// Paints one page as it is ordered.
  public func paint(
    page number: Int, level: Level, use: SheetUse = .measuring, order: SheetOrder, file: String
  ) throws -> PaintedSheet {
    var chance = SeededGenerator(seed: order.seed).branch(0)
    let page = form.pages[number]
    let rates = WearRates.of(level)
    var handChance = order.handSeed.map { SeededGenerator(seed: $0).branch(0) } ?? chance
    let shunned = handChance.happens(Hand.reads) ? MarkKind.against(form.cancel ?? .none) : []
    let hand = Hand(
      plain: level == .clean && use != .training, use: use, shunned: shunned, &handChance)
    if order.handSeed == nil { chance = handChance }
    let marks = MarkRates.of(level, use: use)
    let codes = order.digits.map {
      CodeFiller(
        digits: $0, rates: marks, writing: CodeWriting(level.strips, &handChance),
        hand: handChance.next())
    }
    var filler = PageFiller(
      page: page, rates: marks, hand: hand, cancel: form.cancel ?? .none, codes: codes, &chance)
    var filled =
      order.drillFrom.map { filler.drill(from: $0, &chance) } ?? filler.fill(&chance)

    if let scanSeed = order.scanSeed { chance = SeededGenerator(seed: scanSeed).branch(1) }
    let setup = self.setup(page, rates, turns: order.turns, &chance)
    var work = PageWork(
      page: page, blank: order.print ?? prints[number] ?? blanks[number], rates: rates,
      setup: setup, gray: hand.pen)
    work.printForm(&chance)
    work.ink(filled.actions, &chance)
    let (inked, afterInk) = (work, chance)
    work.wearPaper(&chance)
    let picture = try work.scan(&chance)

    var visibility = Visibility(
      picture: picture, geometry: setup.geometry, page: page, blank: blanks[number],
      scale: 1 / page.blank.mmPerPixel)
    if visibility.needsTwin(filled) {
      var (twin, chance) = (inked.withoutInk(), afterInk)
      twin.wearPaper(&chance)
      visibility.bare = try twin.scan(&chance)
    }
    let looks = visibility.judge(&filled)
    visibility.judgeCells(&filled)
    let truth = SheetTruth(
      file: file + "." + picture.format.suffix, page: 1, level: level.rawValue,
      formPage: page.number, answers: filled.answers, ask: filled.ask,
      marks: zip(filled.marks, looks).map { mark, look in
        .init(
          question: mark.question, value: mark.value, kind: mark.kind, contrast: look.contrast,
          visibleMM2: look.inkMM2)
      }, targets: filled.labels.mapValues { $0.mapValues(\.rawValue) },
      scan: .init(
        dpi: setup.dpi, mode: setup.mode.rawValue, turned: setup.geometry.quarterTurns,
        wear: work.wear, pen: hand.pen.name, tilt: setup.tilt),
      drilled: filled.drilled?.mapValues(\.rawValue))
    return PaintedSheet(
      picture: picture, truth: truth, geometry: setup.geometry,
      places: places(page, setup.geometry))
  }

  /// A setup that shows every target whole.
  private func setup(
    _ page: FormPage, _ rates: WearRates, turns: Int?, _ chance: inout SeededGenerator
  ) -> ScanSetup {
    let perPixel = page.blank.mmPerPixel
    let (wide, high) = (
      Double(page.blank.width) * perPixel, Double(page.blank.height) * perPixel
    )
    let corners = page.questions.flatMap(\.boxes).flatMap { $0.grown(by: 1.5).corners }
    for attempt in 0..<12 {
      let setup = ScanSetup(
        rates: rates, paperWidth: wide, paperHeight: high, turns: turns, calm: attempt > 6, &chance)
      let (width, height) = (Double(setup.geometry.width), Double(setup.geometry.height))
      let whole = corners.allSatisfy {
        let place = setup.geometry.pagePoint($0)
        return place.x > 1 && place.y > 1 && place.x < width - 1 && place.y < height - 1
      }
      if whole { return setup }
    }
    var setup = ScanSetup(
      rates: rates, paperWidth: wide, paperHeight: high, turns: turns, calm: true, &chance)
    setup.geometry.skewRadians *= 0.2
    setup.geometry.tiltX = 0
    setup.geometry.tiltY = 0
    setup.geometry.shiftX = 0
    setup.geometry.shiftY = 0
    return setup
  }

  private func places(_ page: FormPage, _ geometry: ScanGeometry) -> [String: [Double]] {
    var result: [String: [Double]] = [:]
    func add(_ name: String, _ box: BlankBox) {
      let place = geometry.pagePoint(box.center)
      result[name] = [place.x - 0.5, place.y - 0.5].map { ($0 * 100).rounded() / 100 }
    }
    for question in page.questions {
      for target in question.targets { add(question.id + "/" + target.value, target.box) }
      if case .code(let cells) = question.kind {
        for (number, cell) in cells.enumerated() { add("\(question.id)/\(number)", cell) }
      }
    }
    return result
  }
}
