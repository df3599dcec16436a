// SPDX-License-Identifier: Apache-2.0
public import Ballot
import Form
public import Geometry
public import Imaging

// How marks are read (the article "Reading a page" tells it with pictures):
// 1. page and blank are sampled on one canvas of 8 squares a millimetre, the page where it lies;
// 2. both are divided by their own paper;
// 3. of a bank of blanks the one that looks as this page printed it is taken, and targets
//    that lie a little beside their places are followed;
// 4. what the page has more is ink; streaks and folds are taken out of it;
// 5. ink is joined to strokes over the whole canvas;
// 6. each target's figures are measured and compared with its row and its sheet;
// 7. trees trained on painted sheets turn them into probabilities; where these are not sure that
//    nothing is marked, a small network looks at the picture, and at what it has that untouched
//    targets printed alike have not on this page; both are joined.
// Nothing is decided here: that is the rules' work.

/// A page of a form with everything that scoring its marks needs: made once a form.
public struct PreparedMarks: Sendable {
  let plan: MarkPlan?
  let page: FormPage

  public init(_ prepared: PreparedPage) {
    plan = MarkPlan(prepared)
    page = prepared.page
  }
}

/// Scores the marks of registered pages.
///
/// Not `Sendable`: it keeps what pages of one batch have in common. Each worker has its own.
public final class MarkReader {
  private let reader: JoinedReader
  private let retractions: RetractionReader?
  private var banks: [String: PrintBank] = [:]

  /// A reader with the trained trees and networks.
  public convenience init() { self.init(.trained, retractions: .trained) }

  package init(_ reader: JoinedReader, retractions: RetractionReader? = nil) {
    self.reader = reader
    self.retractions = retractions
  }

  /// Everything that was seen of a page's marks.
  package struct Look {
    package let page: GrayPicture
    package let printed: GrayPicture
    package let added: FloatPicture
    package let mask: [UInt8]
    package let figures: [TargetFigures]
    package let evidence: PageEvidence
    let scores: [MarkModel.Scores]
    let places: [MarkPlan.Place]
    let alike: AlikePrint
    package let windows: [(box: CanvasWindowPlace, window: CanvasWindowPlace)]

    /// What the reader that looks at pictures is shown of a target, by its number on the page.
    package func patch(_ index: Int) -> MarkPatch {
      let cut = PatchCut(places[index], page: page, printed: printed)
      return MarkPatch(
        places[index], cut: cut, strangeness: alike.strangeness(index, cut), added: added,
        noise: evidence.noise, pixelsPerMM: evidence.pixelsPerMM)
    }
  }

  /// Scores all targets of a page.
  ///
  /// `map` says where the blank lies on the picture, `agreement` the share of the registration's
  /// places round a place that agree; `key` tells prepared pages apart. The stages' pictures are
  /// drawn only where the watcher asks.
  public func read(
    _ picture: GrayPicture, map: some BlankToPage, agreement: (BlankBox) -> Double,
    on prepared: PreparedMarks, key: String, batch: BatchPrint? = nil,
    note: ((PrintSample) -> Void)? = nil, watcher: StageWatcher? = nil
  ) -> PageEvidence {
    guard let plan = prepared.plan else {
      return PageEvidence(
        noise: 0, printResidual: 0, pixelsPerMM: 0,
        questions: prepared.page.questions.map {
          Self.placesOnly($0, map: map, agreement: agreement, picture: picture)
        })
    }
    let look = look(
      picture, map: map, agreement: agreement, plan: plan, page: prepared.page, key: key,
      batch: batch)
    if let watcher {
      for stage in Look.Stage.allCases { watcher(stage.rawValue) { look.picture(of: stage) } }
    }
    note?(PrintSample(page: look.page, printed: look.printed, plan: plan, scores: look.scores))
    return look.evidence
  }

  /// Scores all targets and keeps what was seen, for people and for training.
  package func look(
    _ picture: GrayPicture, map: some BlankToPage, agreement: (BlankBox) -> Double,
    on prepared: PreparedMarks, key: String
  ) -> Look? {
    guard let plan = prepared.plan else { return nil }
    return look(
      picture, map: map, agreement: agreement, plan: plan, page: prepared.page, key: key,
      batch: nil)
  }

