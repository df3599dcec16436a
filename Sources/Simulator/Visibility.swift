// SPDX-License-Identifier: Apache-2.0
import Form
import Foundation
import Geometry

/// Looks in the finished scan whether a mark can still be seen. What hardly shows is doubtful:
/// nobody can blame a reader, nor should it learn from it.
struct Visibility {
  let picture: PaintedPicture
  let geometry: ScanGeometry
  let page: FormPage
  let blank: Raster
  /// Pixels of the blank for each millimetre.
  let scale: Double
  /// The same scan if nobody had written on the page; `nil` where it was not asked for.
  var bare: PaintedPicture?

  /// Marks that seem fainter than this, or are smaller in millimetres, are compared with the page
  /// that nobody wrote on: beside print its blur passes for ink, and on print ink does not show.
  static let faint = 0.3
  static let small = 3.0

  /// Whether the twin that nobody wrote on is needed to say what can be seen.
  func needsTwin(_ filled: FilledPage) -> Bool {
    filled.marks.contains { mark in
      guard let box = Self.box(of: mark) else { return false }
      return max(box.width, box.height) < Self.small
        || (contrast(of: mark)?.contrast ?? 0) < Self.faint
    }
  }

  private static func box(of mark: DoneMark) -> BlankBox? {
    .around(mark.strokes.lazy.flatMap(\.dots).map { BlankPoint(x: $0.x, y: $0.y) })
  }

  /// What is told of a mark in the finished scan.
  struct Look {
    /// Its strokes' mean darkness against the paper beside them; `nil` where all lie on print.
    var contrast: Double?
    /// How much ink shows that the twin has not, in square millimetres of full black; `nil` where
    /// there is no twin.
    var inkMM2: Double?
  }

  /// Of a mark at least so much shows, in square millimetres of full black; more beside a printed
  /// letter, where a faint dash across a stem is nothing. By looking at marks of 0.03 to 0.45.
  static let leastInk = 0.1
  static let leastInkAtLetter = 0.25
  /// Differences below this share of white are the file format's.
  static let leastDifference = 0.02

  /// Below this darkness against the paper beside it a stroke hardly shows. In black and white
  /// it is the share of the stroke that is black beyond the share of the paper.
  static let least = 0.065
  static let leastOneBit = 0.22

  /// Measures the marks, and sets what hardly shows to doubtful.
  ///
  /// - Returns: What is told of each mark; nothing where it was not measured.
  func judge(_ filled: inout FilledPage) -> [Look] {
    let found = filled.marks.map { $0.strokes.isEmpty ? nil : contrast(of: $0) }
    let inks = filled.marks.map { $0.strokes.isEmpty ? nil : visibleInk(of: $0) }
    let shows = filled.marks.indices.map { index -> Bool? in
      let (found, ink) = (found[index], inks[index])
      if let ink, ink < least(of: filled.marks[index]) { return false }
      guard let found else { return ink.map { _ in true } }
      return found.contrast
        >= (picture.oneBit ? Self.leastOneBit : max(Self.least, 0.35 * found.unrest))
    }
    // Without a twin, a mark that lies on print alone shows as the sheet's other marks do.
    let seen = shows.count { $0 == true }
    let mostShow = seen * 2 >= shows.count { $0 != nil }
    for (mark, shows) in zip(filled.marks, shows) where !mark.strokes.isEmpty {
      if !(shows ?? mostShow) { hide(mark, &filled) }
    }
    func short(_ value: Double) -> Double { (value * 10000).rounded() / 10000 }
    return zip(found, inks).map {
      Look(contrast: $0.map { short($0.contrast) }, inkMM2: $1.map(short))
    }
  }

  private func least(of mark: DoneMark) -> Double {
    let question = page.questions.first { $0.id == mark.question }
    switch question?.targets.first(where: { $0.value == mark.value })?.shape {
    case .char, .bubble: return Self.leastInkAtLetter
    case .box, .cell, nil: return Self.leastInk
    }
  }