  private func look(
    _ picture: GrayPicture, map: some BlankToPage, agreement: (BlankBox) -> Double,
    plan: MarkPlan, page formPage: FormPage, key: String, batch: BatchPrint?
  ) -> Look {
    let bank = banks[key] ?? PrintBank(plan.looks)
    if banks[key] == nil {
      if banks.count >= 4 { banks.removeAll() }
      banks[key] = bank
    }
    let pixelsPerMM = Self.scale(map, at: plan)
    var page = Paper.flattened(
      CanvasSampler.sample(picture, on: plan.canvas) { map.pagePoint($0) })
    var printed = bank.printed(on: page, pixelsPerMM: pixelsPerMM)
    let snap = Snap(page: page, printed: printed.picture, plan: plan)
    if !snap.isNegligible {
      page = Paper.flattened(
        CanvasSampler.sample(picture, on: plan.canvas) { point in
          let place = plan.canvas.place(point)
          let shift = snap.shift(x: place.x, y: place.y)
          return map.pagePoint(
            point.shifted(
              x: shift.x / MarkCanvas.pixelsPerMM, y: shift.y / MarkCanvas.pixelsPerMM))
        })
      printed = bank.printed(on: page, pixelsPerMM: pixelsPerMM, near: printed.look)
    }
    if let batch { printed = batch.added(to: printed) }
    var ink = InkMap(page: page, printed: printed, plan: plan)
    _ = Streaks.remove(
      from: &ink, printed: printed.picture,
      drawnTargets: plan.places.filter { $0.target.shape != .char }.map(\.box))
    let strokes = Strokes(ink, printed: printed.picture)
    let meter = TargetMeter(plan: plan, ink: ink, strokes: strokes)
    let measured = plan.places.map(meter.measure)
    let pageFigures = [Float(ink.noise), Float(pixelsPerMM)]
    let first = SheetFigures.join(
      measured.map { $0.own + TargetFigures.notYetStrange }, plan: plan, page: pageFigures
    ).map(reader.trees.scores)
    let cuts = plan.places.map { PatchCut($0, page: page, printed: printed.picture) }
    let alike = AlikePrint(plan.alike, trees: first, cuts: cuts)
    let strangeness = cuts.enumerated().map(alike.strangeness)
    let figures = SheetFigures.join(
      measured.indices.map {
        measured[$0].own
          + meter.strange(
            plan.places[$0], cuts[$0], strangeness[$0], hasExamples: alike.hasExamples($0))
      }, plan: plan, page: pageFigures)
    var patches: [Int: MarkPatch] = [:]
    func patch(_ index: Int) -> MarkPatch {
      if let patch = patches[index] { return patch }
      let patch = MarkPatch(
        plan.places[index], cut: cuts[index], strangeness: strangeness[index],
        added: ink.added, noise: ink.noise, pixelsPerMM: pixelsPerMM)
      patches[index] = patch
      return patch
    }
    let trees = figures.map(reader.trees.scores)
    let scores = trees.enumerated().map { index, first in
      reader.scores(first) { patch(index) }
    }
    let leftovers = Leftovers(
      plan: plan, measured: measured, scores: scores, ink: ink, strokes: strokes
    ) { index, x, y in
      alike.isStrange(
        index, plan.places[index], x: x, y: y, page: page, printed: printed.picture)
    }
    let questions = formPage.questions.enumerated().map { index, question in
      var evidence = Self.placesOnly(
        question, map: map, agreement: agreement, picture: picture)
      let row = plan.placesOfQuestion[index]
      for (at, place) in row.enumerated() {
        evidence.targets[at].marked = scores[place].marked
        evidence.targets[at].cancelled = scores[place].cancelled
        if let retractions, retractions.looks(at: scores[place]) {
          evidence.targets[at].retracted = retractions.probability(
            trees[place], patch: patch(place))
        }
        evidence.targets[at].inkMM2 = measured[place].inkMM2
        evidence.targets[at].coverage = measured[place].coverage
        evidence.targets[at].ground = Self.ground(
          page, printed: printed.picture, in: plan.places[place].box)
        evidence.targets[at].lostPrint = PrintLooks.lost(plan.ownPrint[place], on: page)
        if let stroke = measured[place].stroke {
          evidence.targets[at].strokeMM = strokes.strokes[stroke].extentMM
          // Of the stroke's part here: it may run on in a frame or a streak that is much paler.
          evidence.targets[at].darkness =
            measured[place].darkness > 0
            ? measured[place].darkness : strokes.strokes[stroke].meanDarkness
        }
      }
      let leftover = leftovers.questions[index]
      (evidence.leftoverInkMM2, evidence.leftoverStrokeMM) = (leftover.inkMM2, leftover.strokeMM)
      (evidence.besideInkMM2, evidence.besideStrokeMM) = (
        leftover.besideInkMM2, leftover.besideStrokeMM
      )
      return evidence
    }
    let evidence = PageEvidence(
      noise: ink.noise, printResidual: printed.residual, lostPrint: plan.looks.lost(on: page),
      isTwoTone: picture.isTwoTone, pixelsPerMM: pixelsPerMM, batchSheets: batch?.sheets ?? 0,
      questions: questions)
    return Look(
      page: page, printed: printed.picture, added: ink.added, mask: ink.mask, figures: figures,
      evidence: evidence, scores: scores, places: plan.places, alike: alike,
      windows: plan.places.map { (CanvasWindowPlace($0.box), CanvasWindowPlace($0.window)) })
  }