  /// How much darker the scan is than its twin round a mark's strokes, in square millimetres of
  /// full black.
  private func visibleInk(of mark: DoneMark) -> Double? {
    guard let bare, let box = Self.box(of: mark) else { return nil }
    let local = Local(geometry, box.center)
    let perMM = geometry.pixelsPerMM
    func within(_ at: Int, _ count: Int) -> Int { max(0, min(count - 1, at)) }
    var seen: Set<Int> = []
    var sum = 0.0
    for stroke in mark.strokes {
      let reach = Int((((stroke.width ?? mark.width) / 2 + 0.1) * perMM).rounded(.up))
      for dot in stroke.dots {
        let place = local.pagePoint(dot.x, dot.y)
        let (px, py) = (Int(place.x.rounded(.down)), Int(place.y.rounded(.down)))
        for y in within(py - reach, picture.height)...within(py + reach, picture.height) {
          for x in within(px - reach, picture.width)...within(px + reach, picture.width)
          where seen.insert(y * picture.width + x).inserted {
            let difference = (bare.gray(x, y) - picture.gray(x, y)) / 255
            if abs(difference) >= Self.leastDifference { sum += difference }
          }
        }
      }
    }
    return sum / (perMM * perMM)
  }

  /// What the truth says of a cell whose digit hardly shows: it counts neither for a reader nor
  /// against it.
  static let hidden = "~"
  /// A digit's darkest strokes are at least so much darker than the paper of its cell; in black
  /// and white, at least this share of the cell is black. By looking at cells of faint pencils.
  static let leastOfDigit = 0.11
  static let leastOfDigitOneBit = 0.02

  /// Sets digits that hardly show to `hidden`.
  func judgeCells(_ filled: inout FilledPage) {
    for question in page.questions {
      guard case .code(let cells) = question.kind, let truth = filled.answers[question.id] else {
        continue
      }
      filled.answers[question.id] = zip(truth, cells).map { value, cell in
        value.isEmpty || showsInk(in: cell) ? value : Self.hidden
      }
    }
  }

  /// Whether anything written can be seen in a cell, its lines left aside.
  private func showsInk(in cell: BlankBox) -> Bool {
    let inner = cell.grown(by: -0.8)
    let local = Local(geometry, inner.center)
    var levels: [Double] = []
    for y in stride(from: inner.y, to: inner.maxY, by: 0.15) {
      for x in stride(from: inner.x, to: inner.maxX, by: 0.15) {
        let place = local.pagePoint(x, y)
        let (px, py) = (Int(place.x.rounded(.down)), Int(place.y.rounded(.down)))
        let sum = [(0, 0), (1, 0), (0, 1), (1, 1)].reduce(0.0) {
          $0 + picture.gray(px + $1.0, py + $1.1)
        }
        levels.append(picture.oneBit ? picture.gray(px, py) / 255 : sum / 1020)
      }
    }
    guard levels.count > 40 else { return true }
    if picture.oneBit {
      return Double(levels.count { $0 < 0.5 }) > Self.leastOfDigitOneBit * Double(levels.count)
    }
    levels.sort()
    let few = levels.count / 20
    let dark = levels.prefix(few).reduce(0, +) / Double(few)
    let paper = levels[levels.count * 4 / 5]
    return (paper - dark) / max(paper, 0.1) > Self.leastOfDigit
  }

  private func hide(_ mark: DoneMark, _ filled: inout FilledPage) {
    guard let question = mark.question, let value = mark.value else { return }
    filled.labels[question]?[value] = .doubtful
    if mark.isOpen { filled.accept([], for: question) }
    // What was taken back and is not seen changes no answer.
    guard mark.answers else { return }
    let answer = filled.answers[question] ?? []
    if filled.ask[question]?.isEmpty == true {
      // One of two marks hardly shows: whoever sees the other alone is not to blame, be it an
      // answer or one that its writer meant to take back.
      let labels = filled.labels[question] ?? [:]
      let others = labels.keys.filter { $0 != value && labels[$0] == .doubtful }.sorted()
      filled.ask[question] = (answer + others).map { [$0] }
    } else {
      // Whoever sees any of the others is not to blame, with this one or without.
      let others = filled.ask[question] ?? [answer]
      filled.ask[question] = others
      for each in others { filled.accept(each.filter { $0 != value }, for: question) }
    }
  }