  /// Print darker than this share of white is a stroke, not ground.
  private static let leastGround = 0.6
  /// Where less than this share of a window is ground, all of it counts.
  private static let leastGroundShare = 0.25

  /// Mean darkness of what is not a stroke of print in a window, in shares of paper: of thick
  /// letters that fill their box the paper between them, of gray that a threshold made black all.
  private static func ground(
    _ page: GrayPicture, printed: GrayPicture, in window: CanvasWindow
  ) -> Double {
    guard window.count > 0 else { return 0 }
    var (all, bare, count) = (0, 0, 0)
    let least = Int(leastGround * Double(Paper.white))
    for y in window.ys {
      for x in window.xs {
        let dark = max(0, Paper.white - Int(page[x, y]))
        all += dark
        if printed[x, y] >= least {
          bare += dark
          count += 1
        }
      }
    }
    let isBare = Double(count) >= leastGroundShare * Double(window.count)
    let (dark, squares) = isBare ? (bare, count) : (all, window.count)
    return Double(dark) / Double(Paper.white * squares)
  }

  /// A question's places on the page, with nothing measured.
  private static func placesOnly(
    _ question: Question, map: some BlankToPage, agreement: (BlankBox) -> Double,
    picture: GrayPicture
  ) -> QuestionEvidence {
    let page = PageBox(
      x: 0, y: 0, width: Double(picture.width), height: Double(picture.height))
    let corners = question.boxes.map { box in box.corners.map { map.pagePoint($0) } }
    let isOff = corners.contains { $0.contains { !page.contains($0) } }
    let whole = question.boxes.dropFirst().reduce(question.boxes.first) { $0?.union($1) }
    var evidence = QuestionEvidence(
      question: question.id,
      targets: zip(question.targets, corners).map { target, corners in
        MarkEvidence(
          value: target.value, marked: 0, cancelled: 0, inkMM2: 0, strokeMM: 0, coverage: 0,
          corners: corners)
      },
      agreement: whole.map(agreement) ?? 1, isOffPicture: isOff)
    if question.targets.isEmpty { evidence.cells = corners }
    return evidence
  }

  private static func scale(_ map: some BlankToPage, at plan: MarkPlan) -> Double {
    let middle = plan.canvas.blankPoint(
      x: Double(plan.canvas.width) / 2, y: Double(plan.canvas.height) / 2)
    let here = map.pagePoint(middle)
    return
      (here.distance(to: map.pagePoint(middle.shifted(x: 10, y: 0)))
      + here.distance(to: map.pagePoint(middle.shifted(x: 0, y: 10)))) / 20
  }
}

/// A window on the canvas, for drawing.
package struct CanvasWindowPlace: Sendable {
  package let (left, top, right, bottom): (Int, Int, Int, Int)

  init(_ window: CanvasWindow) {
    (left, top, right, bottom) = (window.left, window.top, window.right, window.bottom)
  }
}