  /// The mean darkness of a mark's strokes against the paper round it, and the paper's unrest.
  private func contrast(of mark: DoneMark) -> (contrast: Double, unrest: Double)? {
    let dots = mark.strokes.flatMap(\.dots)
    guard let box = Self.box(of: mark)?.grown(by: 0.9) else { return nil }
    let local = Local(geometry, box.center)
    // The strictest distance from print that leaves enough to look at; beside the twin none but
    // print itself hides ink.
    var on: [PagePoint] = []
    for distance in bare == nil ? [0.25, 0.12, 0.05] : [0.05] where on.count < 5 {
      on = stride(from: 0, to: dots.count, by: max(1, dots.count / 60)).compactMap {
        isPaper(dots[$0].x, dots[$0].y, distance) ? local.pagePoint(dots[$0].x, dots[$0].y) : nil
      }
    }
    var round: [Double] = []
    for i in 0..<48 {
      let t = Double(i % 12) / 12
      let (x, y): (Double, Double) =
        switch i / 12 {
        case 0: (box.x + t * box.width, box.y)
        case 1: (box.maxX, box.y + t * box.height)
        case 2: (box.maxX - t * box.width, box.maxY)
        default: (box.x, box.maxY - t * box.height)
        }
      if isPaper(x, y, 0.25) { round.append(picture.share(at: local.pagePoint(x, y))) }
    }
    guard on.count >= 3, round.count >= 6 else { return nil }
    round.sort()
    let paper = picture.oneBit ? round.reduce(0, +) / Double(round.count) : round[round.count / 2]
    let unrest = round[round.count * 5 / 6] - round[round.count / 6]
    // How much darker the strokes are than the same places without them, or than the paper.
    let darker = on.reduce(0) { sum, place in
      sum + (bare?.share(at: place) ?? paper) - picture.share(at: place)
    }
    return (darker / Double(on.count) / max(paper, 0.1), unrest)
  }

  /// Whether there is bare paper on the blank, this far round a place (millimetres).
  private func isPaper(_ x: Double, _ y: Double, _ distance: Double) -> Bool {
    let (px, py) = (Int(x * scale), Int(y * scale))
    let reach = Int((distance * scale).rounded())
    return [(0, 0), (reach, 0), (-reach, 0), (0, reach), (0, -reach)].allSatisfy {
      blank.clamped(px + $0.0, py + $0.1) > 0.8
    }
  }

  /// The geometry near a place, taken as straight there: quick for many places.
  private struct Local {
    let center: BlankPoint
    let middle: PagePoint
    let right: PagePoint
    let below: PagePoint

    init(_ geometry: ScanGeometry, _ center: BlankPoint) {
      self.center = center
      middle = geometry.pagePoint(center)
      right = geometry.pagePoint(center.shifted(x: 1, y: 0))
      below = geometry.pagePoint(center.shifted(x: 0, y: 1))
    }

    func pagePoint(_ x: Double, _ y: Double) -> PagePoint {
      let (dx, dy) = (x - center.x, y - center.y)
      return PagePoint(
        x: middle.x + (right.x - middle.x) * dx + (below.x - middle.x) * dy,
        y: middle.y + (right.y - middle.y) * dx + (below.y - middle.y) * dy)
    }
  }
}

extension PaintedPicture {
  /// The light at a place, 0 black to 1 white.
  fileprivate func share(at place: PagePoint) -> Double {
    gray(Int(place.x.rounded(.down)), Int(place.y.rounded(.down))) / 255
  }
}
